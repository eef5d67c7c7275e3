"""Has a change that the customer brought about mailed to them, once."""

from __future__ import annotations

from typing import Protocol

from actions.ports import CaseDesk, PortError, Workflows


class ConfirmingWorld(Protocol):
    """What confirming needs."""

    @property
    def desk(self) -> CaseDesk:
        """Whose history numbers the changes."""
        ...

    @property
    def workflows(self) -> Workflows:
        """Who mails."""
        ...


def confirm_change(world: ConfirmingWorld, case_id: str, what: str) -> bool:
    """Begin the mail about the newest event `what` of a case; False where it is not known to be begun.

    The event's place among its like is the key, so a repeated turn mails nothing twice.
    """
    try:
        number = sum(event.what == what for event in world.desk.get(case_id).events)
        if number:
            world.workflows.after_change(case_id, what, number)
    except PortError:
        return False
    return bool(number)
