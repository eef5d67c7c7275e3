"""What the dialogue answered, as typed events: texts, the cards made of them, and the one question left open.

Rasa's rest webhook gives a list of messages. `custom` follows the text it is about: `expects` makes that text the
open question, `card` makes it a card, `extra_choices` stand beside the turn's question, `session: ended` says that
this is a natural end, `handoff` that a person is needed (what comes after it is only said where none is there).
Anything else is left out, with a line in the log that names its fields and none of its values.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.gateway.bookings import with_addresses
from bot.gateway.events import CARDS, KINDS, Choice, Draft, Question

log = logging.getLogger(__name__)
_INTENT = re.compile(r"/(\w+)\s*(\{.*\})?", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """One turn's events in order, the question that its last event carries, and whether a natural end was reached.

    `handoff` is what the dialogue tells a person, where one is needed; `before` counts the events until then.
    """

    drafts: Sequence[Draft]
    question: Question | None
    ended: bool
    handoff: Mapping[str, Any] | None = None
    before: int = 0


def read_answer(messages: object) -> Answer:
    """The events of a turn; none where the dialogue said nothing that a customer could read."""
    parts: list[_Part] = []
    extra: list[Choice] = []
    ended = False
    handoff: Mapping[str, Any] | None = None
    for message in messages if isinstance(messages, list) else ():
        if not isinstance(message, Mapping):
            continue
        text = _text(message.get("text"))
        if text:
            parts.append(_Part(text, _choices(message.get("buttons"))))
        custom = message.get("custom")
        if isinstance(custom, Mapping):
            ended = ended or custom.get("session") == "ended"
            extra += _choices(custom.get("extra_choices"))
            _apply(custom, parts)
            if handoff is None and isinstance(custom.get("handoff"), Mapping):
                handoff = custom["handoff"]
                for part in parts:
                    part.before = True
    asking = [part for part in parts if part.asks]
    for part in asking[:-1]:
        part.expects, part.choices = {}, []
    if asking:
        # At most one question is open, and the turn's last event carries it.
        parts.remove(asking[-1])
        parts.append(asking[-1])
        asking[-1].before = False
        for choice in extra:
            if choice.id not in {each.id for each in asking[-1].choices}:
                asking[-1].choices.append(choice)
    question = asking[-1].question() if asking else None
    before = sum(part.before for part in parts)
    return Answer([part.draft() for part in parts], question, ended, handoff, before)


class _Part:
    """A text on its way to becoming an event."""

    def __init__(self, text: str, choices: list[Choice]) -> None:
        self.text = text
        self.choices = choices
        self.expects: dict[str, Any] = {}
        self.before = False  # said before a person was asked for
        self.card: tuple[str, Mapping[str, Any]] | None = None

    @property
    def asks(self) -> bool:
        return bool(self.expects or self.choices)

    def question(self) -> Question:
        return Question(self.text, self.expects, tuple(self.choices))

    def draft(self) -> Draft:
        body = dict(self.question().draft().body)
        if self.card is None:
            return Draft("text", body)
        return Draft("card", {"card": self.card[0], "data": dict(self.card[1])} | body)


def _apply(custom: Mapping[str, Any], parts: list[_Part]) -> None:
    """What a custom message says about the text before it."""
    expects, card = custom.get("expects"), custom.get("card")
    if isinstance(card, str) and card in CARDS:
        text = _text(custom.get("text"))
        if text:
            parts.append(_Part(text, []))
        if parts:
            data = custom.get("data")
            parts[-1].card = (card, with_addresses(card, data) if isinstance(data, Mapping) else {})
    if isinstance(expects, Mapping) and parts:
        kind = expects.get("kind")
        parts[-1].expects = dict(expects) | {"kind": kind if kind in KINDS else "text"}
    if not (isinstance(expects, Mapping) or card in CARDS or custom.keys() & {"session", "extra_choices", "handoff"}):
        log.warning("the dialogue sent a payload that nobody reads, with fields %s", sorted(map(str, custom)))


def _text(value: object) -> str:
    """A text that can be stored and shown; "" for anything else."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "").strip()


def _choices(buttons: object) -> list[Choice]:
    """The choices behind Rasa's buttons, without those that nobody could choose."""
    choices: list[Choice] = []
    for button in buttons if isinstance(buttons, list) else ():
        title = _text(button.get("title")) if isinstance(button, Mapping) else ""
        payload = button.get("payload") if isinstance(button, Mapping) else None
        choice = choice_id(payload)
        if not title or choice is None or any(choice == each.id for each in choices):
            log.warning("the dialogue sent a button that can't be chosen")
            continue
        choices.append(Choice(choice, title, str(payload)))
    return choices


def choice_id(payload: object) -> str | None:
    """The stable word of a payload: `/choose{"choice": "pickup"}` is pickup, `/affirm` is affirm; None otherwise."""
    found = _INTENT.fullmatch(payload.strip()) if isinstance(payload, str) else None
    if not found:
        return None
    if not found[2]:
        return found[1]
    try:
        values = json.loads(found[2])
    except ValueError:
        return None
    chosen = values.get("choice", found[1])
    return str(chosen) if isinstance(chosen, str | int) else None
