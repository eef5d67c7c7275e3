"""The dialogue as a test meets it: Rasa in a process of its own, our actions in this one, with a world of fakes.

Rasa runs on Python 3.10 and the actions on 3.11, so the two can't share a process; everything else is as it runs.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.supervisor.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
SECRET = "conversations"


def action_app() -> FastAPI:
    """The action webhook, as Rasa calls it."""
    executor = ActionExecutor()
    executor.register_package("actions.handlers")
    app = FastAPI()

    @app.post("/webhook")
    async def run(request: Request) -> JSONResponse:
        call: dict[str, Any] = await request.json()
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as rejected:
            return JSONResponse({"error": str(rejected), "action_name": rejected.action_name}, status_code=400)
        return JSONResponse(result.model_dump() if result else {})

    return app


@contextmanager
def serving_actions() -> Iterator[str]:
    """Our actions on a free port; gives the address."""
    port = free_ports(1)[0]
    server = uvicorn.Server(uvicorn.Config(action_app(), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _until(lambda: server.started, 20)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def serving_rasa(actions_url: str, folder: Path) -> Iterator[str]:
    """The trained model on a free port; gives the webhook's address."""
    model = ROOT / "models" / "current.tar.gz"
    port = free_ports(1)[0]
    url = f"http://127.0.0.1:{port}"
    environ = {
        **os.environ,
        "OFFSITE_RASA_URL": url,
        "OFFSITE_ACTIONS_URL": actions_url,
        "OFFSITE_MODEL": str(model.resolve()),
        "OFFSITE_SECRET": SECRET,
        "OFFSITE_VAR": str(folder),
        "DATABASE_URL": "",
    }
    log = (folder / "rasa.log").open("w")
    python = ROOT / ".venv-rasa" / "bin" / "python"
    process = subprocess.Popen(
        [str(python), "-m", "bot.dialogue.server"], cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        _until(lambda: _answers(url) or process.poll() is not None, 300)
        if process.poll() is not None:
            raise RuntimeError((folder / "rasa.log").read_text()[-4000:])
        yield f"{url}/webhooks/rest/webhook"
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code < 500
    except httpx.HTTPError:
        return False


def _until(ready: Any, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return
        time.sleep(0.1)
    raise TimeoutError(f"not ready after {seconds} s")
