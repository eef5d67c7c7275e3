"""Cutting a question into comparable words: folded, synonyms made one, endings cut, fillers told apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from actions.casework.data_file import load_yaml
from actions.casework.facts import Language
from actions.casework.identity.folding import fold

SYNONYMS = Path(__file__).parent / "synonyms.yml"
ELSEWHERE = Path(__file__).parent / "elsewhere.yml"

_FILLERS: dict[Language, frozenset[str]] = {
    Language.DA: frozenset(
        fold(
            "en et den det de der som at og i på af til for med min mit mine jeg du vi man jer jeres dig mig os er har"
            " kan skal vil må bliver ved om så også når hvis bare lige godt noget nogle fra ud ind op hvad hvordan"
            " hvor hvornår hvem hvorfor hvilke hvilken hvilket få får stadig selv være var have ikke hp hps sig hos"
            " denne dette mon gerne egentlig nu"
        ).split()
    ),
    Language.EN: frozenset(
        fold(
            "a an the it its i you we my your me us to of in on at for with is are be do does did can could will would"
            " should must may have has get got if when what how where who why which that this so and or as just also"
            " still by not from up out am was were hp hps go into im i'm there some then any"
        ).split()
    ),
}
_ENDINGS = {
    Language.DA: ("ernes", "erne", "ene", "ens", "ets", "er", "en", "et", "es", "e", "s"),
    Language.EN: ("ings", "ing", "ed", "es", "e", "s"),
}
_SHORTEST_STEM = 3


def stem(word: str, language: Language) -> str:
    """The word without its ending: opladeren -> oplad."""
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return _single(word[: -len(ending)])
    return _single(word)


def _single(word: str) -> str:
    """slett and slet are one word."""
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


def is_filler(word: str, language: Language) -> bool:
    """Whether a word says little by itself."""
    return word in _FILLERS[language]


def cut(text: str, language: Language) -> tuple[str, ...]:
    """The words of a question in order: stems, fillers as they are, a synonym as its group's first word."""
    words = _folded(text).split()
    groups, longest = _synonyms(language)
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            head = groups.get(" ".join(words[at : at + size]))
            if head or size == 1:
                found.append(head or _plain(words[at], language))
                at += size
                break
    return tuple(found)


def is_elsewhere(text: str, language: Language) -> bool:
    """Whether a question holds a word of another subject."""
    folded = f" {_folded(text)} "
    return any(f" {word} " in folded for word in _elsewhere(language))


@cache
def _elsewhere(language: Language) -> frozenset[str]:
    return frozenset(_folded(str(word)) for word in load_yaml(ELSEWHERE)[language.value])


def _folded(text: str) -> str:
    return " ".join(fold(text.replace("-", " ")).replace("'", "").split())


def _plain(word: str, language: Language) -> str:
    return word if is_filler(word, language) else stem(word, language)


@cache
def _synonyms(language: Language) -> tuple[dict[str, str], int]:
    """Each form with what stands for it, and the number of words of the longest."""
    groups: dict[str, str] = {}
    for head, forms in load_yaml(SYNONYMS)[language.value].items():
        for form in (head, *forms):
            groups[_folded(str(form))] = "=" + fold(str(head)).replace(" ", "_")
    return groups, max(len(form.split()) for form in groups)
