"""How a word of a list gets misspelt: an inner letter left out, doubled, or two neighbours swapped.

Letters are never replaced: `charges` is no misspelt `charger`, and short words are left alone, where every slip is
another word.
"""

from __future__ import annotations

from collections.abc import Iterator

_LEAST_LETTERS = 6


def misspellings(word: str) -> Iterator[str]:
    """What comes of one slip inside `word` (folded, one word); nothing for a short one."""
    if len(word) < _LEAST_LETTERS or not word.isalpha():
        return
    inner = range(1, len(word) - 1)
    for place in inner:
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]
        if place + 1 < len(word):
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
