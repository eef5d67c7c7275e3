"""Reading an activity: what somebody in Teams did, as one of a few kinds. Whatever else it says is not looked at.

Microsoft's own activity types (PyPI `microsoft-agents-activity`) are what the tests hold ours against. They are not
used here: they refuse whole activities for a field that nobody needs, and a customer's message would be lost.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CHANNEL = "msteams"
ID_CHARACTERS = 1_000
MOST_CHARACTERS = 20_000  # looked at; far more than a message may have
MOST_MENTIONS = 50
_KEPT_CONTROLS = {"\n", "\t"}


class Malformed(Exception):
    """Not an activity that can be answered."""


@dataclass(frozen=True)
class Place:
    """Where an answer goes: all that is kept of a conversation in Teams. No names of people, no ids of theirs."""

    service_url: str
    conversation: str
    bot: str
    kind: str
    tenant: str

    def stored(self) -> dict[str, str]:
        """As the store keeps it."""
        return dict(vars(self))


@dataclass(frozen=True)
class Envelope:
    """Who and where, of any activity."""

    type: str
    id: str
    place: Place
    person: str
    tenants: frozenset[str]
    channel: str
    language: str | None

    @property
    def name(self) -> str:
        """The conversation's name with us: one per conversation, or per conversation and person (T7)."""
        person = "" if self.place.kind == "personal" else self.person
        return _digest(self.place.tenant, self.place.conversation, person)

    @property
    def room(self) -> str:
        """The name of the chat or team as a whole, with all its threads and people."""
        return _digest(self.place.tenant, self.place.conversation.partition(";messageid=")[0])


@dataclass(frozen=True)
class Said:
    """A message. `text` may be longer than we take; `value` is what a pressed card sent."""

    text: str
    value: Mapping[str, Any] | None
    attachments: int


@dataclass(frozen=True)
class Arrived:
    """The bot was installed, or came into the conversation."""


@dataclass(frozen=True)
class Left:
    """The bot was taken away."""


@dataclass(frozen=True)
class Invoked:
    """A call that wants an answer at once."""

    name: str
    value: Mapping[str, Any]


Done = Said | Arrived | Left | Invoked | None


def read_envelope(body: Mapping[str, Any]) -> Envelope:
    """Who and where. Raises Malformed where an answer could not be sent, or its sender not be told apart."""
    conversation = _object(body, "conversation")
    channel_data = _object(body, "channelData", optional=True)
    tenant = _text(_object(channel_data, "tenant", optional=True), "id", optional=True)
    tenants = [each for each in (_text(conversation, "tenantId", optional=True), tenant) if each]
    kind = _text(conversation, "conversationType", optional=True)
    if not kind:
        kind = "groupChat" if conversation.get("isGroup") is True else "personal"
    return Envelope(
        type=_text(body, "type"),
        id=_text(body, "id", optional=True),
        place=Place(
            service_url=_text(body, "serviceUrl"),
            conversation=_text(conversation, "id"),
            bot=_text(_object(body, "recipient"), "id"),
            kind=kind,
            tenant=tenants[0].lower() if tenants else "",
        ),
        person=_text(_object(body, "from"), "id"),
        tenants=frozenset(each.lower() for each in tenants),
        channel=_text(body, "channelId"),
        language=_language(body.get("locale")),
    )


def read_done(body: Mapping[str, Any], envelope: Envelope) -> Done:
    """What was done; None for what we do not react to (edits, reactions, typing, types to come). Raises Malformed."""
    bot = envelope.place.bot
    match envelope.type:
        case "message":
            if not envelope.id:
                raise Malformed("id")
            value = body.get("value")
            text = body.get("text") or ""
            if not isinstance(text, str):
                raise Malformed("text")
            attachments = _files(body.get("attachments"))
            return Said(plain_text(text, body.get("entities"), bot), _pressed(value), attachments)
        case "installationUpdate":
            action = body.get("action")
            return Left() if action == "remove" else Arrived() if action in ("add", "add-upgrade") else None
        case "conversationUpdate":
            if bot in _members(body.get("membersRemoved")):
                return Left()
            return Arrived() if bot in _members(body.get("membersAdded")) else None
        case "invoke":
            value = body.get("value")
            return Invoked(_text(body, "name"), value if isinstance(value, Mapping) else {})
        case _:
            return None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def plain_text(text: str, entities: object, bot: str) -> str:
    """What was written: without mentions of the bot, those of others as their names, without control characters."""
    text = text[:MOST_CHARACTERS]
    for entity in entities[:MOST_MENTIONS] if isinstance(entities, list) else ():
        if not isinstance(entity, Mapping) or entity.get("type") != "mention":
            continue
        mentioned, marked = entity.get("mentioned"), entity.get("text")
        if not isinstance(marked, str) or not marked or not isinstance(mentioned, Mapping):
            continue
        text = text.replace(marked, " " if mentioned.get("id") == bot else re.sub(r"</?at[^<>]*>", "", marked))
    text = re.sub(r"\r\n?|[\x0b\x0c\u2028\u2029]", "\n", text.replace("&nbsp;", " "))
    text = "".join(each for each in text if each in _KEPT_CONTROLS or unicodedata.category(each) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", re.sub(r"[ \t]+", " ", text)).strip()


def _pressed(value: object) -> Mapping[str, Any] | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, Mapping) else {}


def _files(attachments: object) -> int:
    """How many files or pictures came along. Teams repeats a formatted text as an HTML attachment: that is none."""
    if attachments is None:
        return 0
    if not isinstance(attachments, list):
        raise Malformed("attachments")
    kinds = [each.get("contentType") if isinstance(each, Mapping) else None for each in attachments]
    return sum(kind != "text/html" for kind in kinds)


def _members(listed: object) -> Sequence[object]:
    found = listed if isinstance(listed, list) else []
    return [each.get("id") for each in found if isinstance(each, Mapping)]


def _language(locale: object) -> str | None:
    """`da-DK` is da, `en-US` is en; None for any other."""
    start = locale[:2].lower() if isinstance(locale, str) else ""
    return start if start in ("da", "en") and not locale[2:3].isalpha() else None  # type: ignore[index]


def _object(body: Mapping[str, Any], name: str, *, optional: bool = False) -> Mapping[str, Any]:
    found = body.get(name)
    if optional and not isinstance(found, Mapping):
        return {}
    if not isinstance(found, Mapping):
        raise Malformed(name)
    return found


def _text(body: Mapping[str, Any], name: str, *, optional: bool = False) -> str:
    """A string that can be kept and compared: not too long, no control characters, no halves of characters."""
    found = body.get(name)
    if optional and found in (None, ""):
        return ""
    if not isinstance(found, str) or not found.strip() or len(found) > ID_CHARACTERS:
        raise Malformed(name)
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in found):
        raise Malformed(name)
    return found
