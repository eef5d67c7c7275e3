"""What must be there before the first message: tables brought up to date, and devices to look up."""

from __future__ import annotations

from pathlib import Path

from actions.adapters.clock import SystemClock
from actions.adapters.registry_file import BadFile, read_registry_file
from actions.bootstrap import open_stores
from actions.ports import PortError
from actions.settings import ROOT, Settings

DEMO_REGISTRY = ROOT / "actions/adapters/demo/registry.csv"


class PrepareFailed(Exception):
    """The database can't be used, or the demonstration registry is broken; the message says which."""


def prepare(settings: Settings, demo: Path = DEMO_REGISTRY) -> str:
    """Migrate, and fill an empty registry with made-up devices. What was done, in words. Raises PrepareFailed."""
    try:
        registry = open_stores(settings).registry
        if registry.count() or not demo.exists():
            return f"{registry.count()} devices in the registry"
        new, _ = registry.put(read_registry_file(demo, SystemClock().now().date()).devices)
    except PortError as error:
        raise PrepareFailed(f"the database can't be used: {error}") from error
    except BadFile as error:
        raise PrepareFailed(f"{demo}: {error}") from error
    return f"{new} made-up devices taken into the empty registry"
