"""Reading what a client sent: small, JSON, an object, with strings that can be stored. Anything else is its error."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request

from bot.gateway.errors import ApiError, Problem

MESSAGE_CHARACTERS = 2_000
BODY_BYTES = 64 * 1024
_DRAIN_BYTES = 16 * 1024 * 1024
_DRAIN_SECONDS = 5.0
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_PRINTABLE = {"\n", "\t", "\r"}


async def json_object(request: Request, *, may_be_empty: bool = False, at_most: int = BODY_BYTES) -> Mapping[str, Any]:
    """The request's JSON object. Raises ApiError: 415, 413 (before it is all read) or 400."""
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != "application/json" and (kind or not may_be_empty):
        raise ApiError(Problem.UNSUPPORTED_MEDIA_TYPE)
    raw = await _limited(request, at_most)
    if not raw and may_be_empty:
        return {}
    if not kind:
        raise ApiError(Problem.UNSUPPORTED_MEDIA_TYPE)
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ApiError(Problem.MALFORMED) from None
    if not isinstance(body, dict):
        raise ApiError(Problem.MALFORMED)
    return body


async def _limited(request: Request, at_most: int) -> bytes:
    """At most so many bytes. What is more is thrown away as it comes, so that the sender gets to read our answer."""
    raw = bytearray()
    size = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= at_most:
                    raw += chunk
                elif size > _DRAIN_BYTES:
                    break
    except TimeoutError:
        raise ApiError(Problem.TOO_LARGE if size > at_most else Problem.MALFORMED) from None
    except ClientDisconnect:
        raise ApiError(Problem.MALFORMED) from None
    if size > at_most:
        raise ApiError(Problem.TOO_LARGE)
    return bytes(raw)


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def client_id(body: Mapping[str, Any]) -> str:
    """The message's id, a UUID, in lower case. Raises ApiError 400."""
    value = body.get("id")
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise ApiError(Problem.MALFORMED)
    return value.lower()


def message_text(value: object) -> str:
    """Text a customer wrote, ready to store: composed (NFC), line ends as `\\n`. Raises ApiError 400 or 413."""
    text = clean(value)
    if len(text) > MESSAGE_CHARACTERS:
        raise ApiError(Problem.TOO_LARGE)
    text = unicodedata.normalize("NFC", re.sub(r"\r\n?|[\x0b\x0c]", "\n", text)).strip()
    if not any(unicodedata.category(character)[0] not in "ZC" for character in text):
        raise ApiError(Problem.MALFORMED)
    return text[:MESSAGE_CHARACTERS]


def clean(value: object) -> str:
    """A string without NUL, control characters and halves of characters. Raises ApiError 400."""
    if not isinstance(value, str):
        raise ApiError(Problem.MALFORMED)
    for character in value:
        forbidden = unicodedata.category(character) == "Cs" or (character < " " or character == "\x7f")
        if forbidden and character not in _PRINTABLE and character not in "\x0b\x0c":
            raise ApiError(Problem.MALFORMED)
    return value


def number(value: str | None, default: int) -> int:
    """A whole number of 0 or more from a query or header. Raises ApiError 400."""
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,18}", value, re.ASCII):
        raise ApiError(Problem.MALFORMED)
    return min(int(value), 2**31 - 1)


def seconds(value: str | None, at_most: float) -> float:
    """How long to wait; more than `at_most` counts as that. Raises ApiError 400."""
    if value is None:
        return 0.0
    if not re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,18})?", value, re.ASCII):
        raise ApiError(Problem.MALFORMED)
    return min(float(value), at_most)
