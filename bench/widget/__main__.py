"""Measures every chat in turns, prints the table and the goals, keeps results.json. About five minutes."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response, TimeoutError, sync_playwright

from bench.widget.chats import EMPTY, OURS, PEERS, Chat
from bench.widget.figures import HISTORY, Visit, median, table, verdicts
from bench.widget.ours import Gateway, gateway
from bot.supervisor.ports import free_ports

HERE = Path(__file__).parent
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
HISTORIES = 2  # one of the others takes half a minute for each
SETTLE_MS = 2_000
PATIENCE_MS = 30_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",
]
NEVER = float("nan")


def main() -> None:
    """One run: every chat once a round, in another order each time, so that a busy moment hits all of them."""
    chromium = shutil.which("chromium")
    if chromium is None or not (HERE / "node_modules").is_dir():
        raise SystemExit("needs Debian's chromium, and `npm ci --ignore-scripts` in bench/widget")
    port, gateway_port, rasa_port = free_ports(3)
    origin = f"http://127.0.0.1:{port}"
    with (
        tempfile.TemporaryDirectory() as var,
        gateway(Path(var), gateway_port, rasa_port, origin) as ours,
        pages(port, ours.url),
        sync_playwright() as playwright,
    ):
        visits: dict[str, list[Visit]] = defaultdict(list)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for number in range(ROUNDS + 1):
            chats = (EMPTY, OURS, *PEERS)
            turned = number % len(chats)
            for chat in (*chats[turned:], *chats[:turned]):
                found = visit(browser, chat, origin, ours, again=1 <= number <= HISTORIES)
                if number:  # the first round warms the machine up
                    visits[chat.name].append(found)
            print(f"round {number} of {ROUNDS}", file=sys.stderr, flush=True)
        browser.close()
    middle = {name: median(each) for name, each in visits.items()}
    own, floor = middle.pop(OURS.name), middle.pop(EMPTY.name)
    peers = {chat.title: middle[chat.name] for chat in PEERS}
    print(table(own, peers, floor))
    for goal, met in verdicts(own, peers, floor):
        print(f"{'met   ' if met else 'MISSED'}  {goal}")
    results = {
        "ours": asdict(own),
        "floor": asdict(floor),
        "peers": {name: asdict(peer) for name, peer in peers.items()},
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")


@contextmanager
def pages(port: int, gateway_url: str) -> Iterator[None]:
    """The host pages, on their own port."""
    command = ["node", "server.mjs", str(port), gateway_url]
    server = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        if server.stdout.readline().strip() != "ready":
            raise SystemExit("the pages are not served")
        yield
    finally:
        server.terminate()
        server.wait(10)


def visit(browser: Browser, chat: Chat, origin: str, ours: Gateway, *, again: bool) -> Visit:
    """A first visit, and `again` one with a history, each in a browser profile of its own."""
    with fresh(browser) as context:
        page = context.new_page()
        answers: list[Response] = []
        asked: list[str] = []
        page.on("response", lambda answer: answers.append(answer))
        page.on("request", lambda request: asked.append(request.url))
        engine = context.new_cdp_session(page)
        engine.send("Performance.enable")
        opened(page, chat, f"{origin}/{chat.name}", "")
        page.wait_for_timeout(SETTLE_MS)
        engine.send("HeapProfiler.collectGarbage")
        measured = {each["name"]: each["value"] for each in engine.send("Performance.getMetrics")["metrics"]}
        told = page.evaluate("({usable: bench.usable, shift: bench.shift})")
        size = sum(map(travelled, answers))
    near = {urlsplit(origin).netloc, urlsplit(ours.url).netloc}
    web = [url for url in asked if url.startswith(("http", "ws"))]
    return Visit(
        size_kb=size / 1000,
        requests=len(web),
        third_parties=len({urlsplit(url).netloc for url in web} - near),
        usable_ms=NEVER if told["usable"] is None else told["usable"],
        scripting_ms=measured["ScriptDuration"] * 1000,
        memory_mb=measured["JSHeapUsedSize"] / 1e6,
        history_ms=history(browser, chat, origin, ours) if again and chat is not EMPTY else NEVER,
        shift=round(told["shift"], 4),
    )


def history(browser: Browser, chat: Chat, origin: str, ours: Gateway) -> float:
    """From navigation to the last of many messages in the page, where the chat brings a conversation back."""
    with fresh(browser) as context:
        if chat is OURS:
            kept = {"token": ours.conversation(HISTORY), "language": "en", "open": True, "draft": "", "read": 0}
            name = f"hp-offsite-chat {ours.url}"
            context.add_init_script(f"sessionStorage.setItem({json.dumps(name)}, {json.dumps(json.dumps(kept))})")
        page = context.new_page()
        return opened(page, chat, f"{origin}/{chat.name}?history={HISTORY}", f"Message number {HISTORY}")


def opened(page: Page, chat: Chat, url: str, last: str) -> float:
    """Load, open, wait until one can write, or until the `last` words stand there: then when that was."""
    wanted = {"opener": chat.opener, "writing": chat.writing, "last": last}
    page.add_init_script((HERE / "page.js").read_text(encoding="utf-8"))
    page.add_init_script(f"bench.watch({json.dumps(wanted)})")
    try:
        with page.expect_console_message(lambda said: said.text == "bench: done", timeout=PATIENCE_MS):
            page.goto(url, wait_until="commit")
        return float(page.evaluate("bench.history" if last else "bench.usable"))
    except TimeoutError:
        return NEVER


@contextmanager
def fresh(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own: nothing kept, nothing cached."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        yield context
    finally:
        context.close()


def travelled(answer: Response) -> int:
    """Bytes of a script or style as it travels: as the server packed it, else as it would."""
    if answer.request.resource_type not in ("script", "stylesheet", "font"):
        return 0
    sizes = answer.request.sizes()["responseBodySize"]
    return sizes or len(gzip.compress(answer.body(), 9))


if __name__ == "__main__":
    main()
