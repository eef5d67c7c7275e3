"""One message of a conversation at a time, without stock Rasa's second of waiting between two."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore

POLL_SECONDS = 0.02


class PromptLockStore(InMemoryLockStore):
    """Locks of this one process; who waits looks every POLL_SECONDS."""

    def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = POLL_SECONDS,
    ) -> AbstractAsyncContextManager[TicketLock]:
        """Hold the conversation. Raises LockError where the ticket ran out while waiting."""
        return super().lock(conversation_id, lock_lifetime, wait_time_in_seconds)
