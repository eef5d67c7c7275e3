"""Whether a customer who needs a person gets one now: asked at the moment it is said, so that what is said is true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from actions.agent_ports import Availability, People
from actions.ports import CaseFacts, Language, PortError, Texts
from actions.usecases.handoff_package import build_package
from actions.usecases.reach_a_person import Reach, next_opening_words, reach
from bot.gateway.events import Draft
from bot.gateway.handoff import rows
from bot.gateway.handoff.cases import Cases
from bot.gateway.handoff.model import Handoff, Request

WORD = 40  # characters of a reason


@dataclass(frozen=True)
class Decided:
    """What becomes of a request, and `text`: what the customer reads of it."""

    request: Request
    reach: Reach
    text: str
    desk: str

    @property
    def opens(self) -> bool:
        """Whether somebody is there to wait for."""
        return self.reach is Reach.PRESENT

    def draft(self) -> Draft:
        """The text as the assistant's own word; where it opens, the owner's event says it instead."""
        return Draft("text", {"text": self.text})


class FirstWhoAnswers:
    """`People` of an outer desk, and those of our own where it can't be asked."""

    def __init__(self, outer: People, own: People) -> None:
        self._outer, self._own = outer, own

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """Blocks."""
        try:
            return self._outer.availability(language, skills)
        except PortError:
            return self._own.availability(language, skills)


class Openings:
    """Decides on requests. Blocks."""

    def __init__(
        self,
        people: People,
        cases: Cases,
        texts: Texts,
        now: Callable[[], datetime],
        open_at: Callable[[datetime], bool],
        desk: str = "embedded",
    ) -> None:
        self._people, self._cases, self._texts, self._now, self._desk = people, cases, texts, now, desk
        self.open_at = open_at

    @property
    def people(self) -> People:
        """Who is there."""
        return self._people

    def decide(self, request: Request) -> Decided:
        """Hours first, then who is there (R13)."""
        now, language = self._now(), Language(request.language)
        found = reach(self._people, request.language, now, (request.skill,), self.open_at)
        if found is Reach.CLOSED:
            opening = next_opening_words(now, language, self._texts)
            text = self._texts.text("handoff_closed", language, next_opening=opening)
        else:
            text = self._texts.text("handoff_waiting" if found is Reach.PRESENT else "handoff_nobody", language)
        return Decided(request, found, text, self._desk)

    def decide_trouble(self, conversation: str, language: str | None, *, open_case: bool = True) -> Decided:
        """The assistant itself fails: a person where one is there, else a case, and words with its number.

        Without `open_case` only a person: one message that failed is no reason for a case.
        """
        spoken = Language(language or Language.DA)
        case = self._cases.known(conversation)
        facts = case.facts if case else CaseFacts(conversation=conversation, language=spoken)
        case_id = case.case_id if case else None
        package = build_package(facts, self._texts, case_id=case_id, reason="system_trouble")
        asked = Request("system_trouble", spoken.value, case_id, facts.skill, facts.priority, package)
        decided = self.decide(asked)
        if decided.opens or not open_case:
            return decided
        case_id = self._cases.for_person(conversation, spoken.value, "system_trouble", self._now())
        if case_id is None:
            return decided
        words = self._texts.text("handoff_case_for_trouble", spoken, case_id=case_id)
        return replace(decided, request=replace(asked, case_id=case_id), text=f"{words} {decided.text}")

    def enter(self, decided: Decided, connection: Connection, row: Any) -> Handoff:
        """Open it, within the transaction of the turn's events."""
        return rows.open_handoff(connection, row, decided.request, self._now(), decided.text, decided.desk)

    def owe_a_case(self, decided: Decided, connection: Connection, row: Any) -> None:
        """Nobody is there, and the case desk was away too: the case is opened as soon as it is back."""
        if decided.request.case_id is None:
            rows.remember(connection, row, decided.request, self._now())


def read_request(payload: Mapping[str, Any], language: str) -> Request:
    """The dialogue's `handoff` payload as a request."""

    def word(name: str, usual: str) -> str:
        value = payload.get(name)
        return value[:WORD] if isinstance(value, str) and value else usual

    package = payload.get("package")
    spoken = payload.get("language")
    return Request(
        reason=word("reason", "asked_for"),
        language=spoken if spoken in ("da", "en") else language,
        case_id=payload.get("case_id") if isinstance(payload.get("case_id"), str) else None,
        skill=word("skill", "standard")[:24],
        priority=word("priority", "normal")[:10],
        package=package if isinstance(package, Mapping) else {},
    )
