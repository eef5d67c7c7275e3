"""A file is there whole or not at all, and a killed writer leaves nothing behind once the work is tried again."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.adapters.whole_file import write_whole


def test_what_a_killed_writer_left_is_gone_after_the_next_try(tmp_path: Path) -> None:
    (tmp_path / "label.pdf.part").write_bytes(b"half of an addr")
    write_whole(tmp_path / "label.pdf", b"an address")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("label.pdf", b"an address")]


def test_another_try_of_the_same_work_may_have_been_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def twice(part: Path, target: Path) -> Path:
        replace(part, target)  # the other one
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", twice)
    write_whole(tmp_path / "label.pdf", b"an address")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("label.pdf", b"an address")]


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "labels" / "label.pdf", b"an address")
