"""Who may sign in at the desk. Everything here blocks; `Database.run` takes it off the event loop."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.gateway.desk.passwords import hashed, is_weak, matches, one_time_password
from bot.gateway.desk.tables import agents, signed_in
from bot.gateway.store.engine import Database

LONGEST_SHIFT = timedelta(hours=12)
"""A sign-in is over then, however busy one was."""

IDLE = timedelta(hours=1)
"""A sign-in is over when the page was closed for so long; an open page says every few seconds that it is there."""


PRESENCES = ("available", "busy", "away")
"""What an agent says of themselves; only available ones are counted on."""

MOST_CHATS = 20
"""As many chats as an agent may say they take at a time."""


class Role(StrEnum):
    """What somebody may see and do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Agent:
    """Somebody who works at the desk. `languages` are of da, en."""

    id: str
    name: str
    email: str
    languages: tuple[str, ...]
    role: Role
    must_change: bool
    disabled: bool
    created_at: datetime
    signed_in_at: datetime | None
    presence: str = "available"
    capacity: int = 4


class EmailTaken(Exception):
    """Somebody has that address already."""


class WrongPassword(Exception):
    """It is not the present password."""


class WeakPassword(Exception):
    """Too short, too simple, the old one, or made of name or address."""


class Accounts:
    """Agents and their sign-ins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, email: str, languages: Sequence[str], role: Role, now: datetime) -> tuple[Agent, str]:
        """A new agent and the one-time password. Raises EmailTaken."""
        password = one_time_password()
        who = {"id": secrets.token_hex(8), "name": name.strip(), "email": _folded(email), "languages": list(languages)}
        how = {"role": role.value, "password_hash": hashed(password), "must_change": True, "created_at": now}
        seat = {"presence": PRESENCES[0], "capacity": 4}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(agents).values(who | how | seat))
        except IntegrityError:
            raise EmailTaken(email) from None
        return self.get(str(who["id"])) or _vanished(), password

    def everybody(self) -> list[Agent]:
        """Everybody, by name."""
        with self._database.reading() as connection:
            return [_agent(row) for row in connection.execute(select(agents).order_by(agents.c.name))]

    def get(self, agent: str) -> Agent | None:
        """By id, disabled ones too."""
        return self._one(agents.c.id == agent)

    def by_email(self, email: str) -> Agent | None:
        """By address, disabled ones too."""
        return self._one(agents.c.email == _folded(email))

    def by_subject(self, subject: str) -> Agent | None:
        """By the identity provider's name for them."""
        return self._one(agents.c.oidc_subject == subject)

    def bind(self, agent: str, subject: str) -> bool:
        """From now on the provider vouches for them; a one-time password is no longer needed, nor good.

        False where the account is bound to another name there.
        """
        mine = (agents.c.id == agent) & agents.c.oidc_subject.is_(None)
        with self._database.writing() as connection:
            bound = connection.execute(update(agents).where(mine).values(oidc_subject=subject)).rowcount == 1
            if bound:
                once = (agents.c.id == agent) & agents.c.must_change.is_(True)
                connection.execute(update(agents).where(once).values(password_hash=None, must_change=False))
        return bound

    def disable(self, agent: str, now: datetime) -> None:
        """No sign-in from now on, and the present ones end."""
        with self._database.writing() as connection:
            connection.execute(update(agents).where(agents.c.id == agent).values(disabled_at=now))
            connection.execute(delete(signed_in).where(signed_in.c.agent == agent))

    def reset_password(self, agent: str) -> str:
        """A new one-time password; sign-ins end, a disabled agent may come back, the provider's name is forgotten."""
        password = one_time_password()
        values = {"password_hash": hashed(password), "must_change": True, "disabled_at": None, "oidc_subject": None}
        with self._database.writing() as connection:
            connection.execute(update(agents).where(agents.c.id == agent).values(values))
            connection.execute(delete(signed_in).where(signed_in.c.agent == agent))
        return password

    def change_password(self, agent: Agent, present: str, new: str) -> None:
        """Raises WrongPassword or WeakPassword. Every sign-in ends: the caller signs in anew."""
        with self._database.reading() as connection:
            stored = connection.execute(select(agents.c.password_hash).where(agents.c.id == agent.id)).scalar()
        if not matches(stored, present):
            raise WrongPassword
        if new == present or is_weak(new, *agent.name.split(), agent.email.partition("@")[0]):
            raise WeakPassword
        with self._database.writing() as connection:
            values = {"password_hash": hashed(new), "must_change": False}
            connection.execute(update(agents).where(agents.c.id == agent.id).values(values))
            connection.execute(delete(signed_in).where(signed_in.c.agent == agent.id))

    def sit(self, agent: str, presence: str, capacity: int) -> None:
        """What an agent says of themselves: one of PRESENCES, and how many chats at a time."""
        with self._database.writing() as connection:
            connection.execute(update(agents).where(agents.c.id == agent).values(presence=presence, capacity=capacity))

    # --- signing in -----------------------------------------------------------------------------------

    def check(self, email: str, password: str) -> Agent | None:
        """The agent whose address and password these are, unless disabled. As slow for a stranger."""
        with self._database.reading() as connection:
            row = connection.execute(select(agents).where(agents.c.email == _folded(email))).first()
        if not matches(row.password_hash if row else None, password) or row is None or row.disabled_at is not None:
            return None
        return _agent(row)

    def begin(self, agent: str, now: datetime) -> str:
        """A sign-in: the secret for the cookie."""
        token = secrets.token_urlsafe(32)
        row = {"token_hash": token_hash(token), "agent": agent, "created_at": now, "used_at": now}
        with self._database.writing() as connection:
            connection.execute(delete(signed_in).where(signed_in.c.ends_at < now))
            connection.execute(insert(signed_in).values(row | {"ends_at": now + LONGEST_SHIFT}))
            connection.execute(update(agents).where(agents.c.id == agent).values(signed_in_at=now))
        return token

    def signed_in(self, token: str, now: datetime) -> Agent | None:
        """Whose sign-in it is, while it lasts."""
        mark = token_hash(token)
        with self._database.reading() as connection:
            row = connection.execute(
                select(agents, signed_in.c.used_at, signed_in.c.ends_at)
                .join(signed_in, signed_in.c.agent == agents.c.id)
                .where(signed_in.c.token_hash == mark)
            ).first()
        if row is None or row.disabled_at is not None or row.ends_at <= now or row.used_at + IDLE <= now:
            return None
        if now - row.used_at > IDLE / 30:
            with self._database.writing() as connection:
                connection.execute(update(signed_in).where(signed_in.c.token_hash == mark).values(used_at=now))
        return _agent(row)

    def end(self, token: str) -> None:
        """Signed out."""
        with self._database.writing() as connection:
            connection.execute(delete(signed_in).where(signed_in.c.token_hash == token_hash(token)))

    def _one(self, condition: ColumnElement[bool]) -> Agent | None:
        with self._database.reading() as connection:
            row = connection.execute(select(agents).where(condition)).first()
        return None if row is None else _agent(row)


def token_hash(token: str) -> str:
    """What is kept of a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(token: str) -> str:
    """What the page must send with every change: only a page that could read our answer knows it."""
    return hmac.new(token.encode(), b"desk-csrf", hashlib.sha256).hexdigest()


def _folded(email: str) -> str:
    return email.strip().lower()


def _agent(row: Any) -> Agent:
    return Agent(
        id=row.id,
        name=row.name,
        email=row.email,
        languages=tuple(row.languages),
        role=Role(row.role),
        must_change=row.must_change,
        disabled=row.disabled_at is not None,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
        presence=row.presence,
        capacity=row.capacity,
    )


def _vanished() -> Agent:
    raise LookupError("the agent was removed while it was added")
