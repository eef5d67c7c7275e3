"""Blink and beep codes (domain.md 3.3): what a code means and what to do about it. The table is blink_codes.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.casework.facts import Component
from actions.casework.troubleshooting.model import BlinkHandling

TABLE = Path(__file__).with_name("blink_codes.yml")
PORTABLES = frozenset({"notebook", "mobile_workstation", "tablet"})


@dataclass(frozen=True)
class BlinkCode:
    """What one code says. `certain` is False where no source gives this exact code."""

    code: str
    meaning_key: str
    handling: BlinkHandling
    component: Component
    certain: bool = True


def look_up_blink_code(code: str, form_factor: str) -> BlinkCode:
    """The meaning of `code` ("3.2", or a plain count as "5") on a machine of this form.

    A plain count is read as Caps Lock blinks on portables and as an older model's red count on desktops; where the
    form is unknown it stays unknown. An unknown pattern is written down and goes to repair.
    """
    table = _table()
    if "." in code:
        row = table["codes"].get(code) or table["majors"].get(code.partition(".")[0])
    elif form_factor in PORTABLES:
        row = table["notebooks"].get(code)
    else:
        row = table["older"].get(code) if form_factor else None
    row = row or table["unknown"]
    return BlinkCode(
        code, f"blink_{row['means']}", BlinkHandling(row["handling"]), Component(row["component"]),
        row.get("certain", True),
    )  # fmt: skip


def meaning_keys() -> frozenset[str]:
    """Text keys of every meaning in the table."""
    table = _table()
    rows = [table["unknown"], *(row for part in table if part != "unknown" for row in table[part].values())]
    return frozenset(f"blink_{row['means']}" for row in rows)


@cache
def _table() -> Mapping[str, Any]:
    with TABLE.open(encoding="utf-8") as file:
        return YAML(typ="safe", pure=True).load(file)  # type: ignore[no-any-return]
