"""Which question about the customer comes next (R15): only what is missing and matters."""

from __future__ import annotations

from collections.abc import Mapping

from actions.casework.entitlement.device import Device


def next_contact_question(slots: Mapping[str, object], device: Device | None) -> str | None:
    """The next slot to ask for, or None. `device` is what the registry knows, or None.

    A company is asked of business customers only; the country of purchase only where the registry does not know it.
    """
    asked = ["customer_type"]
    if slots.get("customer_type") == "business":
        asked.append("company")
    asked += ["contact_name", "email", "phone"]
    if device is not None and not device.purchase_country:
        asked.append("purchase_country")
    if device is not None:
        asked.append("current_country")
    return next((slot for slot in asked if slots.get(slot) is None), None)
