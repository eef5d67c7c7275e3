"""Which cover is in force on a day. First and last days count, all of them."""

from __future__ import annotations

from datetime import date, timedelta

from actions.casework.entitlement.device import Device
from actions.casework.entitlement.finding import Addon

REGISTRATION_DAYS = 10  # R90


def warranty_is_active(device: Device, today: date) -> bool:
    """HP's hardware warranty; where the registry names no end there is none to count on."""
    return device.warranty_end is not None and today <= device.warranty_end


def pack_start(device: Device) -> date | None:
    """The first day of the Care Pack: the registry's, else the hardware purchase date (R04)."""
    return device.care_pack_start or device.purchase_date


def has_pack(device: Device) -> bool:
    """Whether a Care Pack was sold with the device; its part number says so."""
    return bool(device.care_pack)


def pack_is_active(device: Device, today: date) -> bool:
    """A Care Pack, of whatever service, in force today. Without an end in the registry it is not known to be."""
    start = pack_start(device)
    if not has_pack(device) or device.care_pack_end is None:
        return False
    return (start is None or start <= today) and today <= device.care_pack_end


def pack_has_no_end(device: Device) -> bool:
    """A Care Pack whose end the registry does not name: nobody can say from here whether it is active."""
    return has_pack(device) and device.care_pack_end is None


def registered_in_time(device: Device) -> bool:
    """Registered within 10 days (R90), counted from the Care Pack's start, which is when it was bought (R04)."""
    start = pack_start(device)
    if device.registered_on is None or start is None:
        return device.registered_on is not None
    return device.registered_on <= start + timedelta(days=REGISTRATION_DAYS)


def addon_is_active(device: Device | None, addon: Addon, today: date) -> bool:
    """An add-on lives as long as its Care Pack."""
    return device is not None and addon in device.addons and pack_is_active(device, today)


def years_after(day: date, years: int) -> date:
    """The same calendar day later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
