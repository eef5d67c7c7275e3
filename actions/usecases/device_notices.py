"""Which notices concern a device: recalls, firmware, something to know (R21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.casework.entitlement.device import Device
from actions.casework.notices.notice import Notice, NoticeKind
from actions.ports import DeviceNotices, PortError

SHOWN = 3
"""More than so many at once nobody reads; the gravest come first."""


def device_notices(notices: DeviceNotices, device: Device, at: datetime) -> Sequence[Notice]:
    """The gravest few; none where they can't be asked for: a fault is reported all the same."""
    try:
        return tuple(notices.about(device.product_number, device.serial_number, at.date()))[:SHOWN]
    except PortError:
        return ()


def is_recalled(notices: Sequence[Notice]) -> bool:
    """Whether the device must not be used: a person takes over."""
    return any(notice.kind is NoticeKind.SAFETY_RECALL for notice in notices)
