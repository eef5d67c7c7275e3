"""Reads an upload as it comes, so that nobody can fill the memory: `multipart/form-data` with one `file`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from bot.gateway.bodies import client_id
from bot.gateway.errors import ApiError, Problem
from bot.gateway.files.checking import FILE_BYTES

_AROUND_BYTES = 64 * 1024  # boundaries and the other fields
_DRAIN_BYTES = 2 * FILE_BYTES
_SECONDS = 300.0  # 10 MB over a slow telephone
_FIELD_BYTES = 1_000


@dataclass(frozen=True)
class Upload:
    """What came. Larger than a megabyte the file lies in a nameless temporary file. Close it."""

    file: UploadFile
    client_id: str | None
    more: bool  # another file of the same message follows: the assistant waits for it


async def receive(request: Request) -> Upload:
    """The upload. Raises ApiError: 415 for another kind of body, 413 for too much of it, 400 for a broken one."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise ApiError(Problem.FILE_UNSUPPORTED)
    parser = MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=3, max_part_size=_FIELD_BYTES)
    try:
        async with asyncio.timeout(_SECONDS):
            form = await parser.parse()
    except (MultiPartException, ClientDisconnect, TimeoutError, ValueError):
        raise ApiError(Problem.MALFORMED) from None
    file, given, more = form.get("file"), form.get("id"), form.get("more")
    if not isinstance(file, UploadFile):
        await form.close()
        raise ApiError(Problem.MALFORMED)
    try:
        name = client_id({"id": given}) if given is not None else None
    except ApiError:
        await form.close()
        raise
    return Upload(file, name, more == "true")


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """The body up to the limit; the rest is thrown away as it comes, so that the sender gets to read our answer."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= FILE_BYTES + _AROUND_BYTES:
            yield chunk
        elif size > _DRAIN_BYTES:
            break
    if size > FILE_BYTES + _AROUND_BYTES:
        raise ApiError(Problem.FILE_TOO_LARGE)
