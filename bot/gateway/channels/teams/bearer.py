"""Who calls: the token that the Bot Connector sends with every activity (T2). Stricter than the SDKs: see the tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt

from bot.gateway.channels.teams.signing_keys import SigningKeys

SKEW_SECONDS = 300
TOKEN_CHARACTERS = 8_192
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)


class Forged(Exception):
    """Not a token of the issuer for this bot. The text is for tests; the caller learns nothing."""


@dataclass(frozen=True)
class Caller:
    """A genuine token: the service that it speaks for, and the channels that its key may speak for."""

    service_url: str
    endorsements: frozenset[str]


class Bearers:
    """Reads Authorization headers. An empty `app_id` lets nobody in."""

    def __init__(self, keys: SigningKeys, issuer: str, app_id: str) -> None:
        self._keys, self._issuer, self._app_id = keys, issuer, app_id

    async def read(self, headers: Sequence[str]) -> Caller:
        """The caller behind the request's Authorization headers. Raises Forged, and NoKeys where none can be told."""
        token = _token(headers)
        header = _header(token)
        if not self._app_id:
            raise Forged("this bot has no name")
        found = await self._keys.find(header["kid"])
        if found is None:
            raise Forged("unknown key")
        try:
            claims = jwt.decode(
                token,
                found.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._issuer,
                leeway=SKEW_SECONDS,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
            raise Forged(type(error).__name__) from None
        if isinstance(claims["exp"], str | bool):
            raise Forged("the end is no number")
        service = claims.get("serviceurl")
        if not isinstance(service, str) or not service:
            raise Forged("no service")
        return Caller(service, found.endorsements)


def _token(headers: Sequence[str]) -> str:
    """The one bearer token of a request."""
    if len(headers) != 1:
        raise Forged("no token, or several")
    scheme, _, token = headers[0].partition(" ")
    if scheme.lower() != "bearer" or len(token) > TOKEN_CHARACTERS or not _TOKEN.fullmatch(token):
        raise Forged("no bearer token")
    return token


def _header(token: str) -> Mapping[str, Any]:
    """The unproven header, where it names a key of ours to be and no other way to check it."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise Forged("no header") from None
    kid = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(kid, str) or not 0 < len(kid) <= 200:
        raise Forged("another algorithm, or no key named")
    if header.keys() & {"crit", "b64", "zip", "enc"}:
        raise Forged("asks for what we don't do")
    return header
