"""A Microsoft of our own: an issuer with signing keys, a sign-in, and a connector that misbehaves on command.

Real addresses are replaced by settings alone; the gateway under test runs as it does anywhere.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SECRET = "a-client-secret"
ISSUER = "https://issuer.example"
BOT = f"28:{APP_ID}"


class Key:
    """A signing key with its public face."""

    def __init__(self, bits: int = 2048, endorsements: tuple[str, ...] = ("msteams",)) -> None:
        self.kid = uuid.uuid4().hex
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        self.endorsements = list(endorsements)

    def public(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        named = {"kty": "RSA", "use": "sig", "kid": self.kid, "endorsements": self.endorsements}
        return named | {"n": _number(numbers.n), "e": _number(numbers.e)}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """Whatever the claims are: PyJWT's own writer would refuse some that a forger would not."""
        head = {"alg": "RS256", "typ": "JWT", "kid": self.kid} | header
        signed = ".".join(_part(json.dumps(each).encode()) for each in (head, claims))
        signature = self.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_part(signature)}"


def _number(value: int) -> str:
    return _part(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Microsoft:
    """`serve(app, port)` starts an application and gives something with `stop()`."""

    def __init__(self, serve: Callable[[Any, int], Any], port: int) -> None:
        self._serve, self.port = serve, port
        self.base = f"http://127.0.0.1:{port}"
        self.service_url = f"{self.base}/emea/"
        self.keys = [Key()]
        self.key_calls = 0
        self.token_calls = 0
        self.token_seconds = 3600
        self.token_status = 200
        self.sent: list[dict[str, Any]] = []  # activities that arrived, in order; with "_id", and "_updates" for a PUT
        self.tries: list[tuple[str, int]] = []  # (method, status) of every call
        self.paths: list[str] = []
        self.counts: dict[str, int] = {}  # messages by conversation
        self.answer: Callable[[dict[str, Any], int], Response | None] = lambda _activity, _tried: None
        self._server: Any = None

    def settings(self) -> dict[str, str]:
        """For a gateway that believes in us."""
        return {
            "teams_app_id": APP_ID,
            "teams_app_secret": SECRET,
            "teams_tenant_id": TENANT,
            "teams_issuer": ISSUER,
            "teams_openid_url": f"{self.base}/openid",
            "teams_login_url": f"{self.base}/login",
            "teams_service_urls": self.base,
        }

    def start(self) -> None:
        path = "/emea/v3/conversations/{conversation:path}/activities"
        routes = [
            Route("/openid", self._openid),
            Route("/keys", self._keys),
            Route(f"/login/{TENANT}/oauth2/v2.0/token", self._token, methods=["POST"]),
            Route(path, self._activity, methods=["POST"]),
            Route(path + "/{activity}", self._activity, methods=["PUT"]),
        ]
        self._server = self._serve(Starlette(routes=routes), self.port)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        good = {"iss": ISSUER, "aud": APP_ID, "exp": now + 3600, "nbf": now - 10, "serviceurl": self.service_url}
        return {name: value for name, value in (good | changes).items() if value is not None}

    def token(self, **changes: Any) -> str:
        return self.keys[-1].sign(self.claims(**changes))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Messages in order, without typing and without replaced cards."""
        return [each for each in self.sent if each["type"] == "message" and "_updates" not in each]

    @property
    def read(self) -> list[str]:
        """What a customer can read of them."""
        return [words_of(each) for each in self.messages]

    async def _openid(self, _request: Request) -> Response:
        return JSONResponse({"issuer": ISSUER, "jwks_uri": f"{self.base}/keys"})

    async def _keys(self, _request: Request) -> Response:
        self.key_calls += 1
        return JSONResponse({"keys": [key.public() for key in self.keys]})

    async def _token(self, request: Request) -> Response:
        self.token_calls += 1
        form = dict(item.split("=", 1) for item in (await request.body()).decode().split("&"))
        assert form["grant_type"] == "client_credentials" and form["client_id"] == APP_ID
        if self.token_status != 200 or form["client_secret"] != SECRET:
            return JSONResponse({"error": "invalid_client"}, status_code=self.token_status)
        answer = {"token_type": "Bearer", "expires_in": self.token_seconds}
        return JSONResponse(answer | {"access_token": f"token-{self.token_calls}"})

    async def _activity(self, request: Request) -> Response:
        activity = await request.json()
        self.paths.append(request.url.path)
        tried = len(self.tries)
        assert request.headers["authorization"].startswith("Bearer token-")
        refusal = self.answer(activity, tried)
        if refusal is not None:
            await asyncio.sleep(0)
            self.tries.append((request.method, refusal.status_code))
            return refusal
        self.tries.append((request.method, 201))
        name = request.path_params.get("activity")
        activity |= {"_updates": name} if name else {"_id": f"a{len(self.sent)}"}
        self.sent.append(activity)
        if activity["type"] == "message" and not name:
            there = activity["conversation"]["id"]
            self.counts[there] = self.counts.get(there, 0) + 1
        return JSONResponse({"id": activity.get("_id", name)}, status_code=201)


def words_of(activity: dict[str, Any]) -> str:
    """An activity's text, or its card's."""
    if "text" in activity:
        return str(activity["text"])
    return str(activity["attachments"][0]["content"]["fallbackText"])


def card_of(activity: dict[str, Any]) -> dict[str, Any]:
    return dict(activity["attachments"][0]["content"])


def presses(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Title → data of everything that can be pressed on a card."""
    found: list[dict[str, Any]] = list(card.get("actions", []))
    for element in card["body"]:
        found += element.get("actions", [])
    return {each["title"]: each["data"] for each in found if each["type"] == "Action.Submit"}


class Person:
    """Somebody in Teams who talks to a gateway at `base`."""

    def __init__(self, microsoft: Microsoft, base: str, locale: str = "da-DK", kind: str = "personal") -> None:
        self.microsoft, self.base, self.locale, self.kind = microsoft, base, locale, kind
        self.conversation = f"a:{uuid.uuid4().hex}"
        self.id = f"29:{uuid.uuid4().hex}"
        self.http = httpx.Client(timeout=30, trust_env=False)

    def activity(self, type: str = "message", **changes: Any) -> dict[str, Any]:
        good = {
            "type": type,
            "id": uuid.uuid4().hex,
            "timestamp": "2026-11-25T10:00:00.000Z",
            "serviceUrl": self.microsoft.service_url,
            "channelId": "msteams",
            "from": {"id": self.id, "name": "Grete Personnavn", "aadObjectId": "secret-object-id"},
            "recipient": {"id": BOT, "name": "HP Offsite Support"},
            "conversation": {"id": self.conversation, "conversationType": self.kind, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "locale": self.locale,
        }
        return {name: value for name, value in (good | changes).items() if value is not None}

    def post(self, body: Any, token: str | None = None, **kwargs: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.microsoft.token()}"}
        return self.http.post(f"{self.base}/api/messages", json=body, headers=headers, **kwargs)

    def send(self, type: str = "message", **changes: Any) -> httpx.Response:
        answer = self.post(self.activity(type, **changes))
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer

    def install(self) -> None:
        """As Teams announces it: twice."""
        self.send("installationUpdate", action="add")
        self.send("conversationUpdate", membersAdded=[{"id": BOT}, {"id": self.id}])

    def say(self, text: str, **changes: Any) -> httpx.Response:
        return self.send(text=text, **changes)

    def press(self, data: dict[str, Any], **inputs: Any) -> httpx.Response:
        """A button of a card, as Teams sends it."""
        back = data.get("msteams")
        if back:
            return self.send(text=back["text"], value=back["value"])
        return self.send(value=data | inputs)
