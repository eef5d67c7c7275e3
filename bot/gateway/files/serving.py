"""Customers' files on their way out: to the customer whose conversation they are of, and to the agents at the desk."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from fastapi import Response

from bot.gateway.errors import ApiError, Problem
from bot.gateway.files.folder import FileFolder
from bot.gateway.store.files import StoredFile


async def serve(folder: FileFolder, file: StoredFile | None) -> Response:
    """The file as a download. Raises ApiError 404 for None, and where its content is gone."""
    path = folder.path(file.id) if file else None
    if file is None or path is None:
        raise ApiError(Problem.NOT_FOUND)
    content = await asyncio.to_thread(path.read_bytes)
    return Response(content, media_type=file.media_type, headers=as_attachment(file.name))


def as_attachment(name: str) -> dict[str, str]:
    """Headers of a download: saved under its name, never shown as a page, nothing in it allowed to run."""
    plain = "".join(each if each.isascii() and (each.isalnum() or each in "-_. ") else "_" for each in name)
    shown = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": shown, "Content-Security-Policy": "default-src 'none'; sandbox"}
