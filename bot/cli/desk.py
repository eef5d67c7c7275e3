"""`offsite desk`: who may sign in at `/desk`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import SQLAlchemyError

from actions.settings import SettingsError, load_settings
from bot.cli.output import fail, print_json, print_table
from bot.gateway.desk.accounts import Accounts, Agent, EmailTaken, Role
from bot.gateway.store.engine import Database, migrate, open_engine

desk_app = typer.Typer(no_args_is_help=True, help="Who may sign in at the agent desk.")
LANGUAGES = ("da", "en")
LONGEST_NAME = 80

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value")]
Email = Annotated[str, typer.Argument(help="The address that the agent signs in with")]


@desk_app.command("add-agent")
def add_agent(
    name: Annotated[str, typer.Argument(help="What customers and colleagues read, for example Anna Holm")],
    email: Annotated[str, typer.Option(help="The address that the agent signs in with")],
    language: Annotated[str, typer.Option(help="Languages the agent answers in, commas between")] = "da,en",
    role: Annotated[Role, typer.Option(help="supervisor: also sees everybody's figures")] = Role.AGENT,
    json: Json = False,
) -> None:
    """Let somebody sign in. Prints a one-time password, which they change at their first sign-in."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME or not name.strip().isprintable():
        fail(f"NAME: must have 1 to {LONGEST_NAME} printable characters")
    languages = _languages(language)
    address = _address(email)
    try:
        agent, password = _accounts().add(name, address, languages, role, datetime.now(UTC))
    except EmailTaken:
        fail(f"--email: {address} has an account already (offsite desk list)")
    except SQLAlchemyError as error:
        fail(_database_says(error))
    _print_password(agent, password, json)


@desk_app.command("list")
def list_(json: Json = False) -> None:
    """Everybody who has an account."""
    try:
        lines = [_line(agent) for agent in _accounts().everybody()]
    except SQLAlchemyError as error:
        fail(_database_says(error))
    if json:
        print_json(lines)
    else:
        rows = [line | {"languages": ",".join(line["languages"])} for line in lines]
        print_table(rows, ("name", "email", "languages", "role", "state", "signed_in_at"))


@desk_app.command()
def disable(email: Email, json: Json = False) -> None:
    """Close an account and end its sign-ins. `reset-password` opens it again."""
    try:
        accounts = _accounts()
        agent = _known(accounts, email)
        accounts.disable(agent.id, datetime.now(UTC))
        line = _line(_known(accounts, email))
    except SQLAlchemyError as error:
        fail(_database_says(error))
    print_json(line) if json else typer.echo(f"{agent.name} ({agent.email}) can no longer sign in")


@desk_app.command("reset-password")
def reset_password(email: Email, json: Json = False) -> None:
    """A new one-time password; what is signed in ends, a closed account is open again."""
    try:
        accounts = _accounts()
        agent = _known(accounts, email)
        password = accounts.reset_password(agent.id)
        agent = _known(accounts, email)
    except SQLAlchemyError as error:
        fail(_database_says(error))
    _print_password(agent, password, json)


def _accounts() -> Accounts:
    """The accounts of this installation; needs no running system. Ends with exit code 2 where they can't be opened."""
    try:
        engine = open_engine(load_settings().database("chat"))
        migrate(engine)
    except SettingsError as error:
        fail(str(error))
    except (SQLAlchemyError, OSError) as error:
        fail(_database_says(error))
    return Accounts(Database(engine))


def _known(accounts: Accounts, email: str) -> Agent:
    agent = accounts.by_email(email)
    if agent is None:
        fail(f"nobody with the address {email} (offsite desk list)")
    return agent


def _languages(given: str) -> list[str]:
    asked = [each.strip().lower() for each in given.split(",") if each.strip()]
    if not asked or any(each not in LANGUAGES for each in asked):
        fail(f"--language: of {', '.join(LANGUAGES)}, with commas between; got {given!r}")
    return [each for each in LANGUAGES if each in asked]


def _address(given: str) -> str:
    try:
        return validate_email(given.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        fail(f"--email: {error}")


def _line(agent: Agent) -> dict[str, Any]:
    state = "disabled" if agent.disabled else "one_time_password" if agent.must_change else "active"
    when = agent.signed_in_at.isoformat(timespec="seconds") if agent.signed_in_at else None
    who = {"id": agent.id, "name": agent.name, "email": agent.email, "languages": list(agent.languages)}
    made = agent.created_at.isoformat(timespec="seconds")
    return who | {"role": agent.role.value, "state": state, "created_at": made, "signed_in_at": when}


def _print_password(agent: Agent, password: str, json: bool) -> None:
    if json:
        print_json(_line(agent) | {"one_time_password": password})
        return
    typer.echo(f"{agent.name} signs in at /desk with {agent.email} and this one-time password:")
    typer.echo(password)
    typer.echo("It is shown here only, and is changed at the first sign-in.")


def _database_says(error: Exception) -> str:
    return f"the desk's database can't be used: {type(error).__name__}"
