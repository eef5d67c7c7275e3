"""The latest message of a tracker, in the words of `casework.reading`."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.casework.reading.message import Entity, Message


def read_message(tracker: Tracker) -> Message:
    """What the customer wrote last, as Rasa understood it."""
    latest: dict[str, Any] = tracker.latest_message or {}
    intent = latest.get("intent") or {}
    found = latest.get("entities") or []
    language = latest.get("language") or {}
    choice = next((str(entity["value"]) for entity in found if entity.get("entity") == "choice"), "")
    metadata = latest.get("metadata") or {}
    payload = str(latest.get("text") or "").startswith("/")
    return Message(
        text="" if payload else str(latest.get("text") or ""),
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(
            Entity(str(entity["entity"]), str(entity["value"]), bool(entity.get("mended")))
            for entity in found
            if entity.get("entity") != "choice"
        ),
        language=str(language.get("name") or ""),
        language_confidence=float(language.get("confidence") or 0.0),
        choice=choice or (str(intent.get("name")) if payload else ""),
        choices=tuple((str(offer["id"]), str(offer["title"])) for offer in metadata.get("choices") or ()),
    )


def locale(tracker: Tracker) -> str | None:
    """The language that the session was opened in, or None."""
    return ((tracker.latest_message or {}).get("metadata") or {}).get("locale")


def already_read(tracker: Tracker) -> bool:
    """Whether this message was read before: a form that is activated asks for it to be read once more."""
    for event in reversed(tracker.events):
        kind = event.get("event")
        if kind == "user":
            return False
        if kind == "active_loop" or (kind == "action" and event.get("name") != "action_listen"):
            return True
    return True
