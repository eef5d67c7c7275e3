"""A conversation over the chat API: greeting, log, choices, waiting, the end."""

from __future__ import annotations

import threading
import time
import uuid

from front_door import SECRET
from stub_rasa import GREETINGS, ask


def test_a_session_begins_with_the_greeting(gateway, rasa):
    chat = gateway.chat(language="en")
    assert chat.session["language"] == "en"
    assert [event["seq"] for event in chat.session["events"]] == [1]
    greeting = chat.session["events"][0]
    assert greeting["from"] == {"role": "bot", "name": None}
    assert greeting["type"] == "text"
    assert greeting["text"] == GREETINGS["en"]
    assert greeting["expects"] == {"slot": "symptom", "kind": "choice"}
    assert rasa.heard[0]["message"] == "/session_open"
    assert rasa.heard[0]["metadata"]["locale"] == "en"


def test_without_a_language_it_is_danish_and_the_dialogue_may_find_out(gateway, rasa):
    assert gateway.chat().session["language"] == "da"
    assert rasa.heard[0]["metadata"]["locale"] is None


def test_a_message_is_acknowledged_with_its_own_number_and_answered_after_it(gateway, rasa):
    chat = gateway.chat()
    answer = chat.post(text="  min pc vil ikke tænde ")
    assert (answer.status_code, answer.json()) == (202, {"seq": 2})
    events = chat.settled()
    assert [event["seq"] for event in events] == [1, 2, 3, 4]
    assert (events[1]["from"]["role"], events[1]["text"]) == ("customer", "min pc vil ikke tænde")
    assert events[3]["expects"]["slot"] == "confirm"
    assert events[3]["choices"] == [{"id": "affirm", "title": "Ja"}, {"id": "deny", "title": "Nej"}]
    assert rasa.heard[-1]["message"] == "min pc vil ikke tænde"
    assert chat.poll()["owner"] == "bot"


def test_the_same_id_again_changes_nothing_whatever_it_says(gateway, rasa):
    chat = gateway.chat()
    name = str(uuid.uuid4())
    assert chat.post(id=name, text="hej").status_code == 202
    chat.settled()
    for again in ({"text": "hej"}, {"text": "noget andet"}, {"choice": "not-on-offer"}):
        answer = chat.post(id=name.upper(), **again)
        assert (answer.status_code, answer.json()) == (200, {"seq": 2})
    assert rasa.messages == ["hej"]


def test_one_id_sent_five_times_at_once_is_one_message(gateway, rasa):
    chat = gateway.chat()
    name = str(uuid.uuid4())
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(chat.post(id=name, text="hej"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 202]
    assert {answer.json()["seq"] for answer in answers} == {2}
    chat.settled()
    assert rasa.messages == ["hej"]


def test_messages_are_answered_in_order_one_at_a_time(gateway, rasa):
    rasa.delay = lambda heard: 0.05
    chat = gateway.chat()
    for number in range(8):
        assert chat.post(text=f"besked {number} om pc").status_code == 202
    events = chat.settled()
    assert rasa.messages == [f"besked {number} om pc" for number in range(8)]
    assert [event["seq"] for event in events] == list(range(1, 1 + 1 + 8 + 16))


def test_a_choice_sends_its_payload_and_shows_its_title(gateway, rasa):
    rasa.answer = lambda heard: (
        ask("Hent eller send?", "delivery", "choice", pickup="Afhentning", depot="Jeg sender den selv", affirm="Ja")
        if heard["message"] == "/session_open"
        else [{"text": "Godt."}]
    )
    chat = gateway.chat()
    chat.choose("pickup")
    shown = chat.poll()["events"][1]
    assert (shown["text"], shown["choice"]) == ("Afhentning", "pickup")
    assert rasa.heard[-1]["message"] == '/choose{"choice": "pickup"}'
    assert rasa.heard[-1]["metadata"]["choice"] == "pickup"
    assert {"id": "affirm", "title": "Ja"} in rasa.heard[-1]["metadata"]["choices"]


def test_a_choice_that_the_latest_question_does_not_offer_is_refused(gateway, rasa):
    rasa.answer = lambda heard: {
        "/session_open": ask("Ja?", "a", affirm="Ja"),
        "/affirm": ask("Hvad så?", "b", pickup="Hent"),
    }.get(heard["message"], [{"text": "Ingen spørgsmål."}])
    chat = gateway.chat()
    assert chat.post(choice="pickup").status_code == 409
    chat.choose("affirm")
    assert chat.post(choice="affirm").status_code == 409
    chat.choose("pickup")
    assert chat.post(choice="pickup").status_code == 409
    assert rasa.messages == ["/affirm", '/choose{"choice": "pickup"}']


def test_a_double_click_does_not_answer_the_next_question(gateway, rasa):
    rasa.delay = lambda heard: 0.2
    rasa.answer = lambda heard: {
        "/session_open": ask("Er det rigtigt?", "serial_confirmed", affirm="Ja", deny="Nej"),
        "/affirm": ask("Skal vi bestille?", "confirm_summary", affirm="Ja", deny="Nej"),
    }[heard["message"]]
    chat = gateway.chat()
    assert [chat.post(choice="affirm").status_code for _ in range(2)] == [202, 202]
    events = chat.settled()
    assert rasa.messages == ["/affirm"]
    assert "tidligere spørgsmål" in events[-2]["text"]
    assert events[-1]["expects"]["slot"] == "confirm_summary"
    assert [choice["id"] for choice in events[-1]["choices"]] == ["affirm", "deny"]


def test_typing_a_title_is_choosing_it(gateway, rasa):
    rasa.answer = lambda heard: ask(
        "Virker den nu?", "ts_answer", "choice", fixed="Ja, den virker", not_fixed="Nej, stadig gået i stå"
    )
    chat = gateway.chat()
    for typed in ("ja den virker", "NEJ, STADIG GAAET I STAA."):
        chat.say(typed)
        assert chat.poll()["events"][-2]["text"] == typed
    assert rasa.messages == ['/choose{"choice": "fixed"}', '/choose{"choice": "not_fixed"}']


def test_only_the_last_question_of_a_turn_is_open_and_the_last_event_carries_it(gateway, rasa):
    rasa.answer = lambda heard: [
        *ask("Første?", "a", affirm="Ja"),
        *ask("Anden?", "b", deny="Nej"),
        {"text": "I øvrigt."},
    ]
    events = gateway.chat().session["events"]
    assert [event["text"] for event in events] == ["Første?", "I øvrigt.", "Anden?"]
    assert ["expects" in event for event in events] == [False, False, True]
    assert ["choices" in event for event in events] == [False, False, True]


def test_cards_carry_their_facts_and_the_same_in_words(gateway, rasa):
    data = {"case_id": "HPO-7K39QX", "verdict": "COVERED", "clauses": ["R60"]}
    rasa.answer = lambda heard: [
        {"text": "Fejlen er dækket."},
        {"custom": {"card": "verdict", "data": data}},
        {"custom": {"something": "new"}},
    ]
    (card,) = gateway.chat().session["events"]
    assert (card["type"], card["card"], card["data"]) == ("card", "verdict", data)
    assert card["text"] == "Fejlen er dækket."


def test_a_wait_ends_at_news_and_otherwise_when_its_time_is_over(gateway, rasa):
    chat = gateway.chat()
    began = time.monotonic()
    assert chat.poll(after=1, wait=0.3)["events"] == []
    assert time.monotonic() - began >= 0.3
    rasa.delay = lambda heard: 0.3
    chat.post(text="hej med dig")
    assert chat.poll(after=2, wait=20)["events"][0]["seq"] == 3
    assert chat.poll(after=2)["busy"] is False


def test_busy_lasts_from_the_acknowledgement_to_the_last_event(gateway, rasa):
    rasa.delay = lambda heard: 0.3
    chat = gateway.chat()
    chat.post(text="hej")
    seen = chat.poll()
    assert seen["busy"] is True and seen["events"][-1]["seq"] == 2
    after = chat.poll(after=2, wait=5)
    assert after["busy"] is False and [event["seq"] for event in after["events"]] == [3, 4]


def test_conversations_do_not_wait_for_each_other(gateway, rasa):
    slow, quick = gateway.chat(), gateway.chat()
    rasa.delay = lambda heard: 3.0 if heard["message"] == "langsom" else 0.0
    slow.post(text="langsom")
    began = time.monotonic()
    quick.say("hurtig")
    assert time.monotonic() - began < 2.0
    assert slow.poll()["busy"] is True


def test_after_the_end_the_token_is_worth_nothing_and_waiting_requests_return(gateway, rasa):
    chat = gateway.chat()
    states = []
    waiting = threading.Thread(target=lambda: states.append(chat.poll(after=1, wait=20)))
    waiting.start()
    time.sleep(0.2)
    answer = chat.http.delete("/session")
    assert (answer.status_code, answer.content) == (204, b"")
    waiting.join(5)
    assert states[0]["owner"] == "closed" and states[0]["busy"] is False
    for method, path in (("GET", "/events"), ("POST", "/messages"), ("GET", "/transcript"), ("DELETE", "/session")):
        assert chat.http.request(method, path).status_code == 401


def test_an_answer_that_comes_after_the_end_is_dropped(gateway, rasa):
    rasa.delay = lambda heard: 0.4 if heard["message"] == "hej" else 0.0
    chat = gateway.chat()
    with_secret = {"X-Offsite-Secret": SECRET}
    name = chat.session["token"].split(".")[0]
    chat.post(text="hej")
    chat.http.delete("/session")
    time.sleep(0.6)
    late = {"key": "k1", "event": {"type": "text", "text": "sent"}}
    answer = chat.http.post(f"{gateway.base}/internal/conversations/{name}/events", json=late, headers=with_secret)
    assert answer.json() == {"seq": 3}


def test_news_from_inside_comes_once_for_each_key_and_needs_the_secret(gateway, rasa):
    chat = gateway.chat()
    name = chat.session["token"].split(".")[0]
    address = f"{gateway.base}/internal/conversations/{name}/events"
    event = {"type": "card", "card": "booking", "data": {"booking_id": "HPB-1"}, "text": "Afhentning er bestilt."}
    body = {"key": "case-1:booked", "event": event}
    assert chat.http.post(address, json=body).status_code == 404
    assert chat.http.post(address, json=body, headers={"X-Offsite-Secret": "wrong"}).status_code == 404
    known = {"X-Offsite-Secret": SECRET}
    answers = [chat.http.post(address, json=body, headers=known) for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, {"seq": 2}), (200, {"seq": 2})]
    shown = chat.poll()["events"][1]
    assert shown["from"]["role"] == "bot" and shown["data"] == {"booking_id": "HPB-1"}
    for bad in ({"key": "k"}, {"key": "k", "event": {"type": "owner"}}, {"key": 3, "event": event}):
        assert chat.http.post(address, json=bad, headers=known).status_code == 400
    unknown = f"{gateway.base}/internal/conversations/nobody/events"
    assert chat.http.post(unknown, json=body, headers=known).status_code == 404


def test_a_new_rasa_session_begins_after_a_natural_end_and_after_many_turns(start, rasa):
    gateway = start(rasa_session_turns=3)
    chat = gateway.chat()
    for text in ("en", "to", "tre", "fire"):
        chat.say(text)
    assert rasa.messages == ["en", "to", "tre", "/session_start", "fire"]
    rasa.answer = lambda heard: [{"text": "Farvel."}, {"custom": {"session": "ended"}}]
    chat.say("farvel")
    rasa.answer = rasa.echo
    chat.say("hej igen")
    assert rasa.messages[-3:] == ["farvel", "/session_start", "hej igen"]
