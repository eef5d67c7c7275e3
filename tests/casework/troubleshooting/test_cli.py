"""`offsite scripts check` and `graph`."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.casework.troubleshooting.library import load_scripts
from bot.cli.scripts import scripts_app
from tests.casework.troubleshooting.conftest import Folder

SVG = "{http://www.w3.org/2000/svg}"


def run(*words: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(scripts_app, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def test_check_says_that_all_is_well() -> None:
    assert run("check") == (0, "ok: 23 scripts\n", "")


def test_check_names_file_and_line_and_fails(folder: Folder) -> None:
    line = folder.spoil("not_fixed: test", "not_fixed: nowhere")
    code, out, _ = run("check", "--folder", folder.scripts, "--responses", folder.responses)
    assert code == 1
    assert f"{folder.scripts / 'general.yml'}:{line}: dead end" in out


def test_graph_draws_one_script_on_standard_output() -> None:
    code, out, _ = run("graph", "no_boot", "--language", "en")
    assert code == 0
    words = [element.text for element in ElementTree.fromstring(out).iter(f"{SVG}text")]
    assert set(load_scripts().get("no_boot").steps) <= set(words)
    assert "Yes, it works now" in words


def test_graph_draws_all_scripts_into_a_file(tmp_path: Path) -> None:
    target = tmp_path / "all.svg"
    assert run("graph", "--out", target)[:2] == (0, "")
    words = {element.text for element in ElementTree.parse(target).iter(f"{SVG}text")}
    assert set(load_scripts().by_name) <= words


@pytest.mark.parametrize("name", sorted(load_scripts().by_name))
def test_no_two_boxes_of_a_picture_overlap(name: str) -> None:
    root = ElementTree.fromstring(run("graph", name)[1])
    boxes = []
    for group in root.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect[@rx='8']")
        if rect is not None:
            x, y = (float(each) for each in group.attrib["transform"][len("translate(") : -1].split(","))
            boxes.append((x, y, x + float(rect.attrib["width"]), y + float(rect.attrib["height"])))
    assert len(boxes) == len(load_scripts().get(name).steps)
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_graph_of_an_unknown_script_and_of_a_loop(folder: Folder) -> None:
    assert run("graph", "nothing_such")[0] == 2
    folder.spoil("not_fixed: test", "not_fixed: again")
    code, out, err = run("graph", "--folder", folder.scripts, "--responses", folder.responses)
    assert (code, out) == (1, "")
    assert "loops or dead ends" in err
