"""What an activity does: opens a conversation, stores a message or a choice, or says why it can't be taken."""

from __future__ import annotations

import hashlib
import unicodedata
import uuid
from typing import Any

from bot.gateway.bodies import MESSAGE_CHARACTERS
from bot.gateway.channels.teams.activity import Arrived, Envelope, Invoked, Left, Said
from bot.gateway.channels.teams.presses import VERB, Press, read_press, still_open, wanted
from bot.gateway.events import Draft, Event
from bot.gateway.handoff.service import DESK
from bot.gateway.parts import Parts
from bot.gateway.store.log import Refusal, Stored
from bot.gateway.store.places import Met, Places
from bot.gateway.taking import Taking

_OURS = uuid.UUID("8b1c0c5e-6f0e-4f0d-9b8a-6a1f5c3f2a77")
INVOKED = "adaptiveCard/action"
ANSWERED = "application/vnd.microsoft.activity.message"
FAILED = "application/vnd.microsoft.error"


class Inbound:
    """Takes what proved callers bring. Nothing of it is logged (T14)."""

    def __init__(self, parts: Parts, places: Places, taking: Taking) -> None:
        self._parts, self._places, self._taking = parts, places, taking

    async def arrived(self, envelope: Envelope, _done: Arrived) -> None:
        """Welcome whom the bot was installed for. In a team nobody has said anything yet: it waits to be spoken to."""
        if envelope.place.kind == "personal":
            await self._meet(envelope)

    async def left(self, envelope: Envelope, _done: Left) -> None:
        """Forget where answers would go, and end what was talked about there."""
        parts = self._parts
        for conversation in await parts.database.run(self._places.leave, envelope.room):
            await parts.database.run(parts.log.end, conversation, parts.now())
            await parts.fanout.tell(conversation)
            await parts.fanout.tell(DESK)

    async def said(self, envelope: Envelope, said: Said) -> None:
        """A message: a pressed card, a text, files, or several of them."""
        met = await self._meet(envelope)
        conversation = met.conversation
        if self._parts.messages.take(conversation) is not None:
            await self._notice(
                conversation, "error_too_many_requests", f"rate:{int(self._parts.now().timestamp()) // 10}"
            )
            return
        if said.attachments:
            await self._notice(conversation, "teams_no_files", f"files:{_digest(envelope.id)}")
        if said.value is not None:
            press = read_press(said.value)
            if press is None or not await self._pressed(conversation, press):
                await self._notice(conversation, "teams_button_expired", f"press:{_digest(envelope.id)}")
        elif len(said.text) > MESSAGE_CHARACTERS:
            await self._notice(conversation, "error_too_large", f"long:{_digest(envelope.id)}")
        elif _says_something(said.text):
            await self._typed(envelope, conversation, said.text)

    async def invoked(self, envelope: Envelope, invoked: Invoked) -> dict[str, Any] | None:
        """The answer to a call from a card; None for calls that this bot has no use for."""
        if invoked.name != INVOKED:
            return None
        action = invoked.value.get("action")
        if not isinstance(action, dict) or action.get("verb") != VERB:
            return self._invoke_answer(400, FAILED, {"code": "BadRequest", "message": "unknown verb"})
        met = await self._meet(envelope)
        data = action.get("data")
        press = read_press(data) if isinstance(data, dict) else None
        if press is not None and await self._pressed(met.conversation, press):
            return self._invoke_answer(200, ANSWERED, self._words("teams_taken", envelope.language))
        return self._invoke_answer(200, ANSWERED, self._words("teams_button_expired", envelope.language))

    async def _meet(self, envelope: Envelope) -> Met:
        """The conversation, begun where there is none: then a greeting is owed before anything else."""
        parts = self._parts
        met = await parts.database.run(
            self._places.meet,
            envelope.name,
            envelope.room,
            envelope.place.stored(),
            envelope.language,
            parts.now(),
        )
        if met.fresh:
            parts.metrics.session()
        parts.workers.wake(met.conversation)
        return met

    async def _typed(self, envelope: Envelope, conversation: str, text: str) -> None:
        name = str(uuid.uuid5(_OURS, envelope.id))
        if await self._taking.text(conversation, name, text) is Refusal.ENDED:
            met = await self._meet(envelope)  # it ended this very moment: what was said begins the next one
            await self._taking.text(met.conversation, name, text)

    async def _pressed(self, conversation: str, press: Press) -> bool:
        """Whether the press counts, now or already. A card is answered once, however often it is pressed."""
        found = await self._parts.database.run(self._parts.log.find, conversation)
        question = found.question if found else None
        event = await self._event(conversation, press.seq)
        name = str(uuid.uuid5(_OURS, f"card:{press.seq}"))
        if event is None or question is None or not still_open(press, conversation, question, event):
            return await self._was_pressed(conversation, name, press)
        match wanted(press, event, question):
            case ("choice", choice):
                stored = await self._taking.choice(conversation, name, choice)
            case ("text", text):
                stored = await self._taking.text(conversation, name, text)
            case _:
                return False
        if isinstance(stored, Stored) and stored.repeated:
            return await self._was_pressed(conversation, name, press)
        return isinstance(stored, Stored)

    async def _was_pressed(self, conversation: str, name: str, press: Press) -> bool:
        """Whether this very answer was taken from this card before (a double click, a delivery that came twice)."""
        parts = self._parts
        seq = await parts.database.run(parts.log.already, conversation, f"customer:{name}")
        if seq is None:
            return False
        event = await self._event(conversation, seq)
        return event is not None and press.answer in (event.body.get("choice"), event.body.get("text"))

    async def _event(self, conversation: str, seq: int) -> Event | None:
        return await self._parts.database.run(self._parts.log.event, conversation, seq)

    async def _notice(self, conversation: str, words: str, key: str) -> None:
        """Words of our own, once for each `key`, in order with everything else."""
        parts = self._parts
        found = await parts.database.run(parts.log.find, conversation)
        if found is None:
            return
        draft = Draft("text", {"text": self._words(words, found.language)}, "system")
        await parts.database.run(parts.log.add, conversation, draft, f"teams:{key}", parts.now())
        await parts.fanout.tell(conversation)

    def _words(self, key: str, language: str | None) -> str:
        return self._parts.words.say(key, language or "da")

    @staticmethod
    def _invoke_answer(status: int, kind: str, value: Any) -> dict[str, Any]:
        return {"statusCode": status, "type": kind, "value": value}


def _digest(activity: str) -> str:
    return hashlib.sha256(activity.encode("utf-8", "replace")).hexdigest()[:32]


def _says_something(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)
