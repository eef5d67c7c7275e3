"""The contract of `DeviceNotices`, the operator's file, and the command that takes it in."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.adapters.csv_rows import BadFile
from actions.adapters.demo import DEMO_FILE
from actions.adapters.fakes import FakeNotices
from actions.adapters.notices_file import read_notices_file
from actions.adapters.sql.notices import SqlNotices
from actions.casework.notices.notice import COLUMNS, Notice, asks_about_notices, notice_from_row, notice_to_row
from bot.cli.main import app

TODAY = date(2026, 11, 25)
DEMO_NOTICES = DEMO_FILE.with_name("notices.csv")


def a_notice(**changes: str) -> Notice:
    row = dict.fromkeys(COLUMNS, "") | {
        "notice_id": "N-1",
        "kind": "recall",
        "products": "8A1B2EA",
        "issuer": "HP",
        "issued_on": "2026-05-04",
        "title_da": "Oplader",
        "title_en": "Adapter",
        "text_da": "Skift den.",
        "text_en": "Replace it.",
    }
    return notice_from_row(row | changes, TODAY)


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def notices(request, make_engine):
    def hold(*held: Notice):
        if request.param == "fake":
            return FakeNotices(held)
        store = SqlNotices(make_engine(request.param))
        store.put(held)
        return store

    return hold


def test_what_concerns_a_device_is_found_the_gravest_first(notices):
    firmware = a_notice(notice_id="N-2", kind="firmware", issued_on="2026-10-01")
    danger = a_notice(notice_id="N-3", kind="safety_recall", products="8A1B*")
    one_unit = a_notice(notice_id="N-4", serials="5CG6100B2D")
    other = a_notice(notice_id="N-5", products="9Z9Z9EA")
    held = notices(a_notice(), firmware, danger, one_unit, other)
    about = [each.notice_id for each in held.about("8A1B2EA#ABY", "5CG6100B2D", TODAY)]
    assert about == ["N-3", "N-1", "N-4", "N-2"]
    assert [each.notice_id for each in held.about("8A1B2EA", "5CG6100B2F", TODAY)] == ["N-3", "N-1", "N-2"]
    assert list(held.about("", "", TODAY)) == []


def test_a_notice_has_its_time(notices):
    held = notices(a_notice(valid_until="2026-11-25"))
    assert held.about("8A1B2EA", "", TODAY) and not held.about("8A1B2EA", "", TODAY + timedelta(days=1))
    assert not held.about("8A1B2EA", "", date(2026, 5, 3))


def test_rows_come_back_whole():
    for notice in read_notices_file(DEMO_NOTICES, TODAY).taken:
        assert notice_from_row(notice_to_row(notice), TODAY) == notice
    assert not read_notices_file(DEMO_NOTICES, TODAY).refused


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("notice_id", ""),
        ("kind", "alarm"),
        ("products", "8a"),
        ("serials", "123"),
        ("issuer", ""),
        ("issued_on", "2026-11-26"),
        ("valid_until", "2026-05-03"),
        ("text_da", "x" * 301),
        ("url", "javascript:alert(1)"),
    ],
)
def test_a_bad_cell_is_named(column, value):
    with pytest.raises(ValueError, match=column):
        a_notice(**{column: value})


@pytest.fixture
def offsite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OFFSITE_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def run(*arguments: str, code: int = 0) -> tuple[str, str]:
        done = CliRunner().invoke(app, ["notices", *arguments])
        assert done.exit_code == code, done.output
        return done.stdout, done.stderr

    return run


def test_a_file_is_taken_in_listed_and_taken_out(offsite):
    shown = json.loads(offsite("import", str(DEMO_NOTICES), "--json")[0])
    assert (shown["new"], shown["refused"]) == (3, [])
    assert json.loads(offsite("import", str(DEMO_NOTICES), "--json")[0])["updated"] == 3
    assert [row["notice_id"] for row in json.loads(offsite("list", "--json")[0])] == ["DEMO-1", "DEMO-2", "DEMO-3"]
    offsite("remove", "DEMO-2")
    assert "no notice DEMO-2" in offsite("remove", "DEMO-2", code=2)[1]
    assert "DEMO-2" not in offsite("list")[0]


def test_a_bad_row_keeps_the_file_out_unless_told_otherwise(offsite, tmp_path):
    lines = DEMO_NOTICES.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "n.csv"
    file.write_text(
        "\n".join([*lines, lines[1].replace("firmware", "fun").replace("DEMO-1", "DEMO-9")]), encoding="utf-8"
    )
    _, errors = offsite("import", str(file), code=2)
    assert "line 5: DEMO-9: kind" in errors and "nothing was imported" in errors
    assert json.loads(offsite("list", "--json")[0]) == []
    assert json.loads(offsite("import", str(file), "--skip-bad", "--json")[0])["new"] == 3


def test_a_file_without_its_columns_is_no_notices_file(tmp_path):
    file = tmp_path / "n.csv"
    file.write_text("notice_id,kind\n", encoding="utf-8")
    with pytest.raises(BadFile, match="missing columns: products"):
        read_notices_file(file, TODAY)


@pytest.mark.parametrize("text", ["er der tilbagekaldelser?", "is there a recall on my PC?"])
def test_who_asks_about_notices_is_heard(text):
    assert asks_about_notices(text) and not asks_about_notices("hvad koster det?")
