"""From hello to a booked courier in Microsoft's own client, by cards, in both languages, on the whole stack."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from stub_rasa import ServerThread, free_port

from actions.settings import variable_names
from tests.support.customer import Customer
from tests.support.playground import Bridge, playground
from tests.support.playground_chat import PlaygroundChat
from tests.support.stack import Stack, running_stack
from tests.support.teams import Microsoft

REGISTRY = """\
serial_number,product_number,product_name,form_factor,line,purchase_country,purchase_date,warranty_end,care_pack,\
service_level,care_pack_start,care_pack_end,registered_on,addons,bought_with,csr_parts,mobile_battery
5CG6120D4G,6A2B4EA,HP EliteBook 840 14 G9,notebook,business,DK,2026-01-05,2027-01-04,U9X99E,\
pickup_return,2026-01-05,2029-01-04,2026-01-06,,,,builtin
5CG6130F5H,6A2B4EA,HP EliteBook 840 14 G9,notebook,business,DK,2026-01-05,2027-01-04,U9X99E,\
pickup_return,2026-01-05,2029-01-04,2026-01-06,,,,builtin
"""
PEOPLE = {
    "da": ("da-DK", "5CG6120D4G", "Du valgte: ", "Trackingnummer"),
    "en": ("en-GB", "5CG6130F5H", "You chose: ", "Tracking number"),
}


@pytest.fixture(scope="module")
def microsoft() -> Iterator[Microsoft]:
    found = Microsoft(ServerThread, free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def ports() -> dict[str, int]:
    """Where each person's connector will be."""
    return {language: free_port() for language in PEOPLE}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, microsoft: Microsoft, ports: dict[str, int]) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    variables = {field: variable for variable, field in variable_names().items()}
    services = ",".join(f"http://127.0.0.1:{port}" for port in ports.values())
    settings = microsoft.settings() | {"teams_service_urls": services}
    with running_stack(folder / "var", **{variables[field]: value for field, value in settings.items()}) as running:
        registry = folder / "registry.csv"
        registry.write_text(REGISTRY, encoding="utf-8")
        assert running.offsite("registry", "import", str(registry))["imported"] == 2
        yield running


@pytest.mark.parametrize("language", PEOPLE)
def test_a_courier_is_booked_by_cards(
    browser: Browser, stack: Stack, microsoft: Microsoft, ports: dict[str, int], tmp_path: Path, language: str
):
    locale, serial, chosen, tracking = PEOPLE[language]
    bridge = Bridge(microsoft, stack.url, ServerThread, ports[language], locale)
    page = browser.new_page(viewport={"width": 1200, "height": 1000})
    try:
        with playground(f"{bridge.base}/api/messages", free_port(), tmp_path) as url:
            chat = PlaygroundChat(page, Path(stack.environment["OFFSITE_VAR"]) / "chat.db")
            chat.open(url)
            customer = Customer(chat, {"symptom": "overheating", "serial_number": serial})
            customer.until(lambda: chat.cards("booking"))
            told = chat.cards("booking")[0]["data"]
            pictures = Path(os.environ.get("TEAMS_PICTURES", tmp_path))
            page.screenshot(path=pictures / f"booked-{language}.png")
            for name in (told["case_id"], told["booking_id"], told["tracking_number"]):
                assert page.get_by_text(name).count(), name
            assert page.get_by_text(tracking).count() and page.get_by_text(chosen).count()
    finally:
        page.close()
        bridge.stop()
    cases = [case for case in stack.offsite("cases", "list") if case["serial_number"] == serial]
    assert [case["status"] for case in cases] == ["booked"]
    bookings = [each for each in stack.offsite("bookings", "list") if each["case_id"] == cases[0]["case_id"]]
    assert [(each["tracking_number"], each["status"]) for each in bookings] == [(told["tracking_number"], "booked")]
    assert all(card["version"] == "1.5" for card in bridge.cards)
