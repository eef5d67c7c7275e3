"""Cases and bookings beside a chat: what an agent does there stands in the case, with the agent's name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from at_desk import Office
from work_server import WorkServer

from actions.ports import CaseStatus, Contact
from actions.usecases.open_case import case_key
from tests.support.examples import a_device, some_facts

GIVEN = {"serial_number": "5CG6100B2D", "symptom": "fan", "name": "Åse Sørensen", "phone": "31234567"}
PLACE = {"street": "Vestergade 12", "postcode": "8000", "city": "Aarhus C"}
YES = {"data_ack": True, "backup_ack": True, "packed_ready": True}


@pytest.fixture
def work():
    server = WorkServer()
    yield server
    server.stop()


@pytest.fixture
def office(start, work):
    office = Office(start(sign_ins_per_minute=10_000, actions_url=work.url))
    stores = work.use(office.gateway.settings)
    stores.registry.put([a_device()])
    yield office
    office.database.close()


@pytest.fixture
def anna(office):
    return office.hire("Anna Holm")


def now() -> datetime:
    return datetime.now(ZoneInfo("Europe/Copenhagen"))


def a_case(work, chat, **changes) -> str:
    facts = some_facts(conversation=chat.session["token"].split(".")[0], **changes)
    case, _ = work.stores.desk.open(facts, case_key(facts), now())
    return case.case_id


def signed(case, what) -> list[str | None]:
    return [event["data"].get("agent") for event in case["events"] if event["what"] == what]


def test_a_case_is_opened_booked_moved_and_cancelled_from_the_desk(office, work, anna):
    _chat, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    assert anna.get(f"/chats/{name}/cases").json() == {"cases": []}
    opened = anna.post(f"/chats/{name}/cases", **GIVEN, email="aase@example.com")
    assert opened.status_code == 200, opened.text
    case = opened.json()["case"]
    assert case["status"] == "needs_human" and case["device"]["product_name"] == "HP EliteBook 840 14 G9"
    assert signed(case, "opened") == ["Anna Holm"] and case["can"]["book"] and not case["can"]["move"]
    path = f"/cases/{case['case_id']}"
    assert [each["case_id"] for each in anna.get(f"/chats/{name}/cases").json()["cases"]] == [case["case_id"]]
    assert len(work.notifier.mails) == 1

    slots = anna.get("/slots", postcode="8000").json()["slots"]
    first, second = slots[2], slots[5]
    not_yet = anna.post(f"{path}/bookings", kind="pickup", **PLACE, **YES, **first)
    assert not_yet.status_code == 409 and not_yet.json()["missing"] == ["entitlement"]
    unpacked = anna.post(
        f"{path}/bookings", kind="pickup", **PLACE, **YES | {"packed_ready": False}, approved=True, **first
    )
    assert unpacked.json()["missing"] == ["packed_ready"]
    assert not work.stores.courier.newest()
    booked = anna.post(f"{path}/bookings", kind="pickup", **PLACE, **YES, approved=True, **first).json()["case"]
    assert booked["status"] == "booked" and booked["bookings"][0]["pickup_date"] == first["date"]
    again = anna.post(f"{path}/bookings", kind="pickup", **PLACE, **YES, approved=True, **first)
    assert again.status_code == 200 and len(work.stores.courier.newest()) == 1
    moved = anna.post(f"{path}/move", **second).json()["case"]
    assert moved["bookings"][0]["pickup_window"] == second["window"] and signed(moved, "pickup_moved") == ["Anna Holm"]
    off = anna.post(f"{path}/cancel", whole_case=True).json()["case"]
    assert off["status"] == "cancelled" and off["bookings"][0]["status"] == "cancelled"
    assert signed(off, "cancelled") == ["Anna Holm"]


def test_a_case_of_the_dialogue_is_corrected_noted_on_and_moved(office, work, anna):
    chat, _name = office.customer_waits()
    case_id = a_case(work, chat)
    path = f"/cases/{case_id}"
    fixed = anna.post(f"{path}/contact", name="Åse S", email="ny@example.com", phone="40404040", company="").json()[
        "case"
    ]
    assert fixed["contact"] == {"name": "Åse S", "company": "", "email": "ny@example.com", "phone": "+4540404040"}
    noted = anna.post(f"{path}/note", text="Kunden har prøvet en anden oplader.").json()["case"]
    assert noted["events"][-1]["data"] == {"text": "Kunden har prøvet en anden oplader.", "agent": "Anna Holm"}
    assert "closed" in noted["next"]
    assert anna.post(f"{path}/status", status="closed").json()["case"]["status"] == "closed"
    assert anna.post(f"{path}/reopen").json()["case"]["status"] == "needs_human"
    assert anna.get(path).json()["case"]["status"] == "needs_human"


def test_why_something_was_not_done_is_said(office, work, anna):
    chat, name = office.customer_waits()
    case_id = a_case(work, chat, contact=Contact(name="Åse"))
    path = f"/cases/{case_id}"
    for call, body, status, error in (
        (f"/chats/{name}/cases", GIVEN | {"email": "x"}, 400, "bad_field"),
        (f"/chats/{name}/cases", GIVEN | {"symptom": "toothache"}, 400, "bad_field"),
        (f"{path}/contact", {"phone": "1"}, 400, "bad_field"),
        (f"{path}/status", {"status": "booked"}, 400, "bad_field"),
        (f"{path}/reopen", {}, 409, "not_from_here"),
        (f"{path}/move", {"date": "2030-01-02", "window": "08:00-12:00"}, 409, "no_pickup"),
        (f"{path}/move", {"date": "soon", "window": "08:00-12:00"}, 400, "malformed"),
        (f"{path}/cancel", {"whole_case": False}, 409, "nothing_to_cancel"),
        (f"{path}/cancel", {}, 400, "malformed"),
        (f"{path}/bookings", {"kind": "rocket"}, 400, "malformed"),
        (f"{path}/bookings", {"kind": "pickup", "data_ack": "yes"}, 400, "malformed"),
        (f"{path}/bookings", {"kind": "label", **PLACE, **YES}, 409, "missing"),
        (f"{path}/note", {"text": " "}, 400, "malformed"),
        ("/cases/HPO-NONE99/note", {"text": "hej"}, 404, "not_found"),
        ("/cases/HPO-NONE99/status", {"status": "closed"}, 404, "not_found"),
        ("/chats/nothing/cases", GIVEN, 404, "not_found"),
    ):
        answer = anna.post(call, **body)
        assert (answer.status_code, answer.json()["error"]) == (status, error), (call, answer.text)
        assert set(answer.json()["message"]) == {"da", "en"}
    assert anna.get("/cases/HPO-NONE99").status_code == 404
    assert anna.get("/slots", postcode="3900").json()["error"] == "not_collected"


def test_danger_travels_for_nobody(office, work, anna):
    chat, _name = office.customer_waits()
    stop = {"verdict": "SAFETY_STOP", "clauses": ["R20"], "method": None}
    case_id = a_case(work, chat, decision=stop, status=CaseStatus.NEEDS_HUMAN)
    answer = anna.post(f"/cases/{case_id}/bookings", kind="label", **PLACE, **YES, approved=True)
    assert answer.status_code == 409 and "safety" in answer.json()["missing"]
    assert not work.stores.courier.newest()


def test_the_engine_being_away_books_nothing(start, rasa, work):
    office = Office(start(sign_ins_per_minute=10_000, actions_url="none"))
    work.use(office.gateway.settings)
    anna = office.hire("Anna Holm")
    chat, _ = office.customer_waits()
    case_id = a_case(work, chat)
    slot = anna.get("/slots", postcode="8000").json()["slots"][0]
    answer = anna.post(f"/cases/{case_id}/bookings", kind="pickup", **PLACE, **YES, **slot)
    assert (answer.status_code, answer.json()["error"]) == (503, "casework_away")
    office.database.close()


def test_agents_fetch_what_the_customer_sent_and_nobody_else_does(office, anna):
    chat, name = office.customer_waits()
    other, other_name = office.customer_waits()
    picture = ("fejl.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf")
    sent = chat.http.post("/files", files={"file": picture})
    assert sent.status_code == 201, sent.text
    file_id = sent.json()["file"]["id"]
    fetched = anna.get(f"/chats/{name}/files/{file_id}")
    assert fetched.status_code == 200 and "attachment" in fetched.headers["content-disposition"]
    assert anna.get(f"/chats/{other_name}/files/{file_id}").status_code == 404
    assert anna.get("/chats/nothing/files/x").status_code == 404
    assert other.http.get(f"/files/{file_id}").status_code == 404
