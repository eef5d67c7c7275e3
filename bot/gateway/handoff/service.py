"""What a desk calls: typed, asynchronous, and everybody who waits is told (docs/handoff.md).

Every move answers with the handoff as it then stands, or `Refused` with who has it. All are safe to repeat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.gateway.events import Event
from bot.gateway.fanout import Fanout
from bot.gateway.handoff.model import Agent, Handoff, Note, Presence, Queued, Refused, Request, Sent
from bot.gateway.handoff.store import HandoffStore
from bot.gateway.store.engine import Database

DESK = "desk"
"""Whoever listens to this name on the fan-out hears of every change at the desk; what it is, is read from here."""


class HandoffService:
    """The desk's side of conversations. `wake` starts the conversation's worker in the gateway."""

    def __init__(
        self,
        database: Database,
        store: HandoffStore,
        fanout: Fanout,
        wake: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._store, self._fanout, self._wake, self._now = database, store, fanout, wake, now

    # --- reading ----------------------------------------------------------------------------------

    async def queue(self) -> list[Queued]:
        """Those that wait, next one first."""
        return await self._database.run(self._store.queue)

    async def held(self, agent: str | None = None) -> list[Handoff]:
        """Conversations that people have: one agent's (by id), or everybody's."""
        return await self._database.run(self._store.held, agent)

    async def get(self, handoff: str) -> Handoff | None:
        """One handoff, open or ended."""
        return await self._database.run(self._store.get, handoff)

    async def messages(self, handoff: str, after: int = 0) -> list[Event]:
        """The whole conversation above the number `after`: customer, assistant, people."""
        return await self._database.run(self._store.messages, handoff, after)

    async def notes(self, handoff: str) -> list[Note]:
        """Private notes, oldest first."""
        return await self._database.run(self._store.notes, handoff)

    async def people(self) -> list[Presence]:
        """Who is at the desk now."""
        return await self._database.run(self._store.people, self._now())

    # --- being there ------------------------------------------------------------------------------

    async def beat(self, agent: Agent, *, available: bool) -> None:
        """The agent's page is alive: to be called every 20 seconds. It keeps the agent's conversations theirs."""
        await self._database.run(self._store.beat, agent, available, self._now())
        await self._fanout.tell(DESK)

    async def leave(self, agent: str) -> None:
        """The agent signed out."""
        await self._database.run(self._store.leave, agent)
        await self._fanout.tell(DESK)

    # --- moves ------------------------------------------------------------------------------------

    async def open(self, conversation: str, request: Request) -> Handoff | None:
        """Ask for a person from inside; None where the conversation has ended. Asks nobody whether it is open."""
        opened = await self._database.run(self._store.open, conversation, request, self._now())
        await self._told(conversation)
        return opened

    async def claim(self, handoff: str, agent: Agent) -> Handoff | Refused:
        """Take one that waits; exactly one of those who try gets it."""
        return await self._moved(self._database.run(self._store.claim, handoff, agent, self._now()))

    async def release(self, handoff: str, agent: Agent) -> Handoff | Refused:
        """Put it back, at the head of the queue."""
        return await self._moved(self._database.run(self._store.release, handoff, agent, self._now()))

    async def transfer(self, handoff: str, agent: Agent, to: Agent) -> Handoff | Refused:
        """Give it to a colleague, who has two minutes to write."""
        return await self._moved(self._database.run(self._store.transfer, handoff, agent, to, self._now()))

    async def return_to_bot(self, handoff: str, agent: Agent, word: str = "") -> Handoff | Refused:
        """Back to the assistant, with a word to the customer; the dialogue goes on with its next question."""
        return await self._moved(self._database.run(self._store.return_to_bot, handoff, agent, word, self._now()))

    async def close(self, handoff: str, agent: Agent, outcome: str, word: str = "") -> Handoff | Refused:
        """Done, with an outcome code and a last word to the customer."""
        return await self._moved(self._database.run(self._store.close, handoff, agent, outcome, self._now(), word))

    # --- talking ----------------------------------------------------------------------------------

    async def send(self, handoff: str, agent: Agent, message_id: str, text: str) -> Sent | Refused:
        """A message to the customer, once for each `message_id` (send again until it is acknowledged)."""
        sent = await self._database.run(self._store.send, handoff, agent, message_id, text, self._now())
        if isinstance(sent, Sent) and not sent.repeated:
            await self._told_of(handoff)
        return sent

    async def note(self, handoff: str, agent: Agent, note_id: str, text: str) -> Note | Refused:
        """A private note, once for each `note_id`. No customer ever sees it."""
        written = await self._database.run(self._store.note, handoff, agent, note_id, text, self._now())
        await self._fanout.tell(DESK)
        return written

    async def typing(self, handoff: str, agent: Agent) -> None:
        """The agent types: the customer sees it for a few seconds. Repeat every few seconds."""
        found = await self.get(handoff)
        if found is not None and found.agent == agent.id:
            await self._fanout.tell(found.conversation, typing="agent")

    async def customer_types(self, conversation: str) -> None:
        """The customer types: whoever listens to DESK sees it, under the handoff's id."""
        found = await self._database.run(self._store.of_conversation, conversation)
        if found is not None:
            await self._fanout.tell(DESK, typing=found.id)

    # --- telling ----------------------------------------------------------------------------------

    async def _moved(self, moving: Awaitable[Handoff | Refused]) -> Handoff | Refused:
        moved = await moving
        if isinstance(moved, Handoff):
            await self._told(moved.conversation)
            self._wake(moved.conversation)
        return moved

    async def _told_of(self, handoff: str) -> None:
        found = await self.get(handoff)
        if found is not None:
            await self._told(found.conversation)

    async def _told(self, conversation: str) -> None:
        await self._fanout.tell(conversation)
        await self._fanout.tell(DESK)
