"""The action server: `python -m actions`. Rasa's actions over HTTP on loopback, and durable work beside them."""

from __future__ import annotations

import hmac
import logging
import sys
import warnings

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.response import HTTPResponse, json

from actions.adapters.demo import seed_if_empty
from actions.adapters.sql.registry import SqlRegistry
from actions.bootstrap import World, world
from actions.ports import PortError
from actions.settings import Settings, SettingsError, settings
from actions.workflows.durable import DurableWorkflows
from actions.workflows.served import serve

log = logging.getLogger("actions")

OPEN_PATHS = {"/health"}


def create_server(executor: ActionExecutor, secret: str) -> Sanic:
    """The rasa_sdk endpoint behind a shared secret: header `X-Offsite-Secret`, or `?secret=`."""
    app = create_app(executor, cors_origins=None)

    async def check_secret(request: Request) -> HTTPResponse | None:
        given = request.headers.get("X-Offsite-Secret") or request.args.get("secret") or ""
        if request.path in OPEN_PATHS or hmac.compare_digest(given.encode(), secret.encode()):
            return None
        return json({"error": "no such caller"}, status=401)

    async def work(request: Request, name: str) -> HTTPResponse:
        asked = request.json if isinstance(request.json, dict) else {}
        status, body = await serve(lambda: world().workflows, name, asked)
        return json(body, status=status)

    app.register_middleware(check_secret, "request")
    app.add_route(work, "/workflows/<name:str>", methods=["POST"])
    app.error_handler = ErrorHandler()
    app.error_handler.add(Exception, _say_little)
    return app


def _say_little(request: Request, error: Exception) -> HTTPResponse:
    """Instead of rasa_sdk's, which logs and echoes the whole request: that holds what customers wrote."""
    status = error.status_code if isinstance(error, SanicException) else 500
    if status >= 500:
        log.error("%s failed", request.path, exc_info=(type(error), type(error)(), error.__traceback__))
    return json({"error": type(error).__name__}, status=status)


def main() -> None:
    """Run until told to stop; durable work that is unfinished goes on at the next start."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    log.setLevel(logging.INFO)
    # rasa_sdk 3.21 speaks Rasa 3.6's protocol, and warns about it all the same (design.md section 3).
    warnings.filterwarnings("ignore", message="You are using an old version of rasa")
    try:
        ours = _checked(settings())
        here = world()
        seed_demo_devices(here)
    except (SettingsError, PortError) as error:
        sys.exit(f"action server: {error}")
    executor = ActionExecutor()
    executor.register_package("actions.handlers")
    app = create_server(executor, ours.secret)
    workflows = here.workflows
    assert isinstance(workflows, DurableWorkflows)
    workflows.launch()
    log.info("action server on 127.0.0.1:%d, %d actions", ours.actions_port, len(executor.actions))
    try:
        app.run("127.0.0.1", ours.actions_port, single_process=True, access_log=False, motd=False)
    finally:
        workflows.close()


def seed_demo_devices(here: World) -> None:
    """On the first run, when the registry is empty: something to try the assistant with. Raises PortError."""
    if isinstance(here.registry, SqlRegistry):
        taken = seed_if_empty(here.registry, here.clock.now().date())
        if taken:
            log.info("the registry was empty: took in %d demonstration devices", taken)


def _checked(ours: Settings) -> Settings:
    if not ours.secret:
        raise SettingsError("OFFSITE_SECRET: must be set, or anyone on this machine could call the actions")
    return ours


if __name__ == "__main__":
    main()
