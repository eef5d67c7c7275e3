"""The desk's API: the queue, who gets a chat, what both sides read, and a page that was away."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import uuid

import pytest
from at_desk import Office, a_package

from bot.gateway.desk.canned import read_replies
from bot.gateway.desk.page import CONSOLE
from tests.support.postgres import missing


@pytest.fixture
def office(start):
    office = Office(start(sign_ins_per_minute=10_000))
    yield office
    office.database.close()


@pytest.fixture
def either_office(start, database_url):
    """On SQLite and on PostgreSQL."""
    office = Office(start(sign_ins_per_minute=10_000, database_url=database_url))
    yield office
    office.database.close()


PACKAGE = a_package()


def board(desk, chats=""):
    """The whole board as a page that comes anew reads it."""
    with desk.stream(chats) as messages:
        event, data = next(messages)
    assert event == "board" and data["whole"]
    return data


def said(chat, role):
    return [
        event["text"] for event in chat.poll()["events"] if event["from"]["role"] == role and event["type"] == "text"
    ]


def test_a_chat_from_the_queue_to_its_end(either_office):
    office = either_office
    anna = office.hire("Anna Holm")
    anna.be("available", capacity=3)
    chat, name = office.customer_waits(package=PACKAGE)
    data = board(anna)
    (line,) = data["chats"]
    assert (line["id"], line["state"], line["customer"], line["symptom"]) == (
        name,
        "waiting",
        "Kirsten Bæk",
        "no_power",
    )
    (me,) = data["people"]
    assert (me["name"], me["state"], me["capacity"], me["talking"]) == ("Anna Holm", "available", 3, 0)

    claimed = anna.post(f"/chats/{name}/claim")
    assert claimed.status_code == 200 and claimed.json()["chat"]["agent_name"] == "Anna"
    assert anna.post(f"/chats/{name}/claim").status_code == 200  # asked again: still hers
    mark = str(uuid.uuid4())
    first = anna.send(name, "Hej Kirsten, jeg har læst det hele.", mark)
    again = anna.send(name, "Hej Kirsten, jeg har læst det hele.", mark)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert chat.post(text="tak, den er helt død").status_code == 202
    assert said(chat, "agent") == ["Hej Kirsten, jeg har læst det hele."]

    whole = anna.get(f"/chats/{name}").json()
    assert whole["package"] == PACKAGE and whole["events"][-1]["text"] == "tak, den er helt død"
    assert ["Kunde", "Kirsten Bæk, kirsten@example.com, +4531234567"] in whole["lines"]["da"]
    assert next(label for label, _ in whole["lines"]["en"]) == "Why" and len(whole["lines"]["en"]) == 13
    assert anna.get(f"/chats/{name}", after=whole["events"][-1]["seq"]).json()["events"] == []
    closed = anna.post(f"/chats/{name}/close", outcome="solved", word="God dag.")
    assert closed.status_code == 200 and closed.json()["chat"]["state"] == "closed"
    assert "God dag." in said(chat, "agent")
    assert board(anna)["chats"] == []
    over = anna.send(name, "for sent")
    assert over.status_code == 409 and over.json()["error"] == "ended"


def test_of_two_who_try_one_gets_it_and_the_other_reads_who(either_office):
    office = either_office
    agents = [office.hire("Anna Holm"), office.hire("Bo Lund")]
    for _ in range(10):
        _, name = office.customer_waits()
        ready, answers = threading.Barrier(2), [None, None]

        def take(n, name=name, ready=ready, answers=answers):
            ready.wait()
            answers[n] = agents[n].post(f"/chats/{name}/claim")

        tries = [threading.Thread(target=take, args=(n,)) for n in (0, 1)]
        for each in tries:
            each.start()
        for each in tries:
            each.join()
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        winner = next(answer for answer in answers if answer.status_code == 200).json()["chat"]["agent_name"]
        lost = next(answer for answer in answers if answer.status_code == 409).json()
        assert (lost["error"], lost["by"]) == ("taken", winner) and winner in lost["message"]["da"]


def test_what_is_not_ones_own_can_be_read_but_not_spoken_in(office):
    anna, bo = office.hire("Anna Holm"), office.hire("Bo Lund")
    chat, name = office.customer_waits()
    waits = anna.send(name, "hej")
    assert waits.status_code == 409 and waits.json()["by"] is None and "kø" in waits.json()["message"]["da"]
    anna.post(f"/chats/{name}/claim")
    for path, body in (
        ("messages", {"id": str(uuid.uuid4()), "text": "hej"}),
        ("release", {}),
        ("return", {"word": "hej"}),
        ("close", {"outcome": "solved"}),
    ):
        answer = bo.post(f"/chats/{name}/{path}", **body)
        assert answer.status_code == 409 and answer.json()["by"] == "Anna", path
    assert bo.get(f"/chats/{name}").status_code == 200
    assert said(chat, "agent") == []


def test_notes_stay_among_agents(office):
    anna, bo = office.hire("Anna Holm"), office.hire("Bo Lund")
    chat, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    mark = str(uuid.uuid4())
    for _ in range(2):
        assert anna.post(f"/chats/{name}/notes", id=mark, text="kunden er vred").status_code == 201
    assert anna.post(f"/chats/{name}/release").status_code == 200
    bo.post(f"/chats/{name}/claim")
    seen = bo.get(f"/chats/{name}").json()["notes"]
    assert [(note["name"], note["text"]) for note in seen] == [("Anna Holm", "kunden er vred")]
    assert "vred" not in chat.http.get("/events").text and "vred" not in chat.http.get("/transcript").text


def test_a_colleague_takes_over_if_there(office):
    anna, bo = office.hire("Anna Holm"), office.hire("Bo Lund")
    _, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    him = bo.get("/me").json()["id"]
    assert anna.post(f"/chats/{name}/transfer", to=him).status_code == 400  # not at the desk
    bo.be("busy")
    assert anna.post(f"/chats/{name}/transfer", to=him).json()["chat"]["agent_name"] == "Bo"
    assert bo.send(name, "Hej, det er Bo.").status_code == 201
    assert anna.send(name, "og Anna").status_code == 409
    for wrong in (None, 7, "nobody", bo.get("/me").json()["id"]):
        assert bo.post(f"/chats/{name}/transfer", to=wrong).status_code == 400


def test_back_to_the_assistant_with_a_word(office, rasa):
    anna = office.hire("Anna Holm")
    chat, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    answer = anna.post(f"/chats/{name}/return", word="Assistenten tager resten.")
    assert answer.json()["chat"]["state"] == "returned"
    assert said(chat, "agent") == ["Assistenten tager resten."] and chat.poll()["owner"] == "bot"


def test_a_page_that_was_away_reads_everything_once_and_in_order(office):
    anna = office.hire("Anna Holm")
    chat, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    known = 0
    heard = []
    for round_ in range(3):
        for n in range(3):
            assert chat.post(text=f"besked {round_}.{n}").status_code == 202
        with anna.stream(f"{name}:{known}") as messages:
            for event, data in messages:
                if event == "chat":
                    heard += data["events"]
                    known = data["events"][-1]["seq"]
                    break
    assert [event["seq"] for event in heard] == list(range(1, known + 1))
    texts = [event["text"] for event in heard if event["from"]["role"] == "customer"]
    assert texts == [f"besked {round_}.{n}" for round_ in range(3) for n in range(3)]


def test_an_open_page_hears_at_once_and_nothing_of_others_chats(office):
    anna, bo = office.hire("Anna Holm"), office.hire("Bo Lund")
    chat, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    with anna.stream() as hers, bo.stream() as his:
        assert next(hers)[0] == "board" and next(hers)[0] == "chat"
        assert next(his)[0] == "board"
        chat.post(text="er du der")
        events = [next(hers), next(hers)]
        assert dict(events)["chat"]["events"][-1]["text"] == "er du der"
        assert anna.post(f"/chats/{name}/release").status_code == 200
        while True:
            event, data = next(his)
            assert event == "board"
            if any(line["state"] == "waiting" for line in data["chats"]):
                break


def test_typing_is_seen_both_ways(office):
    anna = office.hire("Anna Holm")
    chat, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    headers = {"Accept": "text/event-stream"}
    with chat.http.stream("GET", "/events", headers=headers) as answer:
        lines = answer.iter_lines()
        assert any("agent" in line for line in lines)
        assert anna.post(f"/chats/{name}/typing").status_code == 204
        assert any('"typing"' in line and '"agent"' in line for line in lines)


def test_what_makes_no_sense_is_refused(office):
    anna = office.hire("Anna Holm")
    _, name = office.customer_waits()
    anna.post(f"/chats/{name}/claim")
    mark = str(uuid.uuid4())
    for path, body, status in (
        ("/chats/nothing/claim", {}, 404),
        ("/chats/nothing/messages", {"id": mark, "text": "hej"}, 404),
        ("/chats/nothing/notes", {"id": mark, "text": "hej"}, 404),
        (f"/chats/{name}/messages", {"id": "7", "text": "hej"}, 400),
        (f"/chats/{name}/messages", {"id": mark, "text": " "}, 400),
        (f"/chats/{name}/messages", {"id": mark, "text": "x" * 2001}, 413),
        (f"/chats/{name}/close", {"outcome": "whatever"}, 400),
        (f"/chats/{name}/close", {}, 400),
        (f"/chats/{name}/return", {"word": 7}, 400),
        ("/presence", {"state": "asleep"}, 400),
        ("/presence", {"capacity": 0}, 400),
        ("/presence", {"capacity": True}, 400),
        ("/presence", {"capacity": 10**9}, 400),
    ):
        assert anna.post(path, **body).status_code == status, (path, body)
    assert anna.get("/chats/nothing").status_code == 404
    assert anna.get("/stream", chats="x:1").status_code == 400


def test_the_page_and_its_files_are_ours_alone_and_kept_strictly(start):
    front = start()
    page = front.get("/desk")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "<script>" not in page.text and "style=" not in page.text
    for kind in ("desk.js", "desk.css", "icon.svg"):
        address = page.text.split(f"/desk/{kind}?v=")[1].split('"')[0]
        answer = front.get(f"/desk/{kind}", params={"v": address})
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    assert front.get("/desk/desk.js").headers["cache-control"] == "no-store"


def test_canned_replies_say_the_same_in_both_languages():
    replies = read_replies()
    assert [each["key"] for each in replies["da"]] == [each["key"] for each in replies["en"]] and len(
        replies["da"]
    ) >= 8
    for language in replies:
        assert all(len(each["text"]) < 480 and "!" not in each["text"] for each in replies[language])
    for da, en in zip(replies["da"], replies["en"], strict=True):
        assert re.findall(r"{\w+}", da["text"]) == re.findall(r"{\w+}", en["text"]), da["key"]
        assert set(re.findall(r"{(\w+)}", da["text"])) <= {"agent", "customer", "case_id"}


def test_a_canned_reply_without_text_is_named(tmp_path):
    for language in ("da", "en"):
        (tmp_path / f"{language}.yml").write_text("hello:\n  title: Hej\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"da\.yml: hello"):
        read_replies(tmp_path)


def test_the_page_speaks_both_languages_of_everything():
    tables = {each: json.loads((CONSOLE / "words" / f"{each}.json").read_text("utf-8")) for each in ("da", "en")}
    assert list(tables["da"]) == list(tables["en"])
    for key, text in tables["da"].items():
        assert text.strip() and tables["en"][key].strip()
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", tables["en"][key])), key
    used = set(re.findall(r'say\("(\w+)"', "".join(file.read_text("utf-8") for file in (CONSOLE / "src").glob("*.js"))))
    assert used - set(tables["da"]) == set()


def test_the_built_page_is_what_its_source_gives():
    """`node bot/console/build.mjs` makes it anew, with the tools of bot/widget."""
    if shutil.which("node") is None or not (CONSOLE.parent / "widget" / "node_modules").is_dir():
        missing("the web chat's tools")
    done = subprocess.run(["node", str(CONSOLE / "build.mjs"), "--check"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
