"""The figures of one visit, and the table of all of them."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

HISTORY = 500


@dataclass(frozen=True)
class Visit:
    """One first visit with an empty cache, and one that brings a history back."""

    size_kb: float  # scripts and styles as they travel, gzipped
    requests: float  # while the page is loaded and the chat opened
    third_parties: float  # hosts that are neither the page's nor the chat's own
    usable_ms: float  # from navigation to a box that can be written in
    scripting_ms: float  # time in JavaScript until then, and two seconds more
    memory_mb: float  # JavaScript heap after a collection
    history_ms: float  # from navigation to the last of 500 messages
    shift: float  # cumulative layout shift of the host page


ROWS: Mapping[str, str] = {
    "size_kb": "size, gzip kB",
    "requests": "requests",
    "third_parties": "third-party hosts",
    "usable_ms": "load to usable, ms",
    "scripting_ms": "scripting, ms",
    "memory_mb": "memory, MB",
    "history_ms": f"{HISTORY} messages back, ms",
    "shift": "layout shift",
}


def median(visits: Sequence[Visit]) -> Visit:
    """Each figure's median. Figures that a chat never gave (NaN) stay out of it."""
    found = {}
    for field in fields(Visit):
        values = [value for visit in visits if (value := getattr(visit, field.name)) == value]
        found[field.name] = statistics.median(values) if values else float("nan")
    return Visit(**found)


def table(ours: Visit, peers: Mapping[str, Visit], floor: Visit, title: str = "this widget") -> str:
    """A row a figure: ours, then each peer with how many times ours it is."""
    head = ["", title, *peers, "page alone"]
    lines = [head]
    for name, row in ROWS.items():
        own = getattr(ours, name)
        cells = [_times(getattr(peer, name), own) for peer in peers.values()]
        lines.append([row, _plain(own), *cells, _plain(getattr(floor, name))])
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([drawn[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *drawn[1:]])


def verdicts(ours: Visit, peers: Mapping[str, Visit], floor: Visit) -> list[tuple[str, bool]]:
    """The goals, and whether each is met."""
    fastest = min(peer.usable_ms for peer in peers.values() if peer.usable_ms == peer.usable_ms)
    quick = ours.usable_ms <= fastest / 1.5 or ours.usable_ms <= floor.usable_ms + 50
    return [
        ("core at most 20 kB gzip", ours.size_kb <= 20),
        ("usable in 1/1.5 of the fastest peer, or within 50 ms of the page alone", quick),
        ("no third-party requests", ours.third_parties == 0),
        ("no layout shift", ours.shift == 0),
        ("500 messages back within 500 ms", ours.history_ms <= 500),
        ("usable within 1,000 ms", ours.usable_ms <= 1000),
    ]


def _times(value: float, own: float) -> str:
    ratio = f" ({value / own:.1f}×)" if own and value == value else ""
    return _plain(value) + ratio


def _plain(value: float) -> str:
    if value != value:
        return "none"
    return f"{value:.3f}" if 0 < value < 1 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
