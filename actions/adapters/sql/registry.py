"""The embedded entitlement registry: rows of the registry file in SQL (contract section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from actions.adapters.sql.engine import reading, writing
from actions.adapters.sql.tables import registry_devices
from actions.casework.entitlement.device import Device, device_from_row, device_to_row
from actions.ports import NotFound


class SqlRegistry:
    """`EntitlementRegistry` on one database, and the way rows get in. Raises Unavailable; a write also Unknown."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def lookup(self, serial_number: str) -> Device:
        """The device of that serial number, as normalised. Raises NotFound."""
        return device_from_row(self.row(serial_number))

    def row(self, serial_number: str) -> Mapping[str, str]:
        """The registry's columns as strings, as in the file. Raises NotFound."""
        with reading(self._engine) as connection:
            query = sa.select(registry_devices).where(registry_devices.c.serial_number == serial_number)
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound(serial_number)
        return dict(row)

    def count(self) -> int:
        """How many devices are known."""
        with reading(self._engine) as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(registry_devices)).scalar_one()

    def put(self, devices: Iterable[Device]) -> tuple[int, int]:
        """Take devices in, all or none; one with a known serial number replaces it. Returns (new, updated)."""
        rows = {device.serial_number: device_to_row(device) for device in devices}
        with writing(self._engine) as connection:
            known = set(connection.execute(sa.select(registry_devices.c.serial_number)).scalars())
            added = [row for serial, row in rows.items() if serial not in known]
            changed = [row for serial, row in rows.items() if serial in known]
            if added:
                connection.execute(sa.insert(registry_devices), added)
            for row in changed:
                table = registry_devices
                connection.execute(sa.update(table).where(table.c.serial_number == row["serial_number"]).values(**row))
        return len(added), len(changed)
