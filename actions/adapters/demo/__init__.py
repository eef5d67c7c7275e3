"""Made-up devices to try everything with (docs/demo-devices.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from actions.adapters.registry_file import read_registry_file
from actions.adapters.sql.registry import SqlRegistry

DEMO_FILE = Path(__file__).with_name("registry.csv")


def seed_if_empty(registry: SqlRegistry, today: date) -> int:
    """Take the demonstration devices into an empty registry; returns how many. Raises PortError."""
    if registry.count():
        return 0
    return sum(registry.put(read_registry_file(DEMO_FILE, today).devices))
