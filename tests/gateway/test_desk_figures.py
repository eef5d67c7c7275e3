"""Figures for supervisors: right, drawn from the log, and without anybody in them; call-backs that are worked off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from at_desk import Office, a_package
from work_server import WorkServer

from actions.ports import CaseStatus
from actions.usecases.case_for_person import case_for_person
from actions.usecases.open_case import case_key
from actions.usecases.reopen_case import reopen_case
from actions.usecases.store_feedback import store_feedback
from bot.gateway.desk.accounts import Role
from bot.gateway.desk.figures import Told, as_csv, lines, week_of
from bot.gateway.desk.figures_read import week_names
from bot.gateway.handoff.model import Agent
from tests.support.examples import some_facts

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANNA = Agent("anna", "Anna")


# --- counting ---------------------------------------------------------------------------------------


def test_each_figure_is_what_it_says():
    told = [
        Told(MONDAY, "fan", case=True, fixed_first_time=True, scores=(5, 4)),
        Told(MONDAY, "fan", handed_over=True, seconds_to_person=30.0, case=True),
        Told(MONDAY, "fan", handed_over=True, seconds_to_person=None),
        Told(MONDAY, "no_power", waits_for_person=True, case=True, scores=(1,)),
        Told(MONDAY),
        Told(MONDAY - timedelta(days=7), "fan", handed_over=True, seconds_to_person=90.0),
        Told(MONDAY - timedelta(days=700), "fan"),
    ]
    found = {(each.week, each.symptom): each for each in lines(told, ["2026-W47", "2026-W48"])}
    assert list(found) == [
        ("2026-W47", "all"),
        ("2026-W47", "fan"),
        ("2026-W48", "all"),
        ("2026-W48", "fan"),
        ("2026-W48", "no_power"),
        ("2026-W48", "unknown"),
    ]
    week = found[("2026-W48", "all")]
    assert (week.conversations, week.handed_over, week.contained, week.cases, week.first_time_fixes) == (5, 2, 2, 3, 1)
    assert (week.handed_over_share, week.containment, week.first_time_fix) == (0.4, 0.4, 0.3333)
    assert (week.to_person, week.to_person_median_s, week.feedback, week.feedback_mean) == (1, 30.0, 3, 3.33)
    assert found[("2026-W48", "unknown")].first_time_fix is None


def test_an_empty_week_is_a_line_of_nothing():
    (week,) = lines([], ["2026-W48"])
    assert week.conversations == 0 and week.containment is None and week.to_person_p90_s is None
    assert as_csv([week]).splitlines()[1] == "2026-W48,all,0,0,0,0,0,0,,,0,,,,"


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-11-22T22:59:00+00:00", "2026-W47"),  # Sunday 23:59 in Denmark
        ("2026-11-22T23:00:00+00:00", "2026-W48"),
        ("2027-01-03T12:00:00+00:00", "2026-W53"),
        ("2026-10-25T00:30:00+00:00", "2026-W43"),  # the hour that comes twice
    ],
)
def test_weeks_are_danish(moment, week):
    assert week_of(datetime.fromisoformat(moment)) == week


def test_the_last_weeks_end_with_this_one():
    assert week_names(datetime(2027, 1, 6, tzinfo=UTC), 3) == ["2026-W52", "2026-W53", "2027-W01"]


# --- over HTTP --------------------------------------------------------------------------------------


@pytest.fixture
def work():
    server = WorkServer()
    yield server
    server.stop()


@pytest.fixture
def office(start, work, database_url):
    office = Office(start(sign_ins_per_minute=10_000, actions_url=work.url, database_url=database_url))
    work.use(office.gateway.settings)
    yield office
    office.database.close()


def now() -> datetime:
    return datetime.now(ZoneInfo("Europe/Copenhagen"))


def a_case(work, chat, **changes) -> str:
    facts = some_facts(conversation=chat.session["token"].split(".")[0], **changes)
    case, _ = work.stores.desk.open(facts, case_key(facts), now())
    return case.case_id


def test_the_log_becomes_figures_and_names_nobody(office, work):
    boss = office.hire("Bo Lund", Role.SUPERVISOR)
    chat, name = office.customer_waits(package=a_package())
    chat.post(text="jeg hedder Kirsten Bæk")
    a_case(work, chat, symptom="fan")
    office.handoffs.claim(name, ANNA, datetime.now(UTC) + timedelta(seconds=40))
    fixed = office.gateway.chat(language="da")
    fixed.say("det virker nu")
    case = a_case(work, fixed, symptom="sound", status=CaseStatus.RESOLVED_REMOTELY, resolution="solved_in_chat")
    store_feedback(work.stores.desk, case, "c", 5, "tak", now())
    again = office.gateway.chat(language="da")
    again.say("det kom igen")
    reopen_case(work.stores.desk, a_case(work, again, symptom="sound", status=CaseStatus.CLOSED), now())
    office.gateway.chat(language="da")  # opened the chat and said nothing: does not count

    week = boss.get("/figures", weeks=2).json()["lines"]
    (total,) = [each for each in week if each["symptom"] == "all" and each["week"] == week_of(datetime.now(UTC))]
    assert (total["conversations"], total["handed_over"], total["contained"]) == (3, 1, 1)
    assert (total["cases"], total["first_time_fixes"], total["feedback_mean"]) == (3, 1, 5.0)
    assert 40 <= total["to_person_median_s"] < 60
    page = boss.get("/figures.csv", weeks=2)
    assert page.headers["content-type"].startswith("text/csv") and "attachment" in page.headers["content-disposition"]
    assert page.text.startswith("week,symptom,conversations,") and len(page.text.splitlines()) == len(week) + 1
    for told in (page.text, boss.get("/figures").text):
        assert not any(word in told for word in ("Kirsten", "example.com", "HPO-", "5CG", "Anna"))

    today = boss.get("/today").json()
    assert (today["asked"], today["claimed"]) == (1, 1) and 40 <= today["to_person_median_s"] < 60


def test_figures_are_for_supervisors(office):
    anna = office.hire("Anna Holm")
    for path in ("/today", "/figures", "/figures.csv"):
        answer = anna.get(path)
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    boss = office.hire("Bo Lund", Role.SUPERVISOR)
    for weeks in ("0", "54", "x", "-1"):
        assert boss.get("/figures", weeks=weeks).status_code == 400


def test_call_backs_are_worked_off(office, work):
    anna = office.hire("Anna Holm")
    chat = office.gateway.chat(language="da")
    facts = some_facts(conversation=chat.session["token"].split(".")[0])
    case = case_for_person(work.stores.desk, facts, "asked_for", now())
    (waiting,) = anna.get("/callbacks").json()["callbacks"]
    assert waiting["case"]["case_id"] == case.case_id and waiting["case"]["contact"]["phone"] == "+4531234567"
    assert waiting["due"] and waiting["late"] is False
    assert anna.post(f"/callbacks/{case.case_id}/done", outcome="maybe").status_code == 400
    assert anna.post("/callbacks/HPO-NONE99/done", outcome="reached").status_code == 404
    done = anna.post(f"/callbacks/{case.case_id}/done", outcome="reached").json()["case"]
    (event,) = [event for event in done["events"] if event["what"] == "callback_done"]
    assert (event["data"]["agent"], event["data"]["outcome"]) == ("Anna Holm", "reached")
    assert anna.get("/callbacks").json() == {"callbacks": []}


def test_who_talks_with_us_now_is_nobody_to_call(office, work):
    anna = office.hire("Anna Holm")
    chat, handoff = office.customer_waits()
    case_for_person(work.stores.desk, some_facts(conversation=chat.session["token"].split(".")[0]), "asked_for", now())
    assert anna.get("/callbacks").json() == {"callbacks": []}
    assert anna.post(f"/chats/{handoff}/claim").is_success
    assert anna.get("/callbacks").json() == {"callbacks": []}
    assert anna.post(f"/chats/{handoff}/close", outcome="no_answer").is_success
    assert len(anna.get("/callbacks").json()["callbacks"]) == 1


def test_signing_out_leaves_the_desk_at_once(office):
    anna = office.hire("Anna Holm")
    anna.be("available")
    assert [each.agent.name for each in office.handoffs.people(datetime.now(UTC))] == ["Anna"]
    assert anna.delete("/session").status_code == 204
    assert office.handoffs.people(datetime.now(UTC)) == []
