"""Who is at the desk, asked of the gateway, which keeps the desk's book."""

from __future__ import annotations

from collections.abc import Sequence

import requests

from actions.agent_ports import Availability
from actions.ports import Unavailable

TIMEOUTS = (2, 3)
"""Seconds to reach the gateway, and to wait for its answer: a turn waits for it."""


class GatewayPeople:
    """`People` over the gateway's internal route."""

    def __init__(self, gateway: str, secret: str) -> None:
        self._url = f"{gateway}/internal/people"
        self._headers = {"X-Offsite-Secret": secret}
        self._session = requests.Session()
        self._session.trust_env = False  # the gateway is ours and near: never by way of a proxy

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """Raises Unavailable where the gateway does not say."""
        try:
            answer = self._session.get(
                self._url,
                params={"language": language},
                headers=self._headers,
                timeout=TIMEOUTS,
                allow_redirects=False,
            )
            answer.raise_for_status()
            told = answer.json()
            return Availability(present=int(told["present"]), waiting=int(told["waiting"]))
        except (requests.RequestException, KeyError, TypeError, ValueError) as error:
            raise Unavailable(f"gateway: {type(error).__name__}") from error


class Nobody:
    """`People` where there is no desk: nobody is ever promised."""

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """Nobody."""
        return Availability(present=0)
