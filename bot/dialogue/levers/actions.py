"""Rasa's actions as they run here: remote answers are checked by the endpoint, once, not again by each action.

Forms and slot extraction make their own remote actions, so both have a subclass that makes the checked kind.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action, ActionExtractSlots, RemoteAction, action_for_name_or_text
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig


def lean_action(name: str, domain: Domain, endpoint: EndpointConfig | None) -> Action:
    """The action of that name. Raises ActionNotFoundException where the domain doesn't know it."""
    return made_lean(action_for_name_or_text(name, domain, endpoint), endpoint)


def made_lean(action: Action, endpoint: EndpointConfig | None) -> Action:
    """The lean twin of a stock action; any other action as it is."""
    lean = _LEAN.get(type(action))
    return lean(action.name(), endpoint) if lean else action


class CheckedAction(RemoteAction):
    """A remote action whose answer the endpoint has already checked."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True


class LeanExtractSlots(ActionExtractSlots):
    """Fills slots from the message. A custom action that fails fails the turn; stock Rasa goes on without its slots."""

    def __init__(self, _: str, endpoint: EndpointConfig | None) -> None:
        super().__init__(endpoint)

    async def _run_custom_action(
        self,
        custom_action: str,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        action = CheckedAction(custom_action, self._action_endpoint)
        events = await action.run(output_channel, nlg, tracker, domain)
        return [event for event in events if isinstance(event, (SlotSet, BotUttered))]


class LeanForm(FormAction):
    """A form whose validation and questions run as checked actions."""

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[SlotSet | Event]:
        """Events of `validate_<form>`; none where the form has no such action."""
        validator = f"validate_{self.name()}"
        if validator not in domain.action_names_or_texts:
            return []
        candidates: list[Event] = [SlotSet(name, value) for name, value in slot_candidates.items()]
        seen = self._temporary_tracker(tracker, candidates, domain)
        return await CheckedAction(validator, self.action_endpoint).run(output_channel, nlg, seen, domain)

    async def activate(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Slots that the message which opened the form fills, validated with those already filled."""
        found = await extract_slots(domain, self.action_endpoint).run(output_channel, nlg, tracker, domain)
        tracker.update_with_events(found, domain)
        slots = [event for event in found if isinstance(event, SlotSet)]
        if f"validate_{self.name()}" not in domain.action_names_or_texts:
            return slots
        names = [name for name in self.required_slots(domain) if not self._should_request_slot(tracker, name)]
        known = {name: tracker.get_slot(name) for name in names}
        validated = await self.validate_slots(known, tracker, domain, output_channel, nlg)
        decided = {event.key for event in validated if isinstance(event, SlotSet)}
        return [*validated, *(event for event in slots if event.key not in decided)]

    async def _ask_for_slot(
        self,
        domain: Domain,
        nlg: NaturalLanguageGenerator,
        output_channel: OutputChannel,
        slot_name: str,
        tracker: DialogueStateTracker,
    ) -> list[Event]:
        question = self._name_of_utterance(domain, slot_name)
        if not question:
            return []
        return await lean_action(question, domain, self.action_endpoint).run(output_channel, nlg, tracker, domain)


def extract_slots(domain: Domain, endpoint: EndpointConfig | None) -> Action:
    """The action that reads slots from each message."""
    return lean_action(ACTION_EXTRACT_SLOTS, domain, endpoint)


_LEAN: dict[type, Any] = {RemoteAction: CheckedAction, ActionExtractSlots: LeanExtractSlots, FormAction: LeanForm}
