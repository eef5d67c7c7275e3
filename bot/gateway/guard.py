"""Stands around every request: who may call from a browser, which headers go out, and no stack trace ever."""

from __future__ import annotations

import logging
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.errors import ApiError, Problem, error_response
from bot.gateway.metrics import Metrics
from bot.gateway.words import Words

log = logging.getLogger(__name__)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Unless the answer says otherwise: pages and the widget do."""
_OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}


class Guard:
    """ASGI middleware. A browser page elsewhere gets in only if its origin is on the list."""

    def __init__(self, app: ASGIApp, words: Words, metrics: Metrics, origins: Collection[str]) -> None:
        self._app, self._words, self._metrics, self._origins = app, words, metrics, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        listed = origin is not None and origin.rstrip("/") in self._origins
        started = False

        async def finish(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                for name, value in (_ALWAYS | _OVER_TLS if scope.get("scheme") == "https" else _ALWAYS).items():
                    out.setdefault(name, value)
                out.add_vary_header("Origin")  # of what may be kept, none goes to another page
                if listed and origin is not None:
                    out["Access-Control-Allow-Origin"] = origin
                    out["Access-Control-Expose-Headers"] = "Content-Disposition, Retry-After"
            await send(message)

        try:
            if origin is not None and not listed and not _same_host(origin, headers.get("host", "")):
                raise ApiError(Problem.ORIGIN_NOT_ALLOWED)
            if listed and scope["method"] == "OPTIONS":
                await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, finish)
                return
            await self._app(scope, receive, finish)
        except Exception as error:
            if started:
                raise
            answer = error_response(self._refusal(error), self._words)
            await answer(scope, receive, finish)

    def _refusal(self, error: Exception) -> ApiError:
        """The client's fault as it is; ours as "not available", with the trace in the log only."""
        if isinstance(error, ApiError):
            self._metrics.refused(error.problem.code)
            return error
        log.error("a request failed", exc_info=error)
        self._metrics.refused(Problem.UNAVAILABLE.code)
        return ApiError(Problem.UNAVAILABLE, retry_after=5)


def _same_host(origin: str, host: str) -> bool:
    try:
        return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
