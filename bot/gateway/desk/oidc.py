"""Signing in with an identity provider (OpenID Connect): code flow with PKCE, state and nonce, by authlib.

Whoever comes from there must have an account already: `offsite desk add-agent`. The first time they are known by a
verified e-mail address, from then on by the provider's own name for them.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping
from typing import Any

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.settings import Settings
from bot.gateway.desk.accounts import Accounts, Agent
from bot.gateway.desk.seats import Seats
from bot.gateway.parts import Parts
from bot.gateway.tokens import signing_key

log = logging.getLogger(__name__)
PATH = "/desk/oidc"
WAIT_SECONDS = 600  # between leaving for the provider and coming back
ANSWER_SECONDS = 8.0
_FAILURES = (OAuthError, JoseError, httpx.HTTPError, ValueError, KeyError)


def ways(settings: Settings) -> list[dict[str, str]]:
    """Other ways to sign in, as the page offers them."""
    return [{"name": settings.oidc_name, "url": f"{PATH}/start"}] if settings.oidc_issuer else []


def application(parts: Parts, accounts: Accounts, seats: Seats) -> Starlette | None:
    """What is mounted at `/desk/oidc`; None where no provider is configured."""
    settings = parts.settings
    if not settings.oidc_issuer:
        return None
    provider = OAuth().register(
        name="desk",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "timeout": ANSWER_SECONDS,
            "token_endpoint_auth_method": "client_secret_basic" if settings.oidc_client_secret else "none",
        },
    )

    async def start(request: Request) -> Response:
        try:
            return await provider.authorize_redirect(request, _callback_address(request))
        except _FAILURES as error:
            return failed("start", error)

    async def callback(request: Request) -> Response:
        try:
            token = await provider.authorize_access_token(
                request, claims_options={"iss": {"essential": True, "values": [settings.oidc_issuer]}}
            )
            agent = await parts.database.run(_known, accounts, settings, token["userinfo"])
        except _FAILURES as error:
            return failed("callback", error)
        if agent is None:
            return RedirectResponse("/desk?problem=no_account", status_code=303)
        home = RedirectResponse("/desk", status_code=303)
        await seats.sit_down(agent, request, home)
        return home

    def failed(where: str, error: Exception) -> Response:
        """Back to the page, which says so; the log says what, without the answer's content."""
        log.warning("sign-in with the identity provider failed (%s): %s", where, type(error).__name__)
        return RedirectResponse("/desk?problem=provider", status_code=303)

    key = hmac.new(signing_key(settings.token_key, settings.var), b"desk-oidc", hashlib.sha256).hexdigest()
    on_the_way = Middleware(
        SessionMiddleware,
        secret_key=key,
        session_cookie="offsite_desk_oidc",
        max_age=WAIT_SECONDS,
        path=PATH,
        same_site="lax",  # the provider sends the browser back: a strict cookie would stay at home
        https_only=settings.oidc_issuer.startswith("https://"),
    )
    return Starlette(routes=[Route("/start", start), Route("/callback", callback)], middleware=[on_the_way])


def _callback_address(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}{PATH}/callback"


def _known(accounts: Accounts, settings: Settings, claims: Mapping[str, Any]) -> Agent | None:
    """Whose account it is: the provider's name for them, or a verified address the first time. Blocks."""
    subject, email = str(claims["sub"]), claims.get("email")
    agent = accounts.by_subject(subject)
    verified = claims.get("email_verified") is True or settings.oidc_trust_email
    if agent is None and verified and isinstance(email, str):
        agent = accounts.by_email(email)
        if agent is not None and not accounts.bind(agent.id, subject):
            return None  # that account belongs to somebody else at the provider
    return accounts.get(agent.id) if agent is not None and not agent.disabled else None
