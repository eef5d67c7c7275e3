"""Chatwoot as the agent desk: an API inbox, its webhooks, and repair by asking again (docs/chatwoot.md).

The published description is wrong for creating a contact: the server answers `payload: {contact, contact_inbox}`. A
message has no idempotency key there, so ours carries its id in `content_attributes`, and after any doubt we look first.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests

from actions.adapters import chatwoot_events
from actions.agent_ports import Availability, DeskEvent, DeskMessage, HandoffPackage, Notice
from actions.ports import Language, NotFound, Rejected, Texts, Unavailable, Unknown
from actions.usecases.handoff_package import package_lines

TIMEOUTS = (3, 6)
"""Seconds to reach Chatwoot, and to wait for its answer."""

MARK = "offsite_id"
PAGES = 20
"""At most so many pages of messages are read for one question."""


@dataclass(frozen=True)
class ChatwootAccount:
    """Where and as whom. `token` is a user's: bot tokens can't make contacts. `team` 0: none."""

    url: str
    account: int
    inbox: int
    token: str
    secret: str
    team: int = 0


class ChatwootDesk:
    """`AgentDesk` on a Chatwoot account. `ref` is the number of its conversation."""

    def __init__(self, account: ChatwootAccount, texts: Texts, now: Callable[[], Any]) -> None:
        self._account, self._texts, self._now = account, texts, now
        self._base = f"{account.url.rstrip('/')}/api/v1/accounts/{account.account}"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"api_access_token": account.token})
        self._deliveries: deque[str] = deque(maxlen=10_000)  # within the window, a replay says nothing new
        self._stands: dict[str, set[str]] = {}  # by conversation, the messages of ours that are known to stand there

    def availability(self, language: str, skills: Sequence[str] = ()) -> Availability:
        """Agents who are online. Chatwoot does not know languages."""
        agents = self._call("GET", "/agents")
        online = [each for each in agents if each.get("availability_status") in ("available", "online")]
        return Availability(len(online))

    def open(self, package: HandoffPackage) -> str:
        """A conversation with everything we know as a private note; the one that stands already, at a repeat."""
        contact, source = self._contact(package)
        ref = self._conversation_of(contact, package) or self._begin(contact, source, package)
        marked = f"{package.handoff}:package"
        if marked not in self._marks(ref):
            self._post_message(ref, self._words(package), "outgoing", marked, private=True)
        return ref

    def deliver(self, ref: str, message: DeskMessage) -> None:
        """What the customer said, as an incoming message."""
        stands = self._stands.pop(ref, None)  # until this one is answered for, nothing is known for sure
        if stands is None:
            stands = self._marks(ref)
        if message.id not in stands:
            self._post_message(ref, message.text, "incoming", message.id)
        self._stands[ref] = stands | {message.id}

    def notify(self, ref: str, notice: Notice) -> None:
        """Idle and left are private notes; typing can't be shown for a customer of an API inbox."""
        if notice is not Notice.CUSTOMER_TYPES:
            text = "\n".join(self._texts.text(f"desk_notice_{notice}", language) for language in Language)
            self._post_message(ref, text, "outgoing", f"{ref}:{notice}:{self._now():%Y%m%dT%H%M%S}", private=True)

    def end(self, ref: str, reason: str) -> None:
        """Resolved; Chatwoot takes that twice."""
        self._call("POST", f"/conversations/{ref}/toggle_status", {"status": "resolved"})
        self._stands.pop(ref, None)

    def pull(self, ref: str, cursor: str | None) -> tuple[Sequence[DeskEvent], str | None]:
        """Messages after `cursor`, between the agent who has it and the conversation's end."""
        conversation = self._call("GET", f"/conversations/{ref}")
        events: list[DeskEvent] = []
        last = int(cursor or 0)
        for message in self._messages(ref, last):
            last = max(last, int(message["id"]))
            found = chatwoot_events.message_event(ref, message)
            if found is not None:
                events.append(found)
        before, after = chatwoot_events.standing(ref, conversation)
        return [*before, *events, *after], str(last) if last else cursor

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> Sequence[DeskEvent]:
        """Raises Rejected."""
        chatwoot_events.check_signature(self._account.secret, headers, raw, self._now())
        delivery = next((value for name, value in headers.items() if name.lower() == "x-chatwoot-delivery"), "")
        if delivery and delivery in self._deliveries:
            return ()
        self._deliveries.append(delivery)
        try:
            body = json.loads(raw)
        except ValueError as error:
            raise Rejected("webhook: no JSON") from error
        if not isinstance(body, Mapping):
            raise Rejected("webhook: no object")
        account = (body.get("account") or {}).get("id", self._account.account)
        return chatwoot_events.read_webhook(body) if account == self._account.account else ()

    # --- steps ------------------------------------------------------------------------------------

    def _contact(self, package: HandoffPackage) -> tuple[int, str]:
        """The customer's contact and its place in our inbox, one for each conversation."""
        identifier = f"offsite-{package.conversation}"
        found = self._call("GET", "/contacts/search", query={"q": identifier}).get("payload") or []
        for each in found:
            if each.get("identifier") == identifier:
                for inbox in each.get("contact_inboxes") or []:
                    if (inbox.get("inbox") or {}).get("id") == self._account.inbox:
                        return int(each["id"]), str(inbox["source_id"])
        name = (package.facts.get("identity") or {}).get("name")
        asked = {"inbox_id": self._account.inbox, "identifier": identifier, "name": name or identifier}
        made = self._call("POST", "/contacts", asked)["payload"]
        return int(made["contact"]["id"]), str(made["contact_inbox"]["source_id"])

    def _conversation_of(self, contact: int, package: HandoffPackage) -> str | None:
        held = self._call("GET", f"/contacts/{contact}/conversations").get("payload") or []
        same = (each for each in held if (each.get("custom_attributes") or {}).get("handoff") == package.handoff)
        return next((str(each["id"]) for each in same), None)

    def _begin(self, contact: int, source: str, package: HandoffPackage) -> str:
        known = {"handoff": package.handoff, "reason": package.reason, "language": package.language}
        case_id = package.facts.get("case_id")
        asked: dict[str, Any] = {
            "source_id": source,
            "inbox_id": self._account.inbox,
            "contact_id": contact,
            "status": "open",
            "custom_attributes": known | ({"case_id": case_id} if case_id else {}),
        }
        if self._account.team:
            asked["team_id"] = self._account.team
        return str(self._call("POST", "/conversations", asked)["id"])

    def _words(self, package: HandoffPackage) -> str:
        """The package and the transcript as one private note."""
        language = Language(package.language)
        said = [f"{line.name or line.role}: {line.text}" for line in package.transcript]
        waited: timedelta = self._now() - package.opened_at
        lines = package_lines(package.facts, language, self._texts, waited) if package.facts else []
        return "\n".join([*(f"{label}: {words}" for label, words in lines), "", *said])

    def _post_message(self, ref: str, text: str, kind: str, mark: str, *, private: bool = False) -> None:
        asked = {"content": text, "message_type": kind, "private": private, "content_attributes": {MARK: mark}}
        self._call("POST", f"/conversations/{ref}/messages", asked)

    def _marks(self, ref: str) -> set[str]:
        """Ids of ours that stand there already."""
        return {str((each.get("content_attributes") or {}).get(MARK)) for each in self._messages(ref, 0)}

    def _messages(self, ref: str, after: int) -> list[Mapping[str, Any]]:
        """Messages above an id, oldest first: Chatwoot gives a hundred at a time."""
        found: list[Mapping[str, Any]] = []
        for _ in range(PAGES):
            page = self._call("GET", f"/conversations/{ref}/messages", query={"after": after}).get("payload") or []
            new = sorted((each for each in page if int(each["id"]) > after), key=lambda each: int(each["id"]))
            if not new:
                break
            found += new
            after = int(new[-1]["id"])
        return found

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, query: Mapping[str, Any] | None = None
    ) -> Any:
        """One request. Raises as ports do; after Unknown nothing of the conversation is taken for sure."""
        try:
            answer = self._session.request(
                method, f"{self._base}{path}", json=body, params=query, timeout=TIMEOUTS, allow_redirects=False
            )
        except requests.ConnectionError as error:
            nobody_there = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in repr(error)
            raise (Unavailable if nobody_there else Unknown)("chatwoot: no connection") from error
        except requests.RequestException as error:
            raise Unknown(f"chatwoot: {type(error).__name__}") from error
        if answer.status_code == 404:
            raise NotFound(f"chatwoot: {path}")
        if answer.status_code == 429:
            raise Unavailable("chatwoot: 429")
        if answer.status_code >= 500:
            raise Unknown(f"chatwoot: {answer.status_code}")
        if not answer.ok:
            raise Rejected(f"chatwoot: {answer.status_code}")
        try:
            return answer.json() if answer.content else {}
        except ValueError as error:
            raise Unknown("chatwoot: no JSON") from error
