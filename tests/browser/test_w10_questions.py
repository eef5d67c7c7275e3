"""W10: questions look like questions, and answers are one press away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from said import BOOKED, CASE, DAYS, HELLO, STATUS, SUMMED, VERDICT, asked, card, days, step
from stub_rasa import payload_of


@pytest.mark.parametrize(
    ("slot", "kind", "mode", "complete"),
    [
        ("email", "email", "email", "email"),
        ("phone", "phone", "tel", "tel"),
        ("pickup_postcode", "postcode", "numeric", "postal-code"),
        ("contact_name", "text", "text", "name"),
        ("company", "text", "text", "organization"),
        ("pickup_street", "text", "text", "street-address"),
        ("pickup_city", "text", "text", "address-level2"),
        ("serial_number", "text", "text", "off"),
    ],
)
def test_w10_the_keyboard_fits_the_question(visit, house, slot, kind, mode, complete):
    house.script([*HELLO, *asked("Spørgsmål?", slot, kind)])
    chat = visit().open()
    chat.sees("Spørgsmål?")
    expect(chat.box).to_have_attribute("inputmode", mode)
    expect(chat.box).to_have_attribute("autocomplete", complete)


def test_w10_choices_are_buttons_and_become_text_once_answered(visit, house):
    house.script([*HELLO, *step("no_power", "power_reset")], asked("Og nu?", "symptom"))
    chat = visit().open()
    for name in ("Ja, det virker", "Nej", "Det kan jeg ikke"):
        expect(chat.button(name)).to_be_enabled()
    chat.button("Nej").click()
    chat.sees("Og nu?")
    expect(chat.log.get_by_role("button")).to_have_count(0)
    expect(chat.log.locator(".past")).to_have_text("Svarmuligheder: Ja, det virker · Nej · Det kan jeg ikke")
    expect(chat.log.locator(".past b")).to_have_text("Nej")
    assert house.rasa.messages == ['/choose{"choice": "not_fixed"}']


def test_w10_typing_the_answer_works_as_well(visit, house):
    chat = visit().open()
    chat.say("hej med dig")
    chat.button("Ja").wait_for()
    chat.say("ja")
    chat.sees("Du skrev: /affirm")


def test_w10_the_calendar_offers_the_offered_days_and_no_other(visit, house):
    house.script([*HELLO, *days()], asked("Hvornår på dagen?", "pickup_window"))
    chat = visit().open()
    table = chat.log.get_by_role("table", name="nov. – dec. 2026")
    expect(table.get_by_role("button")).to_have_text(["27", "30", "1", "2"])
    expect(table.get_by_role("columnheader")).to_have_count(5)
    expect(chat.button("Tal med et menneske")).to_be_visible()
    table.get_by_role("button", name="tirsdag den 1. december 2026").click()
    chat.sees("Hvornår på dagen?")
    assert house.rasa.messages == [payload_of(DAYS[2])]
    expect(chat.log.get_by_role("table")).to_have_count(0)


def test_w10_a_day_in_the_past_can_be_picked_or_written(visit, house):
    house.script([*HELLO, *asked("Hvornår skete det?", "incident_date", "date")])
    chat = visit().open()
    chat.log.get_by_label("Vælg en dag").fill("2026-11-20")
    chat.button("Send dagen").click()
    expect(chat.log.locator(".customer").last).to_contain_text("2026-11-20")
    chat.log.get_by_label("Vælg en dag").wait_for()
    chat.say("i går")
    expect(chat.log.locator(".customer").last).to_contain_text("i går")
    chat.sees("Hvornår skete det?")
    assert house.rasa.messages[0] == "2026-11-20"


def test_w10_cards_show_what_matters_and_what_can_be_done(visit, house):
    house.script([VERDICT, CASE, STATUS, card("booking", "Afhentningen er bestilt.", BOOKED), *SUMMED])
    chat = visit(permissions=["clipboard-read", "clipboard-write"]).open()
    names = ["Ser ud til at være dækket", "Din sag", "Sådan står det til", "Afhentningen er bestilt", "Er det rigtigt?"]
    for name in names:
        expect(chat.log.get_by_role("region", name=name)).to_be_visible()
    booking = chat.log.get_by_role("region", name="Afhentningen er bestilt")
    expect(booking).to_contain_text("mandag den 30. november 2026")
    expect(booking).to_contain_text("08:00–12:00")
    booking.get_by_role("button", name="Kopiér Trackingnummer HPT1234567890").click()
    assert chat.page.evaluate("navigator.clipboard.readText()") == "HPT1234567890"
    expect(booking.get_by_role("button", name="Kopieret")).to_be_visible()
    label = booking.get_by_role("link", name="Forsendelseslabel (PDF)")
    expect(label).to_have_attribute("href", f"{house.gateway.base}/api/chat/bookings/HPB-4XK2MM.pdf")
    chat.intercept(r"/bookings/.*pdf$", lambda route: route.fulfill(body="%PDF-", content_type="application/pdf"))
    with chat.page.expect_download() as fetched:
        label.click()
    assert fetched.value.suggested_filename == "HPO-7K39QX.pdf"
    expect(booking.get_by_role("link", name="Føj til kalender")).to_be_visible()
    summary = chat.log.get_by_role("region", name="Er det rigtigt?")
    for fact in ("DEM503C001", "Mette Sørensen", "8000 Aarhus C", "mette@example.com"):
        expect(summary).to_contain_text(fact)


@pytest.mark.parametrize(
    ("verdict", "title"),
    [
        ("COVERED", "Ser ud til at være dækket"),
        ("COVERED_BY_ADDON", "Ser ud til at være dækket af dit tilvalg"),
        ("NOT_COVERED", "Ser ikke ud til at være dækket"),
        ("NEEDS_HUMAN", "En medarbejder ser på det"),
        ("SAFETY_STOP", "Stop, og sluk pc'en"),
    ],
)
def test_w10_each_verdict_has_its_own_face(visit, house, verdict, title):
    house.script([card("verdict", "Ordene.", {"verdict": verdict})])
    chat = visit().open()
    expect(chat.log.get_by_role("heading", name=title, exact=True)).to_be_visible()


def test_w10_a_line_says_how_far_it_is(visit, house):
    house.script(
        [*HELLO, *asked("Hvad er serienummeret?", "serial_number")],
        step("no_power", "power_reset"),
        asked("Er det en HP-del?", "hp_part"),
        days(),
        asked("Er der andet?", "anything_else"),
    )
    chat = visit().open()
    progress = chat.dialog.locator(".progress")
    lines = ["Trin 1 af 4: Din pc", "Trin 2 af 4: Fejlsøgning", "Trin 3 af 4: Dækning", "Trin 4 af 4: Forsendelse"]
    for line in lines:
        expect(progress).to_have_text(line)
        chat.say("videre")
    chat.sees("Er der andet?")
    expect(progress).to_have_count(0)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (asked("Hvad er serienummeret?", "serial_number"), "Serienummeret står på mærkaten"),
        (step("no_power", "power_reset"), "hold tænd-knappen på pc'en nede i 15 sekunder"),
        (step("no_boot", "blink_code"), "Tæl begge slags"),
    ],
    ids=["serial number", "power button", "blink code"],
)
def test_w10_a_drawing_helps_and_says_the_same_in_words(visit, house, question, words):
    house.script([*HELLO, *question])
    chat = visit().open()
    expect(chat.log.get_by_role("img", name=re.compile(words))).to_be_visible()
