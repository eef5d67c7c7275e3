"""A folder with one small, faultless script and its texts, to be spoilt or run."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.scripts import RESPONSES_FOLDER

SMALL = """\
script: general
symptoms: [slow, crash]
safety_screen: false
component: other
source: "3"

steps:
  again:
    level: 8
    minutes: 2
    source: "3 level 8"
    answers:
      fixed: {end: resolved}
      not_fixed: test

  test:
    level: 6
    minutes: 10
    source: "3.4"
    expects: failure_id
    answers:
      failed: {end: repair}
      passed: {end: software_only}
      cannot: {end: human, reason: no_test_result}
"""

TEXTS = """\
version: "3.1"
responses:
  script_general_again:
  - text: "Genstart pc'en."
  script_general_again_why:
  - text: "Det hjælper tit."
  script_general_test:
  - text: "Kør testen."
  script_general_test_why:
  - text: "Den finder fejl."
  script_general_test_failed:
  - text: "Fejl"
  script_general_test_passed:
  - text: "Bestået"
"""


class Folder:
    """Scripts and responses below one temporary folder."""

    def __init__(self, root: Path) -> None:
        self.scripts = root / "scripts"
        self.responses = root / "responses"
        self.scripts.mkdir()
        for language in ("da", "en"):
            (self.responses / language / "scripts").mkdir(parents=True)
            self.write_texts("general", TEXTS, language)
            for shared in ("common", "blink_codes"):
                text = (RESPONSES_FOLDER / language / "scripts" / f"{shared}.yml").read_text(encoding="utf-8")
                # Only what every script needs: what real scripts share has no user here.
                blocks = text.split("\n  script_shared_")
                self.write_texts(shared, blocks[0] + "\n", language)
        self.write_script("general", SMALL)

    def write_script(self, name: str, text: str) -> Path:
        """Write one script."""
        path = self.scripts / f"{name}.yml"
        path.write_text(text, encoding="utf-8")
        return path

    def write_texts(self, name: str, text: str, *languages: str) -> None:
        """Write one file of texts, in both languages unless told."""
        for language in languages or ("da", "en"):
            (self.responses / language / "scripts" / f"{name}.yml").write_text(text, encoding="utf-8")

    def spoil(self, old: str, new: str) -> int:
        """Change the small script; gives the line where the change begins."""
        assert SMALL.count(old) == 1, f"{old!r} is not there exactly once"
        self.write_script("general", SMALL.replace(old, new))
        return SMALL[: SMALL.index(old)].count("\n") + 1


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The small script, faultless."""
    return Folder(tmp_path)
