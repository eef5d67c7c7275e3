"""Joins the two response trees into one Rasa domain, and says what each question expects.

Rasa merges no response key across domain files (one language vanishes with a warning), so responses live in mirrored
trees and meet here: every variation gets the condition that the `language` slot is its tree's language. Each
`utter_ask_<slot>` (or `utter_ask_<form>_<slot>`) gets `custom: {expects: {slot, kind}}` from questions.yml; Rasa sends
it after the text, and the gateway marks the text as the open question.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import get_text_hash

from bot.dialogue.response_trees import LANGUAGES, UTTER, Response, ResponseTreeError, mirror_problems, read_tree

KINDS = frozenset({"text", "choice", "date", "email", "phone", "postcode", "file"})
_ASK = f"{UTTER}ask_"
_DIALOGUE = Path("bot/dialogue")


class LanguageTreeImporter(RasaFileImporter):
    """Rasa's file importer, with responses from mirrored trees. Paths it is not given lie beside config.yml.

    `dialogue` (an option in config.yml) is the folder with domain/, responses/ and questions.yml.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        dialogue: str | None = None,
    ) -> None:
        root = Path(config_file).resolve().parent if config_file else Path.cwd()
        self._dialogue = root / (dialogue or _DIALOGUE)
        has_domain = domain_path is not None and Path(domain_path).exists()
        super().__init__(
            config_file,
            domain_path if has_domain else str(self._dialogue / "domain"),
            training_data_paths or str(root / "data"),
        )
        self._joined: Domain | None = None
        self._nlu_data: TrainingData | None = None

    def get_domain(self) -> Domain:
        """The domain files and both languages' responses. Raises ResponseTreeError where the trees don't mirror."""
        if self._joined is None:
            bare = Domain.load(self._domain_path)
            if bare.responses:
                raise ResponseTreeError(
                    f"responses belong below {self._dialogue / 'responses'}: {list(bare.responses)}"
                )
            responses = joined_responses(self._dialogue / "responses")
            mark_questions(responses, read_questions(self._dialogue / "questions.yml"), list(bare.forms))
            self._joined = bare.merge(Domain.from_dict({"responses": responses}))
        return self._joined

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples, read once: Rasa asks three times, and reading takes seconds."""
        if self._nlu_data is None:
            read = super().get_nlu_data(language)
            self._nlu_data = TrainingData([ExampleMessage(example.data) for example in read.training_examples])
        return self._nlu_data


class ExampleMessage(Message):
    """An example, which no training changes. Rasa copies and fingerprints all of them eleven times over, which for
    25,000 costs more than to learn from them: these are their own copies, and told apart by their plain data."""

    def __deepcopy__(self, memo: dict[int, Any]) -> ExampleMessage:
        return self

    def fingerprint(self) -> str:
        """The same for the same data."""
        if self._cached_fingerprint is None:
            self._cached_fingerprint = get_text_hash(json.dumps(self.data, sort_keys=True, default=str))
        return self._cached_fingerprint


def joined_responses(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every `utter_` key of both languages with its language condition. Raises ResponseTreeError."""
    trees = {language: _utterances(read_tree(folder / language)) for language in LANGUAGES}
    problems = mirror_problems(trees["da"], trees["en"])
    if problems:
        raise ResponseTreeError("the response trees don't mirror each other:\n  " + "\n  ".join(problems))
    return {
        key: [
            _for_language(variation, language)
            for language in LANGUAGES
            for variation in trees[language][key].variations
        ]
        for key in trees["da"]
    }


def read_questions(path: Path) -> dict[str, dict[str, Any]]:
    """What each slot's question expects. Raises ResponseTreeError for an unknown kind."""
    questions = yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}
    for slot, question in questions.items():
        if not isinstance(question, dict) or question.get("kind") not in KINDS:
            raise ResponseTreeError(f"{path}: '{slot}' needs a kind of {sorted(KINDS)}")
    return questions


def mark_questions(responses: dict[str, list[dict[str, Any]]], questions: dict[str, Any], forms: list[str]) -> None:
    """Add what is expected to every response that asks for a slot; a response that says so itself keeps its own."""
    asks = {f"{_ASK}{prefix}{slot}": slot for slot in questions for prefix in ["", *(f"{form}_" for form in forms)]}
    for key in responses.keys() & asks.keys():
        slot = asks[key]
        for variation in responses[key]:
            variation["custom"] = {"expects": {"slot": slot, **questions[slot]}, **(variation.get("custom") or {})}


def _utterances(tree: dict[str, Response]) -> dict[str, Response]:
    return {key: response for key, response in tree.items() if key.startswith(UTTER)}


def _for_language(variation: dict[str, Any], language: str) -> dict[str, Any]:
    condition = {"type": "slot", "name": "language", "value": language}
    return {**variation, "condition": [*variation.get("condition", []), condition]}
