"""Which question about the customer comes next (R15): only what is missing."""

from __future__ import annotations

from collections.abc import Mapping


def next_contact_question(slots: Mapping[str, object]) -> str | None:
    """The next slot to ask for, or None. A company is asked of business customers only."""
    asked = ["customer_type"]
    if slots.get("customer_type") == "business":
        asked.append("company")
    asked += ["contact_name", "email", "phone"]
    return next((slot for slot in asked if slots.get(slot) is None), None)
