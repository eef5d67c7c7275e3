"""`offsite registry`, `cases`, `bookings`, `doctor` as programs: shapes, exit codes, what goes where (contract 1)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.adapters.demo import DEMO_FILE
from actions.bootstrap import open_stores
from actions.ports import CaseStatus
from actions.settings import ROOT, Settings
from bot.cli.main import app
from tests.support.examples import SERIAL, TUESDAY, a_device, a_request, some_facts


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OFFSITE_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def stores(var):
    return open_stores(Settings(_env_file=None, var=var))


def offsite(*arguments: str, code: int = 0) -> tuple[str, str]:
    """What went to stdout and to stderr."""
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


def test_the_demonstration_file_is_taken_whole_and_shown():
    shown = json.loads(offsite("registry", "import", str(DEMO_FILE), "--json")[0])
    assert shown["new"] == shown["imported"] >= 40
    assert shown["refused"] == []
    again = json.loads(offsite("registry", "import", str(DEMO_FILE), "--json")[0])
    assert (again["new"], again["updated"]) == (0, shown["new"])
    serial = DEMO_FILE.read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    device = json.loads(offsite("registry", "show", f"{serial[:3]} {serial[3:6]}-{serial[6:]}".lower(), "--json")[0])
    assert device["serial_number"] == serial
    assert all(isinstance(value, str) for value in device.values())
    assert f"serial_number: {serial}" in offsite("registry", "show", serial)[0]


def test_a_bad_row_keeps_the_file_out_unless_told_otherwise(tmp_path):
    lines = DEMO_FILE.read_text(encoding="utf-8").splitlines()[:3]
    file = tmp_path / "r.csv"
    file.write_text(
        "\n".join([*lines, lines[1].replace("notebook", "toaster").replace("DEM", "DEX")]), encoding="utf-8"
    )
    _, errors = offsite("registry", "import", str(file), code=2)
    assert "line 4" in errors and "form_factor" in errors and "nothing was imported" in errors
    assert offsite("registry", "show", lines[1].split(",")[0], code=2)[0] == ""
    shown = json.loads(offsite("registry", "import", str(file), "--skip-bad", "--json")[0])
    assert shown["new"] == 2
    assert [(row["line"], row["reason"].split(":")[0]) for row in shown["refused"]] == [(4, "form_factor")]


def test_unknown_ids_end_with_code_2_and_say_so_on_stderr():
    for command in (("registry", "show", "X"), ("cases", "show", "HPO-ZZZZZZ"), ("registry", "import", "none.csv")):
        out, errors = offsite(*command, code=2)
        assert out == "" and errors.strip()


def test_cases_in_the_contracts_shape(stores):
    stores.registry.put([a_device()])
    older, _ = stores.desk.open(some_facts(symptom="usb", decision=None), "a", TUESDAY)
    case, _ = stores.desk.open(some_facts(), "b", TUESDAY.replace(hour=11))
    request = a_request(case.case_id)
    booking = stores.courier.book(request, "k", TUESDAY)
    stores.desk.set_status(case.case_id, CaseStatus.BOOKED, TUESDAY, "booked", {"booking_id": booking.booking_id})
    listed = json.loads(offsite("cases", "list", "--json")[0])
    assert [row["case_id"] for row in listed] == [case.case_id, older.case_id]
    assert listed[0] == {
        "case_id": case.case_id,
        "status": "booked",
        "serial_number": SERIAL,
        "email": "aase@example.com",
        "symptom": "fan",
        "verdict": "COVERED",
        "opened_at": "2026-03-10T11:00:00+01:00",
    }
    assert listed[1]["verdict"] is None
    shown = json.loads(offsite("cases", "show", case.case_id.lower(), "--json")[0])
    assert listed[0].items() <= shown.items()
    assert shown["contact"] == {
        "name": "Åse Sørensen",
        "company": "Ærø Værk ApS",
        "email": "aase@example.com",
        "phone": "+4531234567",
    }
    assert shown["steps"] == [{"script": "overheating_fan", "step": "vents", "answer": "not_fixed"}]
    assert shown["decision"]["method"] == "PICKUP"
    assert [event["what"] for event in shown["events"]] == ["opened", "booked"]
    assert shown["device"]["service_level"] == "pickup_return"
    assert shown["conversation"] == "c-1"
    for name in ("resolution", "component", "cause", "entitlement", "skill", "priority"):
        assert name in shown
    bookings = json.loads(offsite("bookings", "list", "--json")[0])
    assert shown["bookings"] == bookings
    assert bookings == [
        {
            "booking_id": booking.booking_id,
            "case_id": case.case_id,
            "kind": "pickup",
            "status": "booked",
            "courier": "offsite",
            "pickup_date": "2026-03-12",
            "pickup_window": "08:00-12:00",
            "tracking_number": booking.tracking_number,
            "label_file": f"labels/{booking.booking_id}.pdf",
        }
    ]
    assert case.case_id in offsite("cases", "list")[0]
    assert "email: aase@example.com" in offsite("cases", "show", case.case_id)[0]
    assert booking.booking_id in offsite("bookings", "list")[0]


def test_empty_lists_are_empty():
    assert json.loads(offsite("cases", "list", "--json")[0]) == []
    assert json.loads(offsite("bookings", "list", "--json")[0]) == []


def test_doctor_says_what_to_do(monkeypatch):
    findings = {found["check"]: found for found in json.loads(offsite("doctor", "--json", code=1)[0])}
    assert not findings["database"]["ok"] and "registry import" in findings["database"]["advice"]
    offsite("registry", "import", str(DEMO_FILE))
    monkeypatch.setenv("OFFSITE_PORT", "many")
    findings = {found["check"]: found for found in json.loads(offsite("doctor", "--json", code=1)[0])}
    assert "OFFSITE_PORT" in findings["settings"]["detail"]


def test_a_bad_setting_is_told_in_one_line(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    out, errors = offsite("cases", "list", "--json", code=2)
    assert out == "" and errors.startswith("DATABASE_URL: ")


def test_as_a_program_of_its_own(var):
    program = Path(sys.executable).with_name("offsite")
    command = [str(program)] if program.exists() else [sys.executable, "-m", "bot.cli.main"]
    done = subprocess.run([*command, "cases", "list", "--json"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")


def test_on_postgresql(monkeypatch, postgres):
    monkeypatch.setenv("DATABASE_URL", postgres.new_database())
    offsite("registry", "import", str(DEMO_FILE))
    assert json.loads(offsite("cases", "list", "--json")[0]) == []
