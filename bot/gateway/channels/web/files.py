"""`POST /files` and `GET /files/{id}`: pictures and PDFs of the customer's (W4)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.gateway.errors import ApiError, Problem
from bot.gateway.files.checking import Checked, NotAcceptable, TooManyBytes, check_file
from bot.gateway.files.receiving import Upload, receive
from bot.gateway.files.serving import serve
from bot.gateway.parts import Parts
from bot.gateway.store.files import FileRefusal, FileTaken, StoredFile

Redact = Callable[..., tuple[str, Collection[Any]]]

_REFUSALS = {
    FileRefusal.ENDED: Problem.UNAUTHORIZED,
    FileRefusal.TOO_MANY: Problem.FILES_TOO_MANY,
    FileRefusal.FULL: Problem.FILES_FULL,
}


def routes(parts: Parts, redact: Redact) -> APIRouter:
    """The two calls. `redact` takes out of a file's name what must not be kept."""
    router = APIRouter(prefix="/api/chat")

    @router.post("/files")
    async def send(request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        wait = parts.uploads.take(conversation.id)
        if wait is not None:
            raise ApiError(Problem.TOO_MANY_REQUESTS, wait)
        upload = await receive(request)
        try:
            taken = await _keep(conversation.id, upload)
        finally:
            await upload.file.close()
        shown = {"file": taken.file.public(), "seq": taken.file.seq}
        if taken.repeated:
            return JSONResponse(shown, status_code=200)
        parts.metrics.message("file")
        parts.workers.wake(conversation.id)
        parts.attaching.wake()
        await parts.fanout.tell(conversation.id)
        return JSONResponse(shown, status_code=201)

    async def _keep(conversation: str, upload: Upload) -> FileTaken:
        """Check it, write it, then note it: a kill in between leaves a stray that is swept up, never half a file."""
        key = f"customer:{upload.client_id}" if upload.client_id else None
        try:
            checked = await asyncio.to_thread(check_file, upload.file.file, upload.file.filename or "")
        except NotAcceptable:
            raise ApiError(Problem.FILE_UNSUPPORTED) from None
        except TooManyBytes:
            raise ApiError(Problem.FILE_TOO_LARGE) from None
        file = _named(conversation, checked)
        await asyncio.to_thread(parts.folder.write, file.id, checked.content)
        taken = await parts.database.run(parts.files.take, file, key, parts.now(), more=upload.more)
        if isinstance(taken, FileRefusal) or taken.repeated:
            await asyncio.to_thread(parts.folder.remove, file.id)
        if isinstance(taken, FileRefusal):
            raise ApiError(_REFUSALS[taken])
        return taken

    def _named(conversation: str, checked: Checked) -> StoredFile:
        name = redact(checked.name)[0]
        size = len(checked.content)
        return StoredFile(secrets.token_urlsafe(24), conversation, 0, name, checked.media_type, size, parts.now())

    @router.get("/files/{file_id}")
    async def fetch(file_id: str, request: Request) -> Response:
        conversation = await parts.sessions.of(request)
        file = await parts.database.run(parts.files.find, conversation.id, file_id)
        return await serve(parts.folder, file)

    return router
