"""`offsite up`: the whole installation in the foreground, until Ctrl-C."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from actions.settings import Settings, SettingsError, load_settings
from bot.supervisor.ports import is_free
from bot.supervisor.prepare import PrepareFailed, prepare
from bot.supervisor.services import NotPrepared, Plan, plan
from bot.supervisor.watch import StartFailed, Watch

REFUSED = 2
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up() -> None:
    """Start everything here and watch it; ends with Ctrl-C. Prints `ready URL` when a first message is answered."""
    try:
        settings = load_settings()
        _check_port(settings)
        chosen = plan(settings, os.environ)
    except (SettingsError, NotPrepared) as refusal:
        _refuse(str(refusal))
    with _alone_in(settings.var):
        try:
            _say(prepare(settings))
            asyncio.run(_run(chosen))
        except (PrepareFailed, StartFailed) as failure:
            typer.echo(str(failure), err=True)
            raise typer.Exit(1) from failure


async def _run(chosen: Plan) -> None:
    stopping = asyncio.Event()
    for number in _STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    watch = Watch(chosen.services, _say)
    serving = asyncio.create_task(_serve(watch, chosen))
    stop = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({serving, stop}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
    finally:
        _say("stopping")
        serving.cancel()
        stop.cancel()
        await asyncio.gather(serving, stop, return_exceptions=True)
        await watch.stop()
        _say("stopped")


async def _serve(watch: Watch, chosen: Plan) -> None:
    _say("starting: " + ", ".join(service.name for service in chosen.services))
    await watch.start()
    typer.echo(f"ready {chosen.url}")
    await watch.failed()


def _check_port(settings: Settings) -> None:
    try:
        free = is_free(settings.host, settings.port)
    except OSError as error:
        _refuse(f"OFFSITE_HOST {settings.host} can't be listened on: {error.strerror}")
    if not free:
        _refuse(f"port {settings.port} is in use: stop what uses it, or set OFFSITE_PORT to another")


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder: two stacks in one would take each other's work."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _refuse(f"another `offsite up` already uses {folder}: stop it, or set OFFSITE_VAR to another folder")
        yield


def _say(line: str) -> None:
    typer.echo(f"[{time.strftime('%H:%M:%S')}] {line}")


def _refuse(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(REFUSED)
