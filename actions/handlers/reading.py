"""Reads every message of the customer, in the light of the open question, before any rule is looked at.

Rasa calls this action after each message (`action_validate_slot_mappings`). Slots of the open form that it sets make
the form go on; setting none makes the form reject, and the rule for the message's intent answers.
"""

from __future__ import annotations

from actions.casework.facts import Language
from actions.casework.reading.answers import Answer
from actions.casework.reading.context import Context
from actions.casework.reading.hear import hear
from actions.casework.reading.language import choose_language
from actions.casework.reading.message import Message
from actions.casework.reading.step import hear_step
from actions.casework.troubleshooting.library import load_scripts
from actions.casework.troubleshooting.position import Position
from actions.handlers.errands import known_cases
from actions.handlers.moving import slots_of_errand
from actions.handlers.shipping import free_slots
from actions.handlers.tracker import already_read, locale, read_message
from actions.handlers.turn import Events, Handler, Turn, set_slots

#: What the internal intents of the gateway say, which are no words of the customer.
_NOT_WORDS = frozenset({"session_open", "session_start", "person_left"})


#: Forms that ask for a day, and where its days come from.
_FREE = {"shipping_form": free_slots, "reschedule_form": slots_of_errand}

#: Slots that rules branch on within one turn; they must outlive its actions and be gone at the next message.
_ONE_TURN: dict[str, object] = {"danger": False, "revisit": None, "errand_told": False, "unsure_told": False}


class ReadMessage(Handler):
    """Sets what was heard, and says what could not be used."""

    name_ = "action_validate_slot_mappings"

    def act(self, turn: Turn) -> Events:
        if already_read(turn.tracker):
            return []
        message = read_message(turn.tracker)
        language = self._speak(turn, message)
        if message.intent in _NOT_WORDS:
            return set_slots(language)
        context = self._context(turn)
        heard = hear(message, context, self._step(turn, message, context))
        if heard.beside:
            turn.offer_beside([(f"/{intent}", turn.text(f"title_meant_{intent}")) for intent in heard.beside])
        if heard.offer_person:
            turn.offer_person()
        for key in heard.says:
            turn.say(key)
        settled = {} if message.choice or not message.ranking else {"unsure": None}
        return set_slots({**language, **_ONE_TURN, **settled, **heard.slots})

    def on_trouble(self, turn: Turn) -> Events:
        """Keep the question open: without a slot the form would reject and a rule would answer beside the point."""
        question = turn.slot("requested_slot")
        return set_slots({question: None}) if question else []

    def _speak(self, turn: Turn, message: Message) -> dict[str, object]:
        chosen = bool(turn.slot("language_chosen"))
        language, now_chosen = choose_language(message, turn.language.value, chosen, locale(turn.tracker))
        turn.language = Language(language)
        return {"language": language, "language_chosen": now_chosen}

    def _context(self, turn: Turn) -> Context:
        form = (turn.tracker.active_loop or {}).get("name") or ""
        slots = _FREE[form](turn) if form in _FREE else ()
        return Context(
            slots=turn.slots,
            today=turn.world.clock.now().date(),
            form=form,
            question=str(turn.slot("requested_slot") or "") if form else "",
            pickup_slots=tuple((slot.date.isoformat(), slot.window) for slot in slots),
            own_cases=tuple(known_cases(turn)),
            completed_cases=tuple(turn.slot("done_cases") or ()),
        )

    def _step(self, turn: Turn, message: Message, context: Context) -> Answer | None:
        if context.question != "ts_answer" or not turn.slot("ts_position"):
            return None
        position = Position.from_dict(turn.slot("ts_position"))
        return hear_step(message, load_scripts().get(position.script), position)
