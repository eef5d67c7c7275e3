"""A decision in words: complete, honest and readable in both languages."""

from __future__ import annotations

import json
import re

import pytest
import typer
from typer.testing import CliRunner

from actions.adapters.texts import ResponseTexts
from actions.casework.entitlement.finding import Addon, Notice, Reason
from actions.casework.facts import Language, Method, Verdict
from actions.usecases.explain_decision import explain
from bot.cli.decide import decide as decide_command
from tests.casework.entitlement.example_facts import NO_PACK, decided, facts_json

TEXTS = ResponseTexts()
EXAMPLES = {
    "covered": decided(),
    "sent as a part": decided(component="keyboard_external"),
    "solved": decided(flags=["solved"]),
    "to send": decided({"service_level": "return_to_depot"}, component="storage"),
    "keeps its drive": decided({"addons": "dmr"}, component="storage"),
    "out of the area": decided(pickup_postcode="3700"),
    "add-on": decided({"addons": "adp"}, cause="drop", incident_date="2026-03-01"),
    "spill": decided({"addons": "adp"}, cause="spill", incident_date="2026-03-01"),
    "spill, no add-on": decided(cause="spill"),
    "not covered": decided(component="os"),
    "nothing active": decided(NO_PACK),
    "lost": decided(cause="loss"),
    "a person": decided(cause="opened_by_others"),
    "registry down": decided(registry="unavailable"),
    "danger": decided(safety=["swollen"]),
}
ALL = pytest.mark.parametrize("name", sorted(EXAMPLES))


@pytest.mark.parametrize("language", list(Language))
@ALL
def test_every_explanation_is_provisional_short_and_offers_a_person(name, language):
    words = explain(EXAMPLES[name], language, TEXTS)
    assert "R20" in words
    assert {Language.DA: "medarbejder", Language.EN: "person"}[language] in words.split("\n\n")[-1]
    assert all(len(paragraph) <= 400 for paragraph in words.split("\n\n"))
    assert "{" not in words


@pytest.mark.parametrize("language", list(Language))
@ALL
def test_no_explanation_speaks_of_a_guarantee_or_a_price(name, language):
    """R09; and nothing that the datasheet does not say."""
    words = explain(EXAMPLES[name], language, TEXTS).lower()
    assert not re.search(r"garanti|warranty|guarantee|gratis|free of charge|kroner", words)


@ALL
def test_the_clauses_are_named_with_one_short_quote(name):
    decision = EXAMPLES[name]
    words = explain(decision, Language.DA, TEXTS)
    if decision.verdict is Verdict.SAFETY_STOP:
        assert "datablad" not in words
    else:
        assert all(clause in words for clause in decision.clauses)
        quotes = re.findall(r"står der: »(.+?)«\.", words)
        assert len(quotes) == 1
        assert len(quotes[0]) <= 200


@ALL
def test_statutory_rights_stand_in_every_no_and_only_there(name):
    words = explain(EXAMPLES[name], Language.DA, TEXTS)
    assert ("andre rettigheder efter loven" in words) == (EXAMPLES[name].verdict is Verdict.NOT_COVERED)


def test_a_private_buyer_reads_where_to_go():
    assert "forbrug.dk" in explain(EXAMPLES["not covered"], Language.DA, TEXTS, private=True)
    assert "forbrug.dk" not in explain(EXAMPLES["not covered"], Language.DA, TEXTS)
    assert "forbrug.dk" not in explain(EXAMPLES["covered"], Language.DA, TEXTS, private=True)


def test_the_way_on_is_told_where_it_is_covered():
    assert "afhentning" in explain(EXAMPLES["covered"], Language.DA, TEXTS)
    assert "forsendelseslabel" in explain(EXAMPLES["to send"], Language.DA, TEXTS)
    assert "Hændelige skader".lower() in explain(EXAMPLES["add-on"], Language.DA, TEXTS).lower()


def test_a_no_does_not_speak_of_drives_that_nobody_replaces():
    words = explain(decided(cause="theft", component="storage"), Language.DA, TEXTS)
    assert "tilhører" not in words


@pytest.mark.parametrize("name", ["spill", "spill, no add-on"])
def test_after_a_spill_the_pc_stays_off(name):
    words = explain(EXAMPLES[name], Language.DA, TEXTS)
    assert "slukket" in words
    assert "sikkerhedskopi" not in words


def test_danger_says_what_to_do_and_nothing_of_parcels():
    for words in (explain(EXAMPLES["danger"], language, TEXTS) for language in Language):
        assert "112" in words
        assert "R93" not in words


@pytest.mark.parametrize("language", list(Language))
def test_every_row_and_notice_has_words(language):
    keys = TEXTS.keys(language)
    assert {f"verdict_reason_{reason}" for reason in Reason} <= keys
    assert {f"notice_{notice}" for notice in Notice} <= keys
    assert {f"verdict_{verdict.lower()}" for verdict in Verdict} <= keys
    assert {f"verdict_method_{method.lower()}" for method in Method} <= keys
    assert {f"verdict_addon_{addon}" for addon in Addon} <= keys


# --- the command --------------------------------------------------------------------------------


def run(stdin: bytes | str, *options: str):
    app = typer.Typer()
    app.command()(decide_command)
    return CliRunner().invoke(app, list(options), input=stdin)


def test_the_command_prints_the_contracts_answer_and_nothing_else():
    result = run(json.dumps(facts_json()), "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(answer) == ["verdict", "addon", "clauses", "method", "notices", "text"]
    assert (answer["verdict"], answer["addon"], answer["clauses"]) == ("COVERED", None, ["R60"])
    assert set(answer["text"]) == {"da", "en"}
    assert "dækket" in answer["text"]["da"]
    assert result.stderr == ""


def test_the_command_says_the_same_in_words():
    assert run(json.dumps(facts_json())).stdout.strip() == explain(decided(), Language.DA, TEXTS)
    assert "looks covered" in run(json.dumps(facts_json()), "--language", "en").stdout


@pytest.mark.parametrize(
    ("stdin", "field"),
    [
        (json.dumps(facts_json(component="toaster")), "component"),
        (json.dumps(facts_json(battery={"fault": "worn", "capacity_pct": 101})), "capacity_pct"),
        (json.dumps(facts_json({"purchase_date": "2026-03-03"})), "purchase_date"),
        (json.dumps(facts_json()).replace('"hp_part": true', '"hp_part": true, "hp_part": false'), "hp_part"),
        (json.dumps(facts_json(battery={"fault": "worn", "capacity_pct": float("nan")})), "capacity_pct"),
        ("", "json"),
        ("{", "json"),
        ("[" * 100_000, "json"),
        (b"\xff\xfe", "json"),
        ("[]", "facts"),
    ],
)
def test_the_command_refuses_by_name_with_exit_code_2(stdin, field):
    result = run(stdin, "--json")
    assert result.exit_code == 2
    assert result.stderr.startswith(field + ":")
    assert result.stdout == ""
