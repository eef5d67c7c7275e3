"""`POST /files` and `GET /files/{id}` (W4): kept once, for its own conversation, on its case, and never a 5xx."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from front_door import Chat, GatewayUnderTest
from pictures import PDF, PLACE, animated_gif, bomb, jpeg, png
from stub_rasa import StubRasa, ask, until

from actions.bootstrap import open_stores
from actions.casework.facts import Language
from actions.ports import CaseFacts
from bot.gateway.files.checking import FILE_BYTES


def send(chat: Chat, content: bytes, name: str = "skærm.jpg", **fields: str) -> httpx.Response:
    return chat.http.post("/files", files={"file": (name, content, "application/octet-stream")}, data=fields)


def quiet(chat: Chat, content: bytes = PDF) -> httpx.Response:
    """One of several: the bot waits for the rest."""
    return send(chat, content, "test.pdf", more="true")


def test_a_picture_is_kept_and_served_to_its_own_conversation_only(gateway: GatewayUnderTest) -> None:
    chat, other = gateway.chat(language="da"), gateway.chat(language="da")
    answer = send(chat, jpeg())
    assert answer.status_code == 201, answer.text
    file = answer.json()["file"]
    assert (file["name"], file["media_type"], file["url"]) == (
        "skærm.jpg",
        "image/jpeg",
        f"/api/chat/files/{file['id']}",
    )

    event = next(event for event in chat.settled() if event["type"] == "file")
    assert event["from"]["role"] == "customer" and event["seq"] == answer.json()["seq"]
    assert {name: event[name] for name in ("name", "media_type", "size", "url")} == {
        name: file[name] for name in ("name", "media_type", "size", "url")
    }

    served = httpx.get(gateway.base + file["url"], headers={"Authorization": chat.http.headers["Authorization"]})
    assert served.status_code == 200 and len(served.content) == file["size"] and PLACE not in served.content
    assert served.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''sk%C3%A6rm.jpg" in served.headers["content-disposition"]
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]
    assert httpx.get(gateway.base + file["url"]).status_code == 401
    assert other.http.get(f"/files/{file['id']}").status_code == 404
    assert chat.http.get("/files/..%2Fchat.key").status_code == 404


def test_the_bot_says_that_it_has_it_and_asks_its_question_again(gateway: GatewayUnderTest, rasa: StubRasa) -> None:
    chat = gateway.chat(language="da")
    chat.say("hej")
    heard = len(rasa.heard)
    send(chat, PDF, "test.pdf")
    told = [event for event in chat.settled() if event["from"]["role"] == "bot"][-2:]
    assert "gemt filen" in told[0]["text"]
    assert told[1]["expects"] == {"slot": "confirm", "kind": "text"}
    assert len(rasa.heard) == heard, "the dialogue has nothing to say to a file that it did not ask for"


def test_a_file_answers_the_question_for_one(gateway: GatewayUnderTest, rasa: StubRasa) -> None:
    def answer(heard: dict[str, Any]) -> Any:
        if heard["message"] == "/session_open":
            return ask("Send et billede", "ts_answer", "file", file_sent="Sendt", cannot="Spring over")
        return [{"text": f"hørt: {heard['message']}"}]

    rasa.answer = answer
    chat = gateway.chat(language="da")
    question = chat.settled()[-1]
    assert [choice["id"] for choice in question["choices"]] == ["cannot"], "nobody can claim a file without sending one"
    assert chat.post(choice="file_sent").status_code == 409
    assert quiet(chat).status_code == 201
    assert not chat.poll()["busy"], "another file of the same message follows"
    assert send(chat, PDF, "to.pdf").status_code == 201
    assert chat.settled()[-1]["text"] == 'hørt: /choose{"choice": "file_sent"}'
    assert rasa.heard[-1]["metadata"]["choices"] == [{"id": "cannot", "title": "Spring over"}]


def test_the_same_upload_twice_is_kept_once(gateway: GatewayUnderTest) -> None:
    chat, name = gateway.chat(), str(uuid.uuid4())
    first, second = send(chat, png(), "a.png", id=name), send(chat, png(), "b.png", id=name)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    shown = [event for event in chat.settled() if event["type"] == "file"]
    assert len(shown) == 1 and shown[0]["id"] == name
    assert len(list((gateway.settings.var / "files").iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "name", "status", "error"),
    [
        (b"MZ hello", "billede.jpg", 415, "file_unsupported"),
        (animated_gif(), "billede.gif", 415, "file_unsupported"),
        (b"", "tom.pdf", 415, "file_unsupported"),
        (bomb(), "bombe.png", 413, "file_too_large"),
        (PDF + b" " * FILE_BYTES, "stor.pdf", 413, "file_too_large"),
        (PDF + b" " * 3 * FILE_BYTES, "kæmpe.pdf", 413, "file_too_large"),
    ],
)
def test_what_can_not_be_taken_is_refused_in_both_languages(start, content, name, status, error) -> None:
    chat = start().chat()
    answer = send(chat, content, name)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert set(answer.json()["message"]) == {"da", "en"}
    assert not [event for event in chat.settled() if event["type"] == "file"]


def test_hostile_bodies_are_the_clients_fault(start) -> None:
    chat = start(uploads_per_minute=600.0).chat()

    def post(**request: Any) -> int:
        return chat.http.post("/files", **request).status_code

    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    assert post(json={"file": "x"}) == 415
    assert post(content=PDF, headers={"Content-Type": "application/pdf"}) == 415
    assert post(content=b"", headers={"Content-Type": "multipart/form-data"}) == 400
    assert post(content=b"garbage", headers=boundary) == 400
    assert post(content=b"--x\r\n\r\nno name\r\n--x--", headers=boundary) == 400
    assert post(data={"file": "text"}, files={"other": b"x"}) == 400
    assert post(files={"file": ("a.pdf", PDF)}, data={"id": "no uuid"}) == 400
    assert post(files=[("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]) == 400
    assert post(files={"file": ("a.pdf", PDF)}, data={"id": "x" * 5_000}) == 400
    assert post(files={"file": ("\udcff\x00.pdf".encode("utf-8", "replace").decode(), PDF)}) in (201, 400)
    assert chat.http.post("/files", files={"file": PDF}, headers={"Authorization": "Bearer x"}).status_code == 401


def test_five_files_a_message_and_thirty_megabytes_a_chat(start) -> None:
    gateway = start(uploads_per_minute=600.0)
    chat = gateway.chat()
    assert [quiet(chat).status_code for _ in range(6)] == [201] * 5 + [413]
    assert quiet(chat).json()["error"] == "files_too_many"
    chat.say("her er de")
    large = PDF[:-6] + b" " * (9 * 1024 * 1024) + PDF[-6:]
    assert [quiet(chat, large).status_code for _ in range(4)] == [201, 201, 201, 413]
    assert quiet(chat, large).json()["error"] == "files_full"


def test_too_many_at_once_are_told_to_wait(start) -> None:
    chat = start(uploads_per_minute=2.0).chat()
    answers = [quiet(chat) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_an_identity_number_in_a_name_is_not_kept(start) -> None:
    chat = start().chat()
    answer = send(chat, PDF, "pas 010190-1234.pdf")
    assert "010190" not in answer.text and answer.json()["file"]["name"].endswith(".pdf")


def test_an_ended_conversation_takes_and_gives_no_files(start) -> None:
    chat = start().chat()
    file = send(chat, PDF).json()["file"]
    assert chat.http.delete("/session").status_code == 204
    assert send(chat, PDF).status_code == 401
    assert chat.http.get(f"/files/{file['id']}").status_code == 401


def test_a_file_reaches_its_case_now_or_later(gateway: GatewayUnderTest) -> None:
    settings = gateway.settings
    desk = open_stores(settings).desk
    chat = gateway.chat()
    facts = CaseFacts(conversation=chat.session["token"].partition(".")[0], language=Language.DA)
    early = send(chat, PDF, "før.pdf", more="true").json()["file"]
    case, _ = desk.open(facts, "key", datetime.now(UTC))

    def files_of_case() -> list[str]:
        events = desk.get(case.case_id).events
        return [event.data["file"] for event in events if event.what == "file_added"]

    until(lambda: files_of_case() == [early["id"]], 20)
    late = send(chat, PDF, "efter.pdf", more="true").json()["file"]
    until(lambda: files_of_case() == [early["id"], late["id"]], 20)
    event = desk.get(case.case_id).events[-1]
    assert event.data == {
        "file": late["id"],
        "name": "efter.pdf",
        "media_type": "application/pdf",
        "size": len(PDF),
    }


def test_a_file_waits_for_a_desk_that_is_away_and_survives_a_restart(start, tmp_path) -> None:
    gateway = start()
    chat = gateway.chat()
    file = send(chat, PDF, more="true").json()["file"]
    gateway.stop()
    desk = open_stores(gateway.settings).desk
    facts = CaseFacts(conversation=chat.session["token"].partition(".")[0], language=Language.DA)
    case, _ = desk.open(facts, "key", datetime.now(UTC))
    gateway.restart()
    until(lambda: [e.data.get("file") for e in desk.get(case.case_id).events][-1:] == [file["id"]], 20)
