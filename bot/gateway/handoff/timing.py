"""What time does to a handoff (the table in docs/handoff.md). Pure: a moment and what is known in, steps out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from actions.settings import Settings
from bot.gateway.handoff.model import Handoff
from bot.gateway.handoff.states import HELD, State


@dataclass(frozen=True)
class Limits:
    """How long anybody waits."""

    place_first: timedelta = timedelta(minutes=1)
    place_again: timedelta = timedelta(minutes=3)
    offer_case: timedelta = timedelta(minutes=3)
    expire: timedelta = timedelta(minutes=10)
    first_word: timedelta = timedelta(minutes=2)  # of the person who claimed it
    idle: timedelta = timedelta(minutes=5)
    leave: timedelta = timedelta(minutes=30)


def limits(settings: Settings) -> Limits:
    """The limits that operators may set."""
    expire = timedelta(minutes=settings.handoff_expire_minutes)
    return Limits(expire=expire, leave=timedelta(minutes=settings.handoff_idle_minutes))


class Step(StrEnum):
    """What is due."""

    TELL_PLACE = "tell_place"
    TELL_PLACE_AGAIN = "tell_place_again"
    OFFER_CASE = "offer_case"
    EXPIRE = "expire"  # nobody came
    DAY_OVER = "day_over"  # closing time, and still waiting
    CALL_BACK = "call_back"  # the customer would rather be called
    RELEASE = "release"  # claimed, and no word
    RELEASE_GONE = "release_gone"  # the agent's page is dead
    TELL_IDLE = "tell_idle"  # the agent hears that the customer is silent
    CLOSE_IDLE = "close_idle"


#: Ends the handoff's waiting, whatever else would be due.
ENDING = (Step.CALL_BACK, Step.DAY_OVER, Step.EXPIRE)


def due(handoff: Handoff, now: datetime, *, is_open: bool, present: bool, limits: Limits) -> list[Step]:
    """The steps due now, in order. `is_open`: people answer at this hour; `present`: somebody is there."""
    if handoff.state is State.WAITING:
        return _while_waiting(handoff, now, is_open, present, limits)
    return _while_held(handoff, now, limits) if handoff.state in HELD else []


def idle_mark(handoff: Handoff) -> str:
    """What `told` holds when the agent was told of this silence: a later one is told again."""
    return f"{Step.TELL_IDLE}@{silent_since(handoff):%Y%m%dT%H%M%S%f}"


def silent_since(handoff: Handoff) -> datetime:
    """Since when it is the customer who says nothing."""
    return max(handoff.customer_at, handoff.agent_at or handoff.customer_at)


def _while_waiting(handoff: Handoff, now: datetime, is_open: bool, present: bool, limits: Limits) -> list[Step]:
    waited = now - handoff.queued_at
    if "call_back" in handoff.owes:
        return [Step.CALL_BACK]
    if not is_open:
        return [Step.DAY_OVER]
    if waited >= limits.expire or "nobody" in handoff.owes:
        return [Step.EXPIRE]
    wanted = {
        Step.TELL_PLACE: limits.place_first <= waited < limits.place_again,
        Step.TELL_PLACE_AGAIN: waited >= limits.place_again,
        Step.OFFER_CASE: waited >= limits.offer_case or not present,
    }
    return [step for step, holds in wanted.items() if holds and step not in handoff.told]


def _while_held(handoff: Handoff, now: datetime, limits: Limits) -> list[Step]:
    if handoff.lease_until is not None and handoff.lease_until <= now:
        return [Step.RELEASE_GONE]
    if handoff.state is State.CLAIMED:
        claimed = handoff.claimed_at or handoff.opened_at
        return [Step.RELEASE] if now - claimed >= limits.first_word else []
    if handoff.agent_at is None or handoff.agent_at < handoff.customer_at:
        return []  # the customer waits for the person, not the other way round
    silent = now - silent_since(handoff)
    if silent >= limits.leave:
        return [Step.CLOSE_IDLE]
    return [Step.TELL_IDLE] if silent >= limits.idle and idle_mark(handoff) not in handoff.told else []
