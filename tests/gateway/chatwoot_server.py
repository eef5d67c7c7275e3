"""A Chatwoot account on a port, with faults on the way and people whom a test moves.

What the adapter asks is checked against the published description: our calls, cut out of Chatwoot's own file (MIT).
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import time
from pathlib import Path
from typing import Any

import jsonschema
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from stub_rasa import ServerThread, free_port

SPEC = Path(__file__).with_name("chatwoot-openapi.json")
TOKEN, SECRET, ACCOUNT, INBOX = "user-token", "webhook-secret", 3, 7
PREFIX = f"/api/v1/accounts/{ACCOUNT}"


class Description:
    """The published OpenAPI file: whether a request is one that it allows."""

    def __init__(self, file: Path) -> None:
        self._file = json.loads(file.read_text(encoding="utf-8"))
        self._paths = [
            (re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), item)
            for path, item in sorted(self._file["paths"].items(), key=lambda each: each[0].count("{"))
        ]

    def fault(self, method: str, path: str, query: dict[str, str], body: Any) -> str:
        """What is wrong with a request, or ""."""
        items = [item for pattern, item in self._paths if pattern.fullmatch(path) and method.lower() in item]
        if not items:
            return f"no such call: {method} {path}"
        operation = items[0][method.lower()]
        known = [self._found(each) for each in [*items[0].get("parameters", []), *operation.get("parameters", [])]]
        unknown = set(query) - {each["name"] for each in known if each["in"] == "query"}
        if unknown:
            return f"unknown query {unknown}"
        wanted = operation.get("requestBody")
        if wanted is None:
            return "" if body is None else "no body is taken"
        schema = {**wanted["content"]["application/json"]["schema"], "components": self._file["components"]}
        try:
            jsonschema.Draft202012Validator(schema).validate(body)
        except jsonschema.ValidationError as error:
            return error.message
        return ""

    def _found(self, item: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in item:
            return item
        found: Any = self._file
        for part in item["$ref"].split("/")[1:]:
            found = found[part]
        return dict(found)


class Chatwoot:
    """The account. `faults` are taken one a request: "away" (nothing happens, 503), "lost" (it happens, no answer),
    "busy" (429)."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.contacts: dict[int, dict[str, Any]] = {}
        self.conversations: dict[int, dict[str, Any]] = {}
        self.messages: dict[int, list[dict[str, Any]]] = {}
        self.agents = [{"id": 11, "name": "Mette Holm", "availability_status": "online"}]
        self.faults: list[str] = []
        self.wrong: list[str] = []
        self.calls: list[str] = []
        self._description = Description(SPEC)
        self._number = 100
        self._server: ServerThread | None = None

    def start(self) -> None:
        route = Route("/{path:path}", self._serve, methods=["GET", "POST"])
        self._server = ServerThread(Starlette(routes=[route]), self.port)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    # --- what people do ---------------------------------------------------------------------------

    def assign(self, ref: str, agent: int | None) -> dict[str, Any]:
        """Somebody takes it; gives the webhook's body."""
        found = self.conversations[int(ref)]
        who = next((dict(each) for each in self.agents if each["id"] == agent), None)
        found["meta"] = {"assignee": who}
        changed = [{"assignee_id": {"previous_value": None, "current_value": agent}}]
        return {"event": "conversation_updated", "changed_attributes": changed, **found, "account": {"id": ACCOUNT}}

    def write(self, ref: str, text: str, *, private: bool = False, sender: str = "user") -> dict[str, Any]:
        """Somebody writes; gives the webhook's body."""
        who = {"id": 11, "name": "Mette Holm", "type": sender}
        message = self._append(int(ref), {"content": text, "message_type": 1, "private": private, "sender": who})
        message["sender_type"] = "User" if sender == "user" else "AgentBot"
        webhook = {**message, "message_type": "outgoing", "conversation": {"id": int(ref)}}
        return {"event": "message_created", **webhook, "account": {"id": ACCOUNT}}

    def resolve(self, ref: str) -> dict[str, Any]:
        """Somebody is done; gives the webhook's body."""
        found = self.conversations[int(ref)]
        found["status"] = "resolved"
        return {"event": "conversation_status_changed", **found, "account": {"id": ACCOUNT}}

    def incoming(self, ref: str) -> list[str]:
        """What the customer said, as agents read it."""
        return [each["content"] for each in self.messages[int(ref)] if each["message_type"] == "incoming"]

    def private(self, ref: str) -> list[str]:
        """Private notes."""
        return [each["content"] for each in self.messages[int(ref)] if each["private"]]

    # --- the server -------------------------------------------------------------------------------

    async def _serve(self, request: Request) -> Response:
        raw = await request.body()
        body = json.loads(raw) if raw else None
        path, method = request.url.path, request.method
        self.calls.append(f"{method} {path.removeprefix(PREFIX)}")
        if request.headers.get("api_access_token") != TOKEN:
            return JSONResponse({"error": "token"}, status_code=401)
        fault = self._description.fault(method, path, dict(request.query_params), body)
        if fault:
            self.wrong.append(f"{method} {path}: {fault}")
            return JSONResponse({"error": fault}, status_code=422)
        planned = self.faults.pop(0) if self.faults else ""
        if planned == "away":
            return JSONResponse({}, status_code=503)
        if planned == "busy":
            return JSONResponse({}, status_code=429)
        answer = self._answer(method, path.removeprefix(PREFIX), body, dict(request.query_params))
        if planned == "lost":
            await asyncio.sleep(0)
            return JSONResponse({}, status_code=504)
        return answer

    def _answer(self, method: str, path: str, body: Any, query: dict[str, str]) -> Response:
        parts = path.strip("/").split("/")
        match (method, parts):
            case ("GET", ["agents"]):
                return JSONResponse(self.agents)
            case ("GET", ["contacts", "search"]):
                found = [each for each in self.contacts.values() if query["q"] in each["identifier"]]
                return JSONResponse({"payload": found})
            case ("POST", ["contacts"]):
                return self._make_contact(body)
            case ("GET", ["contacts", number, "conversations"]):
                mine = [each for each in self.conversations.values() if each["contact_id"] == int(number)]
                return JSONResponse({"payload": mine})
            case ("POST", ["conversations"]):
                made = {"id": self._next(), "meta": {"assignee": None}} | body
                self.conversations[made["id"]] = made
                self.messages[made["id"]] = []
                return JSONResponse(made)
            case (_, ["conversations", number, *_]) if int(number) not in self.conversations:
                return JSONResponse({}, status_code=404)
            case ("GET", ["conversations", number]):
                return JSONResponse(self.conversations[int(number)])
            case ("GET", ["conversations", number, "messages"]):
                after = int(query.get("after", 0))
                new = [each for each in self.messages[int(number)] if each["id"] > after]
                return JSONResponse({"payload": new[:100]})
            case ("POST", ["conversations", number, "messages"]):
                return JSONResponse(self._append(int(number), dict(body)))
            case ("POST", ["conversations", number, "toggle_status"]):
                self.conversations[int(number)]["status"] = body["status"]
                return JSONResponse({})
        return JSONResponse({}, status_code=404)

    def _make_contact(self, body: dict[str, Any]) -> Response:
        if any(each["identifier"] == body["identifier"] for each in self.contacts.values()):
            return JSONResponse({"message": "Identifier has already been taken"}, status_code=422)
        inbox = {"source_id": f"source-{self._number}", "inbox": {"id": body["inbox_id"]}}
        made = {"id": self._next(), **body, "contact_inboxes": [inbox]}
        self.contacts[made["id"]] = made
        return JSONResponse({"payload": {"contact": made, "contact_inbox": inbox}})

    def _append(self, ref: int, message: dict[str, Any]) -> dict[str, Any]:
        made = {"id": self._next(), "sender": None, "content_attributes": {}} | message
        self.messages[ref].append(made)
        return made

    def _next(self) -> int:
        self._number += 1
        return self._number


def signed(
    body: dict[str, Any], *, secret: str = SECRET, at: float | None = None, delivery: str = "d"
) -> dict[str, Any]:
    """A webhook as Chatwoot sends it: `headers` and `content`."""
    raw = json.dumps(body).encode()
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), moment.encode() + b"." + raw, hashlib.sha256).hexdigest()
    headers = {
        "X-Chatwoot-Signature": f"sha256={digest}",
        "X-Chatwoot-Timestamp": moment,
        "X-Chatwoot-Delivery": delivery,
        "Content-Type": "application/json",
    }
    return {"headers": headers, "content": raw}
