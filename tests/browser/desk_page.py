"""What browser tests of the desk work with: an office behind a gateway, and pages with somebody at them."""

from __future__ import annotations

import json
import re
from typing import Any

from at_desk import PASSWORD, Office
from chat_page import House
from playwright.sync_api import Locator, Page, expect

from bot.gateway.desk.page import CONSOLE

AXE = CONSOLE.parent / "widget" / "node_modules" / "axe-core" / "axe.min.js"


class DeskPage:
    """A page at /desk. `complaints` is what the console or the page's policy reported."""

    def __init__(self, page: Page, house: House) -> None:
        self.page, self.house = page, house
        self.complaints: list[str] = []
        self.expected: re.Pattern[str] | None = None
        page.on("console", lambda message: self._complain(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{house.gateway.base}/desk")

    def _complain(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not (self.expected and self.expected.search(text)):
            self.complaints.append(text)

    def sign_in(self, name: str, password: str = PASSWORD) -> DeskPage:
        self.page.fill("input[name=email]", f"{name.split()[0].lower()}@example.com")
        self.page.fill("input[name=password]", password)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("desk-room")).to_be_visible()
        return self

    # --- what is on it

    @property
    def queue(self) -> Locator:
        return self.page.locator(".queue li")

    @property
    def mine(self) -> Locator:
        return self.page.locator(".mine li")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        return self.page.locator("desk-talk textarea")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def sees(self, text: str) -> None:
        """The text stands in the chat on the screen, or comes."""
        expect(self.log.get_by_text(text).last).to_be_visible()

    def texts(self, role: str) -> list[str]:
        """What somebody said in the chat on the screen, in order."""
        return [text.strip() for text in self.log.locator(f".said.{role} .text").all_inner_texts()]

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    # --- what is wrong with it

    def violations(self) -> list[str]:
        """What axe finds, all of WCAG 2.2 AA and its best practices."""
        self.page.evaluate(AXE.read_text("utf-8") + "; undefined")
        found: dict[str, Any] = json.loads(self.page.evaluate("axe.run(document).then(JSON.stringify)"))
        return [
            f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for each in found["violations"]
            for node in each["nodes"]
        ]


def office_of(house: House) -> Office:
    """The operator's side of that gateway."""
    return Office(house.gateway)
