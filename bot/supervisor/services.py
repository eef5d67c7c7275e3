"""The three processes of an installation and the environment each is given."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.settings import ROOT, Settings
from bot.supervisor.child import Service
from bot.supervisor.ports import LOOPBACK, free_ports

STAND_BACK = 5
"""The dialogue's niceness: the front door takes messages and carries people's words also while it thinks for many."""

MODEL = ROOT / "models/current.tar.gz"
DIALOGUE_PYTHON = ROOT / ".venv-rasa/bin/python"


class NotPrepared(Exception):
    """Something is missing that set-up or training makes; the message says which command does."""


@dataclass(frozen=True)
class Plan:
    """Where everything will listen, and what to start, in this order."""

    url: str
    services: list[Service]


def plan(settings: Settings, environment: Mapping[str, str]) -> Plan:
    """What to start for these settings; inner ports are chosen free. Raises NotPrepared."""
    if not DIALOGUE_PYTHON.exists():
        raise NotPrepared("the dialogue runtime is missing: run `make setup`")
    if not MODEL.exists():
        raise NotPrepared("there is no trained dialogue model: run `make train`")
    rasa, actions, spare = free_ports(3)
    port = settings.port or spare
    reachable = LOOPBACK if settings.host in {"0.0.0.0", "::"} else settings.host
    url = f"http://{reachable}:{port}"
    shared = {
        **environment,
        "OFFSITE_HOST": settings.host,
        "OFFSITE_PORT": str(port),
        "OFFSITE_VAR": str(settings.var),
        "OFFSITE_SECRET": settings.secret or secrets.token_urlsafe(32),
        "OFFSITE_RASA_URL": f"http://{LOOPBACK}:{rasa}",
        "OFFSITE_ACTIONS_URL": f"http://{LOOPBACK}:{actions}",
        "OFFSITE_ACTIONS_PORT": str(actions),
        "OFFSITE_GATEWAY_URL": settings.gateway_url or url,
        "OFFSITE_MODEL": str(MODEL.resolve()),
        "DATABASE_URL": settings.database_url,
        "PYTHONUNBUFFERED": "1",
    }

    def service(name: str, python: Path | str, module: str, health: str, niceness: int = 0) -> Service:
        log = settings.var / "logs" / f"{name}.log"
        return Service(name, [str(python), "-m", module], shared, health, ROOT, log, niceness)

    words = f"http://{LOOPBACK}:{rasa}/webhooks/rest/"

    return Plan(
        url=url,
        services=[
            service("rasa", DIALOGUE_PYTHON, "bot.dialogue.server", words, STAND_BACK),
            service("actions", sys.executable, "actions", f"http://{LOOPBACK}:{actions}/health"),
            service("gateway", sys.executable, "bot.gateway", f"{url}/readyz"),
        ],
    )
