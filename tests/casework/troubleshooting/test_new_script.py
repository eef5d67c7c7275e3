"""A new script is a YAML file and texts: no code changes, no training."""

import re
from pathlib import Path

from actions.casework.troubleshooting.engine import answer, ask, start
from actions.casework.troubleshooting.library import load_scripts
from actions.casework.troubleshooting.lint import check_scripts
from actions.casework.troubleshooting.model import Context, Outcome
from actions.casework.troubleshooting.position import Answer, Ended, Position
from tests.casework.troubleshooting.conftest import Folder

CAMERA = """\
script: camera
symptoms: [camera]
safety_screen: false
component: camera
source: "3.12"

steps:
  shutter:
    level: 3
    minutes: 1
    source: "3.12"
    answers:
      fixed: {end: resolved}
      not_fixed: other_app
      no_shutter: other_app

  other_app:
    level: 6
    minutes: 5
    source: "3.12"
    answers:
      works_there: {end: software_only, component: software}
      not_fixed: {end: repair}
"""

TEXTS = {
    "da": ("Skub skyderen til side.", "Den kan være lukket.", "Den har ingen", "Prøv et andet program.",
           "Det kan være programmet.", "Dér virker det"),
    "en": ("Slide the shutter open.", "It may be closed.", "It has none", "Try another app.",
           "It may be the app.", "It works there"),
}  # fmt: skip
KEYS = ("shutter", "shutter_why", "shutter_no_shutter", "other_app", "other_app_why", "other_app_works_there")


def test_a_new_script_runs_from_a_folder_without_touching_code(folder: Folder) -> None:
    folder.write_script("camera", CAMERA)
    for language, lines in TEXTS.items():
        body = "".join(f'  script_camera_{key}:\n  - text: "{line}"\n' for key, line in zip(KEYS, lines, strict=True))
        folder.write_texts("camera", f'version: "3.1"\nresponses:\n{body}', language)
    assert check_scripts(folder.scripts, folder.responses) == []

    script = load_scripts(folder.scripts).script_for("camera")
    position = start(script, Context("camera", "notebook"))
    question = ask(script, position)
    assert [choice.id for choice in question.choices] == ["fixed", "not_fixed", "no_shutter", "cannot"]
    assert question.choices[2].title_key == "script_camera_shutter_no_shutter"
    assert (question.text_key, question.number, question.of) == ("script_camera_shutter", 1, 2)

    reached = answer(script, position, Answer(choice="no_shutter"))
    assert isinstance(reached, Position)
    ended = answer(script, reached, Answer(choice="not_fixed"))
    assert isinstance(ended, Ended)
    assert (ended.outcome, ended.component, ended.diagnosis) == (Outcome.REPAIR, "camera", "hardware")
    assert [(step.step, step.answer) for step in ended.steps] == [("shutter", "no_shutter"), ("other_app", "not_fixed")]


def test_the_example_of_the_guide_is_faultless(folder: Folder) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "scripts.md").read_text(encoding="utf-8")
    script, texts, *_ = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    folder.write_script("camera", script)
    folder.write_texts("camera", texts)
    assert check_scripts(folder.scripts, folder.responses) == []
