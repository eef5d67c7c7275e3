"""Parts of a PC by their names and inflections: spaCy's matcher over word lists that anyone may edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from bot.dialogue.nlu.misspelt import misspellings
from bot.dialogue.nlu.spans import Found
from bot.dialogue.nlu.text import fold

NO_PART = "-"
"""Forms that hold a part's word but name none ("blå skærm"): longer, so they win."""
_ANY_ENDING = "['-]?[a-z]{0,6}"
_ENDINGS = ("erne", "ene", "en", "et", "er", "ne", "n", "s")
_WHOSE = ("computer", "laptop", "notebook", "barbar", "pc")
"""What a part's name may be joined to: `computerskærm` (folded)."""
_LEAST_OF_A_COMPOUND = 5
_FOLDER = Path(__file__).parent / "gazetteer"


class Gazetteer:
    """Finds the forms of one list (`gazetteer/<name>.yml`) and gives their canonical words."""

    def __init__(self, entity: str, name: str) -> None:
        self._entity = entity
        self._language = spacy.blank("da")
        self._matcher = Matcher(self._language.vocab)
        forms = yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
        for canonical, written in forms.items():
            self._matcher.add(canonical, [self._pattern(str(form)) for form in written])

        spelt = [fold(str(form)) for written in forms.values() for form in written]
        self._misspelt = _slips(spelt)
        single = [form for form in spelt if " " not in form and form != NO_PART]
        self._parts = tuple(form.rstrip("*") for form in single if len(form) >= _LEAST_OF_A_COMPOUND)
        self._whole = frozenset(form for form in single if not form.endswith("*"))
        stems = sorted(re.escape(form.rstrip("*")) for form in single if form.endswith("*"))
        self._inflected = re.compile(rf"(?:{'|'.join(stems)}){_ANY_ENDING}")

    def find(self, text: str) -> Iterator[Found]:
        """Every part named, in order; of overlapping names the longest."""
        words = self._language.make_doc(text)
        folded = Doc(self._language.vocab, words=[self._spelt(fold(word.text)) or " " for word in words])
        for span in filter_spans(self._matcher(folded, as_spans=True)):
            if span.label_ == NO_PART:
                continue
            first, last = words[span.start], words[span.end - 1]
            yield Found(self._entity, span.label_, first.idx, last.idx + len(last))

    def _spelt(self, word: str) -> str:
        """The word as the list has it where it is one slip away, also inflected."""
        word = self._without_owner(self._part_of_a_joined_word(word))
        if word in self._misspelt:
            return self._misspelt[word]
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and stem in self._misspelt:
                return self._misspelt[stem] + ending
        return word

    def _part_of_a_joined_word(self, word: str) -> str:
        """`musen` of `hp-musen`, `ram` of `ram-klods`; a joined word that the list has itself stays whole."""
        first, hyphen, last = word.rpartition("-")
        if not hyphen or self._is_listed(word):
            return word
        return next((side for side in (last, last.removesuffix("s"), first) if self._is_listed(side)), word)

    def _is_listed(self, word: str) -> bool:
        return word in self._whole or bool(self._inflected.fullmatch(word))

    def _without_owner(self, word: str) -> str:
        """`skarmen` of `computerskarmen`, where what is left names a part."""
        for owner in _WHOSE:
            part = word.removeprefix(owner).lstrip("-")
            if part != word and part.startswith(self._parts):
                return part
        return word

    def _pattern(self, form: str) -> list[dict[str, object]]:
        """A form as spaCy sees it: one token each, `*` for any ending of the word."""
        tokens = self._language.make_doc(fold(form.rstrip("*")))
        pattern: list[dict[str, object]] = [{"TEXT": token.text} for token in tokens]
        if form.endswith("*"):
            pattern[-1] = {"TEXT": {"REGEX": f"^{tokens[-1].text}{_ANY_ENDING}$"}}
        return pattern


def _slips(forms: Iterable[str]) -> dict[str, str]:
    """Each misspelt word -> the word of the list. What the list has itself, also by its ending, is no slip."""
    known = set(forms)
    stems = tuple(form.rstrip("*") for form in known if form.endswith("*"))
    return {
        wrong: form.rstrip("*")
        for form in sorted(known)
        for wrong in misspellings(form.rstrip("*"))
        if wrong not in known and not wrong.startswith(stems)
    }
