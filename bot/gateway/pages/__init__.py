"""Pages that operators write, beside this file: the demonstration of the chat (`home`), what is stored (`privacy`)."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

import markdown
from fastapi import APIRouter, Request, Response

HERE = Path(__file__).parent
LANGUAGES = ("da", "en")
_CLOSED = "default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# What docs/widget.md asks of a page with the chat on it, Trusted Types included.
_WITH_CHAT = (
    "; script-src 'self'; connect-src 'self'; img-src 'self'"
    "; require-trusted-types-for 'script'; trusted-types lit-html"
)


def routes() -> APIRouter:
    """`/` and `/privacy`, in the language asked for (`?language=`), else the browser's, else Danish."""
    router = APIRouter()

    @router.get("/")
    async def home(request: Request) -> Response:
        language = _language(request)
        return _page((HERE / f"home.{language}.html").read_text(encoding="utf-8"), "home.css", language, _WITH_CHAT)

    @router.get("/privacy")
    async def privacy(request: Request) -> Response:
        language = _language(request)
        source = (HERE / f"privacy.{language}.md").read_text(encoding="utf-8")
        title = next((line.lstrip("# ") for line in source.splitlines() if line.startswith("# ")), "")
        page = (HERE / "page.html").read_text(encoding="utf-8")
        page = page.replace("{{language}}", language).replace("{{title}}", escape(title))
        body = markdown.markdown(source, extensions=["tables"], output_format="html")
        return _page(page.replace("{{body}}", body), "page.css", language)

    @router.get("/icon.svg")
    async def icon() -> Response:
        return Response((HERE / "icon.svg").read_text(encoding="utf-8"), media_type="image/svg+xml")

    return router


def _page(page: str, style_sheet: str, language: str, also: str = "") -> Response:
    """Read anew each time: an operator's change shows at once. The style sheet is allowed by its hash."""
    style = (HERE / style_sheet).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    headers = {
        "Content-Security-Policy": _CLOSED.format(style=f"sha256-{digest}") + also,
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return Response(page.replace("{{style}}", style), media_type="text/html; charset=utf-8", headers=headers)


def _language(request: Request) -> str:
    return page_language(request.query_params.get("language"), request.headers.get("accept-language", ""))


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
