"""What is due is done, also after a kill: every second the open handoffs are looked at, by every gateway.

A step looks again within its own transaction, so two gateways do it once. Cases come first: what the customer is then
told about them is true.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from actions.ports import Language, PortError, Texts
from actions.usecases.reach_a_person import next_opening_words
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.cases import Cases
from bot.gateway.handoff.model import Handoff, Refused
from bot.gateway.handoff.opening import Openings
from bot.gateway.handoff.service import DESK
from bot.gateway.handoff.states import OPEN, Move, State
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.handoff.timing import Limits, Step, due
from bot.gateway.handoff.waiting import Waiting
from bot.gateway.store.engine import Database

log = logging.getLogger(__name__)

#: How a handoff stops waiting: the move, and the text that says why.
_ENDS = {
    Step.EXPIRE: (Move.EXPIRE, "handoff_expired"),
    Step.DAY_OVER: (Move.EXPIRE, "handoff_day_over"),
    Step.CALL_BACK: (Move.CANCEL, "handoff_call_back"),
}
_RETRY_CASE_SECONDS = 15.0


class Ticker:
    """Runs the steps of time."""

    def __init__(
        self,
        database: Database,
        store: HandoffStore,
        waiting: Waiting,
        openings: Openings,
        cases: Cases,
        texts: Texts,
        fanout: Fanout,
        wake: Callable[[str], None],
        now: Callable[[], datetime],
        limits: Limits,
        every: float = 1.0,
    ) -> None:
        self._database, self._store, self._waiting, self._openings = database, store, waiting, openings
        self._cases, self._texts, self._fanout, self._wake = cases, texts, fanout, wake
        self._now, self._limits, self._every = now, limits, every
        self._hurry = asyncio.Event()
        self._tried: dict[str, datetime] = {}

    def hurry(self) -> None:
        """Something may be due now."""
        self._hurry.set()

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            self._hurry.clear()
            try:
                await self.tick()
            except SQLAlchemyError as error:
                log.warning("the database failed: %s", type(error).__name__)
            except Exception:
                log.exception("a step of the handoffs failed")
            try:
                async with asyncio.timeout(self._every):
                    await self._hurry.wait()
            except TimeoutError:
                continue

    async def tick(self) -> None:
        """Do what is due now."""
        now = self._now()
        present: dict[str, bool] = {}
        for handoff in await self._database.run(self._waiting.wanting):
            if handoff.state not in OPEN:
                await self._pay(handoff, now)
                continue
            if handoff.language not in present:
                present[handoff.language] = await self._database.run(self._anybody, handoff.language)
            there = present[handoff.language]
            for step in due(handoff, now, is_open=self._openings.open_at(now), present=there, limits=self._limits):
                if await self._database.run(self._do, handoff, step, now):
                    await self._fanout.tell(handoff.conversation)
                    await self._fanout.tell(DESK)
                    self._wake(handoff.conversation)

    def _anybody(self, language: str) -> bool:
        try:
            return self._openings.people.availability(language).present > 0
        except PortError:
            return True  # nobody knows: not a reason to send those away who wait

    def _do(self, handoff: Handoff, step: Step, now: datetime) -> bool:
        """One step; False where it was not due any more. Blocks."""
        match step:
            case Step.TELL_PLACE | Step.TELL_PLACE_AGAIN:
                return self._waiting.tell_place(handoff, step, now)
            case Step.OFFER_CASE:
                return self._waiting.offer_case(handoff, now)
            case Step.EXPIRE | Step.DAY_OVER | Step.CALL_BACK:
                return self._stop_waiting(handoff, step, now)
            case Step.RELEASE | Step.RELEASE_GONE:
                return not isinstance(self._store.release(handoff.id, None, now, str(step)), Refused)
            case Step.TELL_IDLE:
                return self._waiting.mark_idle(handoff, now)
            case Step.CLOSE_IDLE:
                key = "handoff_idle_closed" if handoff.case_id else "handoff_idle_closed_no_case"
                return self._waiting.close_idle(handoff, self._text(key, handoff, handoff.case_id, now), now)

    def _stop_waiting(self, handoff: Handoff, step: Step, now: datetime) -> bool:
        move, key = _ENDS[step]
        case_id = self._case_of(handoff, now) or handoff.case_id
        text = self._text(key if case_id else "handoff_no_case_yet", handoff, case_id, now)
        return self._waiting.stop_waiting(handoff, move, case_id, text, now)

    def _text(self, key: str, handoff: Handoff, case_id: str | None, now: datetime) -> str:
        language = Language(handoff.language)
        opening = "" if self._openings.open_at(now) else next_opening_words(now, language, self._texts)
        return self._texts.text(key, language, case_id=case_id, next_opening=opening)

    def _case_of(self, handoff: Handoff, now: datetime) -> str | None:
        known = handoff.package.get("case_facts")
        return self._cases.for_person(handoff.conversation, handoff.language, handoff.reason, now, known)

    # --- debts ------------------------------------------------------------------------------------

    async def _pay(self, handoff: Handoff, now: datetime) -> None:
        """What an ended handoff still owes; tried again until the case desk takes it."""
        tried = self._tried.get(handoff.id)
        if tried is not None and (now - tried).total_seconds() < _RETRY_CASE_SECONDS:
            return
        self._tried[handoff.id] = now
        for debt in handoff.owes:
            if not await self._database.run(self._settle, handoff, debt, now):
                return
        self._tried.pop(handoff.id, None)
        await self._fanout.tell(handoff.conversation)

    def _settle(self, handoff: Handoff, debt: str, now: datetime) -> bool:
        """Blocks; False where it must be tried again."""
        if debt == "case":
            case_id = self._case_of(handoff, now)
            if case_id is None:
                return False
            text = self._text("handoff_case_opened_late", handoff, case_id, now)
            self._waiting.settle(handoff, debt, now, case_id=case_id, text=text)
            return True
        case = handoff.case_id
        if case is None:
            found = self._cases.known(handoff.conversation)
            case = found.case_id if found else None
        said = [
            {"at": event.at.isoformat(timespec="seconds"), "role": event.role, "name": event.name, "text": text}
            for event in self._waiting.said_in(handoff)
            if (text := str(event.body.get("text") or ""))
        ]
        data = {"agent": handoff.agent, "outcome": handoff.outcome, "state": str(handoff.state), "transcript": said}
        if case is not None:
            kept = self._cases.note(case, "chat_with_person", data, now, f"handoff:{handoff.id}")
            if not kept or (_reached(handoff) and not self._cases.spoken_with(case, handoff.agent_name or "", now)):
                return False
        self._waiting.settle(handoff, debt, now)
        return True


def _reached(handoff: Handoff) -> bool:
    """Whether a person and the customer talked, so that no call is owed."""
    over = handoff.state in (State.CLOSED, State.RETURNED)
    return over and handoff.answered_at is not None and handoff.outcome not in ("idle", "no_answer")
