"""Words that tell no fault and no question of the service: "my computer is broken", "what can you do"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.casework.facts import Symptom
from actions.casework.identity.folding import fold
from actions.casework.identity.lexicon import words
from actions.casework.reading.message import Message

_ABILITY = re.compile(
    r"hvad (?:er det )?(?:kan|g[øo]r) (?:du|i|man)"
    r"(?: egentlig| alt| ellers)*(?: (?:hj[æa]e?lpe (?:mig )?med|g[øo]re|her))*\W*$|"
    r"hvad (?:kan jeg bruge dig til|bruger man dig til|er du god til)|hvad kan jeg sp[øo]rge (?:dig )?om|"
    r"what (?:can|do) you(?: actually)?(?: do| help(?: me)? with)*(?: for me| here)?\W*$|"
    r"what are you (?:for|good for)|how can you help|what can i (?:ask|use you)",
    re.IGNORECASE,
)


def is_vague(text: str) -> bool:
    """Whether a report says that something is wrong, and nothing about what."""
    spoken = fold(text).split()
    return bool(spoken) and words("vague").issuperset(spoken)


def without_vague_symptom(message: Message) -> Message:
    """The message without the symptom "something else" where it only says that the PC is broken: which is asked."""
    if message.one("symptom") != Symptom.PRINTER_OR_OTHER or not is_vague(message.text):
        return message
    return replace(message, entities=tuple(entity for entity in message.entities if entity.name != "symptom"))


def asks_what_it_can_do(text: str) -> bool:
    """ "Hvad kan du?", "what can you help with?"."""
    return bool(_ABILITY.search(text))
