"""What a message is to the troubleshooting step that is open: feeds the script's engine."""

from __future__ import annotations

import re

from actions.casework.identity.choices import match_choice
from actions.casework.reading.answers import Answer, Bad, Given, NotAnAnswer
from actions.casework.reading.message import Message
from actions.casework.reading.step_words import meant_answer
from actions.casework.troubleshooting.engine import NotUnderstood, answer, ask, back, choice_for_intent
from actions.casework.troubleshooting.model import FILE_SENT, Expects, Outcome, Script
from actions.casework.troubleshooting.position import Answer as Said
from actions.casework.troubleshooting.position import Ended, Position
from actions.casework.troubleshooting.values import find_failure_id

_BACK = re.compile(r"\b(tilbage|forrige|gå tilbage|go back|previous|one step back)\b", re.IGNORECASE)

#: "I have sent it": where a file is asked for, only a file says so.
_SENT = re.compile(r"\b(har sendt|sendte|vedhæft\w*|uploaded?|have sent|i sent|attached)\b", re.IGNORECASE)

_GIVES_UP = re.compile(
    r"(?:gider|orker|vil|har) (?:jeg )?(?:ikke|ikk) (?:prøve|lyst|gøre|teste|mere|flere)|"
    r"ikke (?:lyst til )?at prøve mere|(?:opgiver|giver op)\b|"
    r"(?:don'?t|do not) (?:want|feel like)[\w ]* (?:try|test|do)\w*|\bgive up\b|no more (?:tests?|steps?)|"
    r"can'?t be bothered|tired of (?:this|trying|testing)",
    re.IGNORECASE,
)

#: What a step takes that may have been told before: its slot.
TOLD_EARLIER = {Expects.BLINK_CODE: "blink_code", Expects.FAILURE_ID: "failure_id"}


def gives_up(text: str) -> bool:
    """Whether the customer would rather not try any more: that counts as "cannot" (R92)."""
    return bool(_GIVES_UP.search(text))


#: Whoever says one of these has not said that it works now, whatever word the title shares with it.
_NOT_FIXED = frozenset({"report_fault", "deny", "cannot"})

#: The choice of a step that asks whether it blinks.
_BLINKS = "blinks"

#: What is said at an ending before the conversation goes on.
_SAYS = {
    "cannot_test": "ts_two_cannot",
    "failure_id": "ts_failure_id",
}


def hear_step(message: Message, script: Script, position: Position) -> Answer:
    """Feed the engine with what was said; None in `ts_answer` means that the next step is asked."""
    if not message.choice and _BACK.search(message.text):
        return _back(position)
    said = _said(message, script, position)
    if said is None:
        asks_for_file = ask(script, position).expects is Expects.FILE and not message.entities
        return Bad("bad_ts_answer_file") if asks_for_file else NotAnAnswer()
    try:
        moved = answer(script, position, said)
    except NotUnderstood:
        expects = ask(script, position).expects
        return Bad(f"bad_ts_answer_{expects}" if expects and said.value else "bad_ts_answer")
    if isinstance(moved, Position) and message.one("blink_code") and said.choice == _BLINKS:
        return hear_step(message, script, moved)  # "den blinker 3.2" says that it blinks, and how
    kept = ("ts_file_kept",) if said.choice == FILE_SENT else ()
    if isinstance(moved, Ended):
        says = _SAYS.get(moved.reason) or ("ts_resolved" if moved.outcome is Outcome.RESOLVED else "ts_conclude")
        slots: dict[str, object] = {"ts_result": moved.to_dict()}
        if moved.facts.get("safety_flags"):
            slots["safety_flags"] = [str(moved.facts["safety_flags"])]
        return Given(moved.outcome.value, slots, says=(*kept, says))
    return Given(None, {"ts_position": moved.to_dict()}, says=kept)


def _back(position: Position) -> Answer:
    before = back(position)
    says = () if before != position else ("ts_first_step",)
    return Given(None, {"ts_position": before.to_dict()}, says=says)


def _said(message: Message, script: Script, position: Position) -> Said | None:
    """The choice or the value in a message; None where it is neither."""
    question = ask(script, position)
    ids = {choice.id for choice in question.choices}
    if message.choice:
        return _chosen(message.choice, ids, question.expects)
    if gives_up(message.text) and "cannot" in ids:
        return Said(choice="cannot")
    failure_id = message.one("failure_id") or find_failure_id(message.text)
    if failure_id:
        return Said(value=failure_id)
    if message.one("blink_code") and _BLINKS in ids:
        return Said(choice=_BLINKS)
    picked = match_choice(message.text, message.choices)
    if picked in ids and not (picked == "fixed" and message.intent in _NOT_FIXED):
        return Said(choice=picked)
    told = meant_answer(message.text, ids)
    if told:
        return Said(choice=told)
    takes_words = question.expects not in (None, Expects.FILE)
    if takes_words and (any(char.isdigit() for char in message.text) or question.expects == "text"):
        return Said(value=message.one("blink_code") or message.text)
    if question.expects is Expects.FILE and _SENT.search(message.text):
        return None
    meant = choice_for_intent(script, position, message.intent)
    return Said(choice=meant) if meant else None


def _chosen(choice: str, ids: set[str], expects: Expects | None) -> Said | None:
    """A choice of the step; where it takes a code, one that was told earlier is on offer too."""
    if choice in ids:
        return Said(choice=choice)
    return Said(value=choice) if expects in TOLD_EARLIER else None
