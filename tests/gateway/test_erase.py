"""Erased on the customer's word, and by itself when its time is up (W8, domain.md 5)."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from front_door import Chat, GatewayUnderTest
from pictures import PDF
from stub_rasa import until

from actions.bootstrap import open_stores
from actions.casework.facts import Language
from actions.ports import Case, CaseFacts, CaseStatus, Contact
from bot.gateway.casework import Casework
from bot.gateway.events import Draft
from bot.gateway.files.folder import FileFolder
from bot.gateway.retention import Retention, Terms
from bot.gateway.store.engine import Database, migrate, open_engine
from bot.gateway.store.files import ConversationFiles, StoredFile
from bot.gateway.store.log import ConversationLog
from bot.gateway.store.owed import OwedTurns

NOW = datetime.now(UTC)
CONTACT = Contact("Mette Ravnsborg", "", "mette@example.dk", "+4531987654")


def id_of(chat: Chat) -> str:
    return str(chat.session["token"]).partition(".")[0]


def a_case(gateway: GatewayUnderTest, chat: Chat, status: CaseStatus) -> Case:
    desk = open_stores(gateway.settings).desk
    facts = CaseFacts(conversation=id_of(chat), language=Language.DA, contact=CONTACT, symptom="fan", status=status)
    case, _ = desk.open(facts, uuid.uuid4().hex, NOW)
    desk.note(case.case_id, NOW, "customer_note", {"text": "ravnsort skærm"}, once="customer_note:1")
    return case


def traces(gateway: GatewayUnderTest, *words: str) -> list[str]:
    """Words that still stand in any file below OFFSITE_VAR."""
    held = b"".join(path.read_bytes() for path in gateway.settings.var.rglob("*") if path.is_file())
    return [word for word in words if word.encode() in held or json.dumps(word)[1:-1].encode() in held]


def test_nothing_that_was_said_or_sent_is_left(start) -> None:
    gateway = start()
    chat, other = gateway.chat(language="da"), gateway.chat(language="da")
    chat.say("min ravnsorte skærm")
    chat.http.post("/files", files={"file": ("ravn.pdf", PDF.replace(b"trailer", b"ravnflyver\ntrailer"))})
    chat.settled()
    other.say("min pc larmer")
    assert traces(gateway, "ravnsorte", "ravn.pdf", "ravnflyver") == ["ravnsorte", "ravn.pdf", "ravnflyver"]

    assert chat.http.post("/erase").status_code == 204

    until(lambda: not traces(gateway, "ravnsorte", "ravn.pdf", "ravnflyver"), 20)
    assert chat.http.get("/events").status_code == 401
    assert chat.http.post("/erase").status_code == 401
    assert traces(gateway, "larmer"), "the other customer's words stay"


def test_on_either_database_the_conversation_is_gone(gateway: GatewayUnderTest) -> None:
    chat = gateway.chat(language="da")
    chat.say("min sorte skærm")
    assert chat.http.post("/erase").status_code == 204
    log = ConversationLog(Database(open_engine(gateway.settings.database("chat"))))
    until(lambda: not log.snapshot(id_of(chat), 0).events, 20)


def test_a_case_that_is_over_forgets_whose_it_was_and_one_that_is_worked_on_keeps_who_to_reach(start) -> None:
    gateway = start()
    chat = gateway.chat(language="da")
    over, live = (a_case(gateway, chat, status) for status in (CaseStatus.RESOLVED_REMOTELY, CaseStatus.OPEN))
    assert chat.http.post("/erase").status_code == 204
    desk = open_stores(gateway.settings).desk
    until(lambda: desk.get(over.case_id).facts.contact == Contact(), 20)
    kept = desk.get(live.case_id)
    assert kept.facts.contact == CONTACT and kept.facts.status is CaseStatus.OPEN
    assert not traces(gateway, "ravnsort skærm"), "what the customer wrote goes in both"


def test_a_conversation_that_is_being_answered_is_erased_a_moment_later(start, rasa) -> None:
    rasa.delay = lambda heard: 2.0 if heard["message"] == "ravnsort" else 0.0
    gateway = start()
    chat = gateway.chat(language="da")
    chat.settled()
    chat.post(text="ravnsort")
    assert chat.http.post("/erase").status_code == 204
    until(lambda: not traces(gateway, "ravnsort"), 60)


# --- by itself ------------------------------------------------------------------------------------


class Installation:
    """Stores with conversations of some age, and the sweep."""

    def __init__(self, var) -> None:
        from actions.settings import Settings

        self.settings = Settings(_env_file=None, var=var)
        self.database = Database(open_engine(self.settings.database("chat")))
        migrate(self.database.engine)
        self.log, self.folder = ConversationLog(self.database), FileFolder(var)
        casework = Casework(self.settings)
        self.stores = casework.open()
        terms = Terms(timedelta(hours=24), timedelta(days=30))
        self.retention = Retention(self.database, self.folder, casework, terms, lambda: NOW)

    def conversation(self, name: str, age: timedelta, case: CaseStatus | None = None) -> None:
        at = NOW - age
        self.log.open(name, "da", at, at)
        self.log.add(name, Draft("text", {"text": "hej"}), "k", at)
        file = StoredFile(f"file-of-{name}-{'x' * 12}", name, 0, "a.pdf", "application/pdf", 1, at)
        self.folder.write(file.id, b"x")
        ConversationFiles(self.database).take(file, None, at, more=True)
        if case is not None:
            self.stores.desk.open(CaseFacts(conversation=name, language=Language.DA, status=case), name, at)

    @property
    def left(self) -> set[str]:
        with self.database.reading() as connection:
            return set(connection.execute(sa.text("SELECT id FROM chat_conversations")).scalars())

    @property
    def files(self) -> set[str]:
        return {path.name.split("-")[2] for path in (self.settings.var / "files").iterdir()}


def test_what_is_old_goes_and_what_is_needed_stays(tmp_path) -> None:
    here = Installation(tmp_path)
    here.conversation("fresh", timedelta(hours=23))
    here.conversation("abandoned", timedelta(hours=25))
    here.conversation("open", timedelta(days=90), CaseStatus.OPEN)
    here.conversation("closed", timedelta(days=31), CaseStatus.CLOSED)
    here.conversation("lately", timedelta(days=29), CaseStatus.CLOSED)
    here.conversation("queue", timedelta(hours=25))
    with here.database.writing() as connection:
        connection.execute(sa.text("UPDATE chat_conversations SET owner='queue' WHERE id='queue'"))
    here.stores.desk.newest()

    assert here.retention.sweep() == 2
    assert here.left == here.files == {"fresh", "open", "lately", "queue"}
    assert here.retention.sweep() == 0
    closed = here.stores.desk.find("closed")
    assert closed is not None and closed.facts.status is CaseStatus.CLOSED, "the case itself stays"


def test_a_case_that_moved_lately_keeps_its_conversation(tmp_path) -> None:
    here = Installation(tmp_path)
    here.conversation("reopened", timedelta(days=60), CaseStatus.CLOSED)
    case = here.stores.desk.find("reopened")
    assert case is not None
    here.stores.desk.update(case.case_id, replace(case.facts, cause="defect"), NOW - timedelta(days=3), "updated")
    assert here.retention.sweep() == 0


def test_files_that_no_conversation_knows_are_swept_up(tmp_path) -> None:
    import os

    here = Installation(tmp_path)
    here.conversation("fresh", timedelta(hours=1))
    for name, age in (("stray-of-killed-upload-x", 7_200), ("stray-of-running-upload", 60)):
        here.folder.write(name, b"x")
        at = NOW.timestamp() - age
        os.utime(tmp_path / "files" / name, (at, at))
    here.retention.sweep()
    assert {path.name for path in (tmp_path / "files").iterdir()} == {
        "stray-of-running-upload",
        f"file-of-fresh-{'x' * 12}",
    }


def test_a_worker_that_holds_the_conversation_is_waited_for(tmp_path) -> None:
    here = Installation(tmp_path)
    here.conversation("held", timedelta(minutes=1))
    owed = OwedTurns(here.database, "other:1", timedelta(seconds=15))
    assert owed.take("held", NOW) is not None
    here.log.end("held", NOW, erase=True)
    assert here.retention.erase_asked() == 0
    owed.drop("held")
    assert here.retention.erase_asked() == 1
    assert here.left == set()
