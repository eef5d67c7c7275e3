"""One task a conversation: woken while it runs, it goes round once more; nobody does the same thing twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence


class Waking:
    """The tasks of a kind of work. `work` does all that is to be done for a conversation, and handles its own errors.

    It returns whether to look again where somebody woke it meanwhile.
    """

    def __init__(self, work: Callable[[str], Awaitable[bool]]) -> None:
        self._work = work
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    @property
    def busy(self) -> Sequence[str]:
        """The conversations at work just now."""
        return tuple(self._tasks)

    def wake(self, conversation: str) -> None:
        """There may be something to do."""
        self._again.add(conversation)
        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.create_task(self._run(conversation))

    async def stop(self) -> None:
        """Leave everything as a kill would: whoever comes next takes it up."""
        for task in (tasks := list(self._tasks.values())):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, conversation: str) -> None:
        try:
            while conversation in self._again:
                self._again.discard(conversation)
                if not await self._work(conversation):
                    break
        finally:
            del self._tasks[conversation]
            self._again.discard(conversation)
