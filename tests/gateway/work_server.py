"""The action server's durable work for a gateway under test, done on the spot on the gateway's own stores."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse
from stub_rasa import ServerThread, free_port

from actions.adapters.fakes import FakeNotifier
from actions.adapters.texts import ResponseTexts
from actions.bootstrap import Stores, open_stores
from actions.settings import Settings
from actions.workflows.inline import InlineWorkflows
from actions.workflows.served import serve
from actions.workflows.steps import StepPorts


class _Clock:
    def now(self) -> datetime:
        return datetime.now(ZoneInfo("Europe/Copenhagen"))


class WorkServer:
    """`url` is what the gateway takes for the action server's. `use(settings)` names the gateway's stores."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.notifier = FakeNotifier()
        self.stores: Stores | None = None
        self._workflows: InlineWorkflows | None = None
        app = FastAPI()

        @app.get("/health")
        async def health() -> dict[str, str]:
            return {"status": "ok"}

        @app.post("/workflows/{name}")
        async def work(name: str, request: Request) -> JSONResponse:
            assert self._workflows is not None
            workflows = self._workflows
            status, body = await serve(lambda: workflows, name, await request.json())
            return JSONResponse(body, status_code=status)

        self._server = ServerThread(app, self.port)

    def use(self, settings: Settings) -> Stores:
        stores = open_stores(settings)
        ports: Any = (stores.desk, stores.courier, self.notifier, ResponseTexts(), _Clock())
        self.stores, self._workflows = stores, InlineWorkflows(StepPorts(*ports))
        return stores

    def stop(self) -> None:
        self._server.stop()
