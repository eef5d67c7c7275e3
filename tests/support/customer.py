"""A customer with ready answers, who answers whatever is asked: for tests that want to get somewhere.

customer = Customer(chat, {"serial_number": "5CG…", "ts_answer": "not_fixed", "delivery": "pickup"})
customer.until(lambda: chat.cards("booking"))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol


class Chat(Protocol):
    """What a customer needs of a chat."""

    def say(self, text: str) -> object: ...
    def choose(self, choice: str) -> object: ...
    def expects(self) -> dict[str, Any]: ...
    def choices(self) -> list[str]: ...
    def said(self) -> str: ...


MANY_QUESTIONS = 80

ANSWERS: Mapping[str, str] = {
    "safety_flags": "none",
    "serial_confirmed": "affirm",
    "customer_type": "business",
    "company": "Ærø Værktøj ApS",
    "contact_name": "Mette Sørensen",
    "email": "mette@example.com",
    "phone": "+45 20 12 34 56",
    "cause": "defect",
    "opened_by_others": "deny",
    "hp_part": "affirm",
    "ts_answer": "not_fixed|failed|yes",
    "failure_id": "cannot",
    "backup_ack": "affirm",
    "data_ack": "affirm",
    "packed_ready": "affirm",
    "pickup_street": "Nørregade 12",
    "pickup_postcode": "8000",
    "pickup_city": "Aarhus C",
    "delivery": "pickup",
    "confirm_summary": "affirm",
    "anything_else": "deny",
}
"""What most customers answer; a test gives what it is about. Of several choices, with | between, the first on offer."""


class Stuck(AssertionError):
    """Nothing is asked, or the same thing again and again."""


class Customer:
    """Answers by the slot asked for: the choice of that id, else the text; without a ready answer the first choice."""

    def __init__(self, chat: Chat, answers: Mapping[str, str] | None = None) -> None:
        self.chat = chat
        self.answers = {**ANSWERS, **(answers or {})}
        self.asked: list[str] = []

    def answer(self) -> None:
        """Answer the open question. Raises Stuck where none is open, or this one keeps coming back."""
        slot = self.chat.expects().get("slot", "")
        if not slot:
            raise Stuck(f"no question is open after {self.asked[-5:]}; the bot said: {self.chat.said()}")
        if slot != "ts_answer" and self.asked[-3:] == [slot] * 3:
            raise Stuck(f"{slot} is asked for the fourth time; the bot said: {self.chat.said()}")
        self.asked.append(slot)
        choices = self.chat.choices()
        given = self.answers.get(slot, "")
        offered = [choice for choice in given.split("|") if choice in choices]
        if offered:
            self.chat.choose(offered[0])
        elif given and "|" not in given:
            self.chat.say(given)
        elif choices:
            self.chat.choose(choices[0])
        else:
            raise Stuck(f"no answer is ready for {slot}; the bot said: {self.chat.said()}")

    def until(self, there: Callable[[], object]) -> None:
        """Answer until the condition holds. Raises Stuck."""
        for _ in range(MANY_QUESTIONS):
            if there():
                return
            self.answer()
        raise Stuck(f"still not there after {MANY_QUESTIONS} answers: {self.asked[-10:]}")

    def until_asked(self, slot: str) -> None:
        """Answer until the bot asks for this slot."""
        self.until(lambda: self.chat.expects().get("slot") == slot)
