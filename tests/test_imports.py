"""The rules that keep the rooms apart: imports go down, and pure code asks neither the clock nor the environment."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE = [*sorted((ROOT / "actions/casework").rglob("*.py")), *sorted((ROOT / "actions/usecases").rglob("*.py"))]
PURE.append(ROOT / "actions/ports.py")
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}
CLOCK_OWNERS = {"datetime", "date", "time"}


def test_every_import_goes_down() -> None:
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_code_is_told_the_time_and_its_settings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    asked = [f"{path.name}:{node.lineno}" for node in ast.walk(tree) if _asks_the_world(node)]

    assert asked == []


def _asks_the_world(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return (node.value.id in CLOCK_OWNERS and node.attr in CLOCKS) or (
            node.value.id == "os" and node.attr in {"environ", "getenv"}
        )
    return False


@pytest.mark.parametrize(
    ("code", "asks"),
    [("datetime.now()", True), ("os.environ['A']", True), ("clock.now()", False), ("at.date()", False)],
)
def test_the_check_sees_what_it_should(code: str, asks: bool) -> None:
    assert any(_asks_the_world(node) for node in ast.walk(ast.parse(code))) is asks
