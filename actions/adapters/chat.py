"""Later news into a conversation, over the gateway's internal route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests

from actions.adapters.mail import MailSpool
from actions.ports import Mail, NotFound, Rejected, Unavailable, Unknown

TIMEOUTS = (2, 6)
"""Seconds to reach the gateway, and to wait for its answer."""


class ChatNotifier:
    """Posts one event for each key; the gateway's log refuses a second one of the same key."""

    def __init__(self, gateway: str, secret: str) -> None:
        self._gateway = gateway
        self._secret = secret
        self._session = requests.Session()
        self._session.trust_env = False  # the gateway is ours and near: never by way of a proxy

    def tell_chat(self, conversation: str, event: Mapping[str, Any], key: str) -> None:
        """Raises NotFound for a conversation that is gone, Rejected, Unavailable, Unknown."""
        url = f"{self._gateway}/internal/conversations/{quote(conversation, safe='')}/events"
        try:
            answer = self._session.post(
                url,
                json={"key": key, "event": dict(event)},
                headers={"X-Offsite-Secret": self._secret},
                timeout=TIMEOUTS,
                allow_redirects=False,
            )
        except requests.ConnectionError as error:
            nobody_there = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in repr(error)
            raise (Unavailable if nobody_there else Unknown)("gateway: no connection") from error
        except requests.RequestException as error:
            raise Unknown(f"gateway: {type(error).__name__}") from error
        if answer.status_code in (404, 410):
            raise NotFound("conversation is gone")
        if answer.status_code == 429 or answer.status_code >= 500:
            raise Unavailable(f"gateway: {answer.status_code}")
        if not answer.ok:
            raise Rejected(f"gateway: {answer.status_code}")


class CustomerNotifier:
    """`Notifier`: mail by the spool, chat by the gateway."""

    def __init__(self, spool: MailSpool, chat: ChatNotifier) -> None:
        self._spool = spool
        self._chat = chat

    def mail(self, mail: Mail, key: str) -> None:
        """See MailSpool."""
        self._spool.mail(mail, key)

    def tell_chat(self, conversation: str, event: Mapping[str, Any], key: str) -> None:
        """See ChatNotifier."""
        self._chat.tell_chat(conversation, event, key)
