"""What must not be kept: replaced before it is stored, the customer told, the question asked again."""

from __future__ import annotations

import logging
from pathlib import Path

from stub_rasa import ask

CPR = "010190-1234"


def stored_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_cpr_number_is_gone_before_anything_is_written(start, rasa, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    gateway = start()
    rasa.answer = lambda heard: ask("Hvad er serienummeret?", "serial_number", cannot="Jeg kan ikke finde det")
    chat = gateway.chat(language="da")
    events = chat.say(f"mit cpr nummer er {CPR}")
    shown = chat.poll()["events"][1]
    assert shown["from"]["role"] == "customer" and CPR not in shown["text"] and "[CPR]" in shown["text"]
    assert "ikke må gemme" in events[0]["text"]
    assert events[-1]["text"] == "Hvad er serienummeret?"
    assert events[-1]["expects"] == {"slot": "serial_number", "kind": "text"}
    assert events[-1]["choices"] == [{"id": "cannot", "title": "Jeg kan ikke finde det"}]
    assert rasa.messages == []
    assert chat.choose("cannot") and rasa.messages == ["/cannot"]
    assert CPR.encode() not in stored_bytes(tmp_path / "var")
    assert CPR not in caplog.text


def test_a_story_with_a_secret_in_it_is_still_heard(gateway, rasa):
    chat = gateway.chat(language="en")
    events = chat.say(f"my laptop screen is black and flickering, cpr {CPR}")
    assert "must not keep" in events[0]["text"]
    assert rasa.messages == ["my laptop screen is black and flickering, cpr [CPR]"]
    assert events[-1]["expects"]["slot"] == "confirm"


def test_our_own_tracking_number_is_no_secret(gateway, rasa):
    rasa.answer = lambda heard: [
        {"text": "Afhentning er bestilt."},
        {"custom": {"card": "booking", "data": {"tracking_number": "1103733901"}}},
    ]
    chat = gateway.chat()
    chat.say("hvor er pakken 1103733901")
    assert rasa.messages == ["hvor er pakken 1103733901"]


def test_the_transcript_shows_what_is_stored_and_reads_nothing_as_html(gateway, rasa):
    chat = gateway.chat(language="en")
    chat.say("<script>alert(1)</script> is what the screen says")
    page = chat.http.get("/transcript", params={"format": "html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "&lt;script&gt;" in page.text and "<script>" not in page.text
    assert '<html lang="en">' in page.text and "attachment" in page.headers["content-disposition"]
    plain = chat.http.get("/transcript").text
    assert plain.startswith("Conversation with HP Offsite Support\nSaved ")
    assert "\nYou" in plain and "<script>alert(1)</script> is what the screen says" in plain
    danish = gateway.chat(language="da").http.get("/transcript", params={"format": "txt"}).text
    assert danish.startswith("Samtale med HP Offsite Support\nGemt ")
