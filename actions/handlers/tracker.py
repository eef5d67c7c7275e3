"""The latest message of a tracker, in the words of `casework.reading`."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.casework.reading.message import Entity, Message
from actions.casework.reading.unsure import OFFERED
from actions.casework.reading.vague import without_vague_symptom

#: Choices that are offered for other reasons too, and need no earlier words.
_OFFERED_ANYWAY = frozenset({"request_human", "reschedule", "cancel"})


def read_message(tracker: Tracker) -> Message:
    """What the customer wrote last, as Rasa understood it."""
    latest: dict[str, Any] = tracker.latest_message or {}
    intent = latest.get("intent") or {}
    found = latest.get("entities") or []
    language = latest.get("language") or {}
    choice = next((str(entity["value"]) for entity in found if entity.get("entity") == "choice"), "")
    metadata = latest.get("metadata") or {}
    payload = str(latest.get("text") or "").startswith("/")
    meant = tracker.get_slot("unsure")
    if payload and meant and intent.get("name") in OFFERED and intent.get("name") not in _OFFERED_ANYWAY:
        return _as_meant(meant, str(intent["name"]))
    message = Message(
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
        ranking=tuple((str(each["name"]), float(each["confidence"])) for each in latest.get("intent_ranking") or ()),
        choices=tuple((str(offer["id"]), str(offer["title"])) for offer in metadata.get("choices") or ()),
    )
    return without_vague_symptom(message)


def _as_meant(meant: dict[str, Any], intent: str) -> Message:
    """The words that left us unsure, now with what the customer says they mean."""
    symptom = [Entity("symptom", str(meant["symptom"]))] if meant.get("symptom") and intent == "report_fault" else []
    return Message(text=str(meant["text"]), intent=intent, entities=tuple(symptom))


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
