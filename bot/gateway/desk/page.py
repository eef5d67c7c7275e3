"""`GET /desk`: the page, its script and its style, from `bot/console/`. Everything it shows it asks the API for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fastapi import APIRouter, Request, Response

CONSOLE = Path(__file__).resolve().parents[2] / "console"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)
_KINDS = {"desk.js": "text/javascript", "desk.css": "text/css", "icon.svg": "image/svg+xml"}
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes() -> APIRouter:
    """The page and its three files; their addresses carry their content's hash, so they may be kept for ever."""
    router = APIRouter()
    files = {name: (CONSOLE / "dist" / name).read_bytes() for name in _KINDS}
    marks = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in files.items()}
    page = (CONSOLE / "index.html").read_text(encoding="utf-8")
    for name, mark in marks.items():
        page = page.replace(f"/desk/{name}", f"/desk/{name}?v={mark}")

    @router.get("/desk")
    async def desk(_request: Request) -> Response:
        return Response(page, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    def serve(name: str) -> None:
        @router.get(f"/desk/{name}")
        async def file(request: Request) -> Response:
            known = request.query_params.get("v") == marks[name]
            return Response(files[name], media_type=f"{_KINDS[name]}; charset=utf-8", headers=_FOREVER if known else {})

    for name in _KINDS:
        serve(name)
    return router
