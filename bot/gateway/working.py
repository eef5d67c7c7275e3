"""One turn, from the customer's event to the bot's answer: the dialogue's, or an honest word on why there is none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.gateway import secrets_found, wire
from bot.gateway.answers import Answer, read_answer
from bot.gateway.events import Draft, Question
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.opening import Decided, Openings, read_request
from bot.gateway.handoff.service import DESK
from bot.gateway.metrics import Metrics
from bot.gateway.rasa import Health, Rasa, RasaAway, RasaFailed
from bot.gateway.store.engine import Database
from bot.gateway.store.owed import OwedTurns, Turn
from bot.gateway.words import Words, spoken_language

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long a customer is left without a word. Seconds."""

    trouble_after: float = 3.0
    slow_after: float = 6.0
    outage_limit: float = 60.0
    tries: int = 3
    rasa_session_turns: int = 25


class Outcome(Enum):
    """How a turn ended."""

    ANSWERED = "answered"
    FAILED = "failed"  # the customer was told, and asked again
    PARKED = "parked"  # the customer was told; the answer comes when the assistant is back
    DROPPED = "dropped"  # the owner changed, or another gateway answered


class Working:
    """Works on turns. Keeps nothing between two of them but what is in the log."""

    def __init__(
        self,
        database: Database,
        owed: OwedTurns,
        rasa: Rasa,
        health: Health,
        fanout: Fanout,
        words: Words,
        patience: Patience,
        now: Callable[[], datetime],
        metrics: Metrics,
        openings: Openings,
    ) -> None:
        self._database, self._owed, self._rasa, self._health = database, owed, rasa, health
        self._fanout, self._words, self._patience, self._now, self._metrics = fanout, words, patience, now, metrics
        self._openings = openings

    async def answer(self, turn: Turn) -> Outcome:
        """See to it that the turn ends, with words for the customer."""
        began = self._now()
        prefix: list[Draft] = []
        if turn.redacted:
            prefix = [secrets_found.notice(turn, self._words)]
            if not secrets_found.still_says_something(turn):
                return await self._without_rasa(turn, prefix, Outcome.ANSWERED)
        elif turn.is_file and wire.chosen_by(turn, turn.conversation.question) is None:
            return await self._without_rasa(turn, [self._say(turn, "channel_file_kept")], Outcome.ANSWERED)
        elif wire.is_stale(turn):
            return await self._without_rasa(turn, [self._say(turn, "channel_choice_stale")], Outcome.ANSWERED)
        outcome = await self._ask_until(turn, prefix, began)
        self._metrics.turn(outcome.value, (self._now() - began).total_seconds())
        return outcome

    async def give_up(self, turn: Turn, prefix: Sequence[Draft] = ()) -> Outcome:
        """No answer is to be had: say so, and hand over to a person where one is there; else name the other ways and
        ask the open question again."""
        decided = await self._trouble(turn, open_case=False)
        if decided is not None and decided.opens:
            said = [*prefix, self._say(turn, "channel_failed_person")]
            return await self._hand_over(turn, said, decided, Outcome.FAILED)
        return await self._without_rasa(turn, [*prefix, self._say(turn, "channel_failed")], Outcome.FAILED)

    async def _ask_until(self, turn: Turn, prefix: Sequence[Draft], began: datetime) -> Outcome:
        """Ask the dialogue until it answers, or it is time to say that it does not."""
        patience = self._patience
        failures = 0
        limit = began + timedelta(seconds=patience.outage_limit)
        while True:
            if not self._health.up:
                ended = await self._sit_out(turn, began)
                if ended is not None:
                    return ended
            try:
                answer = await self._ask(turn)
            except RasaAway:
                answer = None
            except RasaFailed as error:
                log.warning("a turn failed: %s", error)
                answer = None
                failures += 1
            if answer is not None and answer.drafts:
                return await self._finish(turn, [*prefix, *answer.drafts], answer)
            healthy = await self._health.check()
            if answer is not None and healthy:
                log.warning("the dialogue answered nothing")
                failures += 1
            if failures >= patience.tries or (healthy and self._now() > limit):
                return await self.give_up(turn, prefix)
            if healthy:
                await asyncio.sleep(0.3 * (failures + 1))

    async def _sit_out(self, turn: Turn, began: datetime) -> Outcome | None:
        """The assistant is away: wait, say so, and after the limit say what else there is. None when it is back."""
        if turn.waiting == 0:
            # Everybody was told already; the turn is taken up again when the assistant is back.
            return Outcome.PARKED
        told = turn.outage_at
        trouble_at = began + timedelta(seconds=self._patience.trouble_after)
        if await self._health.wait((trouble_at - self._now()).total_seconds()):
            return None
        if told is None:
            draft = self._say(turn, "channel_away")
            await self._database.run(self._owed.tell, turn, draft, self._now(), outage=True)
            await self._fanout.tell(turn.conversation.id)
        limit = (told or began) + timedelta(seconds=self._patience.outage_limit)
        if await self._health.wait((limit - self._now()).total_seconds()):
            return None
        decided = await self._trouble(turn, open_case=True)
        if decided is not None and decided.opens:
            return await self._hand_over(turn, [self._say(turn, "channel_away_person")], decided, Outcome.FAILED)
        words = [self._say(turn, "channel_still_away")]
        if decided is not None and decided.request.case_id:
            words.append(decided.draft())
        parked = await self._database.run(self._owed.park, turn, words, self._now())
        await self._fanout.tell(turn.conversation.id)
        return Outcome.PARKED if parked else Outcome.DROPPED

    async def _ask(self, turn: Turn) -> Answer | None:
        """One try. The customer sees that the bot types, and is told when it takes longer. Raises as Rasa does."""
        await self._fanout.tell(turn.conversation.id, typing="bot")
        asking = asyncio.create_task(self._say_to_rasa(turn))
        try:
            done, _ = await asyncio.wait({asking}, timeout=self._patience.slow_after)
            if not done:
                draft = self._say(turn, "channel_slow")
                if await self._database.run(self._owed.tell, turn, draft, self._now(), outage=True):
                    await self._fanout.tell(turn.conversation.id)
            return await asking
        finally:
            asking.cancel()

    async def _say_to_rasa(self, turn: Turn) -> Answer | None:
        body = wire.message_for(turn, turn.conversation.locale)
        if turn.seq and (turn.rasa_ended or turn.rasa_turns >= self._patience.rasa_session_turns):
            await self._rasa.say(dict(body) | {"message": wire.SESSION_START})
            await self._database.run(self._owed.rasa_session_started, turn)
        return read_answer(await self._rasa.say(body))

    async def _trouble(self, turn: Turn, *, open_case: bool) -> Decided | None:
        """What the customer gets instead of an answer; None at the greeting, when nothing was said yet."""
        if turn.seq == 0 or turn.news is not None:
            return None
        conversation = turn.conversation
        language = conversation.language or conversation.locale
        decide = self._openings.decide_trouble
        return await self._database.run(decide, conversation.id, language, open_case=open_case)

    async def _hand_over(self, turn: Turn, drafts: Sequence[Draft], decided: Decided, outcome: Outcome) -> Outcome:
        """The turn ends in the queue: the events so far and the new owner, at once."""
        enter = partial(self._openings.enter, decided)
        kept = await self._database.run(
            self._owed.finish, turn, drafts, self._now(), question=None, by_rasa=outcome is Outcome.ANSWERED, then=enter
        )
        await self._fanout.tell(turn.conversation.id)
        await self._fanout.tell(DESK)
        return outcome if kept else Outcome.DROPPED

    async def _finish(self, turn: Turn, drafts: Sequence[Draft], answer: Answer) -> Outcome:
        language = spoken_language([str(draft.body.get("text", "")) for draft in answer.drafts])
        then: Callable[[Connection, Any], object] | None = None
        if answer.handoff is not None:
            spoken = language or turn.conversation.language or turn.conversation.locale or "da"
            request = read_request(answer.handoff, spoken)
            decided = await self._database.run(self._openings.decide, request)
            before = len(drafts) - len(answer.drafts) + answer.before
            if decided.opens:
                return await self._hand_over(turn, drafts[:before], decided, Outcome.ANSWERED)
            drafts = [*drafts[:before], decided.draft(), *drafts[before:]]
            then = partial(self._openings.owe_a_case, decided)
        kept = await self._database.run(
            self._owed.finish,
            turn,
            drafts,
            self._now(),
            question=answer.question,
            by_rasa=True,
            ended=answer.ended,
            language=language,
            then=then,
        )
        await self._fanout.tell(turn.conversation.id)
        return Outcome.ANSWERED if kept else Outcome.DROPPED

    async def _without_rasa(self, turn: Turn, drafts: Sequence[Draft], outcome: Outcome) -> Outcome:
        """Our own words, then the open question again."""
        question: Question | None = turn.conversation.question
        events = [*drafts, question.draft()] if question else list(drafts)
        kept = await self._database.run(
            self._owed.finish, turn, events, self._now(), question=question, by_rasa=outcome is Outcome.FAILED
        )
        await self._fanout.tell(turn.conversation.id)
        return outcome if kept else Outcome.DROPPED

    def _say(self, turn: Turn, key: str) -> Draft:
        """One of our own sentences; as the first words of a conversation they say who speaks."""
        language = turn.conversation.language
        text = self._words.say(key, language)
        if turn.conversation.last_seq == 0:
            text = f"{self._words.say('channel_automated', language)}\n{text}"
        return Draft("text", {"text": text})
