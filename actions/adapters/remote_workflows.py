"""`Workflows` of another process: durable work runs beside the action server; who needs it asks over loopback."""

from __future__ import annotations

from typing import Any

import requests

from actions.adapters.codec import booking_from_json, request_to_json
from actions.ports import (
    Rejected,
    ShipmentBooked,
    ShipmentOutcome,
    ShipmentRefused,
    ShipmentRequest,
    ShipmentUnderWay,
    Unavailable,
    Unknown,
)

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 6.0
"""What the other side may need beside the wait it was asked for."""


class RemoteWorkflows:
    """Calls `actions/workflows/served.py`. `url` is the action server's, "none" where there is none."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret
        self._session = requests.Session()
        self._session.trust_env = False  # ours and near: never by way of a proxy

    def after_opening(self, case_id: str) -> None:
        """See Workflows."""
        self._call("after_opening", {"case_id": case_id})

    def after_change(self, case_id: str, what: str, number: int) -> None:
        """See Workflows."""
        self._call("after_change", {"case_id": case_id, "what": what, "number": number})

    def ship(self, request: ShipmentRequest, attempt: int, wait: float) -> ShipmentOutcome:
        """See Workflows."""
        asked = {"request": request_to_json(request), "attempt": attempt, "wait": wait}
        answer = self._call("ship", asked, wait)
        if answer["outcome"] == "booked":
            return ShipmentBooked(booking_from_json(answer["booking"]))
        return ShipmentRefused(answer["reason"]) if answer["outcome"] == "refused" else ShipmentUnderWay()

    def _call(self, name: str, asked: dict[str, Any], wait: float = 0.0) -> dict[str, Any]:
        if self._url == "none":
            raise Unavailable("no action server")
        try:
            answer = self._session.post(
                f"{self._url}/workflows/{name}",
                json=asked,
                headers={"X-Offsite-Secret": self._secret},
                timeout=(CONNECT_SECONDS, wait + ANSWER_SECONDS),
                allow_redirects=False,
            )
        except requests.ConnectionError as error:
            nobody_there = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in repr(error)
            raise (Unavailable if nobody_there else Unknown)("action server: no connection") from error
        except requests.RequestException as error:
            raise Unknown(f"action server: {type(error).__name__}") from error
        if answer.status_code == 503:
            raise Unavailable("workflows are closed")
        if answer.status_code >= 500:
            raise Unknown(f"action server: {answer.status_code}")
        if not answer.ok:
            raise Rejected(f"action server: {answer.status_code}")
        return dict(answer.json())
