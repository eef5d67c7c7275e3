"""Places the steps of a script in columns, left to right, so that its ways can be drawn with few crossings.

A step stands one column right of the last step that leads to it. A way that skips columns gets a bend in each, so
that its line runs between the boxes and not over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from actions.casework.troubleshooting.model import Script
from actions.casework.troubleshooting.routes import ways_out

GAP = 26.0
BEND_HEIGHT = 4.0
_SWEEPS = 12


@dataclass
class Place:
    """A box or a bend. `y` is its upper edge."""

    step: str  # "" for a bend
    column: int
    height: float
    y: float = 0.0
    before: list[Place] = field(default_factory=list)
    after: list[Place] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """Where everything stands. `lines[(from, to)]` is the way's bends, then the box it leads to."""

    columns: list[list[Place]]
    boxes: Mapping[str, Place]
    lines: Mapping[tuple[str, str], list[Place]]

    @property
    def height(self) -> float:
        """Lowest edge of anything."""
        return max(place.y + place.height for column in self.columns for place in column)


def lay_out(script: Script, heights: Mapping[str, float]) -> Layout:
    """Columns and heights for the reachable steps of a script without loops or dead ends."""
    column_of = _columns(script)
    columns: list[list[Place]] = [[] for _ in range(max(column_of.values()) + 1)]
    boxes = {step: Place(step, column, heights[step]) for step, column in column_of.items()}
    for box in boxes.values():
        columns[box.column].append(box)
    lines: dict[tuple[str, str], list[Place]] = {}
    for start in boxes.values():
        for _, target in ways_out(script.steps[start.step]):
            if target.step and (start.step, target.step) not in lines:
                lines[start.step, target.step] = _line(start, boxes[target.step], columns)
    _arrange(columns)
    return Layout(columns, boxes, lines)


def _columns(script: Script) -> dict[str, int]:
    found = {script.first: 0}
    waiting = [script.first]
    while waiting:
        at = waiting.pop()
        for _, target in ways_out(script.steps[at]):
            if target.step and found.get(target.step, -1) <= found[at]:
                found[target.step] = found[at] + 1
                waiting.append(target.step)
    return {step: found[step] for step in script.steps if step in found}


def _line(start: Place, end: Place, columns: list[list[Place]]) -> list[Place]:
    chain = [start]
    for column in range(start.column + 1, end.column):
        bend = Place("", column, BEND_HEIGHT)
        columns[column].append(bend)
        chain.append(bend)
    chain.append(end)
    for left, right in pairwise(chain):
        left.after.append(right)
        right.before.append(left)
    return chain[1:]


def _arrange(columns: list[list[Place]]) -> None:
    for column in columns:
        _stack(column)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            wished = {id(place): _mean(place.before if forward else place.after, place.middle) for place in column}
            if sweep < _SWEEPS - 4:
                column.sort(key=lambda place: wished[id(place)])
            for place in column:
                place.y = wished[id(place)] - place.height / 2
            _push_apart(column)
    top = min(place.y for column in columns for place in column)
    for column in columns:
        for place in column:
            place.y -= top


def _mean(places: list[Place], otherwise: float) -> float:
    return sum(place.middle for place in places) / len(places) if places else otherwise


def _stack(column: list[Place]) -> None:
    y = 0.0
    for place in column:
        place.y = y
        y += place.height + GAP


def _push_apart(column: list[Place]) -> None:
    """Keep the order and the gaps, moving the column as little as a middle-out push allows."""
    wished = [place.y for place in column]
    for upper, lower in pairwise(column):
        lower.y = max(lower.y, upper.y + upper.height + GAP)
    drift = sum(place.y - wish for place, wish in zip(column, wished, strict=True)) / max(len(column), 1)
    for place in column:
        place.y -= drift
