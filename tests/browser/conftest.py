"""The web chat in a real Chromium, against a real gateway with a stand-in for Rasa behind it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from actions.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "gateway"))
sys.path.insert(0, str(Path(__file__).parent))
from chat_page import ChatPage, House
from front_door import SECRET, GatewayUnderTest
from stub_rasa import StubRasa, free_port

from tests.support.postgres import missing

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # pages elsewhere are made up here, the gateway is on loopback
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium. Without it these tests are skipped, in CI they fail."""
    path = shutil.which("chromium")
    if path is None:
        missing("chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., House]]:
    """Gateways with settings of the test's own, each with its stand-in for Rasa."""
    built: list[House] = []

    def _build(**changes: Any) -> House:
        rasa = StubRasa()
        rasa.start()
        defaults: dict[str, Any] = {
            "port": free_port(),
            "var": tmp_path_factory.mktemp("var"),
            "rasa_url": rasa.url,
            "actions_url": f"{rasa.url}/actions",
            "secret": SECRET,
            "sessions_per_minute": 10_000.0,
            "message_burst": 1_000,
        }
        built.append(House(rasa, GatewayUnderTest(Settings(_env_file=None, **(defaults | changes)))))
        return built[-1]

    yield _build
    for house in built:
        house.gateway.stop()
        house.rasa.stop()


@pytest.fixture(scope="module")
def shared_house(build: Callable[..., House]) -> House:
    """One for all tests of a module that leave it as it was."""
    return build()


@pytest.fixture
def house(shared_house: House) -> Iterator[House]:
    """The shared one, with a fresh stand-in's mind."""
    shared_house.rasa.heard.clear()
    yield shared_house
    shared_house.rasa.answer = shared_house.rasa.echo
    shared_house.rasa.delay = lambda _heard: 0.0


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Callable[..., ChatPage]]:
    """Opens pages, each in a browser profile of its own. At the end no page may have complained of anything."""
    pages: list[ChatPage] = []

    def _visit(path: str = "/?language=da", *, at: House | None = None, **context: Any) -> ChatPage:
        defaults: dict[str, Any] = {"viewport": {"width": 1000, "height": 760}, "locale": "da-DK"}
        page = browser.new_context(**(defaults | context)).new_page()
        pages.append(ChatPage(page, at or house))
        pages[-1].go(path)
        return pages[-1]

    yield _visit
    for page in pages:
        page.page.context.close()
    complaints = [complaint for page in pages for complaint in page.complaints]
    assert not complaints
