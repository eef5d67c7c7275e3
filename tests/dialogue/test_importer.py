"""The importer joins both languages into one domain, and refuses trees that don't mirror."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.importers.importer import TrainingDataImporter

from bot.dialogue.importer import ExampleMessage, LanguageTreeImporter
from bot.dialogue.response_trees import ResponseTreeError

DOMAIN = """
version: "3.1"
intents: [inform]
slots:
  language: {type: text, initial_value: da, mappings: [{type: custom}]}
  email: {type: text, mappings: [{type: from_text}]}
forms:
  identity_form: {required_slots: [email]}
"""


def project(root: Path, da: str, en: str, questions: str = "email: {kind: email}\n") -> LanguageTreeImporter:
    dialogue = root / "bot/dialogue"
    for folder, name, content in [
        ("domain", "identity.yml", DOMAIN),
        ("responses/da", "identity.yml", da),
        ("responses/en", "identity.yml", en),
        (".", "questions.yml", questions),
    ]:
        (dialogue / folder).mkdir(parents=True, exist_ok=True)
        (dialogue / folder / name).write_text(content, encoding="utf-8")
    (root / "data").mkdir()
    config = root / "config.yml"
    config.write_text("recipe: default.v1\nlanguage: da\nassistant_id: test\n", encoding="utf-8")
    return LanguageTreeImporter(str(config), "domain.yml")


def responses(**texts: str) -> str:
    return 'version: "3.1"\nresponses:\n' + "".join(f"  {key}:\n  - text: {text!r}\n" for key, text in texts.items())


def test_each_language_answers_only_in_its_own_words(tmp_path: Path) -> None:
    importer = project(tmp_path, responses(utter_hi="Hej"), responses(utter_hi="Hello"))

    spoken = {v["condition"][0]["value"]: v["text"] for v in importer.get_domain().responses["utter_hi"]}

    assert spoken == {"da": "Hej", "en": "Hello"}


def test_texts_for_the_app_runtime_stay_out_of_rasa(tmp_path: Path) -> None:
    importer = project(tmp_path, responses(mail_subject="Din sag"), responses(mail_subject="Your case"))

    assert importer.get_domain().responses == {}


@pytest.mark.parametrize("key", ["utter_ask_email", "utter_ask_identity_form_email"])
def test_a_question_says_what_it_expects(tmp_path: Path, key: str) -> None:
    importer = project(tmp_path, responses(**{key: "Mail?"}), responses(**{key: "E-mail?"}))

    for variation in importer.get_domain().responses[key]:
        assert variation["custom"] == {"expects": {"slot": "email", "kind": "email"}}


@pytest.mark.parametrize(
    ("da", "en", "says"),
    [
        (responses(utter_hi="Hej"), responses(), "utter_hi' has no English twin"),
        (responses(utter_hi="Hej {name}"), responses(utter_hi="Hello"), r"fills \['name'\] in Danish"),
        (responses(utter_hi="Hej"), "responses: [", "not readable as YAML"),
    ],
)
def test_trees_that_do_not_mirror_are_refused(tmp_path: Path, da: str, en: str, says: str) -> None:
    with pytest.raises(ResponseTreeError, match=says):
        project(tmp_path, da, en).get_domain()


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResponseTreeError, match="email"):
        project(tmp_path, responses(), responses(), "email: {kind: mail}\n").get_domain()


def test_rasa_finds_the_importer_by_its_name_in_config(tmp_path: Path) -> None:
    project(tmp_path, responses(utter_ask_email="Mail?"), responses(utter_ask_email="E-mail?"))
    config = {"importers": [{"name": "bot.dialogue.importer.LanguageTreeImporter"}]}

    domain: Domain = TrainingDataImporter.load_from_dict(config, str(tmp_path / "config.yml")).get_domain()

    assert len(domain.responses["utter_ask_email"]) == 2
    assert Domain.from_dict(domain.as_dict()).responses == domain.responses


def test_an_example_is_its_own_copy_and_told_apart_by_its_data() -> None:
    told, same, other = (ExampleMessage({"text": text, "intent": "greet"}) for text in ("hej", "hej", "goddag"))
    assert deepcopy(told) is told
    assert told == same and told.fingerprint() == same.fingerprint() != other.fingerprint()
