"""When a message is about a case that exists: its status, another day, cancel, something to add, the fault is back."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from actions.casework.case.case_id import read_case_id
from actions.casework.reading.message import Message


class Errand(StrEnum):
    """What the customer wants of a case. The words are also the ids of choices (contract section 3)."""

    STATUS = "status"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    BOOK = "book"
    ADD = "add_information"
    REOPEN = "reopen"
    COMPLAIN = "complain"
    CONTRACT = "contract"


BY_INTENT = {
    "ask_status": Errand.STATUS,
    "reschedule": Errand.RESCHEDULE,
    "cancel": Errand.CANCEL,
    "book_shipping": Errand.BOOK,
    "complain": Errand.COMPLAIN,
}

#: Intents that words like "move" or "cancel" beside a case number do not overrule.
_PLAIN = frozenset({"reschedule", "cancel", "complain", "request_human"})

#: Forms about a case, which may be another customer's until it is proven: nothing said there is about who is writing.
ERRAND_FORMS = frozenset(
    {"status_form", "reschedule_form", "cancel_form", "note_form", "reopen_form", "complaint_form", "feedback_form"}
)

#: Questions at which a case number, or "it is back", may be meant for a case and not for the question.
_OPEN_TO_CASES = frozenset({"", "symptom", "anything_else", "feedback_score"})

_BACK_AGAIN = re.compile(
    r"(?:er|kom|kommet|kommer|opstået|vendt)\s+(?:\w+\s+)?(?:tilbage|igen)\b|"
    r"samme (?:fejl|problem)\w* (?:igen|som sidst)|"
    r"\bgenåbn|\bgal igen\b|igen i stykker|virker (?:alligevel )?ikke (?:igen|alligevel)|"
    r"(?:came|come|is|has come|are) back\b|same (?:fault|problem|issue) again|(?:happening|broken|failing) again|"
    r"\bre-?open",
    re.IGNORECASE,
)
_THE_FAULT = re.compile(r"fejl|problem|\bden\b|\bdet\b|genåbn|fault|issue|\bit\b|re-?open|again|igen", re.IGNORECASE)
_ADDS = re.compile(
    r"\btilføj|\bsupplere|flere oplysninger|(?:ekstra|en) oplysning|\bføje? .*\btil\b|noget at (?:sige|skrive)|"
    r"\badd (?:some|a|more|information|info|that|this|to)|more (?:information|info|details)|additional",
    re.IGNORECASE,
)
_CANCELS = re.compile(r"annull?[eé]r|aflys|afbestil|\bcancel|call (?:it |the courier )?off", re.IGNORECASE)
_MOVES = re.compile(
    r"\bflyt|\bryk(?:ke)?\b|udsæt|udskyd|ombook|(?:anden|ny) (?:dag|dato|tid)\b|ændre? .*(?:dag|dato|tid|afhent|kurer)|"
    r"reschedul|postpone|\bmove (?:the|my|it)|(?:another|different|new) (?:day|date|time)\b",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\bopsig|analyse af (?:jeres |vores )?service|service-?niveau|\baudit\b|service[ -]level analysis|"
    r"(?:annull?[eé]r|ophæv|stoppe?|ud af|\bcancel|terminat|\bend|\bleave|out of)\w*\b.{0,30}"
    r"(?:aftale[nr]?\b|kontrakt|abonnement|care ?pack|contract|agreement)",
    re.IGNORECASE,
)
_A_CASE = re.compile(r"\bsag|\bcase\b|HPO", re.IGNORECASE)
_WORDS_OF_A_NUMBER = 6  # "mit sagsnummer er HPO-7K39QX tak"


def find_errand(message: Message, question: str, own: Collection[str] = (), completed: Collection[str] = ()) -> str:
    """The errand of a message, or "". `question` is the open one; `own` are the cases that this conversation may speak
    of, `completed` those of them that are done, so that a fault may have come back (R42)."""
    if message.choice:
        return message.choice if message.choice in set(Errand) else ""
    named = named_case(message)
    told = _told_of_a_case(message.text, bool(named), bool(own))
    if told and (message.intent not in _PLAIN or (told is Errand.ADD and message.intent == "cancel")):
        return told
    if not named and question in _OPEN_TO_CASES and _CONTRACT.search(message.text):
        return Errand.CONTRACT
    if message.intent in BY_INTENT:
        return BY_INTENT[message.intent]
    if question not in _OPEN_TO_CASES:
        return ""
    if _came_back(message.text) and (named or completed):
        return Errand.REOPEN
    if named and message.intent != "report_fault" and message.words <= _WORDS_OF_A_NUMBER:
        return Errand.STATUS
    return ""


def _told_of_a_case(text: str, named: bool, own: bool) -> str:
    """What the words ask for where a case is named; a number in a sentence sounds like a question about status."""
    if _ADDS.search(text) and (named or (own and _A_CASE.search(text))):
        return Errand.ADD
    if not named:
        return ""
    if _came_back(text):
        return Errand.REOPEN
    return Errand.CANCEL if _CANCELS.search(text) else Errand.RESCHEDULE if _MOVES.search(text) else ""


def begins_errand(message: Message, question: str, own: Collection[str] = (), completed: Collection[str] = ()) -> bool:
    """Whether an errand is meant that no intent says: the rules are told by a slot."""
    if message.intent in BY_INTENT and (not message.choice or message.choice == message.intent):
        return False
    return bool(find_errand(message, question, own, completed))


def named_case(message: Message) -> str:
    """The case number in a message, or ""."""
    return message.one("case_id") or read_case_id(message.text) or ""


def _came_back(text: str) -> bool:
    return bool(_BACK_AGAIN.search(text) and _THE_FAULT.search(text))


_COURIER = re.compile(r"kurer|afhent|hent(?:et|ning|e)\b|booking|courier|pick-?\s?up|collect", re.IGNORECASE)
_WHOLE = re.compile(r"\bsag|\bcase\b|reparation|repair|det hele|everything|all of it|\balt\b", re.IGNORECASE)


_OF_CASE = re.compile(r"\b(?:sag|sagen|sagsnummer|case)\W*(?:nr\.?|nummer|number)?\W*HPO|HPO\W*\w+", re.IGNORECASE)


def cancels_what(text: str) -> str:
    """What is to be cancelled: pickup, case, or "" where the words leave it open. "The courier on case …" is one."""
    courier = bool(_COURIER.search(text))
    whole = bool(_WHOLE.search(_OF_CASE.sub("", text) if courier else text))
    return "" if courier == whole else "pickup" if courier else "case"
