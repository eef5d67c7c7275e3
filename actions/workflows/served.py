"""Durable work for our other processes: `POST /workflows/{after_opening,after_change,ship}` on the action server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from actions.adapters.codec import booking_to_json, request_from_json
from actions.ports import NotFound, PortError, ShipmentBooked, ShipmentOutcome, ShipmentRefused, Unavailable, Workflows

LONGEST_WAIT = 8.0


async def serve(workflows: Callable[[], Workflows], name: str, asked: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """HTTP status and body: 400 for what can't be read, 404 for no such work or case, 503 where nothing was begun."""
    try:
        if name == "after_opening":
            await asyncio.to_thread(workflows().after_opening, str(asked["case_id"]))
            return 200, {}
        if name == "after_change":
            change = str(asked["case_id"]), str(asked["what"]), int(asked["number"])
            await asyncio.to_thread(workflows().after_change, *change)
            return 200, {}
        if name != "ship":
            return 404, {"error": "no such work"}
        request, attempt = request_from_json(asked["request"]), int(asked["attempt"])
        wait = min(max(float(asked["wait"]), 0.0), LONGEST_WAIT)
        return 200, _outcome(await asyncio.to_thread(workflows().ship, request, attempt, wait))
    except (KeyError, TypeError, ValueError):
        return 400, {"error": "malformed"}
    except NotFound:
        return 404, {"error": "no such case"}
    except Unavailable:
        return 503, {"error": "unavailable"}
    except PortError:
        return 500, {"error": "unknown"}


def _outcome(outcome: ShipmentOutcome) -> dict[str, Any]:
    if isinstance(outcome, ShipmentBooked):
        return {"outcome": "booked", "booking": booking_to_json(outcome.booking)}
    if isinstance(outcome, ShipmentRefused):
        return {"outcome": "refused", "reason": outcome.reason}
    return {"outcome": "under_way"}
