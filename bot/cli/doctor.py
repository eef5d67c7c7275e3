"""`offsite doctor`: is this installation sound, and if not, what to do."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from actions.adapters.texts import ResponseTexts
from actions.bootstrap import open_stores
from actions.casework.facts import Language
from actions.ports import PortError
from actions.settings import ROOT, Settings, SettingsError, load_settings
from bot.cli.findings import Finding, report

FREE_BYTES = 500_000_000


def doctor(json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False) -> None:
    """Check the installation: each line is ok, or says what to do. Exit code 1 where something is wrong."""
    report(list(examine()), json)


def examine() -> Iterator[Finding]:
    """Every check; those that need settings only where the settings can be read."""
    yield _python()
    yield _dialogue_runtime()
    yield _model()
    yield _responses()
    try:
        settings = load_settings()
    except SettingsError as error:
        detail = "; ".join(str(error).splitlines())
        yield Finding("settings", False, detail, "correct them in the environment or in .env; see .env.example")
        return
    yield Finding("settings", True, "all readable")
    checks: tuple[Callable[[Settings], Finding], ...] = (_folder, _database, _redis, _port, _mail_server)
    for check in checks:
        yield check(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < (3, 42):
        advice = "use Python 3.11, or SQLite 3.42 or newer: durable work needs one of them"
        return Finding("app runtime", False, f"Python {version}, SQLite {sqlite3.sqlite_version}", advice)
    return Finding("app runtime", True, f"Python {version}, SQLite {sqlite3.sqlite_version}")


def _dialogue_runtime() -> Finding:
    python = ROOT / ".venv-rasa" / "bin" / "python"
    if not python.exists():
        return Finding("dialogue runtime", False, "not made", "make setup")
    asked = "import importlib.metadata as m; print(m.version('rasa'))"
    try:
        answer = subprocess.run([python, "-c", asked], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        return Finding(
            "dialogue runtime", False, f"does not answer ({type(error).__name__})", "make clean, then make setup"
        )
    return Finding("dialogue runtime", True, f"Rasa {answer.stdout.strip()}")


def _model() -> Finding:
    model = ROOT / "models" / "current.tar.gz"
    if not model.exists():
        return Finding("model", False, "none trained", "make train")
    return Finding("model", True, model.resolve().name)


def _responses() -> Finding:
    try:
        texts = ResponseTexts()
    except (OSError, ValueError) as error:
        return Finding("responses", False, str(error), "correct the response file")
    danish, english = texts.keys(Language.DA), texts.keys(Language.EN)
    if danish != english:
        lonely = ", ".join(sorted(danish ^ english)[:5])
        return Finding("responses", False, f"in one language only: {lonely}", "write them in the other, too")
    return Finding("responses", True, f"{len(danish)} texts in each language")


def _folder(settings: Settings) -> Finding:
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Finding("OFFSITE_VAR", False, f"{settings.var}: {error.strerror}", "choose a folder that can be made")
    if not os.access(settings.var, os.W_OK):
        return Finding("OFFSITE_VAR", False, f"{settings.var} is not writable", "give this user the right to write")
    free = shutil.disk_usage(settings.var).free
    enough = free > FREE_BYTES
    return Finding("OFFSITE_VAR", enough, f"{settings.var}, {free // 1_000_000} MB free", "" if enough else "make room")


def _database(settings: Settings) -> Finding:
    kind = "PostgreSQL" if settings.database_url else "SQLite"
    try:
        devices = open_stores(settings).registry.count()
    except PortError as error:
        advice = "is PostgreSQL there, and DATABASE_URL right?" if settings.database_url else "check OFFSITE_VAR"
        return Finding("database", False, f"{kind}: {error}", advice)
    if devices == 0:
        return Finding("database", False, f"{kind}, no devices", "offsite registry import FILE.csv")
    return Finding("database", True, f"{kind}, {devices} devices in the registry")


def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding("Redis", True, "not used")
    import redis

    try:
        redis.Redis.from_url(settings.redis_url, socket_timeout=3, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return Finding("Redis", False, type(error).__name__, "is Redis there, and REDIS_URL right?")
    return Finding("Redis", True, "answers")


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = settings.port != 0 and probe.connect_ex(("127.0.0.1", settings.port)) == 0
    return Finding("OFFSITE_PORT", True, f"{settings.port} {'in use: running already?' if taken else 'free'}")


def _mail_server(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding("mail", True, f"kept in {settings.mail_folder}")
    try:
        socket.create_connection((settings.smtp_host, settings.smtp_port), timeout=5).close()
    except OSError as error:
        where = f"{settings.smtp_host}:{settings.smtp_port}"
        return Finding("mail", False, f"{where}: {error}", "check OFFSITE_SMTP_HOST and OFFSITE_SMTP_PORT")
    return Finding("mail", True, f"{settings.smtp_host}:{settings.smtp_port} answers")
