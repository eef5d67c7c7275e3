"""`offsite privacy`: what is held about a customer, and erasing it (GDPR articles 15 and 17)."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.adapters.clock import SystemClock
from actions.ports import PortError
from actions.settings import SettingsError, load_settings
from actions.usecases.erase_customer import NobodyFound, erase_customer, export_customer
from bot.cli.output import fail, print_fields, print_json
from bot.cli.stores import stores
from bot.gateway.files.folder import FileFolder
from bot.gateway.personal import ChatPersonalData, Privacy
from bot.gateway.store.engine import Database, migrate, open_engine

privacy_app = typer.Typer(no_args_is_help=True, help="What is held about a customer, and erasing it.")

_Case = Annotated[str, typer.Option("--case", help="A case of theirs: HPO- and six characters")]
_Email = Annotated[str, typer.Option("--email", help="The case's e-mail address, as proof")]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON value")]
_NOBODY = "no such case with that e-mail address"


@privacy_app.command()
def export(case: _Case, email: _Email, json: _Json = False) -> None:
    """Everything held about that customer, in every store, as JSON."""
    try:
        told = export_customer(_world(), case, email)
    except PortError as error:
        fail(f"not everything could be read: {error}")
    if isinstance(told, NobodyFound):
        fail(_NOBODY)
    print_json({"email": told.subject.email, "case_ids": list(told.subject.case_ids), "held": told.held})


@privacy_app.command()
def erase(case: _Case, email: _Email, json: _Json = False) -> None:
    """Call off what stands and erase that customer everywhere; a record that names nobody stays."""
    try:
        erased = erase_customer(_world(), case, email, SystemClock().now())
    except PortError as error:
        fail(f"not everything is erased yet, give the command again: {error}")
    if isinstance(erased, NobodyFound):
        fail(_NOBODY)
    done = {
        "case_ids": list(erased.subject.case_ids),
        "conversations": len(erased.subject.conversations),
        "not_called_off": list(erased.not_called_off),
    }
    print_json(done) if json else print_fields(done)


def _world() -> Privacy:
    """Every store of this installation; needs no running system."""
    opened = stores()
    try:
        settings = load_settings()
    except SettingsError as error:
        fail(str(error))
    database = Database(open_engine(settings.database("chat")))
    migrate(database.engine)
    return Privacy(opened, ChatPersonalData(database, FileFolder(settings.var)))
