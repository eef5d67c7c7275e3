"""`/widget.js`: the web chat in one file, built from `bot/widget/` and read once when the gateway starts."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from fastapi import APIRouter, Request, Response

BUILT = Path(__file__).parents[1] / "widget" / "dist" / "widget.js"
_FRESH_SECONDS = 300  # the address has no version in it: a new build reaches every page within minutes


def routes() -> APIRouter:
    """The one address. Pages elsewhere load it too, hence Cross-Origin-Resource-Policy."""
    router = APIRouter()
    plain = BUILT.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0)
    tag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'

    @router.get("/widget.js")
    async def widget(request: Request) -> Response:
        headers = {
            "ETag": tag,
            "Cache-Control": f"public, max-age={_FRESH_SECONDS}",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Vary": "Accept-Encoding",
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        small = "gzip" in request.headers.get("accept-encoding", "")
        if small:
            headers["Content-Encoding"] = "gzip"
        return Response(packed if small else plain, media_type="text/javascript; charset=utf-8", headers=headers)

    return router
