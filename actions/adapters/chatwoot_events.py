"""What Chatwoot says, as events of the desk: only what a person wrote to the customer, never a private note. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.agent_ports import Claimed, Closed, DeskAgent, DeskEvent, Message, Released, Returned, Typing
from actions.ports import Rejected

WINDOW = 300
"""Seconds by which a webhook's time may differ from ours: older ones are replays."""

_OUTGOING = (1, "outgoing")


def check_signature(secret: str, headers: Mapping[str, str], raw: bytes, now: datetime) -> None:
    """`sha256=HMAC(secret, "{timestamp}.{raw body}")`, within the window. Raises Rejected."""
    given = {name.lower(): value for name, value in headers.items()}
    moment, signature = given.get("x-chatwoot-timestamp", ""), given.get("x-chatwoot-signature", "")
    wanted = "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + raw, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(wanted.encode(), signature.encode()):
        raise Rejected("webhook: wrong signature")
    if not (moment.isascii() and moment.isdigit()) or abs(now.timestamp() - int(moment)) > WINDOW:
        raise Rejected("webhook: too old")


def read_webhook(body: Mapping[str, Any]) -> Sequence[DeskEvent]:
    """The events of one webhook; none for what is not ours to relay."""
    kind = body.get("event")
    if kind == "message_created":
        ref = _ref(body.get("conversation") or {})
        found = message_event(ref, body) if ref else None
        return [found] if found is not None else []
    if kind in ("conversation_status_changed", "conversation_updated", "conversation_resolved"):
        ref = _ref(body)
        before, after = standing(ref, body) if ref else ((), ())
        if ref and _unassigned(body):
            return [Released(f"{ref}:unassigned", ref)]
        return [*before, *after]
    if kind == "conversation_typing_on":
        ref, user = _ref(body.get("conversation") or {}), body.get("user") or {}
        person = user.get("type", "user") == "user" and not body.get("is_private")
        return [Typing(ref, _agent(user))] if ref and person else []
    return []


def message_event(ref: str, message: Mapping[str, Any]) -> Message | None:
    """A person's message to the customer; None for private notes, our own, and what a bot wrote."""
    if message.get("private") is not False or message.get("message_type") not in _OUTGOING:
        return None
    sender = message.get("sender") or {}
    kind = str(message.get("sender_type") or sender.get("type") or "").lower()
    text = str(message.get("content") or "").strip()
    if kind != "user" or not text or (message.get("content_attributes") or {}).get("offsite_id"):
        return None
    return Message(str(message["id"]), ref, _agent(sender), text)


def standing(ref: str, conversation: Mapping[str, Any]) -> tuple[Sequence[DeskEvent], Sequence[DeskEvent]]:
    """Who has a conversation, and whether it is over: events to come before its messages, and after them."""
    assignee = (conversation.get("meta") or {}).get("assignee")
    agent = _agent(assignee) if assignee else None
    status = conversation.get("status")
    who = agent or DeskAgent("chatwoot", "")
    if status == "resolved":
        return (), [Closed(f"{ref}:resolved", ref, who)]
    if status == "pending":
        return (), [Returned(f"{ref}:pending", ref, who)]
    if agent is None:
        return (), ()  # Chatwoot lets people answer what is nobody's: no word of anybody, no news
    return [Claimed(f"{ref}:{agent.id}", ref, agent)], ()


def _unassigned(body: Mapping[str, Any]) -> bool:
    """Whether this very change took the conversation from whoever had it."""
    changes = body.get("changed_attributes") or []
    changed = [each["assignee_id"] for each in changes if isinstance(each, Mapping) and "assignee_id" in each]
    return any(isinstance(each, Mapping) and each.get("current_value") is None for each in changed)


def _ref(conversation: Mapping[str, Any]) -> str:
    number = conversation.get("id")
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else ""


def _agent(user: Mapping[str, Any]) -> DeskAgent:
    name = str(user.get("available_name") or user.get("name") or "").split()
    return DeskAgent(f"chatwoot-{user.get('id')}", name[0] if name else "")
