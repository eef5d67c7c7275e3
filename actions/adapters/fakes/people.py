"""People at a desk that a test sets."""

from __future__ import annotations

from collections.abc import Sequence

from actions.adapters.fakes.failing import Failing
from actions.agent_ports import Availability


class FakePeople(Failing):
    """`People` in memory: as many as `present` says."""

    def __init__(self, present: int = 0) -> None:
        super().__init__()
        self.present = present

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """The same for every language."""
        self._enter("availability")
        return Availability(self.present)
