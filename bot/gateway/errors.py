"""Every error a client can meet, in one form: `{"error": code, "message": {"da", "en"}}`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from starlette.responses import JSONResponse

from bot.gateway.words import Words


class Problem(Enum):
    """What went wrong: code and HTTP status. Its sentence is `error_<code>` in channel.yml."""

    MALFORMED = ("malformed", 400)
    UNAUTHORIZED = ("unauthorized", 401)
    ORIGIN_NOT_ALLOWED = ("origin_not_allowed", 403)
    NOT_FOUND = ("not_found", 404)
    LINK_OVER = ("link_over", 404)
    METHOD_NOT_ALLOWED = ("method_not_allowed", 405)
    CHOICE_NOT_OFFERED = ("choice_not_offered", 409)
    TOO_LARGE = ("too_large", 413)
    UNSUPPORTED_MEDIA_TYPE = ("unsupported_media_type", 415)
    FILE_TOO_LARGE = ("file_too_large", 413)
    FILES_TOO_MANY = ("files_too_many", 413)
    FILES_FULL = ("files_full", 413)
    FILE_UNSUPPORTED = ("file_unsupported", 415)
    TOO_MANY_REQUESTS = ("too_many_requests", 429)
    UNAVAILABLE = ("unavailable", 503)
    # the desk's own
    SIGNED_OUT = ("signed_out", 401)
    SIGN_IN_FAILED = ("sign_in_failed", 401)
    PASSWORD_WEAK = ("password_weak", 400)
    PASSWORD_MUST_CHANGE = ("password_must_change", 403)
    NOT_ALLOWED = ("not_allowed", 403)

    @property
    def code(self) -> str:
        """The stable word."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]


class ApiError(Exception):
    """Ends a request with the error form. `retry_after` is in whole seconds."""

    def __init__(self, problem: Problem, retry_after: int | None = None) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.retry_after = retry_after


def error_response(error: ApiError, words: Words, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The error as clients read it."""
    problem = error.problem
    extra = dict(headers or {})
    if error.retry_after is not None:
        extra["Retry-After"] = str(error.retry_after)
    if problem is Problem.UNAUTHORIZED:
        extra["WWW-Authenticate"] = "Bearer"
    body = {"error": problem.code, "message": words.both(f"error_{problem.code}")}
    return JSONResponse(body, status_code=problem.status, headers=extra)
