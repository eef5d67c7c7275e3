"""What is held about a customer is told whole, and erased everywhere: no byte of it is left below OFFSITE_VAR."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from actions.bootstrap import open_stores
from actions.ports import CaseStatus, Contact
from actions.settings import ROOT, Settings
from bot.cli.main import app
from bot.gateway.events import Draft
from bot.gateway.files.folder import FileFolder
from bot.gateway.store.engine import Database, migrate, open_engine
from bot.gateway.store.files import ConversationFiles, StoredFile
from bot.gateway.store.log import ConversationLog
from tests.support.chat_stub import chat_stub
from tests.support.examples import SERIAL, some_facts

NOW = datetime.now(UTC)
EMAIL = "aase@example.com"
TRACES = ["Sørensen", "Åse", "Vestergade", "31234567", EMAIL, "Ærø Værk", SERIAL, "ABCD12", "revnede", "hemmeligt"]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OFFSITE_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def offsite(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["privacy", *arguments])
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.stderr


def found_below(folder: Path) -> list[tuple[str, str]]:
    """(file, trace) of every trace of the customer in any file, in either spelling of its letters."""
    found = []
    for file in (path for path in folder.rglob("*") if path.is_file()):
        raw = file.read_bytes()
        for trace in TRACES:
            spellings = {trace.encode(), json.dumps(trace)[1:-1].encode(), trace.encode("utf-16-le")}
            found += [(file.name, trace) for spelling in spellings if spelling in raw]
    return found


def a_customer(var: Path) -> str:
    """A customer with something in every store; returns the case's id. Another one stands beside."""
    with chat_stub(var / "told") as chat:
        command = [sys.executable, "-m", "tests.support.shipping_child", str(var)]
        urls = [f"sqlite:///{var}/casework.db", f"sqlite:///{var}/dbos.db", chat.url]
        subprocess.run([*command, *urls, "begin", "-"], cwd=ROOT, timeout=120, check=True, capture_output=True)
    stores = open_stores(Settings(_env_file=None, var=var))
    (case,) = stores.desk.newest()
    conversation = case.facts.conversation
    stores.desk.note(case.case_id, NOW, "customer_note", {"text": "skærmen revnede"}, once="customer_note:1")
    stores.desk.update(case.case_id, replace(case.facts, escalation_reason="skærmen revnede"), NOW, "escalated")
    _speak(var, conversation, "skærmen revnede, ring til Åse på 31234567")
    _speak(var, "another", f"jeg spørger om min sag {case.case_id}")
    _speak(var, "stranger", "min pc larmer", "larm.pdf")
    other = replace(some_facts(), conversation="stranger", contact=Contact("Ib", "", "ib@example.dk", ""))
    other = replace(other, serial_number="", failure_id="")
    stores.desk.open(other, "other", NOW)
    return case.case_id


def _speak(var: Path, conversation: str, text: str, name: str = "hemmeligt.pdf") -> None:
    """A conversation with a file, and Rasa's tracker of it."""
    database = Database(open_engine(f"sqlite:///{var}/chat.db"))
    migrate(database.engine)
    log, folder = ConversationLog(database), FileFolder(var)
    log.open(conversation, "da", NOW, NOW)
    log.accept(conversation, str(uuid.uuid4()), NOW, text=text)
    log.add(conversation, Draft("text", {"text": "Tak."}), "k", NOW)
    file = StoredFile(uuid.uuid4().hex, conversation, 0, name, "application/pdf", 9, NOW)
    folder.write(file.id, text.encode())
    ConversationFiles(database).take(file, None, NOW, more=True)
    database.close()
    engine = sa.create_engine(f"sqlite:///{var}/rasa.db")
    with engine.begin() as connection:
        columns = "id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT, timestamp FLOAT, data TEXT"
        connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS events ({columns})")
        values = {"sender": conversation, "at": time.time(), "data": json.dumps({"event": "user", "text": text})}
        insert = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (:sender, 'user', :at, :data)"
        connection.execute(sa.text(insert), values)
    engine.dispose()


def test_everything_is_told_and_then_nothing_is_left(var: Path) -> None:
    case_id = a_customer(var)
    assert found_below(var)

    told = json.loads(offsite("export", "--case", case_id, "--email", EMAIL.upper()))
    assert set(told["held"]) == {"conversations", "dialogue", "work", "mails", "bookings", "cases"}
    assert set(told["held"]["conversations"]) >= {"another"} and "stranger" not in told["held"]["conversations"]
    assert told["held"]["cases"][0]["contact"]["name"] == "Åse Sørensen"
    assert any("hemmeligt.pdf" in json.dumps(each) for each in told["held"]["conversations"].values())

    erased = json.loads(offsite("erase", "--case", case_id.lower(), "--email", EMAIL, "--json"))
    assert erased["case_ids"] == [case_id]
    assert found_below(var) == []

    stores = open_stores(Settings(_env_file=None, var=var))
    record = stores.desk.get(case_id)
    assert record.facts.status is CaseStatus.CLOSED and record.facts.contact == Contact()
    assert record.facts.symptom and record.events[-1].what == "erased"
    (booking,) = stores.courier.of_case(case_id)
    assert erased["not_called_off"] == [booking.booking_id], "it was collected long ago"
    assert booking.label_file == "" and booking.tracking_number
    assert not list((var / "labels").iterdir()) and not list((var / "mail").glob("*.eml"))
    assert len(list((var / "files").iterdir())) == 1, "the stranger's file stays"
    stranger = next(case for case in stores.desk.newest() if case.case_id != case_id)
    assert stranger.facts.contact.email == "ib@example.dk"
    assert ConversationLog(Database(open_engine(f"sqlite:///{var}/chat.db"))).snapshot("stranger", 0).events

    assert "no such case" in offsite("erase", "--case", case_id, "--email", EMAIL, code=2)


def test_a_wrong_address_and_an_unknown_case_are_told_alike(var: Path) -> None:
    stores = open_stores(Settings(_env_file=None, var=var))
    case, _ = stores.desk.open(some_facts(), "k", NOW)
    said = {
        offsite(call, "--case", case_id, "--email", email, code=2)
        for call in ("export", "erase")
        for case_id, email in ((case.case_id, "other@example.dk"), ("HPO-000000", "x@example.dk"), (case.case_id, ""))
    }
    assert said == {"no such case with that e-mail address\n"}
    assert stores.desk.get(case.case_id) == case


def test_an_erased_case_is_listed_and_shown_like_any_other(var: Path) -> None:
    """An erased case can be listed, shown and asked about like any other."""
    case_id = a_customer(var)
    offsite("erase", "--case", case_id, "--email", EMAIL)
    shown = CliRunner().invoke(app, ["cases", "show", case_id, "--json"])
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["email"] == ""
