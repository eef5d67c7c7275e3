"""A registry of a few devices."""

from __future__ import annotations

from collections.abc import Iterable

from actions.adapters.fakes.failing import Failing
from actions.casework.entitlement.device import Device
from actions.ports import NotFound


class FakeRegistry(Failing):
    """`EntitlementRegistry` in memory."""

    def __init__(self, devices: Iterable[Device] = ()) -> None:
        super().__init__()
        self.devices = {device.serial_number: device for device in devices}

    def lookup(self, serial_number: str) -> Device:
        """The device, or NotFound."""
        self._enter("lookup")
        self._leave("lookup")
        if serial_number not in self.devices:
            raise NotFound(serial_number)
        return self.devices[serial_number]

    def put(self, devices: Iterable[Device]) -> tuple[int, int]:
        """As SqlRegistry.put."""
        new = {device.serial_number: device for device in devices}
        updated = len(new.keys() & self.devices.keys())
        self.devices.update(new)
        return len(new) - updated, updated
