"""Every path of every script, for every kind of customer, ends, and says what it found."""

import json

import pytest

from actions.casework.facts import Component, Diagnosis, Symptom
from actions.casework.troubleshooting.engine import CANNOT_REASON, answer, back, progress
from actions.casework.troubleshooting.library import load_scripts, script_for
from actions.casework.troubleshooting.model import Expects, Outcome, Script
from actions.casework.troubleshooting.position import Answer, Ended, Position
from tests.casework.troubleshooting.walk import FAILURE_ID, answers_to, cannot, contexts, endings, positions

FORMS_THAT_DIFFER = ("notebook", "desktop", "aio", "")
SCRIPTS = list(load_scripts().by_name.values())
every_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)


@every_script
def test_every_path_ends_and_says_what_it_found(script: Script) -> None:
    found = set()
    # Beyond symptom and form nothing but the part that may be handled changes the way: one willingness is enough here.
    for context in (
        each for each in contexts(script) if each.willing is None and each.form_factor in FORMS_THAT_DIFFER
    ):
        for ended in endings(script, context):
            found.add(ended.outcome)
            assert ended.component in frozenset(Component)
            assert ended.diagnosis in frozenset(Diagnosis)
            assert ended.steps
            assert ended.reason or ended.outcome is not Outcome.HUMAN
    # Nobody can say from a distance that a wet machine is well.
    assert (Outcome.RESOLVED in found) is (script.name != "spill")
    assert {Outcome.REPAIR, Outcome.HUMAN} <= found


@every_script
def test_two_refusals_lead_to_a_person_wherever_they_fall(script: Script) -> None:
    for context in contexts(script):
        for position in positions(script, context):
            if position.cannots == 1 and script.steps[position.step].expects is not Expects.FILE:
                ended = cannot(script, position)
                assert isinstance(ended, Ended)
                assert (ended.outcome, ended.reason) == (Outcome.HUMAN, CANNOT_REASON)


@every_script
def test_a_failure_id_ends_the_testing_at_any_step(script: Script) -> None:
    for context in contexts(script):
        for position in positions(script, context):
            ended = answer(script, position, Answer(value=FAILURE_ID))
            assert isinstance(ended, Ended)
            assert (ended.outcome, ended.diagnosis, ended.reason) == (Outcome.REPAIR, "hardware", "failure_id")
            assert ended.facts["failure_id"] == FAILURE_ID


@every_script
def test_progress_counts_up_and_never_promises_more_steps_later(script: Script) -> None:
    for context in contexts(script):
        for position in positions(script, context):
            number, of = progress(script, position)
            assert 1 <= number <= of
            for given in answers_to(script, position):
                reached = answer(script, position, given)
                if isinstance(reached, Position):
                    later, later_of = progress(script, reached)
                    assert (later, later_of <= of) == (number + 1, True)


@every_script
def test_back_undoes_an_answer_whole(script: Script) -> None:
    for context in contexts(script):
        for position in positions(script, context):
            for given in answers_to(script, position):
                reached = answer(script, position, given)
                if isinstance(reached, Position):
                    assert back(reached) == position


@every_script
def test_a_part_is_handled_only_where_hp_allows_it_and_the_customer_agreed(script: Script) -> None:
    for context in contexts(script):
        for position in positions(script, context):
            part = script.steps[position.step].csr
            if part:
                assert part in context.csr_parts
                assert position.facts["csr_willing"] is True
                assert context.willing is not False


@every_script
def test_positions_and_endings_survive_json(script: Script) -> None:
    for position in positions(script, next(contexts(script))):
        assert Position.from_dict(json.loads(json.dumps(position.to_dict()))) == position
        for given in answers_to(script, position):
            reached = answer(script, position, given)
            if isinstance(reached, Ended):
                assert Ended.from_dict(json.loads(json.dumps(reached.to_dict()))) == reached


def test_every_symptom_has_a_script() -> None:
    served = {symptom: script_for(symptom).name for symptom in Symptom}
    assert served["no_power"] == "no_power"
    assert served["blink_code"] == served["no_boot"] == "no_boot"
    assert served["fan"] == served["overheating"] == "overheating"
    assert served["external_monitor"] == served["display"] == "display"
    assert served["touchpad"] == served["keyboard"] == "keyboard"
    # Danger has stopped everything before a script begins; the rest is sorted out by asking.
    assert {symptom for symptom, name in served.items() if name == "general"} == {"safety", "printer_or_other"}
    for symptom in ("memory", "mouse", "dock", "usb", "sound", "camera", "wifi", "firmware", "crash", "slow", "noise",
                    "spill", "drop", "software"):  # fmt: skip
        assert served[symptom] == symptom


def test_power_battery_heat_and_liquid_ask_for_danger_first() -> None:
    screened = {script.name for script in SCRIPTS if script.safety_screen}
    assert {
        "no_power",
        "no_boot",
        "battery",
        "charging",
        "overheating",
        "keyboard",
        "general",
        "dock",
        "crash",
        "noise",
        "spill",
        "drop",
    } <= screened
