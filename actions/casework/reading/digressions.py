"""When a message is no answer but something that a rule of the dialogue deals with."""

from __future__ import annotations

import re

from actions.casework.identity.contact import is_company_name
from actions.casework.reading.message import Message

#: Intents with a rule of their own in data/rules.
DIGRESSIONS = frozenset(
    {
        "greet",
        "goodbye",
        "thank",
        "bot_challenge",
        "ask_coverage",
        "ask_service",
        "ask_hours",
        "ask_data",
        "ask_addon",
        "ask_status",
        "book_shipping",
        "reschedule",
        "cancel",
        "repeat",
        "explain",
        "stop",
        "restart",
        "request_human",
        "complain",
        "change_language",
        "ask_privacy",
    }
)
_ERASES = re.compile(
    r"\b(?:slet|slette|slettet|glem|fjern)\b.{0,30}\b(?:mig|mine? (?:data|oplysninger|samtale|chat|navn)|samtalen|"
    r"chatten|alt (?:om mig|i har)|jeg har skrevet)\b|"
    r"\b(?:delete|erase|remove|forget)\b.{0,30}\b(?:me|my (?:data|details|information|info|conversation|chat|name)|"
    r"(?:the|this) (?:chat|conversation)|what i wrote)\b|mine (?:data|oplysninger) (?:\w+ )?slettet",
    re.IGNORECASE,
)
_ON_THE_PC = re.compile(
    r"\bpc|computer|disk|drev|laptop|maskine|før (?:jeg|i|den)|skal jeg|drive|before|should i|do i", re.IGNORECASE
)


def ends(message: Message) -> bool:
    """Whether the conversation is to end or begin again, and not that the PC does: "it wont start"."""
    return message.confidence >= _LIKELY and not _PC_DOES.search(message.text)


def asks_erasure(text: str) -> bool:
    """ "Slet mine data": what we store about the customer, not what lies on the PC."""
    return bool(_ERASES.search(text)) and not _ON_THE_PC.search(text)


#: A name or a street may sound like anything, so only these, or a question, interrupt a question for free text.
_STRONG = frozenset({"stop", "restart", "request_human", "change_language", "bot_challenge", "repeat", "complain"})
_SURE = 0.6

#: What ends or begins again is never done on a guess: an odd word or a name may sound a little like it.
_ENDS = frozenset({"stop", "goodbye", "restart"})
_LIKELY = 0.35
_PC_DOES = re.compile(
    r"\b(?:it|den|pc|pc'?en|computeren?|maskinen|laptop(?:pen)?)\s+(?:bare |just )?"
    r"(?:wo ?n'?t|does ?n'?t|keeps?|stops?|starts?|stopper|starter|lukker|slukker)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?|^\s*(hvad|hvor|hvornår|hvorfor|hvordan|hvem|hvilke[nt]?|kan (i|du|jeg)|skal jeg|er (i|du|det)|har i|må jeg|"
    r"what|where|when|why|how|who|which|can (you|i)|do (you|i)|are you|is (it|this)|should i)\b",
    re.IGNORECASE,
)


def interrupts(message: Message, free_text: bool) -> bool:
    """Whether to leave the open question for a moment. `free_text`: the question takes almost any words."""
    if message.choice:
        return message.choice in DIGRESSIONS
    if message.intent not in DIGRESSIONS or (message.intent in _ENDS and not ends(message)):
        return False
    if not free_text:
        return True
    if message.intent == "change_language" and is_company_name(message.text):
        return False
    if message.intent == "ask_privacy" and asks_erasure(message.text):
        return True
    sounds_asked = bool(_QUESTION.search(message.text))
    return message.confidence >= _SURE and (message.intent in _STRONG or sounds_asked)
