"""One run of one action: the slots it may read, the words it may say, the events it gives back."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.bootstrap import World, world
from actions.casework.facts import Language

log = logging.getLogger(__name__)

Events = list[EventType]


class Turn:
    """What an action sees and says. Slots are read through `slot`; every word comes from the response files."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, now_world: World) -> None:
        self.dispatcher = dispatcher
        self.tracker = tracker
        self.world = now_world
        self.conversation: str = tracker.sender_id
        self.language = Language(tracker.get_slot("language") or Language.DA)

    def slot(self, name: str) -> Any:
        """The value of a slot, or None."""
        return self.tracker.get_slot(name)

    @property
    def slots(self) -> Mapping[str, Any]:
        """Every slot with its value."""
        return self.tracker.slots

    def text(self, key: str, **values: object) -> str:
        """A text in the customer's language."""
        return self.world.texts.text(key, self.language, **values)

    def say(self, key: str, **values: object) -> None:
        """Say one text."""
        self.dispatcher.utter_message(text=self.text(key, **values))

    def ask(self, slot: str, kind: str, text: str, choices: Sequence[tuple[str, str]] = (), **more: object) -> None:
        """Ask the open question: `choices` are (payload, title); `more` goes beside slot and kind in `expects`."""
        buttons = [{"payload": payload, "title": title} for payload, title in choices]
        expects = {"slot": slot, "kind": kind, **more}
        self.dispatcher.utter_message(text=text, buttons=buttons, json_message={"expects": expects})

    def card(self, card: str, data: Mapping[str, Any], text: str) -> None:
        """Show a card; `text` says the same in words (contract section 3).

        The words travel inside: Rasa's channels cut a message in pieces at its paragraphs.
        """
        self.dispatcher.utter_message(json_message={"card": card, "data": dict(data), "text": text})

    def offer_person(self) -> None:
        """Put "talk to a person" beside the next question's choices."""
        self.offer_beside([("/request_human", self.text("offer_person_title"))])

    def offer_beside(self, choices: Sequence[tuple[str, str]]) -> None:
        """Put (payload, title) beside the next question's choices."""
        offers = [{"title": title, "payload": payload} for payload, title in choices]
        self.dispatcher.utter_message(json_message={"extra_choices": offers})


class Handler(Action, ABC):
    """An action: reads slots, calls one use case, says what came of it. `name_` is its name in the domain.

    Rasa goes on after an action that fails as if nothing were wrong, so a failure is said here, and `on_trouble`
    leaves the slots that the rules branch on in a state that claims nothing.
    """

    name_: str

    def name(self) -> str:
        """Its name in the domain."""
        return self.name_

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Run it in a thread: ports block, and one blocked action must not block every customer's."""
        turn = Turn(dispatcher, tracker, world())
        try:
            return await asyncio.to_thread(self.act, turn)
        except Exception:
            log.exception("action %s failed", self.name_)
            dispatcher.messages.clear()
            turn.say("utter_technical_trouble")
            return self.on_trouble(turn)

    @abstractmethod
    def act(self, turn: Turn) -> Events:
        """What it does; the events are slots set, in order."""

    def on_trouble(self, turn: Turn) -> Events:
        """Slots after a failure."""
        return []


def set_slots(values: Mapping[str, Any]) -> Events:
    """Slot events for `values`."""
    return [SlotSet(name, value) for name, value in values.items()]


def choice(choice_id: str) -> str:
    """The payload of a choice."""
    return f'/choose{{"choice": "{choice_id}"}}'
