"""Opens the embedded stores for a command; what keeps it from that is said in one line."""

from __future__ import annotations

from actions.bootstrap import Stores, open_stores
from actions.ports import PortError
from actions.settings import SettingsError, load_settings
from bot.cli.output import fail


def stores() -> Stores:
    """The stores of this installation; needs no running system."""
    try:
        return open_stores(load_settings())
    except SettingsError as error:
        fail(str(error))
    except PortError as error:
        fail(f"the casework database can't be opened: {error}")
