"""A conversation in Teams: welcomed once, said once, in order, pressed once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from front_door import GatewayUnderTest
from stub_rasa import StubRasa, ask, until

from tests.support.teams import BOT, TENANT, Microsoft, Person, card_of, presses, words_of

GREETING = "Hej, jeg er en automatisk assistent. Hvad kan jeg hjælpe dig med?"


def settled(microsoft: Microsoft, count: int) -> list[str]:
    """What was read, once so many messages have come and no more follow."""
    until(lambda: len(microsoft.messages) >= count)
    with pytest.raises(AssertionError):
        until(lambda: len(microsoft.messages) > count, 0.5)
    return microsoft.read


def test_one_welcome_although_the_install_is_told_twice_at_once(person: Person, microsoft: Microsoft):
    threads = [threading.Thread(target=person.install) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert settled(microsoft, 1) == [GREETING]
    assert microsoft.messages[0]["from"] == {"id": BOT}
    assert microsoft.messages[0]["conversation"] == {"id": person.conversation}


def test_the_locale_sets_the_language(teams: GatewayUnderTest, microsoft: Microsoft):
    Person(microsoft, teams.base, locale="en-GB").install()
    assert settled(microsoft, 1) == ["Hello, I am an automated assistant. What can I help you with?"]
    assert microsoft.messages[0]["locale"] == "en-GB"


def test_a_message_is_answered_once_however_often_it_comes(person: Person, microsoft: Microsoft, rasa: StubRasa):
    said = person.activity(text="min pc er død")
    threads = [threading.Thread(target=person.post, args=(said,)) for _ in range(5)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert settled(microsoft, 3) == [GREETING, "Du skrev: min pc er død", "Er det rigtigt?"]
    assert rasa.messages == ["min pc er død"]


def test_what_is_said_at_once_is_answered_in_order(person: Person, microsoft: Microsoft, rasa: StubRasa):
    rasa.delay = lambda _heard: 0.05
    for number in range(10):
        person.say(f"linje {number}")
    until(lambda: len(rasa.messages) == 10)
    assert rasa.messages == [f"linje {number}" for number in range(10)]
    until(lambda: len(microsoft.messages) == 21)
    assert [text for text in microsoft.read if text.startswith("Du skrev")] == [
        f"Du skrev: linje {n}" for n in range(10)
    ]


def test_text_is_what_was_written(person: Person, rasa: StubRasa):
    mentions = [
        {"type": "mention", "mentioned": {"id": BOT, "name": "HP"}, "text": "<at>HP</at>"},
        {"type": "mention", "mentioned": {"id": "29:x", "name": "Mette"}, "text": "<at>Mette</at>"},
    ]
    person.say("<at>HP</at>&nbsp;skærmen hos <at>Mette</at> er\x00 so\u0301rt\r\nigen", entities=mentions)
    person.say("/restart")
    person.say('/affirm{"serial_number": "5CG1234567"}')
    until(lambda: len(rasa.messages) == 3)
    assert rasa.messages == ["skærmen hos Mette er s\u00f3rt\nigen", "?", "?"]


def test_too_long_and_files_are_refused_with_words(person: Person, microsoft: Microsoft, rasa: StubRasa):
    person.say("a" * 2001)
    picture = [{"contentType": "image/png", "contentUrl": f"{microsoft.base}/never-fetched"}]
    person.send(attachments=picture)
    person.say("se her", attachments=[*picture, {"contentType": "text/html", "content": "<p>se her</p>"}])
    person.say("fed", attachments=[{"contentType": "text/html", "content": "<b>fed</b>"}])
    until(lambda: rasa.messages == ["se her", "fed"])
    read = settled(microsoft, 8)
    assert sum("2.000 tegn" in text for text in read) == 1
    assert sum("filer eller billeder" in text for text in read) == 2
    assert not any("never-fetched" in path for path in microsoft.paths)


def test_what_must_not_be_kept_is_replaced(person: Person, microsoft: Microsoft, rasa: StubRasa):
    person.say("mit cpr er 010180-1232")
    until(lambda: any("CPR" in text for text in microsoft.read))
    assert not any("010180" in str(heard) for heard in rasa.heard)


def question(rasa: StubRasa, **choices: str) -> None:
    rasa.answer = lambda heard: (
        rasa.echo(heard)
        if heard["message"].startswith("/session")
        else [{"text": f"Hørt {heard['message']}"}, *ask("Hvad er det?", "symptom", "choice", **choices)]
    )


def open_card(microsoft: Microsoft, count: int) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The latest card once so many messages came, and what can be pressed on it."""
    until(lambda: len(microsoft.messages) >= count)
    activity = microsoft.messages[count - 1]
    return activity, presses(card_of(activity))


def test_a_pressed_card_answers_and_is_replaced(person: Person, microsoft: Microsoft, rasa: StubRasa):
    question(rasa, affirm="Ja", deny="Nej")
    person.say("hej")
    activity, buttons = open_card(microsoft, 3)
    person.press(buttons["Ja"])
    until(lambda: rasa.messages == ["hej", "/affirm"])
    replaced = until(lambda: [each for each in microsoft.sent if each.get("_updates") == activity["_id"]])[0]
    assert "Du valgte: Ja" in words_of(replaced)
    assert presses(card_of(replaced)) == {}


def test_a_card_counts_once(person: Person, microsoft: Microsoft, rasa: StubRasa):
    question(rasa, affirm="Ja", deny="Nej")
    person.say("hej")
    _, buttons = open_card(microsoft, 3)
    person.press(buttons["Ja"])
    person.press(buttons["Ja"])
    assert not any("udløbet" in text for text in settled(microsoft, 5)), "a double click is no mistake"
    person.press(buttons["Nej"])
    assert settled(microsoft, 6)[-1].startswith("Knappen er udløbet")
    assert rasa.messages == ["hej", "/affirm"]


def test_an_old_button_has_expired(person: Person, microsoft: Microsoft, rasa: StubRasa):
    question(rasa, affirm="Ja", deny="Nej")
    person.say("hej")
    _, old = open_card(microsoft, 3)
    rasa.answer = lambda _heard: ask("Er det en anden?", "cause", "choice", affirm="Ja", deny="Nej")
    person.say("noget andet")
    until(lambda: len(microsoft.messages) == 4)
    person.press(old["Ja"])
    assert settled(microsoft, 5)[-1].startswith("Knappen er udløbet")
    assert rasa.messages == ["hej", "noget andet"]


@pytest.mark.parametrize(
    "value",
    [
        {},
        "tekst",
        ["liste"],
        {"offsite": {"of": "0" * 16, "event": 3, "choice": "affirm"}},
        {"offsite": {"event": 3, "choice": "affirm"}},
        {"offsite": {"of": "mine", "event": True, "choice": "affirm"}},
        {"offsite": {"of": "mine", "event": 2**80, "choice": "affirm"}},
        {"offsite": {"of": "mine", "event": 3, "choice": "wipe"}},
        {"offsite": {"of": "mine", "event": 3, "choice": '/restart{"x":1}'}},
        {"offsite": {"of": "mine", "event": 2, "choice": "affirm"}},
        {"offsite": {"of": "mine", "event": 1, "choice": "affirm"}},
        {"other": 1},
    ],
)
def test_a_forged_button_does_nothing(person: Person, microsoft: Microsoft, rasa: StubRasa, value: Any):
    question(rasa, affirm="Ja", deny="Nej")
    person.say("hej")
    _, buttons = open_card(microsoft, 3)
    if isinstance(value, dict) and value.get("offsite", {}).get("of") == "mine":
        value["offsite"]["of"] = buttons["Ja"]["offsite"]["of"]
    person.send(value=value)
    assert settled(microsoft, 4)[-1].startswith("Knappen er udløbet")
    assert rasa.messages == ["hej"]


def test_somebody_elses_button_does_nothing(teams: GatewayUnderTest, microsoft: Microsoft, rasa: StubRasa):
    question(rasa, affirm="Ja", deny="Nej")
    first, second = (Person(microsoft, teams.base, kind="groupChat") for _ in range(2))
    second.conversation = first.conversation
    first.say("hej")
    _, buttons = open_card(microsoft, 3)
    second.press(buttons["Ja"])
    assert settled(microsoft, 5)[-1].startswith(("Knappen er udløbet", "Hej"))
    assert rasa.messages == ["hej"]
    assert len({heard["sender"] for heard in rasa.heard}) == 2, "each person in a group has a conversation"


def test_a_day_can_be_picked(person: Person, microsoft: Microsoft, rasa: StubRasa):
    rasa.answer = lambda heard: (
        rasa.echo(heard)
        if heard["message"].startswith("/session")
        else ask("Hvornår skete det?", "incident_date", "date")
    )
    person.say("hej")
    _, buttons = open_card(microsoft, 2)
    person.press(buttons["Vælg"], answer="2026-02-31")
    assert settled(microsoft, 3)[-1].startswith("Knappen er udløbet")
    person.press(buttons["Vælg"], answer="2026-11-20")
    until(lambda: rasa.messages == ["hej", "2026-11-20"])


def test_a_long_list_is_picked_from(person: Person, microsoft: Microsoft, rasa: StubRasa):
    question(rasa, **{f"word_{n}": f"Ord {n}" for n in range(9)})
    person.say("hej")
    activity, buttons = open_card(microsoft, 3)
    listed = next(each for each in card_of(activity)["body"] if each["type"] == "Input.ChoiceSet")
    assert [choice["title"] for choice in listed["choices"]] == [f"Ord {n}" for n in range(9)]
    person.press(buttons["Vælg"], answer="word_7")
    until(lambda: rasa.messages == ["hej", '/choose{"choice": "word_7"}'])


def test_invokes_are_answered(person: Person, microsoft: Microsoft, rasa: StubRasa):
    question(rasa, affirm="Ja", deny="Nej")
    person.say("hej")
    _, buttons = open_card(microsoft, 3)
    data = {"offsite": buttons["Ja"]["offsite"]}

    def invoke(verb: str) -> dict[str, Any]:
        action = {"action": {"type": "Action.Execute", "verb": verb, "data": data}}
        return dict(person.send("invoke", name="adaptiveCard/action", value=action).json())

    assert invoke("wipe") == {
        "statusCode": 400,
        "type": "application/vnd.microsoft.error",
        "value": {"code": "BadRequest", "message": "unknown verb"},
    }
    taken = invoke("answer")
    assert (taken["statusCode"], taken["type"]) == (200, "application/vnd.microsoft.activity.message")
    until(lambda: rasa.messages == ["hej", "/affirm"])
    until(lambda: len(microsoft.messages) == 5)
    data["offsite"] = data["offsite"] | {"choice": "deny"}
    assert "udløbet" in invoke("answer")["value"]
    assert person.post(person.activity("invoke", name="composeExtension/query", value={})).status_code == 501


@pytest.mark.parametrize(
    "type", ["messageUpdate", "messageDelete", "messageReaction", "typing", "event", "endOfConversation", "brandNew"]
)
def test_what_is_no_message_runs_nothing(person: Person, microsoft: Microsoft, rasa: StubRasa, type: str):
    person.say("hej")
    until(lambda: len(microsoft.messages) == 3)
    person.send(type, text="hej igen", id="1")
    assert len(settled(microsoft, 3)) == 3
    assert rasa.messages == ["hej"]


def test_nothing_is_sent_after_an_uninstall_and_a_new_one_begins_anew(
    person: Person, microsoft: Microsoft, rasa: StubRasa
):
    rasa.delay = lambda heard: 1.0 if heard["message"] == "sent" else 0.0
    person.install()
    until(lambda: len(microsoft.messages) == 1)
    person.say("sent")
    person.send("installationUpdate", action="remove")
    until(lambda: rasa.messages == ["sent"])
    assert settled(microsoft, 1) == [GREETING]
    person.install()
    assert settled(microsoft, 2) == [GREETING, GREETING]


def test_in_a_team_nobody_is_spoken_to_before_they_speak(teams: GatewayUnderTest, microsoft: Microsoft):
    room = Person(microsoft, teams.base, kind="channel")
    room.install()
    assert settled(microsoft, 0) == []
    room.say("<at>HP</at> hej")
    until(lambda: len(microsoft.messages) == 3)
    room.send("conversationUpdate", membersRemoved=[{"id": BOT}], **{"from": {"id": "29:admin"}})
    room.say("hej igen")
    until(lambda: len(microsoft.messages) == 6)
    assert microsoft.read[3] == GREETING


def test_other_tenants_get_in_only_where_they_are_listed(serve: Any, microsoft: Microsoft):
    gateway = serve(teams_tenants=f"{TENANT}, cccccccc-0000-0000-0000-000000000000")
    guest = Person(microsoft, gateway.base)
    there = {
        "id": guest.conversation,
        "conversationType": "personal",
        "tenantId": "CCCCCCCC-0000-0000-0000-000000000000",
    }
    body = guest.activity(text="hej", conversation=there, channelData=None)
    assert guest.post(body).status_code == 200
    until(lambda: len(microsoft.messages) == 3)


def test_typing_shows_where_a_turn_takes_long(person: Person, microsoft: Microsoft, rasa: StubRasa):
    person.say("hurtig")
    until(lambda: len(microsoft.messages) == 3)
    assert not any(each["type"] == "typing" for each in microsoft.sent)
    rasa.delay = lambda _heard: 3.0
    person.say("langsom")
    until(lambda: any(each["type"] == "typing" for each in microsoft.sent))
    until(lambda: len(microsoft.messages) == 5)
