"""The whole installation: a booked pick-up, and another while Rasa and then the action server are killed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.chat_client import ChatClient
from tests.support.customer import Customer
from tests.support.stack import ROOT, Stack, running_stack

REGISTRY = """\
serial_number,product_number,product_name,form_factor,line,purchase_country,purchase_date,warranty_end,care_pack,\
service_level,care_pack_start,care_pack_end,registered_on,addons,bought_with,csr_parts,mobile_battery
5CG6100B2D,6A2B4EA,HP EliteBook 840 14 G9,notebook,business,DK,2026-01-05,2027-01-04,U9X99E,\
pickup_return,2026-01-05,2029-01-04,2026-01-06,,,,builtin
5CG6110C3F,6A2B4EA,HP EliteBook 840 14 G9,notebook,business,DK,2026-01-05,2027-01-04,U9X99E,\
pickup_return,2026-01-05,2029-01-04,2026-01-06,,,,builtin
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    with running_stack(folder / "var") as running:
        registry = folder / "registry.csv"
        registry.write_text(REGISTRY, encoding="utf-8")
        assert running.offsite("registry", "import", str(registry))["imported"] == 2
        yield running


def a_customer(stack: Stack, serial: str) -> Customer:
    chat = stack.chat()
    chat.open("da")
    return Customer(chat, {"symptom": "overheating", "serial_number": serial})


def proves_one_booking(stack: Stack, chat: ChatClient, serial: str) -> None:
    """One case, one booking, and what the customer read is what the books say."""
    cases = [case for case in stack.offsite("cases", "list") if case["serial_number"] == serial]
    assert len(cases) == 1
    case_id = cases[0]["case_id"]
    bookings = [booking for booking in stack.offsite("bookings", "list") if booking["case_id"] == case_id]
    assert [(booking["kind"], booking["status"]) for booking in bookings] == [("pickup", "booked")]
    assert {card["data"]["case_id"] for card in chat.cards("case")} == {case_id}
    told = chat.cards("booking")
    assert len(told) == 1
    assert told[0]["data"]["tracking_number"] == bookings[0]["tracking_number"]
    assert told[0]["data"]["pickup_date"] == bookings[0]["pickup_date"]
    words = "\n".join(event.get("text") or "" for event in chat.events if event["from"]["role"] == "bot")
    assert set(re.findall(r"HPO-[0-9A-Z]{6}", words)) == {case_id}
    assert not re.search(r"\bNone\b|\{\w+\}", words)


def test_a_pick_up_is_booked(stack: Stack) -> None:
    customer = a_customer(stack, "5CG6100B2D")

    customer.until(lambda: customer.chat.cards("booking"))

    proves_one_booking(stack, customer.chat, "5CG6100B2D")


def test_killed_on_the_way_it_is_still_booked_once(stack: Stack) -> None:
    customer = a_customer(stack, "5CG6110C3F")

    customer.until_asked("ts_answer")
    stack.listener("bot.dialogue.server").kill()
    customer.until_asked("pickup_street")
    stack.service("actions").kill()
    customer.until_asked("confirm_summary")
    customer.chat.post({"choice": "affirm"})
    stack.service("actions").kill()
    customer.chat.wait_for("card", card="booking")
    customer.chat.wait()

    proves_one_booking(stack, customer.chat, "5CG6110C3F")


def test_a_second_stack_in_the_same_folder_is_refused(stack: Stack) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "bot.cli.main", "up"],
        cwd=ROOT,
        env={**stack.environment, "OFFSITE_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert second.returncode == 2
    assert "OFFSITE_VAR" in second.stderr
