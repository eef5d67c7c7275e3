"""`offsite decide`: the verdict on a set of facts (contract section 4). Needs no running system."""

from __future__ import annotations

import json
import sys
from typing import Annotated, NoReturn

import typer

from actions.adapters.texts import ResponseTexts
from actions.casework.entitlement.decide import decide as decide_facts
from actions.casework.entitlement.facts_model import read_facts
from actions.casework.entitlement.strict import BadFact
from actions.casework.facts import Language
from actions.usecases.explain_decision import explain, explain_both

REFUSED = 2


def decide(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON value instead of the words.")] = False,
    language: Annotated[Language, typer.Option(help="Language of the words.")] = Language.DA,
) -> None:
    """Decide on the facts given as JSON on standard input: covered, by what, and how it goes on."""
    try:
        facts = read_facts(_read_json(sys.stdin.buffer.read()))
    except BadFact as refusal:
        _refuse(refusal)
    decision = decide_facts(facts)
    texts = ResponseTexts()
    if as_json:
        _print(json.dumps({**decision.as_json(), "text": explain_both(decision, texts)}, ensure_ascii=False))
    else:
        _print(explain(decision, language, texts))


def _read_json(raw: bytes) -> object:
    """One JSON value in UTF-8. A name that stands twice is refused: either value could be the meant one."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_object)
    except BadFact:
        raise
    except (ValueError, RecursionError) as error:
        raise BadFact("json", f"standard input is no JSON: {error}") from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, value in pairs:
        if name in given:
            raise BadFact(name, "stands twice")
        given[name] = value
    return given


def _print(text: str) -> None:
    """UTF-8, whatever the terminal's locale says."""
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def _refuse(refusal: BadFact) -> NoReturn:
    """Say which field, and stop."""
    typer.echo(str(refusal), err=True)
    raise typer.Exit(REFUSED)
