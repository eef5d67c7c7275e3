"""A typed answer read against the choices that were offered: typing the title, or what means it, works as a click."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from actions.casework.identity.folding import fold
from actions.casework.identity.lexicon import ordinals, words

Choice = tuple[str, str]
"""(id, title in the customer's language)."""

_SHORT = 4  # letters; shorter words must be the same, longer ones may be inflected or mistyped
_ALIKE = 0.84


def match_choice(text: str, choices: Sequence[Choice]) -> str | None:
    """The id of the one choice that the text means, or None where it means none or more than one.

    Tried in turn: the id or title itself; a place ("1", "den første", "the last one"); the title within the text or
    the text within one title; the words they share. An answer that negates something ("ikke pick-up") means none,
    unless the title negates too.
    """
    said = fold(text)
    if not said or not choices:
        return None
    titles = [(choice_id, fold(title)) for choice_id, title in choices]
    exact = {choice_id for choice_id, title in titles if said in (fold(choice_id), title)}
    if len(exact) == 1:
        return exact.pop()
    placed = _by_place(said, titles)
    if placed and len(said.split()) == 1 and (others := {cid for cid, title in titles if said in title.split()}):
        # A bare "1" or "andet" that stands in a title, too: a number is in doubt, a word means the title.
        if said.isdecimal() and others != {placed}:
            return None
        placed = None
    if placed:
        return placed
    if "?" in text:
        return None
    if words("negations") & set(said.split()):  # "nej, ingen røg" means no title that says "røg"
        titles = [(choice_id, title) for choice_id, title in titles if _negates(title)]
    return _contained(said, titles) or _sharing_most(said, titles)


def _by_place(said: str, titles: Sequence[Choice]) -> str | None:
    """1, 2), nr. 3, den anden, the last one."""
    spoken = said.split()
    meant = [word for word in spoken if word not in words("ordinal_frames")]
    if not meant:  # "one" is a frame in "the first one" and the place in "one" or "number one"
        meant = [word for word in spoken if word in ordinals()][-1:]
    if len(meant) != 1:
        return None
    number = meant[0]
    place = int(number) if re.fullmatch("[1-9]", number) else ordinals().get(number, 0)
    if place == 0 or place > len(titles):
        return None
    return titles[place - 1 if place > 0 else -1][0]


def _contained(said: str, titles: Sequence[Choice]) -> str | None:
    """A title that stands in the text (the longest, where one stands in another), or the text in one title only."""
    named = [(choice_id, title) for choice_id, title in titles if f" {title} " in f" {said} "]
    longest = [
        choice_id
        for choice_id, title in named
        if not any(title != other and f" {title} " in f" {other} " for _, other in named)
    ]
    if len(set(longest)) == 1:
        return longest[0]
    beginning = {choice_id for choice_id, title in titles if f" {title} ".startswith(f" {said} ")}
    within = {choice_id for choice_id, title in titles if f" {said} " in f" {title} "}
    if len(within) == 1 and not _fillers_only(said.split()):
        return within.pop()
    return beginning.pop() if len(beginning) == 1 and not longest else None


def _sharing_most(said: str, titles: Sequence[Choice]) -> str | None:
    """The one choice that shares most words with the text; inflections and slips of a key count as the same word."""
    spoken = [word for word in said.split() if word not in words("choice_fillers")]
    scores = sorted(
        (
            (_shared(spoken, [w for w in title.split() if w not in words("choice_fillers")]), cid)
            for cid, title in titles
        ),
        reverse=True,
    )
    if not scores or scores[0][0] == 0 or (len(scores) > 1 and scores[1][0] == scores[0][0]):
        return None
    return scores[0][1]


def _shared(spoken: Sequence[str], title: Sequence[str]) -> int:
    return sum(any(_alike(word, other) for word in spoken) for other in set(title))


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one.removesuffix("'s"), other.removesuffix("'s")), key=len)
    if short == long:
        return True
    if len(short) < _SHORT or not (short.isalpha() and long.isalpha()):
        return False
    return (long.startswith(short) and len(long) - len(short) <= 4) or (
        len(short) > _SHORT and SequenceMatcher(None, one, other).ratio() >= _ALIKE
    )


def _fillers_only(spoken: Sequence[str]) -> bool:
    return all(word in words("choice_fillers") for word in spoken)


def _negates(title: str) -> bool:
    return bool(words("negations") & set(title.split()))
