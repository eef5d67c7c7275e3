"""Durable work is finished after a kill at any point, and happens once (operations.md F1, F11)."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from actions.adapters.labels import LabelFolder
from actions.adapters.sql.courier import SqlCourier
from actions.adapters.sql.desk import SqlCaseDesk
from actions.adapters.sql.engine import open_engine
from actions.adapters.texts import ResponseTexts
from actions.ports import CaseStatus
from actions.settings import ROOT
from tests.support.chat_stub import ChatStub, chat_stub

POINTS = [
    f"{method}:{moment}"
    for method in ("book", "set_status", "mail", "note", "tell_chat")
    for moment in ("before", "after")
]


def run(mode: str, death: str, folder: Path, casework: str, dbos: str, chat: ChatStub) -> int:
    """One life of the process; how it ended."""
    command = [sys.executable, "-m", "tests.support.shipping_child"]
    arguments = [str(folder), casework, dbos, chat.url, mode, death]
    done = subprocess.run([*command, *arguments], cwd=ROOT, timeout=60, capture_output=True, text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def check_happened_once(folder: Path, casework: str, chat: ChatStub) -> None:
    engine = open_engine(casework)
    (case,) = SqlCaseDesk(engine).newest()
    (booking,) = SqlCourier(engine, lambda *_: (), LabelFolder(folder, ResponseTexts()), 8).newest()
    engine.dispose()
    assert booking.case_id == case.case_id
    assert case.facts.status is CaseStatus.BOOKED
    whats = [event.what for event in case.events]
    assert whats.count("opened") == whats.count("booked") == whats.count("told") == 1
    mails = [mail.read_text(encoding="utf-8") for mail in (folder / "mail").glob("*.eml")]
    assert len([mail for mail in mails if booking.tracking_number in mail]) == 1
    assert len(mails) == whats.count("mailed") == 2  # the case id, and the confirmation
    assert [file.name for file in (folder / "labels").iterdir()] == [f"{booking.booking_id}.pdf"]
    assert list(chat.events) == [f"booking:{booking.booking_id}"]


@pytest.mark.parametrize("death", POINTS)
def test_killed_at_any_step_it_still_happens_once(tmp_path, death):
    casework, dbos = f"sqlite:///{tmp_path}/casework.db", f"sqlite:///{tmp_path}/dbos.db"
    with chat_stub(tmp_path / "told") as chat:
        assert run("begin", death, tmp_path, casework, dbos, chat) == -signal.SIGKILL
        assert run("go_on", "-", tmp_path, casework, dbos, chat) == 0
        check_happened_once(tmp_path, casework, chat)


def test_killed_on_postgresql_it_still_happens_once(tmp_path, new_url):
    url = new_url("postgresql")
    with chat_stub(tmp_path / "told") as chat:
        assert run("begin", "set_status:before", tmp_path, url, url, chat) == -signal.SIGKILL
        assert run("go_on", "mail:after", tmp_path, url, url, chat) == -signal.SIGKILL
        assert run("go_on", "-", tmp_path, url, url, chat) == 0
        check_happened_once(tmp_path, url, chat)


@pytest.mark.parametrize("death", ["mail:before", "mail:after", "note:after"])
def test_a_moved_pick_up_is_mailed_once_whatever_is_killed(tmp_path, death):
    casework, dbos = f"sqlite:///{tmp_path}/casework.db", f"sqlite:///{tmp_path}/dbos.db"
    with chat_stub() as chat:
        assert run("move", death, tmp_path, casework, dbos, chat) == -signal.SIGKILL
        assert run("go_on_moving", "-", tmp_path, casework, dbos, chat) == 0
    mails = [mail.read_text(encoding="utf-8") for mail in (tmp_path / "mail").glob("*.eml")]
    assert len([mail for mail in mails if "Booking" in mail]) == 1
    engine = open_engine(casework)
    (case,) = SqlCaseDesk(engine).newest()
    engine.dispose()
    assert [event.data["about"] for event in case.events if event.what == "mailed"].count("pickup_moved") == 1


def test_a_gateway_that_is_away_is_told_when_it_is_back(tmp_path):
    casework, dbos = f"sqlite:///{tmp_path}/casework.db", f"sqlite:///{tmp_path}/dbos.db"
    with chat_stub(tmp_path / "told") as chat:
        chat.answers[:] = [503, 500, 429]
        assert run("begin", "-", tmp_path, casework, dbos, chat) == 0
        check_happened_once(tmp_path, casework, chat)
        assert len(chat.paths) == 4
        assert set(chat.paths) == {"/internal/conversations/c-1/events"}
        assert set(chat.secrets) == {"secret"}
