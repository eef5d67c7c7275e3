"""Figures for operators (`/metrics`, Prometheus text). No names, no texts, no ids."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """The figures of one gateway."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._sessions = Counter("offsite_sessions", "Conversations begun", registry=self._registry)
        self._messages = Counter("offsite_messages", "Messages accepted", ["kind"], registry=self._registry)
        self._refused = Counter("offsite_refused", "Requests refused", ["error"], registry=self._registry)
        self._turns = Counter("offsite_turns", "Turns ended, by outcome", ["outcome"], registry=self._registry)
        self._seconds = Histogram(
            "offsite_turn_seconds",
            "From taking up a message to its answer",
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60),
            registry=self._registry,
        )
        self._teams = Counter(
            "offsite_teams_sent", "Tries to send to Teams, by outcome", ["outcome"], registry=self._registry
        )
        self._up = Gauge("offsite_dialogue_up", "1 while Rasa and the action server answer", registry=self._registry)

    def session(self) -> None:
        """A conversation began."""
        self._sessions.inc()

    def message(self, kind: str) -> None:
        """A message (`text` or `choice`) was stored."""
        self._messages.labels(kind).inc()

    def refused(self, error: str) -> None:
        """A request got the error form."""
        self._refused.labels(error).inc()

    def turn(self, outcome: str, seconds: float) -> None:
        """A turn ended."""
        self._turns.labels(outcome).inc()
        self._seconds.observe(seconds)

    def teams(self, outcome: str) -> None:
        """A try to send to Teams: sent, later, refused or gone."""
        self._teams.labels(outcome).inc()

    def page(self, up: bool) -> bytes:
        """All of it, as Prometheus reads it."""
        self._up.set(1 if up else 0)
        return generate_latest(self._registry)
