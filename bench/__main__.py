"""Runs the comparison, prints a table with ratios, and writes bench/results.json. About ten minutes on two cores."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import yaml

from actions.settings import ROOT
from bench import handoff, stock, teams
from bench.load import Figures, Target
from bot.supervisor.ports import free_ports

ROUNDS = 3
CONVERSATIONS = 32
LONG_TURNS = 205
MESSAGES: list[str] = yaml.safe_load((ROOT / "bench/conversation.yml").read_text(encoding="utf-8"))["messages"]


def main() -> None:
    """Train both, serve both, measure both in turns."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        say("training ours …")
        ours_trained = cpu_of(lambda: train_ours(folder / "ours.tar.gz"))
        say(f"training stock, {stock.EPOCHS} of its 100 epochs …")
        project = stock.make_project(folder / "stock")
        stock_trained = cpu_of(lambda: stock.train(project))
        world = teams.World()
        stack, ready, url = start_stack(folder, world.environment)
        rasa = next(child for child in stack.children() if "bot.dialogue.server" in child.cmdline())
        given = rasa.environ()
        port = free_ports(1)[0]
        served = stock.serve(project, port, given["OFFSITE_ACTIONS_URL"], given["OFFSITE_SECRET"])
        try:
            wait_for(f"http://127.0.0.1:{port}/webhooks/rest/")
            ours = Target("ours", given["OFFSITE_RASA_URL"], rasa, session_turns=25)
            theirs = Target("stock", f"http://127.0.0.1:{port}", psutil.Process(served.pid))
            results = asyncio.run(measure(ours, theirs))
            say(f"{teams.CONVERSATIONS} conversations in Teams and on the web")
            in_teams = world.measure(url, MESSAGES[:6])
            results["training CPU s"] = (ours_trained, stock_trained)
            results["memory of the whole stack MB"] = (memory(stack), None)
            results["stack ready after s"] = (ready, None)
        finally:
            served.kill()
            stack.terminate()
            stack.wait(30)
            world.microsoft.stop()
    say("live chats with people …")
    results |= {name: (value, None) for name, value in handoff.figures().items()}
    show(results, "ours", "stock")
    show(in_teams, "Teams", "web")
    (ROOT / "bench/results.json").write_text(json.dumps(results | in_teams, indent=1), encoding="utf-8")


async def measure(ours: Target, theirs: Target) -> dict[str, tuple[float, float | None]]:
    """Rounds in turns, so that both meet the same machine; medians."""
    one: dict[str, list[Figures]] = {"ours": [], "stock": []}
    many: dict[str, list[Figures]] = {"ours": [], "stock": []}
    for target in (ours, theirs):
        await target.converse(MESSAGES, 1)
    for turn in range(ROUNDS):
        for target in (ours, theirs):
            say(f"round {turn + 1} of {ROUNDS}: {target.name}")
            one[target.name].append(await target.converse(MESSAGES * 2, 1))
            many[target.name].append(await target.converse(MESSAGES, CONVERSATIONS))
    early, late = {}, {}
    for target in (ours, theirs):
        say(f"a conversation of {LONG_TURNS} turns: {target.name}")
        early[target.name], late[target.name] = await target.long_conversation(MESSAGES[1:], LONG_TURNS)

    def both(figure: Callable[[str], float]) -> tuple[float, float]:
        return figure("ours"), figure("stock")

    def median(of: dict[str, list[Figures]], field: str) -> Callable[[str], float]:
        return lambda name: statistics.median(getattr(figures, field) for figures in of[name])

    return {
        "CPU ms a message, 1 conversation": both(median(one, "cpu")),
        "p50 ms, 1 conversation": both(median(one, "p50")),
        "p95 ms, 1 conversation": both(median(one, "p95")),
        f"CPU ms a message, {CONVERSATIONS} conversations": both(median(many, "cpu")),
        f"p50 ms, {CONVERSATIONS} conversations": both(median(many, "p50")),
        f"p95 ms, {CONVERSATIONS} conversations": both(median(many, "p95")),
        "CPU ms around turn 10": both(early.__getitem__),
        "CPU ms around turn 200": both(late.__getitem__),
        "turn 200 / turn 10": both(lambda name: late[name] / early[name]),
    }


def train_ours(target: Path) -> None:
    """As `make train` does."""
    command = [str(stock.PYTHON), "-m", "bot.dialogue.training", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def start_stack(folder: Path, settings: dict[str, str]) -> tuple[psutil.Popen, float, str]:
    """`offsite up` in a folder of its own, how many seconds it took to be ready, and its address."""
    began = time.monotonic()
    environment = {
        **os.environ,
        "OFFSITE_VAR": str(folder / "var"),
        "OFFSITE_PORT": "0",
        "DATABASE_URL": "",
        **settings,
    }
    command = [sys.executable, "-m", "bot.cli.main", "up"]
    stack = psutil.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    for line in stack.stdout:
        if line.startswith("ready "):
            return stack, time.monotonic() - began, line.split()[1]
    raise SystemExit("the stack did not become ready")


def memory(stack: psutil.Process) -> float:
    """Megabytes of all its processes, shared pages counted once."""
    return sum(p.memory_full_info().pss for p in [stack, *stack.children(recursive=True)]) / 1e6


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of the processes that `work` runs to their end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wait_for(url: str, seconds: float = 120) -> None:
    """Until something answers there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            httpx.get(url, trust_env=False)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit(f"nothing answers at {url}")


def show(results: dict[str, tuple[float, float | None]], one: str, other: str) -> None:
    """The table."""
    print(f"\n{'':48}{one:>10}{other:>10}{'ratio':>8}")
    for name, (ours, theirs) in results.items():
        compared = f"{theirs:>10.1f}{ours / theirs:>8.2f}" if theirs else ""
        print(f"{name:48}{ours:>10.1f}{compared}")


def say(line: str) -> None:
    """Progress."""
    print(f"[{time.strftime('%H:%M:%S')}] {line}", flush=True)


if __name__ == "__main__":
    main()
