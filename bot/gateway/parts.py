"""What the routes work with, put together once by `app.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from actions.settings import Settings
from bot.gateway.bookings import BookingFiles
from bot.gateway.casework import Casework
from bot.gateway.fanout import Fanout
from bot.gateway.files.attaching import Attaching
from bot.gateway.files.folder import FileFolder
from bot.gateway.handoff.cases import Cases
from bot.gateway.handoff.opening import Openings
from bot.gateway.handoff.outer import OuterDesk
from bot.gateway.handoff.service import HandoffService
from bot.gateway.handoff.ticker import Ticker
from bot.gateway.links import Links
from bot.gateway.metrics import Metrics
from bot.gateway.rasa import Health, Rasa
from bot.gateway.rates import Rate
from bot.gateway.retention import Retention
from bot.gateway.sessions import Sessions
from bot.gateway.store.engine import Database
from bot.gateway.store.files import ConversationFiles
from bot.gateway.store.log import ConversationLog
from bot.gateway.words import Words
from bot.gateway.workers import Workers


@dataclass
class Parts:
    """The gateway's inside."""

    settings: Settings
    database: Database
    log: ConversationLog
    sessions: Sessions
    workers: Workers
    handoffs: HandoffService
    reach: Openings
    cases: Cases
    ticker: Ticker
    outer: OuterDesk | None
    fanout: Fanout
    rasa: Rasa
    health: Health
    words: Words
    metrics: Metrics
    messages: Rate
    openings: Rate
    uploads: Rate
    casework: Casework
    files: ConversationFiles
    folder: FileFolder
    attaching: Attaching
    booking_files: BookingFiles
    retention: Retention
    links: Links
    now: Callable[[], datetime]

    @property
    def reread_seconds(self) -> float:
        """How long a waiting request trusts that it is told of news: other gateways may tell nobody."""
        return 15.0 if self.database.embedded or self.fanout.told_by_others else 1.0
