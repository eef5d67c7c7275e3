"""`offsite teams`: the app package for Microsoft Teams, and what of its set-up is missing (docs/teams.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import httpx
import typer

from actions.adapters.texts import ResponseTexts
from actions.settings import Settings, SettingsError, load_settings
from bot.cli.findings import Finding, report
from bot.cli.output import fail
from bot.cli.teams_package import package

teams_app = typer.Typer(no_args_is_help=True, help="Microsoft Teams: its app package, and whether it is set up.")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
TIMEOUT = httpx.Timeout(10.0, connect=5.0)


@teams_app.command("package")
def package_(out: Annotated[Path, typer.Option("--out", help="The zip file to write")]) -> None:
    """Write the app package that an administrator uploads."""
    settings = _settings()
    wrong = [finding for finding in (_app_id(settings), _public(settings)) if not finding.ok]
    if wrong:
        fail("\n".join(f"{finding.check}: {finding.detail}; {finding.advice}" for finding in wrong))
    try:
        out.write_bytes(package(settings, ResponseTexts()))
    except OSError as error:
        fail(f"{out}: {error.strerror}")
    typer.echo(f"wrote {out}")


@teams_app.command("check")
def check(json: Annotated[bool, typer.Option("--json", help="Print one JSON value")] = False) -> None:
    """Check the set-up: each line is ok, or says what to do. Exit code 1 where something is missing."""
    report(list(examine(_settings())), json)


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check; those that ask Microsoft only where the settings allow it."""
    known = _app_id(settings)
    yield known
    yield _public(settings)
    if not known.ok:
        return
    yield _tenants(settings)
    yield _services(settings)
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        yield _keys(settings, client)
        yield _sign_in(settings, client)
        if _public(settings).ok:
            yield _endpoint(settings, client)


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        fail(str(error))


def _app_id(settings: Settings) -> Finding:
    if not settings.teams_app_id:
        return Finding("OFFSITE_TEAMS_APP_ID", False, "not set", "register a bot, see docs/teams.md")
    if not _GUID.fullmatch(settings.teams_app_id):
        return Finding("OFFSITE_TEAMS_APP_ID", False, "no GUID", "take the application (client) id of the registration")
    return Finding("OFFSITE_TEAMS_APP_ID", True, settings.teams_app_id)


def _public(settings: Settings) -> Finding:
    if not settings.public_url.startswith("https://"):
        detail = settings.public_url or "not set"
        return Finding("OFFSITE_PUBLIC_URL", False, detail, "the https:// address that Teams and people reach")
    return Finding("OFFSITE_PUBLIC_URL", True, settings.public_url)


def _tenants(settings: Settings) -> Finding:
    wrong = [tenant for tenant in sorted(settings.teams_allowed_tenants) if not _GUID.fullmatch(tenant)]
    if wrong:
        return Finding("OFFSITE_TEAMS_TENANTS", False, f"no GUID: {', '.join(wrong)}", "use directory (tenant) ids")
    return Finding("OFFSITE_TEAMS_TENANTS", True, f"{len(settings.teams_allowed_tenants)} may talk to the bot")


def _services(settings: Settings) -> Finding:
    plain = [each for each in sorted(settings.teams_service_origins) if not each.startswith("https://")]
    if plain:
        detail = f"not https: {', '.join(plain)}"
        return Finding("OFFSITE_TEAMS_SERVICE_URLS", False, detail, "the bot's token must not travel in the open")
    return Finding("OFFSITE_TEAMS_SERVICE_URLS", True, ", ".join(sorted(settings.teams_service_origins)))


def _keys(settings: Settings, client: httpx.Client) -> Finding:
    try:
        document = client.get(settings.teams_openid_url).raise_for_status().json()
        keys = client.get(document["jwks_uri"]).raise_for_status().json()["keys"]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        advice = "may this machine reach that address? A proxy or firewall may stand between"
        return Finding("signing keys", False, f"{settings.teams_openid_url}: {type(error).__name__}", advice)
    return Finding("signing keys", True, f"{len(keys)} at {settings.teams_openid_url}")


def _sign_in(settings: Settings, client: httpx.Client) -> Finding:
    form = {"grant_type": "client_credentials", "scope": "https://api.botframework.com/.default"}
    secret = {"client_id": settings.teams_app_id, "client_secret": settings.teams_app_secret}
    url = f"{settings.teams_login_url}/{settings.teams_tenant_id}/oauth2/v2.0/token"
    try:
        answer = client.post(url, data=form | secret)
    except httpx.HTTPError as error:
        return Finding("sign-in", False, f"{url}: {type(error).__name__}", "may this machine reach that address?")
    if answer.status_code != 200:
        advice = "check OFFSITE_TEAMS_APP_SECRET (is it over?) and OFFSITE_TEAMS_TENANT_ID; see docs/teams.md"
        return Finding("sign-in", False, f"refused, status {answer.status_code}", advice)
    return Finding("sign-in", True, "the bot gets its token")


def _endpoint(settings: Settings, client: httpx.Client) -> Finding:
    """The bot must be there, and must not let us in."""
    url = f"{settings.public_url}/api/messages"
    try:
        status = client.post(url, json={}).status_code
    except httpx.HTTPError as error:
        return Finding("messaging endpoint", False, f"{url}: {type(error).__name__}", "is the gateway up and public?")
    if status != 401:
        return Finding("messaging endpoint", False, f"{url}: status {status}, not 401", "does it lead to the gateway?")
    return Finding("messaging endpoint", True, f"{url} is there, and lets nobody in without a token")
