"""Response files: every key readable, a double key refused with both files."""

from pathlib import Path

import pytest

from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Language


def write(root: Path, language: str, name: str, body: str) -> None:
    (root / language).mkdir(parents=True, exist_ok=True)
    (root / language / name).write_text(f'version: "3.1"\nresponses:\n{body}', encoding="utf-8")


def test_texts_are_filled_and_buttons_kept(tmp_path):
    write(
        tmp_path,
        "da",
        "mail.yml",
        '  mail_hello:\n  - text: "Hej {name}"\n    buttons:\n    - title: "Ja"\n      payload: "/affirm"\n',
    )
    texts = ResponseTexts(tmp_path)
    assert texts.text("mail_hello", Language.DA, name="Åse") == "Hej Åse"
    assert texts.buttons("mail_hello", Language.DA) == [{"title": "Ja", "payload": "/affirm"}]
    assert texts.placeholders("mail_hello", Language.DA) == {"name"}
    assert texts.keys(Language.DA) == {"mail_hello"}
    with pytest.raises(KeyError):
        texts.text("mail_hello", Language.EN, name="Åse")
    with pytest.raises(KeyError):
        texts.text("mail_hello", Language.DA)


def test_a_key_in_two_files_is_refused(tmp_path):
    write(tmp_path, "da", "a.yml", '  one: [{text: "x"}]\n')
    write(tmp_path, "da", "b.yml", '  one: [{text: "y"}]\n')
    with pytest.raises(ValueError, match=r"a\.yml.*b\.yml"):
        ResponseTexts(tmp_path)
