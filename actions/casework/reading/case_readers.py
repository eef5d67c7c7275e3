"""Readers of what is asked about a case that exists: another day, what to cancel, what to add, how it went."""

from __future__ import annotations

import re

from actions.casework.identity.choices import match_choice
from actions.casework.reading.answers import Answer, Bad, Given, NotAnAnswer
from actions.casework.reading.context import Context
from actions.casework.reading.errands import cancels_what
from actions.casework.reading.message import Message
from actions.casework.reading.readers import one_of, pickup_date, read_window, yes_no

SKIP = "skip"
"""Where the customer would rather not rate."""

_SCORES = ("1", "2", "3", "4", "5")
_SCORE = re.compile(r"(?<![\d.,])([1-5])(?:\s*(?:af|ud af|/|of|out of)\s*(?:5|fem|five))?(?![\d.,])")
_SPOKEN = {"et": "1", "en": "1", "one": "1", "to": "2", "two": "2", "tre": "3", "three": "3", "fire": "4", "four": "4",
           "fem": "5", "five": "5"}  # fmt: skip
_SKIPS = re.compile(r"spring|ingen (?:grund|kommentar)|ikke (?:lyst|nu)|\bskip\b|rather not|no comment", re.IGNORECASE)


def move_window(message: Message, context: Context) -> Answer:
    """One of the windows of the day that the pick-up moves to."""
    return read_window(message, context, context.slots.get("move_date"))


def move_confirmed(message: Message, context: Context) -> Answer:
    """Yes or no; another day, or another window of the day, is asked for from there."""
    other = pickup_date(message, context) if message.one("date") and not message.choice else NotAnAnswer()
    if isinstance(other, Given) and other.value != context.slots.get("move_date"):
        return Given(None, {"move_date": other.value, "move_window": None})
    return other if isinstance(other, Bad) else yes_no(message, context)


def cancel_what(message: Message, context: Context) -> Answer:
    """The pick-up alone, or the whole case."""
    picked = one_of(("pickup", "case"))(message, context)
    if isinstance(picked, Given):
        return picked
    told = cancels_what(message.text)
    return Given(told) if told else NotAnAnswer()


def own_words(message: Message, context: Context) -> Answer:
    """Whatever the customer writes; a choice on offer counts as its title."""
    if message.choice:
        titles = dict(message.choices)
        return Given(titles[message.choice]) if message.choice in titles else NotAnAnswer()
    text = message.text.strip()
    return Given(text) if any(char.isalnum() for char in text) else NotAnAnswer()


def feedback_score(message: Message, context: Context) -> Answer:
    """1 to 5, or not at all: a new fault, a no or a goodbye is no rating."""
    if message.choice:
        return Given(message.choice) if message.choice in (*_SCORES, SKIP) else NotAnAnswer()
    numbers = _SCORE.findall(message.text)
    if len(set(numbers)) == 1:
        return Given(numbers[0])
    bare = message.text.strip(" .,").casefold()
    if bare in _SPOKEN:
        return Given(_SPOKEN[bare])
    picked = match_choice(message.text, message.choices)
    if picked in (*_SCORES, SKIP):
        return Given(picked)
    declined = message.intent in ("deny", "goodbye", "thank", "report_fault", "stop", "cannot")
    return Given(SKIP) if declined or _SKIPS.search(message.text) else NotAnAnswer()


def feedback_text(message: Message, context: Context) -> Answer:
    """A few words, or not."""
    if message.choice:
        return Given(SKIP) if message.choice == SKIP else NotAnAnswer()
    if message.intent in ("deny", "goodbye", "stop") or _SKIPS.search(message.text):
        return Given(SKIP)
    return own_words(message, context)


def anything_else(message: Message, context: Context) -> Answer:
    """Yes or no; one more fault, told at once, is a yes."""
    told = yes_no(message, context)
    if isinstance(told, NotAnAnswer) and message.intent == "report_fault":
        return Given(True)
    return told
