"""The gate before anything travels (R96-R98): three times yes, or a person."""

from __future__ import annotations

from abc import abstractmethod

from actions.casework.entitlement.externals import EXTERNALS
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, set_slots

_GATE = ("backup_ack", "data_ack", "packed_ready")


class ValidateGateForm(Handler):
    """Stops asking at the first no: nothing is booked then."""

    name_ = "validate_gate_form"

    def act(self, turn: Turn) -> Events:
        refused = any(turn.slot(ack) is False for ack in _GATE)
        missing = next((ack for ack in _GATE if turn.slot(ack) is None), None)
        return set_slots({"requested_slot": None if refused else missing})


class _AskAck(Handler):
    """Asks for one yes of the gate. What travels without the PC (a dock, a screen) is called by its own name."""

    @property
    @abstractmethod
    def ack(self) -> str:
        """The slot."""

    def act(self, turn: Turn) -> Events:
        part = story.known(turn).component
        words = {"case_id": turn.slot("case_id"), "part": turn.text(f"travels_{part}") if part in EXTERNALS else ""}
        text = turn.text(f"ask_{self.ack}_external" if part in EXTERNALS else f"ask_{self.ack}", **words)
        turn.ask(self.ack, "choice", text, [("/affirm", turn.text("title_yes")), ("/deny", turn.text("title_no"))])
        return []


class AskBackupAck(_AskAck):
    """What is lost is lost (R98)."""

    name_, ack = "action_ask_backup_ack", "backup_ack"


class AskDataAck(_AskAck):
    """Personal data go first (R97)."""

    name_, ack = "action_ask_data_ack", "data_ack"


class AskPackedReady(_AskAck):
    """Packed when it leaves (R96)."""

    name_, ack = "action_ask_packed_ready", "packed_ready"


class CheckGate(Handler):
    """All three yes, or a person."""

    name_ = "action_check_gate"

    def act(self, turn: Turn) -> Events:
        if all(turn.slot(ack) is True for ack in _GATE):
            return set_slots({"gate": "passed"})
        turn.say("gate_refused")
        reason = "data_refused" if turn.slot("data_ack") is False else "gate_refused"
        return set_slots({"gate": "refused", "handoff_reason": reason})

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"gate": "refused", "handoff_reason": "gate_refused"})
