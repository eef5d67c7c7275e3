"""The whole stack on PostgreSQL: every store of it in one database, and a pick-up booked."""

from __future__ import annotations

from pathlib import Path

from tests.support.customer import Customer
from tests.support.postgres import cluster
from tests.support.stack import running_stack


def test_a_pick_up_is_booked_on_postgresql(tmp_path: Path) -> None:
    """Docs/postgresql.md: one setting, and nothing is kept in SQLite files."""
    with cluster() as server, running_stack(tmp_path, DATABASE_URL=server.new_database()) as stack:
        chat = stack.chat()
        chat.open("da")
        chat.say("min pc vil ikke tænde")
        Customer(chat, {"serial_number": "DEM503C001"}).until(lambda: chat.cards("booking"))
        booked = stack.offsite("bookings", "list")
        cases = stack.offsite("cases", "list")
    assert [(one["kind"], one["status"]) for one in booked] == [("pickup", "booked")]
    assert [(one["case_id"], one["status"]) for one in cases] == [(booked[0]["case_id"], "booked")]
    assert not list(tmp_path.glob("*.db"))
