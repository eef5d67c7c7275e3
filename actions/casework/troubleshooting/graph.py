"""Draws scripts as SVG: a box for each step with its answers, a line to where each leads, a pill for an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import wrap

from actions.casework.troubleshooting.layers import Layout, Place, lay_out
from actions.casework.troubleshooting.model import CANNOT, Outcome, Script, Step, Target
from actions.casework.troubleshooting.routes import dead_ends, loops, ways_out

WIDTH, LANE, MARGIN, HEAD = 250, 90, 30, 60
LINE, ROW = 15, 22
_CHARACTERS = 34  # of 12 px text in a box

_COLOURS = {
    Outcome.RESOLVED: "#1a7f37",
    Outcome.REPAIR: "#0550ae",
    Outcome.CSR: "#0e7490",
    Outcome.HUMAN: "#9a6700",
    Outcome.SAFETY: "#cf222e",
    Outcome.SOFTWARE_ONLY: "#6e40c9",
    Outcome.CONNECTION_ONLY: "#6e40c9",
    Outcome.NOT_HP_PART: "#57606a",
}
_STYLE = (
    "text{font:12px 'DejaVu Sans',Arial,sans-serif;fill:#1f2328}.h{font-weight:bold}.t{font-size:20px;font-weight:bold}"
    ".s{font-size:10px;fill:#57606a}.p{font-size:11px;fill:#fff}"
    ".b{fill:#fff;stroke:#8c959f}.c{fill:#fff8e5;stroke:#8c959f}.l{fill:none;stroke:#8c959f;stroke-width:1.4}"
)


class NotDrawable(ValueError):
    """A script with loops or dead ends has no picture; the lint says where they are."""


def draw(scripts: Sequence[Script], texts: Mapping[str, str]) -> str:
    """SVG of the scripts, one below the other. `texts` by key; where one is missing its id stands instead."""
    parts: list[str] = []
    top, right = float(MARGIN), 0.0
    for script in scripts:
        if loops(script) or dead_ends(script):
            raise NotDrawable(script.name)
        layout = lay_out(script, {step.id: _height(script, step, texts) for step in script.steps.values()})
        parts.append(f'<g transform="translate({MARGIN},{top:.0f})">')
        parts += _heading(script)
        parts.append(f'<g transform="translate(0,{HEAD})">')
        parts += _lines(script, layout, texts)
        for place in layout.boxes.values():
            parts += _box(script, script.steps[place.step], place, texts)
        parts.append("</g></g>")
        top += HEAD + layout.height + 2 * MARGIN
        right = max(right, len(layout.columns) * (WIDTH + LANE) - LANE)
    width, height = right + 2 * MARGIN, top
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}"><style>{_STYLE}</style>'
        f'<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="#8c959f"/></marker></defs>'
        f'<rect width="100%" height="100%" fill="#f6f8fa"/>{"".join(parts)}</svg>\n'
    )


def _heading(script: Script) -> Iterator[str]:
    serves = ", ".join(sorted(script.symptoms))
    screen = "safety questions first" if script.safety_screen else "no safety questions"
    yield f'<text class="t" x="0" y="18">{escape(script.name)}</text>'
    yield f'<text class="s" x="0" y="38">{escape(f"{serves} · {screen} · domain.md {script.source}")}</text>'


def _ways(step: Step) -> list[tuple[str, Target]]:
    """What a box lists: its answers, values, who it is not for, and `cannot` last even where it is not written."""
    ways = [way for way in ways_out(step) if way[0] != CANNOT]
    return [*ways, (CANNOT, step.cannot)]


def _label(script: Script, step: Step, way: str, texts: Mapping[str, str]) -> str:
    title = texts.get(script.title_key(step.id, way), way) if way in step.choices else way
    room = 22 if dict(_ways(step))[way].end else 36
    return title if len(title) <= room else title[: room - 1].rstrip() + "…"


def _instruction(script: Script, step: Step, texts: Mapping[str, str]) -> list[str]:
    return wrap(texts.get(script.text_key(step.id), ""), _CHARACTERS, max_lines=4, placeholder=" …")


def _height(script: Script, step: Step, texts: Mapping[str, str]) -> float:
    return 42 + LINE * len(_instruction(script, step, texts)) + ROW * len(_ways(step)) + 8


def _row(script: Script, step: Step, number: int, texts: Mapping[str, str]) -> float:
    """Height of the middle of a box's nth way, from the box's upper edge."""
    return 42 + LINE * len(_instruction(script, step, texts)) + ROW * number + ROW / 2


def _box(script: Script, step: Step, place: Place, texts: Mapping[str, str]) -> Iterator[str]:
    kind = "c" if step.otherwise else "b"
    yield f'<g transform="translate({place.column * (WIDTH + LANE)},{place.y:.0f})">'
    yield f'<rect class="{kind}" width="{WIDTH}" height="{place.height:.0f}" rx="8"/>'
    yield f'<text class="h" x="12" y="20">{escape(step.id)}</text>'
    expects = f" · expects {step.expects}" if step.expects else ""
    yield f'<text class="s" x="12" y="34">{escape(f"level {step.level} · {step.minutes} min{expects}")}</text>'
    for number, line in enumerate(_instruction(script, step, texts)):
        yield f'<text x="12" y="{50 + LINE * number}">{escape(line)}</text>'
    for number, (way, target) in enumerate(_ways(step)):
        y = _row(script, step, number, texts)
        yield f'<text class="s" x="12" y="{y + 4:.0f}">{escape(_label(script, step, way, texts))}</text>'
        if target.end:
            outcome = target.end.outcome
            yield f'<rect x="{WIDTH - 104}" y="{y - 9:.0f}" width="98" height="18" rx="9" fill="{_COLOURS[outcome]}"/>'
            yield f'<text class="p" x="{WIDTH - 55}" y="{y + 4:.0f}" text-anchor="middle">{outcome}</text>'
        else:
            yield f'<circle cx="{WIDTH}" cy="{y:.0f}" r="3.5" fill="#8c959f"/>'
    yield "</g>"


def _lines(script: Script, layout: Layout, texts: Mapping[str, str]) -> Iterator[str]:
    for place in layout.boxes.values():
        step = script.steps[place.step]
        for number, (_, target) in enumerate(_ways(step)):
            if target.step:
                x = place.column * (WIDTH + LANE) + WIDTH
                y = place.y + _row(script, step, number, texts)
                yield _curve(x, y, layout.lines[step.id, target.step])


def _curve(x: float, y: float, stops: Sequence[Place]) -> str:
    path = f"M{x:.0f} {y:.0f}"
    for stop in stops:
        left = stop.column * (WIDTH + LANE)
        bend = (x + left) / 2
        # A box is entered at its heading, a bend is crossed in its middle.
        height = stop.y + 20 if stop.step else stop.middle
        path += f"C{bend:.0f} {y:.0f} {bend:.0f} {height:.0f} {left:.0f} {height:.0f}"
        x, y = left, height
        if not stop.step:
            x = left + WIDTH
            path += f"H{x:.0f}"
    return f'<path class="l" d="{path}" marker-end="url(#a)"/>'
