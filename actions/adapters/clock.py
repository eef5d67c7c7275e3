"""The machine's clock, read as the customer reads theirs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class SystemClock:
    """`Clock` of the machine."""

    def now(self) -> datetime:
        """Now, in Europe/Copenhagen."""
        return datetime.now(COPENHAGEN)
