"""Yes and no, as people say it in Danish and English. The words are words.yml."""

from __future__ import annotations

from actions.casework.identity.folding import fold
from actions.casework.identity.lexicon import words


def read_yes_no(text: str) -> bool | None:
    """True for yes, False for no, None for anything else, doubt and contradiction among it ("ja, men ikke endnu").

    A "?" makes it a question, not an answer.
    """
    spoken = fold(text).split()
    if not spoken or "?" in text:
        return None
    for end in range(len(spoken), 0, -1):
        whole = " ".join(spoken[:end])
        if whole in words("no"):
            return False
        if whole in words("yes"):
            return True
        if spoken[end - 1] not in words("polite"):
            break
    if spoken[0] in words("no_words"):
        return None if _says_yes(spoken[1:]) else False
    if spoken[0] in words("yes_words"):
        rest = " ".join(spoken[1:])
        return True if rest in words("yes") or not words("negations") & set(spoken[1:]) else None
    return None


def _says_yes(spoken: list[str]) -> bool:
    return bool(spoken) and (spoken[0] in words("yes_words") or " ".join(spoken) in words("yes"))
