"""The way to cases and bookings: their stores, opened at first use, because most requests need none of them."""

from __future__ import annotations

import asyncio
import threading

from actions.bootstrap import Stores, open_stores
from actions.settings import Settings


class Casework:
    """The stores of this process. Their calls block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._stores: Stores | None = None

    def open(self) -> Stores:
        """The stores. Blocks. Raises Unavailable where their database is away."""
        with self._lock:
            if self._stores is None:
                self._stores = open_stores(self._settings)
            return self._stores

    async def stores(self) -> Stores:
        """The same, off the event loop."""
        return await asyncio.to_thread(self.open)
