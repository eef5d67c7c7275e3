"""A process that does durable work and can be killed at a chosen call: `python -m tests.support.shipping_child`.

Arguments: folder, casework URL, dbos URL, chat URL, mode (`begin`, `go_on`; `move`, `go_on_moving`), and where to die:
`method:before`, `method:after` or `-`. It ends by itself when the chat was told and both mails went; a move ends with
its mail.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from actions.adapters.chat import ChatNotifier, CustomerNotifier
from actions.adapters.fakes import FakeCourier, FixedClock
from actions.adapters.labels import LabelFolder
from actions.adapters.mail import MailSpool
from actions.adapters.sql.courier import SqlCourier
from actions.adapters.sql.desk import SqlCaseDesk
from actions.adapters.sql.engine import open_engine
from actions.adapters.sql.migrations import migrate
from actions.adapters.texts import ResponseTexts
from actions.usecases.open_case import case_key
from actions.workflows.durable import DurableWorkflows
from actions.workflows.steps import StepPorts
from tests.support.examples import TUESDAY, a_request, some_facts

MAILS = 2
"""The case id, and the confirmation."""


class Deadly:
    """A port whose process dies, unasked and at once, before or after one of its calls."""

    def __init__(self, port: Any, method: str, moment: str) -> None:
        self._port, self._method, self._moment = port, method, moment

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._port, name)
        if name != self._method:
            return call

        def die(*args: Any, **named: Any) -> Any:
            if self._moment == "after":
                call(*args, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        return die


def main(folder: str, casework: str, dbos: str, chat: str, mode: str, death: str) -> None:
    """Begin the work, or only go on with it, and wait for its end."""
    method, _, moment = death.partition(":")
    var = Path(folder)
    engine = open_engine(casework)
    migrate(engine)
    desk = SqlCaseDesk(engine)
    courier = SqlCourier(engine, FakeCourier().offer_slots, LabelFolder(var, ResponseTexts()), 8)
    notifier = CustomerNotifier(MailSpool(var / "mail", var, "us@example.com"), ChatNotifier(chat, "secret"))
    ports = StepPorts(
        Deadly(desk, method, moment),
        Deadly(courier, method, moment),
        Deadly(notifier, method, moment),
        ResponseTexts(),
        FixedClock(),
    )
    workflows = DurableWorkflows(ports, dbos, "test", turn_seconds=0, delays=(0.05,) * 200)
    workflows.launch()
    facts = some_facts()
    if mode == "begin":
        case, _ = desk.open(facts, case_key(facts), TUESDAY)
        workflows.ship(a_request(case.case_id), 0, 0.0)
        workflows.after_opening(case.case_id)
    if mode == "move":
        case, _ = desk.open(facts, case_key(facts), TUESDAY)
        courier.book(a_request(case.case_id), "k", TUESDAY)
        desk.note(case.case_id, TUESDAY, "pickup_moved", {})
        workflows.after_change(case.case_id, "pickup_moved", 1)
    while "mov" in mode and not _mailed(desk, "pickup_moved"):
        time.sleep(0.05)
    while "mov" not in mode and not ((var / "told").exists() and _mailed(desk) == MAILS):
        time.sleep(0.05)
    workflows.close()


def _mailed(desk: SqlCaseDesk, about: str = "") -> int:
    mails = [event for case in desk.newest() for event in case.events if event.what == "mailed"]
    return sum(not about or event.data["about"] == about for event in mails)


if __name__ == "__main__":
    main(*sys.argv[1:])
