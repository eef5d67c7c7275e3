"""Every card is a valid Adaptive Card 1.5, can be read aloud, fits a phone and falls back to its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from microsoft_agents.activity import Activity

from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Verdict
from actions.ports import BookingKind, CaseStatus
from bot.gateway.channels.teams.booking_links import LASTS, BookingLinks
from bot.gateway.channels.teams.cards import ONE_ROW, day_in_words, escaped, paragraphs
from bot.gateway.channels.teams.render import MOST_BYTES, Render, size
from bot.gateway.events import Event
from bot.gateway.links import Link, Links
from bot.gateway.words import Words
from tests.support.teams import BOT, card_of, presses

SCHEMA = json.loads((files("adaptive_cards") / "schemas/schema-1.5.json").read_text(encoding="utf-8"))
WORDS = Words(ResponseTexts())
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LINKS = Links(b"key")
RENDER = Render(WORDS, BookingLinks(LINKS, WORDS, "https://support.example.com", lambda: NOW))
BOOKING = {
    "booking_id": "HPB-7K39QX",
    "case_id": "HPO-7K39QX",
    "courier": "GLS",
    "pickup_date": "2026-11-26",
    "pickup_window": "08:00-12:00",
    "tracking_number": "00340434161094042557",
}
SUMMARY = {
    "product_name": "HP EliteBook 840 14 G9",
    "serial_number": "5CG6120D4G",
    "name": "Mette Sørensen",
    "street": "Nørregade 12, 3. tv",
    "postcode": "8000",
    "city": "Aarhus C",
    "phone": "+4520121234",
    "email": "mette@example.com",
    "case_id": "HPO-7K39QX",
}


def event(type: str = "text", role: str = "bot", **body: Any) -> Event:
    return Event(7, datetime.now(UTC), role, None, type, {"text": "Første linje.\n\nAnden *linje* [med] tegn."} | body)


def choices(*titles: str) -> list[dict[str, str]]:
    return [{"id": f"choice_{number}", "title": title} for number, title in enumerate(titles)]


def fact_cards() -> Iterator[tuple[str, Event]]:
    for verdict in Verdict:
        data = {"verdict": verdict.value, "addon": None, "clauses": ["R60", "R68"], "method": None, "notices": []}
        yield f"verdict {verdict.value}", event("card", card="verdict", data=data)
    for status in CaseStatus:
        yield f"case {status.value}", event("card", card="case", data={"case_id": "HPO-7K39QX", "status": status.value})
    for kind in BookingKind:
        yield f"booking {kind.value}", event("card", card="booking", data=BOOKING | {"kind": kind.value})
    yield "summary", event("card", card="summary", data=SUMMARY | BOOKING | {"kind": "pickup"})
    told = [BOOKING | {"kind": "pickup"}, BOOKING | {"kind": "return", "pickup_date": None, "pickup_window": None}]
    yield "status", event("card", card="status", data={"case_id": "HPO-7K39QX", "status": "booked", "bookings": told})
    yield "bare", event("card", card="booking", data={})
    yield "strange", event("card", card="status", data={"bookings": "none", "status": 7, "case_id": ["x"]})


def questions() -> Iterator[tuple[str, Event]]:
    yield "yes or no", event(choices=choices("Ja", "Nej"))
    yield (
        "long titles",
        event(choices=choices("Den tænder slet ikke, heller ikke med oplader", "Den tænder", "Ved ikke")),
    )
    yield "many", event(choices=choices(*(f"Mulighed nummer {number}" for number in range(24))))
    yield (
        "days",
        event(expects={"slot": "pickup_date", "kind": "date"}, choices=choices(*(f"{n}. maj" for n in range(9)))),
    )
    yield "any day", event(expects={"slot": "incident_date", "kind": "date"})


EVENTS = dict([*fact_cards(), *questions()])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", EVENTS)
def test_every_card_is_valid_and_can_be_read_without_seeing_it(name: str, language: str):
    sent = RENDER.activities(EVENTS[name], "teams-conversation", language)
    assert len(sent) == 1
    card = card_of(sent[0])
    jsonschema.Draft6Validator(SCHEMA).validate(card)
    assert (card["version"], card["lang"]) == ("1.5", language)
    assert card["fallbackText"] == card["speak"] == EVENTS[name].body["text"]
    assert sent[0]["summary"] and size(sent[0]) <= MOST_BYTES
    for element in elements(card):
        if element["type"] == "TextBlock":
            assert element["wrap"] and element["text"].strip()
        if element["type"] in ("Image", "Media"):
            assert element["altText"]
        if element["type"].startswith("Input."):
            assert element["label"] and element["errorMessage"] and element["isRequired"]
        assert "color" not in element and "backgroundImage" not in element, "the theme decides"
        assert "{" not in json.dumps(element.get("text", "")), "no placeholder is left"
    whole = {**sent[0], "from": {"id": BOT}, "conversation": {"id": "a:1"}}
    assert Activity.model_validate(whole).attachments[0].content == card, "Microsoft's own types read it the same"


def elements(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a card that has a type, however deep; not what buttons send."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for name, each in value.items():
            if name != "data":
                yield from elements(each)
    elif isinstance(value, list):
        for each in value:
            yield from elements(each)


def test_the_schema_does_find_mistakes():
    card = card_of(RENDER.activities(EVENTS["yes or no"], "c", "da")[0])
    card["body"][0]["weight"] = "Heavy"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft6Validator(SCHEMA).validate(card)


def test_titles_stand_below_each_other_unless_they_fit_a_phone():
    for name, rows in (("yes or no", 1), ("long titles", 3)):
        body = card_of(RENDER.activities(EVENTS[name], "c", "da")[0])["body"]
        sets = [element["actions"] for element in body if element["type"] == "ActionSet"]
        assert len(sets) == rows
        assert all(sum(len(each["title"]) for each in one) <= ONE_ROW or len(one) == 1 for one in sets)


def test_every_choice_can_be_chosen():
    for name, event in questions():
        card = card_of(RENDER.activities(event, "c", "da")[0])
        offered = [choice["id"] for choice in event.body.get("choices", [])]
        listed = [each["value"] for element in card["body"] for each in element.get("choices", [])]
        pressed = [data["offsite"].get("choice") for data in presses(card).values()]
        assert (listed or pressed) == offered or name == "any day"


def test_an_answered_card_can_not_be_pressed_and_says_what_was_chosen():
    for name, event in questions():
        card = card_of(RENDER.answered(event, "c", "en", "Yes [really]"))
        jsonschema.Draft6Validator(SCHEMA).validate(card)
        assert presses(card) == {} and not any(each["type"].startswith("Input.") for each in elements(card)), name
        assert card["speak"].endswith("You chose: Yes [really]")
        assert "Yes \\[really\\]" in card["body"][-1]["text"]


def test_a_label_is_a_link_that_ends():
    card = card_of(RENDER.activities(EVENTS["booking pickup"], "c", "da")[0])
    links = {each["title"]: each["url"] for each in card["actions"]}
    assert list(links) == ["Hent forsendelseslabelen (PDF)", "Læg i kalenderen"]
    for (title, url), kind in zip(links.items(), ("pdf", "ics"), strict=True):
        start, _, token = url.rpartition("/")
        assert start == "https://support.example.com/l", title
        assert LINKS.read(token, NOW) == Link("HPO-7K39QX", "HPB-7K39QX", kind, "da")
        assert LINKS.read(token, NOW + LASTS) is None
    assert len(card_of(RENDER.activities(EVENTS["status"], "c", "da")[0])["actions"]) == 2
    assert "actions" not in card_of(RENDER.activities(EVENTS["booking csr_part"], "c", "da")[0])
    nowhere = Render(WORDS, BookingLinks(LINKS, WORDS, "", lambda: NOW))
    assert "actions" not in card_of(nowhere.activities(EVENTS["booking pickup"], "c", "da")[0])


def test_what_people_wrote_is_shown_as_it_stands():
    assert escaped("*fed* _kursiv_ [link](http://evil.example) `kode`") == (
        "\\*fed\\* \\_kursiv\\_ \\[link\\](http://evil.example) \\`kode\\`"
    )
    assert [escaped(line) for line in ("1. maj", "- punkt", "# titel", "12:00", "mette@example.com")] == [
        "1\\. maj",
        "\\- punkt",
        "\\# titel",
        "12:00",
        "mette@example.com",
    ]


def test_lines_stay_lines():
    assert [block["text"] for block in paragraphs("a\nb\n\n\nc\n")] == ["a", "b", "c"]
    assert [block["spacing"] for block in paragraphs("a\nb\n\nc")] == ["Medium", "Small", "Medium"]


def test_days_are_said_in_words():
    assert day_in_words("2026-11-26", "da") == "torsdag den 26. november"
    assert day_in_words("2026-11-26", "en") == "Thursday 26 November"
    assert day_in_words("snart", "da") == "snart"


def test_people_are_named_and_their_words_are_no_card():
    said = Event(3, datetime.now(UTC), "agent", "Anna", "text", {"text": "Hej *du*"})
    assert RENDER.activities(said, "c", "da") == [
        {"type": "message", "locale": "da-DK", "text": "Anna fra HP: Hej *du*", "textFormat": "plain"}
    ]
    waiting = event("owner", role="system", text="Du er i kø.", owner="queue", place=2)
    assert RENDER.activities(waiting, "c", "da")[0]["text"] == "Du er i kø.\nDu er nummer 2 i køen."


def test_what_the_customer_said_and_types_to_come_are_not_sent():
    for role, type in (("customer", "text"), ("bot", "hologram")):
        assert RENDER.activities(event(type, role=role), "c", "da") == []
