"""When a message may mean two things, the customer is asked which, instead of one being guessed."""

from __future__ import annotations

from actions.casework.reading.message import Message

#: Wishes that are worth telling apart; each has a title that it is offered by.
OFFERED = frozenset(
    {
        "report_fault",
        "ask_status",
        "reschedule",
        "cancel",
        "book_shipping",
        "ask_coverage",
        "ask_service",
        "ask_data",
        "complain",
        "request_human",
    }
)

_UNSURE_BELOW = 0.5  # of the best reading's probability
_CLOSE = 0.6  # of the best reading's probability, for the next ones to count
_MOST = 3


def readings(message: Message, question: str) -> tuple[str, ...]:
    """The two or three intents between which nobody could tell; empty where one is sure enough, or a question is open
    that the words may answer."""
    if message.choice or question not in ("", "symptom", "anything_else") or not message.ranking:
        return ()
    if message.ranking[0][0] != message.intent or any(entity.name != "symptom" for entity in message.entities):
        return ()  # something else decided, or a fact was told
    best = message.ranking[0][1]
    close = [name for name, probability in message.ranking[:_MOST] if probability >= best * _CLOSE]
    if best >= _UNSURE_BELOW or len(close) < 2 or not OFFERED.issuperset(close):
        return ()
    return tuple(close)
