"""No notices: where nobody keeps any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from actions.casework.notices.notice import Notice


class NoNotices:
    """`DeviceNotices` that knows of none."""

    def about(self, product_number: str, serial_number: str, today: date) -> Sequence[Notice]:
        """None."""
        return ()
