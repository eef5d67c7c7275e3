"""One agent in a process of their own, who claims every handoff of a list as fast as they can (a race)."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from actions.adapters.texts import ResponseTexts
from bot.gateway.handoff.model import Agent, Handoff
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database, open_engine
from bot.gateway.words import Words


def main(url: str, name: str, names: str, ready: str, go: str) -> None:
    """Prints, for each handoff in order, `won`, or who has it."""
    database = Database(open_engine(url))
    desk = HandoffStore(database, Words(ResponseTexts()).say)
    agent = Agent(name, name.capitalize())
    desk.queue()
    Path(ready).touch()
    while not Path(go).exists():
        time.sleep(0.001)
    results = []
    for handoff in json.loads(Path(names).read_text()):
        answer = desk.claim(handoff, agent, datetime.now(UTC))
        if isinstance(answer, Handoff):
            results.append("won")
        else:
            results.append(str(answer.handoff.agent_name) if answer.handoff else "?")
    print(json.dumps(results))
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
