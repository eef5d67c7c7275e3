"""Pictures of the report as SVG that stands alone in a page: no script, no font, no address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from tests.dialogue.nlu.report.figures import Bin

Point = tuple[float, float]

_CELL, _MARGIN, _HEAD = 24, 150, 132
_WIDE, _HIGH, _LEFT, _TOP, _BOTTOM = 460, 300, 54, 16, 44
_COLOURS = ("#0b5cad", "#b3450b", "#4d6b1f", "#6d3fa0")


def confusion_picture(counts: Counter[tuple[str, str]]) -> str:
    """A matrix: a row for what was meant, a column for what was read, darker for a greater share of the row."""
    names = sorted({name for pair in counts for name in pair})
    size = len(names) * _CELL
    parts = []
    for row, meant in enumerate(names):
        total = sum(counts[meant, read] for read in names)
        middle = _HEAD + row * _CELL + _CELL / 2
        parts.append(f'<text x="{_MARGIN - 8}" y="{middle + 4}" text-anchor="end">{escape(meant)}</text>')
        for column, read in enumerate(names):
            count = counts[meant, read]
            if total:
                parts.append(_cell(column, row, count, count / total, meant, read))
    for column, read in enumerate(names):
        x = _MARGIN + column * _CELL + _CELL / 2 + 4
        parts.append(f'<text transform="translate({x},{_HEAD - 8}) rotate(-60)">{escape(read)}</text>')
    width, height = _MARGIN + size + 60, _HEAD + size + 12
    title = "Which intent was read as which"
    return _svg(width, height, title, parts)


def _cell(column: int, row: int, count: int, share: float, meant: str, read: str) -> str:
    x, y = _MARGIN + column * _CELL, _HEAD + row * _CELL
    right = meant == read
    colour = "#0b5cad" if right else "#b3260b"
    strength = share if right else min(1.0, share * 4)  # a mistake in ten is already worth a look
    box = (
        f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" fill="#eef1f4"/>'
        f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" fill="{colour}" fill-opacity="{strength:.2f}">'
        f"<title>{escape(meant)} read as {escape(read)}: {count} ({share:.0%})</title></rect>"
    )
    if not count:
        return box
    ink = "#fff" if strength > 0.5 else "#222"
    return box + (
        f'<text x="{x + _CELL / 2 - 0.5}" y="{y + _CELL / 2 + 4}" text-anchor="middle" class="count"'
        f' style="fill:{ink}">'
        f"{count}</text>"
    )


def calibration_picture(by_name: Mapping[str, Sequence[Bin]]) -> str:
    """How often answers of a confidence were right; on the diagonal, confidence is the truth."""
    lines = {name: [(found.sure, found.right) for found in bins] for name, bins in by_name.items()}
    diagonal = [f'<path d="{_path([(0.0, 0.0), (1.0, 1.0)], 0.0, 0.0, 1.0)}" class="guide"/>']
    return _chart(
        lines, "Calibration: how sure against how often right", "confidence", (0.0, 1.0), (0.0, 1.0), diagonal
    )


def curve_picture(by_name: Mapping[str, Sequence[Point]]) -> str:
    """Exactness by the number of examples."""
    points = [point for line in by_name.values() for point in line]
    lowest = min((int(share * 20) / 20 for _, share in points), default=0.0)
    most = max((number for number, _ in points), default=1.0)
    return _chart(by_name, "Learning curve", "examples", (0.0, most), (lowest, 1.0), [])


def _chart(
    lines: Mapping[str, Sequence[Point]],
    title: str,
    below: str,
    across: tuple[float, float],
    up: tuple[float, float],
    parts: list[str],
) -> str:
    drawn = [*parts, *_axes(below, across, up)]
    for number, (name, points) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        placed = [_placed(point, across, up) for point in points]
        drawn.append(
            f'<path d="{_joined(placed)}" fill="none" stroke="{colour}" stroke-width="2"/>'
            + "".join(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"><title>{escape(name)}: {a:.4g}, {b:.3f}'
                "</title></circle>"
                for (x, y), (a, b) in zip(placed, points, strict=True)
            )
            + f'<text x="{_WIDE - 12}" y="{_HIGH - _BOTTOM - 12 - 17 * number}" text-anchor="end"'
            f' style="fill:{colour}">{escape(name)}</text>'
        )
    return _svg(_WIDE, _HIGH, title, drawn)


def _axes(below: str, across: tuple[float, float], up: tuple[float, float]) -> list[str]:
    parts = []
    for step in range(6):
        share = step / 5
        value, number = up[0] + share * (up[1] - up[0]), across[0] + share * (across[1] - across[0])
        x, _ = _placed((number, up[0]), across, up)
        _, y = _placed((across[0], value), across, up)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDE - 10}" stroke="#d9dee3"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>')
        shown = f"{number:.1f}" if across[1] <= 1 else f"{number:,.0f}"
        parts.append(f'<text x="{x:.1f}" y="{_HIGH - _BOTTOM + 18}" text-anchor="middle">{shown}</text>')
    parts.append(f'<text x="{(_LEFT + _WIDE) / 2}" y="{_HIGH - 6}" text-anchor="middle">{escape(below)}</text>')
    return parts


def _placed(point: Point, across: tuple[float, float], up: tuple[float, float]) -> Point:
    wide, high = _WIDE - _LEFT - 26, _HIGH - _TOP - _BOTTOM
    x = _LEFT + wide * (point[0] - across[0]) / ((across[1] - across[0]) or 1)
    return x, _TOP + high * (1 - (point[1] - up[0]) / ((up[1] - up[0]) or 1))


def _joined(placed: Sequence[Point]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in placed) if placed else ""


def _path(points: Sequence[Point], left: float, low: float, most: float) -> str:
    return _joined([_placed(point, (left, most), (low, most)) for point in points])


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
