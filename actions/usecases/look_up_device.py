"""What HP sold with a device: asked of the registry each time, never taken from the conversation (A2)."""

from __future__ import annotations

from dataclasses import dataclass

from actions.casework.entitlement.device import Device
from actions.ports import EntitlementRegistry, NotFound, PortError


@dataclass(frozen=True)
class Found:
    """The registry knows it."""

    device: Device


@dataclass(frozen=True)
class NotRegistered:
    """The registry answered, and has no such serial number: NEEDS_HUMAN, with the case unverified."""


@dataclass(frozen=True)
class RegistryDown:
    """The registry could not be asked: NEEDS_HUMAN, never NOT_COVERED (domain.md 0.6)."""


DeviceLookup = Found | NotRegistered | RegistryDown


def look_up_device(registry: EntitlementRegistry, serial_number: str) -> DeviceLookup:
    """Ask for one normalised serial number."""
    try:
        return Found(registry.lookup(serial_number))
    except NotFound:
        return NotRegistered()
    except PortError:
        return RegistryDown()
