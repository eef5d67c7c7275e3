"""Every setting of the system, read from the environment (and a `.env` file beside it) and checked at start.

Each has a default that serves one machine. `.env.example` lists them all; a test holds the two equal.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]
"""The checkout: where config.yml, data/ and bot/ lie."""

Store = Literal["casework", "chat", "rasa", "dbos"]


class SettingsError(Exception):
    """A setting can't be used; the message names it and says what is wrong, one a line."""


class Settings(BaseSettings):
    """Read with `load_settings()`. Field `x` comes from `OFFSITE_X`, unless its alias says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="OFFSITE_", env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    # --- where it listens and what it writes
    host: str = Field(
        default="127.0.0.1", description="Address the gateway listens on; 0.0.0.0 for every one of the machine's"
    )
    port: int = Field(default=8080, ge=0, le=65535, description="Port of the gateway; 0 takes a free one")
    var: Path = Field(default=Path("var"), description="Folder for databases, mails, labels and logs")

    # --- stores
    database_url: str = Field(
        default="",
        validation_alias=AliasChoices("DATABASE_URL"),
        description="postgresql://user:password@host/name; empty: SQLite files in OFFSITE_VAR",
    )
    redis_url: str = Field(
        default="",
        validation_alias=AliasChoices("REDIS_URL"),
        description="redis://host:6379/0, for more than one gateway; empty: not used",
    )

    # --- between our own processes (`offsite up` fills these in)
    secret: str = Field(
        default="", repr=False, description="Shared by our processes; empty: `offsite up` makes a new one at each start"
    )
    gateway_url: str = Field(
        default="",
        description="Where the action server reaches the gateway; empty: made of OFFSITE_HOST and OFFSITE_PORT",
    )
    actions_port: int = Field(default=5055, ge=0, le=65535, description="Port of the action server, on 127.0.0.1 only")

    worker_name: str = Field(
        default="actions",
        description="Name of this action server, its own and always the same, where there are several",
    )

    # --- cases and courier
    registry: Literal["csv"] = Field(
        default="csv", description="Where entitlement comes from; csv: files taken in with `offsite`"
    )
    courier_capacity: int = Field(
        default=8, ge=1, description="Pick-ups the embedded courier book takes in one window of a day"
    )
    booking_wait_seconds: float = Field(
        default=5.0,
        ge=0.0,
        le=8.0,
        description="How long a turn waits for a booking before it says that it is under way",
    )

    # --- mail
    smtp_host: str = Field(
        default="", description="Mail server; empty: mails are only kept as .eml files in OFFSITE_VAR/mail"
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the mail server is spoken to"
    )
    smtp_user: str = Field(default="", description="User at the mail server; empty: no sign-in")
    smtp_password: str = Field(default="", repr=False, description="Password at the mail server")
    mail_from: str = Field(default="offsite-support@example.com", description="Sender of mails")

    # --- the front door
    messages_per_second: float = Field(default=2.0, gt=0, description="Messages a session may send, in the long run")
    message_burst: int = Field(default=20, ge=1, description="Messages a session may send at once")
    sessions_per_minute: float = Field(default=30.0, gt=0, description="New sessions an address may start in a minute")
    uploads_per_minute: float = Field(default=20.0, gt=0, description="Files a session may send in a minute")
    allowed_origins: str = Field(
        default="",
        description="Web pages elsewhere that may use the chat, as exact origins with commas between; empty: none",
    )
    trusted_proxies: str = Field(
        default="", description="Addresses of reverse proxies whose X-Forwarded-For counts, commas between; empty: none"
    )
    token_key: str = Field(
        default="",
        repr=False,
        description="Signs session tokens, the same on every gateway; empty: made once in OFFSITE_VAR",
    )
    session_idle_hours: float = Field(
        default=24.0, gt=0, description="After so many hours without a call a session is over"
    )
    greeting_wait_seconds: float = Field(
        default=8.0, ge=0, le=20, description="How long a new session waits for its greeting"
    )

    # --- the desk
    sign_ins_per_minute: float = Field(
        default=10.0, gt=0, description="Tries to sign in at the desk that an address or an account has in a minute"
    )

    # --- people
    desk: Literal["embedded", "chatwoot"] = Field(
        default="embedded", description="Where people answer; embedded: our own page at /desk"
    )
    chatwoot_url: str = Field(default="", description="Address of Chatwoot, where OFFSITE_DESK is chatwoot")
    chatwoot_account: int = Field(default=1, ge=1, description="Number of the Chatwoot account")
    chatwoot_inbox: int = Field(default=1, ge=1, description="Number of its API inbox")
    chatwoot_team: int = Field(default=0, ge=0, description="Number of the team that gets the conversations; 0: none")
    chatwoot_token: str = Field(default="", repr=False, description="Access token of a Chatwoot user, not of a bot")
    chatwoot_secret: str = Field(default="", repr=False, description="Signs Chatwoot's webhooks")
    handoff_expire_minutes: float = Field(
        default=10.0, gt=0, description="After so long in the queue a customer gets a case and a call-back instead"
    )
    handoff_idle_minutes: float = Field(
        default=30.0, gt=0, description="After so long without a word from the customer a chat with a person is closed"
    )

    # --- how long conversations are kept
    abandoned_hours: float = Field(
        default=24.0,
        gt=0,
        description="A conversation that came to no case is erased so many hours after its last word",
    )
    transcript_days: float = Field(
        default=30.0, gt=0, description="A conversation is erased so many days after all its cases are over"
    )

    oidc_issuer: str = Field(
        default="",
        description="Identity provider that agents may sign in with, its https address; empty: passwords only",
    )
    oidc_client_id: str = Field(default="", description="Our name at the identity provider")
    oidc_client_secret: str = Field(
        default="", repr=False, description="Our secret at the identity provider; empty: a public client, PKCE alone"
    )
    oidc_name: str = Field(default="OpenID Connect", description="What the sign-in button calls the identity provider")
    oidc_trust_email: bool = Field(
        default=False,
        description="Whether an address counts that the provider does not call verified (one tenant of your own)",
    )

    # --- the dialogue behind it
    rasa_url: str = Field(default="http://127.0.0.1:5005", description="Where the gateway reaches Rasa")
    actions_url: str = Field(
        default="http://127.0.0.1:5055",
        description="Where the gateway asks how the action server is; none: it does not ask",
    )
    turn_seconds: float = Field(default=30.0, gt=0, description="How long one try to answer a message may take")
    trouble_after_seconds: float = Field(
        default=3.0, gt=0, description="After so long without the assistant the customer is told that it is away"
    )
    slow_after_seconds: float = Field(
        default=6.0, gt=0, description="After so long a customer is told that it takes longer"
    )
    outage_limit_seconds: float = Field(
        default=60.0,
        gt=0,
        description="After so long without the assistant the customer is told the other ways to get help",
    )
    rasa_session_turns: int = Field(
        default=25, ge=1, description="Messages after which Rasa begins a new session of its own"
    )

    # --- Microsoft Teams (docs/teams.md)
    teams_app_id: str = Field(
        default="", description="Application (client) id of the bot's registration; empty: nobody gets in from Teams"
    )
    teams_app_secret: str = Field(default="", repr=False, description="Client secret of that registration")
    teams_tenant_id: str = Field(default="", description="Directory (tenant) id that the bot is registered in")
    teams_tenants: str = Field(
        default="",
        description="Tenants whose people may talk to the bot, commas between; empty: OFFSITE_TEAMS_TENANT_ID alone",
    )
    public_url: str = Field(
        default="",
        description="Public https:// address of the gateway, for links in Teams and its app; empty: no links",
    )
    teams_issuer: str = Field(
        default="https://api.botframework.com", description="Who signs the tokens of incoming calls"
    )
    teams_openid_url: str = Field(
        default="https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Document that names the issuer's signing keys",
    )
    teams_login_url: str = Field(
        default="https://login.microsoftonline.com", description="Where the bot gets its own token"
    )
    teams_service_urls: str = Field(
        default="https://smba.trafficmanager.net",
        description="Origins that the bot may answer to, commas between; no other one ever sees a token",
    )

    @field_validator("var")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: str) -> str:
        scheme, found, rest = value.partition("://")
        if value and (not found or scheme not in {"postgresql", "postgres", "postgresql+psycopg"} or not rest):
            raise ValueError("must begin with postgresql:// (leave it empty for SQLite)")
        return f"postgresql+psycopg://{rest}" if value else ""

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://")
        return value

    @model_validator(mode="after")
    def _whole_chatwoot(self) -> Settings:
        wanted = {"url": self.chatwoot_url, "token": self.chatwoot_token, "secret": self.chatwoot_secret}
        missing = [name for name, value in wanted.items() if not value]
        if self.desk == "chatwoot" and missing:
            names = ", ".join(f"OFFSITE_CHATWOOT_{name.upper()}" for name in missing)
            raise ValueError(f"OFFSITE_DESK is chatwoot, so {names} must be set")
        return self

    @field_validator(
        "gateway_url",
        "public_url",
        "rasa_url",
        "actions_url",
        "chatwoot_url",
        "teams_issuer",
        "teams_openid_url",
        "teams_login_url",
    )
    @classmethod
    def _http(cls, value: str) -> str:
        if value not in {"", "none"} and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _whole_registration(self) -> Settings:
        if self.teams_app_id and not (self.teams_app_secret and self.teams_tenant_id):
            raise ValueError(
                "OFFSITE_TEAMS_APP_ID needs OFFSITE_TEAMS_APP_SECRET and OFFSITE_TEAMS_TENANT_ID beside it"
            )
        return self

    @field_validator("oidc_issuer")
    @classmethod
    def _provider(cls, value: str) -> str:
        loopback = re.fullmatch(r"http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(/.*)?", value)
        if value and not value.startswith("https://") and not loopback:
            raise ValueError("must begin with https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _client_of_provider(self) -> Settings:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("OFFSITE_OIDC_CLIENT_ID must be set beside OFFSITE_OIDC_ISSUER")
        return self

    def database(self, store: Store) -> str:
        """SQLAlchemy URL of one store: its own SQLite file in `var`, or the one PostgreSQL database."""
        return self.database_url or f"sqlite:///{self.var / f'{store}.db'}"

    @property
    def origins(self) -> frozenset[str]:
        """Origins elsewhere that may use the chat."""
        return frozenset(filter(None, (each.strip().rstrip("/") for each in self.allowed_origins.split(","))))

    @property
    def teams_allowed_tenants(self) -> frozenset[str]:
        """Tenants whose people may talk to the bot, in lower case."""
        return frozenset(_listed(self.teams_tenants.lower()) or _listed(self.teams_tenant_id.lower()))

    @property
    def teams_service_origins(self) -> frozenset[str]:
        """Origins that may see the bot's token."""
        return frozenset(each.rstrip("/") for each in _listed(self.teams_service_urls))

    @property
    def gateway(self) -> str:
        """Base URL of the gateway's inner side, without a slash at the end."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return self.gateway_url or f"http://{host}:{self.port}"

    @property
    def mail_folder(self) -> Path:
        """Where every mail lies as .eml."""
        return self.var / "mail"

    @property
    def label_folder(self) -> Path:
        """Where label PDFs lie."""
        return self.var / "labels"


def _listed(value: str) -> list[str]:
    """What stands between commas."""
    return [each.strip() for each in value.split(",") if each.strip()]


def variable_names() -> dict[str, str]:
    """Environment variable → field name, for every setting."""
    names: dict[str, str] = {}
    for name, info in Settings.model_fields.items():
        alias = info.validation_alias
        names[str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"OFFSITE_{name.upper()}"] = name
    return names


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError with one line for each bad one."""
    try:
        return Settings()
    except ValidationError as error:
        by_field = {field: variable for variable, field in variable_names().items()}
        lines = []
        for problem in error.errors():
            where = str(problem["loc"][0]) if problem["loc"] else ""
            variable = by_field.get(where.removeprefix("OFFSITE_").lower(), where)
            said = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{variable}: {said}" if variable else said)
        raise SettingsError("\n".join(lines)) from None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings, read once. Raises SettingsError."""
    return load_settings()
