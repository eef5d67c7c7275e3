"""A clock that stands where it is put."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass
class FixedClock:
    """A Tuesday morning in opening hours, unless told otherwise."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 10, 10, 0, tzinfo=COPENHAGEN))

    def now(self) -> datetime:
        """Where the clock stands."""
        return self.at

    def forward(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by
