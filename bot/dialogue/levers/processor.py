"""A turn happens whole or not at all.

Stock Rasa swallows what an action raises and goes on, so a customer could read "case opened" when nothing was. Here
whatever an action raises ends the turn: nothing is said, nothing is stored, the webhook answers [], and the gateway
says so in words and tries again. What the action may have done is guarded by its own idempotency key.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator, TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from bot.dialogue.levers.actions import extract_slots, lean_action, made_lean
from bot.dialogue.levers.endpoint import ActionEndpoint
from bot.dialogue.levers.runner import StraightGraphRunner

#: A correction at the summary leads past device, contact, cause, testing, verdict, case and gate again in one turn;
#: stock Rasa stops after 10 actions.
_ACTIONS_A_TURN = 40


class EndlessTurn(Exception):
    """The policies predicted action after action and never came to listen."""


class WholeTurnProcessor(MessageProcessor):
    """Handles a message as Rasa does, with the lean actions, and lets no failed action pass for a silent one."""

    @staticmethod
    @lru_cache(maxsize=1)  # a model serves as it was loaded; a process forked after loading need not load it again
    def _load_model(model_path: str | Path) -> tuple[str, Any, StraightGraphRunner]:
        path = Path(model_path)
        with TempDirectoryPath(get_temp_dir_name()) as unpacked:
            metadata, runner = load_predict_graph_runner(Path(unpacked), path, LocalModelStorage, StraightGraphRunner)
        return path.name, metadata, runner

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Answer one message. Raises what an action raised, with nothing said and nothing stored."""
        try:
            return await super().handle_message(message)
        except Exception:
            if isinstance(message.output_channel, CollectingOutputChannel):
                message.output_channel.messages.clear()
            raise

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fill slots from the message."""
        action = extract_slots(self.domain, self.action_endpoint)
        events = await action.run(output_channel, self.nlg, tracker, self.domain)
        await self._send_bot_messages(events, tracker, output_channel)
        tracker.update_with_events(events, self.domain)
        return tracker

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """The next action, as its lean twin. Raises ActionLimitReached."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return made_lean(action, self.action_endpoint), prediction

    def _get_action(self, action_name: str) -> Action:
        return lean_action(action_name, self.domain, self.action_endpoint)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        watched = _Watched(action)
        goes_on = await super()._run_action(watched, tracker, output_channel, nlg, prediction)
        if watched.failure is not None:
            raise watched.failure
        return goes_on


def _fail_turn(tracker: DialogueStateTracker, *_: Any) -> None:
    """Stock Rasa stores such a turn, and then every later message of the conversation ends at once, unanswered."""
    raise EndlessTurn(f"no end to the actions after '{tracker.latest_action_name}'")


class _Watched(Action):
    """An action that remembers what it raised."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self.failure: Exception | None = None

    def name(self) -> str:
        return self._action.name()

    def event_for_successful_execution(self, prediction: PolicyPrediction) -> Event:
        return self._action.event_for_successful_execution(prediction)

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        try:
            return await self._action.run(output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            self.failure = error
            raise


class DialogueAgent(Agent):
    """Rasa's agent with the processor above and a tracker store that is not silently replaced by memory."""

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Serve this model. Raises what loading raised."""
        self.processor = WholeTurnProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
            max_number_of_predictions=_ACTIONS_A_TURN,
            on_circuit_break=_fail_turn,
        )
        self.domain = self.processor.domain
        self.tracker_store.domain = self.domain
        self._set_fingerprint(fingerprint)
        if isinstance(self.action_endpoint, ActionEndpoint):
            self.action_endpoint.knows(self.domain)
        if isinstance(self.nlg, TemplatedNaturalLanguageGenerator):
            self.nlg.responses = self.domain.responses

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
        if store is None:
            return Agent._create_tracker_store(store, domain)
        return store
