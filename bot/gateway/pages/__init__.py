"""Pages that operators write, in Markdown beside this file: what this is (`home`), what is stored (`privacy`)."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

import markdown
from fastapi import APIRouter, Request, Response

HERE = Path(__file__).parent
LANGUAGES = ("da", "en")
_STYLE = (HERE / "page.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"


def routes() -> APIRouter:
    """`/` and `/privacy`, in the language asked for (`?language=`), else the browser's, else Danish."""
    router = APIRouter()

    @router.get("/")
    async def home(request: Request) -> Response:
        return _page("home", request)

    @router.get("/privacy")
    async def privacy(request: Request) -> Response:
        return _page("privacy", request)

    return router


def _page(name: str, request: Request) -> Response:
    """Read anew each time: an operator's change shows at once."""
    language = page_language(request.query_params.get("language"), request.headers.get("accept-language", ""))
    source = (HERE / f"{name}.{language}.md").read_text(encoding="utf-8")
    title = next((line.lstrip("# ") for line in source.splitlines() if line.startswith("# ")), name)
    page = (HERE / "page.html").read_text(encoding="utf-8")
    for mark, value in (
        ("{{language}}", language),
        ("{{title}}", escape(title)),
        ("{{style}}", _STYLE),
        ("{{body}}", markdown.markdown(source, extensions=["tables"], output_format="html")),
    ):
        page = page.replace(mark, value)
    headers = {"Content-Security-Policy": _POLICY, "Content-Language": language, "Vary": "Accept-Language"}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


def page_language(asked: str | None, accepted: str) -> str:
    """The page's language: asked for, else the first that the browser prefers and we have, else Danish."""
    if asked in LANGUAGES:
        return str(asked)
    wishes: list[tuple[float, int, str]] = []
    for place, wish in enumerate(accepted.split(",")):
        name, _, weight = wish.strip().partition(";")
        quality = weight.strip().removeprefix("q=") or "1"
        known = quality.replace(".", "", 1).isascii() and quality.replace(".", "", 1).isdigit()
        if name[:2].lower() in LANGUAGES and known and float(quality) > 0:
            wishes.append((-float(quality), place, name[:2].lower()))
    return min(wishes)[2] if wishes else LANGUAGES[0]
