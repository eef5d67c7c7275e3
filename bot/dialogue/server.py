"""Serves the dialogue: `python -m bot.dialogue.server`, in the dialogue runtime, on loopback only.

Rasa's own web server with the stock rest webhook and nothing else: no API, no other channel, one worker. It listens
only once the model has answered a first sentence, so an open port means ready. Settings: OFFSITE_RASA_URL (its port),
OFFSITE_ACTIONS_URL, OFFSITE_MODEL (a file), OFFSITE_SECRET, OFFSITE_VAR, DATABASE_URL.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import bot.dialogue.quiet  # noqa: F401  (before anything imports TensorFlow)

# isort: split
from rasa.core.channels.channel import register
from rasa.core.channels.rest import RestInput
from sanic import Sanic

from bot.dialogue.levers.endpoint import ActionEndpoint
from bot.dialogue.levers.locks import PromptLockStore
from bot.dialogue.levers.processor import DialogueAgent
from bot.dialogue.levers.responses import PlainResponses
from bot.dialogue.levers.store import DurableTrackerStore
from bot.dialogue.standby import keep_serving

LOOPBACK = "127.0.0.1"
ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Serving:
    """Where this process listens and what it uses."""

    port: int
    model: Path
    actions_url: str
    secret: str
    database_url: str


def serving(environ: dict[str, str]) -> Serving:
    """Read the environment. Raises KeyError for what only `offsite up` can know."""
    database = environ.get("DATABASE_URL") or f"sqlite:///{Path(environ.get('OFFSITE_VAR') or 'var') / 'rasa.db'}"
    return Serving(
        port=urlsplit(environ["OFFSITE_RASA_URL"]).port or 5005,
        model=Path(environ["OFFSITE_MODEL"]),
        actions_url=environ["OFFSITE_ACTIONS_URL"].rstrip("/") + "/webhook",
        secret=environ.get("OFFSITE_SECRET", ""),
        database_url=database,
    )


def application(what: Serving) -> Sanic:
    """The web application; it loads its model when it starts."""
    app = Sanic("offsite_dialogue", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = 60
    app.config.RESPONSE_TIMEOUT = ANSWER_SECONDS
    register([RestInput()], app, route="/webhooks/")

    @app.listener("before_server_start")
    async def load(app: Sanic, _: object) -> None:
        app.ctx.agent = DialogueAgent(
            generator=PlainResponses(),
            tracker_store=DurableTrackerStore(what.database_url),
            lock_store=PromptLockStore(),
            action_endpoint=ActionEndpoint(what.actions_url, what.secret),
        )
        app.ctx.agent.load_model(what.model)

    @app.listener("after_server_stop")
    async def close(app: Sanic, _: object) -> None:
        await app.ctx.agent.action_endpoint.close()

    return app


def warm_up(model: Path) -> None:
    """Load the model and understand a first sentence, so that whoever is forked from here need not."""
    agent = DialogueAgent()
    agent.load_model(model)
    asyncio.run(agent.parse_message("hej"))


def main() -> int:
    """Serve until told to stop."""
    what = serving(dict(os.environ))
    warm_up(what.model)
    return keep_serving(
        lambda: application(what).run(host=LOOPBACK, port=what.port, workers=1, access_log=False, debug=False)
    )


if __name__ == "__main__":
    raise SystemExit(main())
