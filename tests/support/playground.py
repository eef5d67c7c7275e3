"""Microsoft's agents playground before the gateway: a real client, and the proxy that signs what it says.

The playground sends no token, and its page breaks on `data.msteams` of a button. So a proxy stands on both ways: it
signs what goes to the gateway as the Bot Connector does, and takes `msteams` off what comes back.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.support.postgres import missing
from tests.support.teams import TENANT, Microsoft

FOLDER = Path(__file__).resolve().parents[1] / "playground"
PROGRAM = FOLDER / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"


class Bridge:
    """Between the playground and the gateway. `locale` is what this person's Teams speaks."""

    def __init__(
        self, microsoft: Microsoft, gateway: str, serve: Callable[[Any, int], Any], port: int, locale: str
    ) -> None:
        self.microsoft, self.gateway, self.locale = microsoft, gateway, locale
        self.base = f"http://127.0.0.1:{port}"
        self.received: list[dict[str, Any]] = []  # what the playground said
        self.cards: list[dict[str, Any]] = []  # every card that came back
        self._connector = ""
        self._client = httpx.AsyncClient(timeout=30, trust_env=False)
        path = "/emea/v3/conversations/{rest:path}"
        routes = [
            Route("/api/messages", self._to_the_bot, methods=["POST"]),
            Route(path, self._to_the_person, methods=["POST", "PUT", "DELETE", "GET"]),
        ]
        self._server = serve(Starlette(routes=routes), port)

    def stop(self) -> None:
        self._server.stop()

    async def _to_the_bot(self, request: Request) -> Response:
        activity = await request.json()
        self.received.append(activity)
        self._connector = activity["serviceUrl"].rstrip("/")
        service = f"{self.base}/emea/"
        conversation = activity["conversation"] | {"tenantId": TENANT}
        changes = {"serviceUrl": service, "conversation": conversation, "locale": self.locale}
        changes["channelData"] = {**activity.get("channelData", {}), "tenant": {"id": TENANT}}
        token = self.microsoft.token(serviceurl=service)
        answer = await self._client.post(
            f"{self.gateway}/api/messages", json=activity | changes, headers={"Authorization": f"Bearer {token}"}
        )
        return _same(answer)

    async def _to_the_person(self, request: Request) -> Response:
        assert request.headers["authorization"].startswith("Bearer token-")
        url = f"{self._connector}/v3/conversations/{request.path_params['rest']}"
        activity = without_msteams(await request.json())
        for attachment in activity.get("attachments", []):
            self.cards.append(attachment["content"])
        return _same(await self._client.request(request.method, url, json=activity))


def _same(answer: httpx.Response) -> Response:
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))


def without_msteams(value: Any) -> Any:
    """The same without what only Teams itself understands."""
    if isinstance(value, Mapping):
        return {name: without_msteams(each) for name, each in value.items() if name != "msteams"}
    return [without_msteams(each) for each in value] if isinstance(value, list) else value


@contextmanager
def playground(endpoint: str, port: int, folder: Path) -> Iterator[str]:
    """The running playground; the address of its page."""
    node = shutil.which("node")
    if node is None or not PROGRAM.is_file():
        missing("npm packages of tests/playground")
    options = ["-e", endpoint, "-c", "msteams", "-p", str(port), "--conversation-id", f"a:{uuid.uuid4().hex}"]
    command = [node, str(PROGRAM), "start", *options, "--disable-telemetry"]
    process = subprocess.Popen(
        command,
        cwd=folder,  # it writes a log where it stands
        env={**os.environ, "BROWSER": "none"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while True:
            assert process.poll() is None and time.monotonic() < end, "the playground did not start"
            try:
                if httpx.get(url, trust_env=False).is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(10)
