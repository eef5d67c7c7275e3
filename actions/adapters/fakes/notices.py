"""Notices in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from actions.adapters.fakes.failing import Failing
from actions.casework.notices.notice import Notice, concerns, gravest_first


class FakeNotices(Failing):
    """`DeviceNotices` in memory; empty unless told otherwise."""

    def __init__(self, notices: Iterable[Notice] = ()) -> None:
        super().__init__()
        self.notices = list(notices)

    def about(self, product_number: str, serial_number: str, today: date) -> Sequence[Notice]:
        """Those that concern the device."""
        self._enter("about")
        self._leave("about")
        return gravest_first(each for each in self.notices if concerns(each, product_number, serial_number, today))
