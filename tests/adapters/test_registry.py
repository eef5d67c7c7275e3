"""The contract of `EntitlementRegistry`, and the file it is fed from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.adapters.fakes import FakeRegistry
from actions.adapters.registry_file import BadFile, read_registry_file
from actions.adapters.sql.registry import SqlRegistry
from actions.casework.entitlement.device import COLUMNS, device_to_row
from actions.ports import NotFound, Unavailable
from tests.support.examples import SERIAL, a_device

TODAY = date(2026, 3, 10)


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def registry(request, make_engine):
    return FakeRegistry() if request.param == "fake" else SqlRegistry(make_engine(request.param))


def test_a_device_comes_back_whole(registry):
    registry.put([a_device()])
    assert registry.lookup(SERIAL) == a_device()
    with pytest.raises(NotFound):
        registry.lookup("5CG6100B2F")


def test_a_known_serial_number_is_updated(registry):
    assert registry.put([a_device()]) == (1, 0)
    again = [a_device(service_level="onsite"), a_device(serial_number="5CG6100B2F")]
    assert registry.put(again) == (1, 1)
    assert registry.lookup(SERIAL).service_level == "onsite"


def test_a_fake_registry_can_be_away():
    registry = FakeRegistry([a_device()])
    registry.fail("lookup", Unavailable("away"), times=1)
    with pytest.raises(Unavailable):
        registry.lookup(SERIAL)
    assert registry.lookup(SERIAL) == a_device()


def write(path: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS) -> Path:
    lines = [",".join(header), *(",".join(f'"{row[name]}"' for name in header) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_file_is_read_row_by_row(tmp_path):
    good = device_to_row(a_device())
    other = good | {"serial_number": "5CG6100B2F"}
    bad = other | {"serial_number": "5CG6100B2G", "purchase_date": "2026-02-30"}
    ahead = other | {"serial_number": "5CG6100B2H", "purchase_date": "2026-03-11"}
    read = read_registry_file(write(tmp_path / "r.csv", good, bad, good, ahead, other), TODAY)
    assert [device.serial_number for device in read.devices] == [SERIAL, "5CG6100B2F"]
    assert [(row.line, row.reason.split(":")[0]) for row in read.refused] == [
        (3, "purchase_date"),
        (4, "serial_number"),
        (5, "purchase_date"),
    ]


def test_columns_may_stand_in_any_order_and_blank_lines_are_no_rows(tmp_path):
    path = write(tmp_path / "r.csv", device_to_row(a_device()), header=tuple(reversed(COLUMNS)))
    path.write_text("﻿" + path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    read = read_registry_file(path, TODAY)
    assert (list(read.devices), list(read.refused)) == ([a_device()], [])


def test_a_cell_too_many_or_too_few_is_refused(tmp_path):
    path = write(tmp_path / "r.csv", device_to_row(a_device()))
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + ',""\n"x"\n', encoding="utf-8")
    assert [row.line for row in read_registry_file(path, TODAY).refused] == [2, 3]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "missing columns"),
        (b"\xff\xfe", "not UTF-8"),
        (",".join(COLUMNS[1:]).encode(), "serial_number"),
        (",".join((*COLUMNS, "colour")).encode(), "colour"),
        (",".join((*COLUMNS, "addons")).encode(), "double"),
        ((",".join(COLUMNS) + '\n"unclosed').encode(), "line 2"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(tmp_path, content, says):
    path = tmp_path / "r.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=says):
        read_registry_file(path, TODAY)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(BadFile, match="No such file"):
        read_registry_file(tmp_path / "none.csv", TODAY)
