"""`GET /desk/api/canned`: ready-made sentences, from `canned/{da,en}.yml`, which operators edit."""

from __future__ import annotations

import logging
from pathlib import Path

import yaml
from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway.desk.seats import Seats
from bot.gateway.parts import Parts

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "canned"
LANGUAGES = ("da", "en")


def read_replies(folder: Path = FOLDER) -> dict[str, list[dict[str, str]]]:
    """Each language's replies in the file's order. Raises ValueError naming file and key where one is no reply."""
    return {language: _read(folder / f"{language}.yml") for language in LANGUAGES}


def _read(file: Path) -> list[dict[str, str]]:
    try:
        tree = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"{file.name}: {error}") from None
    if not isinstance(tree, dict):
        raise ValueError(f"{file.name}: must hold keys with a title and a text each")
    replies = []
    for key, reply in tree.items():
        whole = isinstance(reply, dict) and all(isinstance(reply.get(name), str) for name in ("title", "text"))
        if not whole:
            raise ValueError(f"{file.name}: {key} needs a title and a text")
        replies.append({"key": str(key), "title": reply["title"].strip(), "text": reply["text"].strip()})
    return replies


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The call. Files are read anew each time; while they can't be read, the last good ones stand."""
    router = APIRouter(prefix="/desk/api")
    good = read_replies()

    @router.get("/canned")
    async def canned(request: Request) -> Response:
        nonlocal good
        await seats.of(request)
        try:
            good = await parts.database.run(read_replies)
        except (ValueError, OSError) as error:
            log.warning("canned replies: %s", error)
        return JSONResponse(good)

    return router
