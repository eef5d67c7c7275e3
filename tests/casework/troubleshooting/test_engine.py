"""Single behaviours of the engine, as a customer would notice them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.troubleshooting.engine import (
    NotUnderstood,
    ScriptChanged,
    answer,
    ask,
    back,
    choice_for_intent,
    progress,
    start,
)
from actions.casework.troubleshooting.library import load_scripts
from actions.casework.troubleshooting.model import Context, Expects, Outcome
from actions.casework.troubleshooting.position import Answer, Ended, Position
from tests.casework.troubleshooting.walk import FAILURE_ID, answers_to, contexts

SCRIPTS = load_scripts()


def play(name: str, context: Context, *said: str) -> Position | Ended:
    """The script after these answers: choices where they are on offer, else values."""
    script = SCRIPTS.get(name)
    reached: Position | Ended = start(script, context)
    for each in said:
        assert isinstance(reached, Position), f"ended before {each!r}: {reached}"
        is_choice = each in {choice.id for choice in ask(script, reached).choices}
        reached = answer(script, reached, Answer(choice=each) if is_choice else Answer(value=each))
    return reached


def end(name: str, context: Context, *said: str) -> Ended:
    """As `play`, where it must have ended."""
    reached = play(name, context, *said)
    assert isinstance(reached, Ended), reached
    return reached


NOTEBOOK = Context(form_factor="notebook")
DESKTOP = Context(form_factor="desktop")


def test_an_adapter_proven_bad_is_a_part_and_not_the_pc() -> None:
    ended = end("no_power", NOTEBOOK, "not_fixed", "not_fixed", "not_fixed", "fixed")
    assert (ended.outcome, ended.component) == (Outcome.CSR, "ac_adapter")


def test_a_desktop_is_asked_about_its_cord_and_a_notebook_about_its_adapter() -> None:
    asked = [play("no_power", context, "not_fixed") for context in (DESKTOP, NOTEBOOK)]
    assert [each.step for each in asked if isinstance(each, Position)] == ["power_cord", "adapter"]


def test_nothing_helps_a_dead_pc() -> None:
    ended = end("no_power", NOTEBOOK, *["not_fixed"] * 5, "nothing")
    assert (ended.outcome, ended.component, ended.diagnosis) == (Outcome.REPAIR, "mainboard", "hardware")


def test_a_blink_code_symptom_goes_straight_to_the_code() -> None:
    ended = end("no_boot", Context("blink_code", "desktop"), "3 lange og 3 korte")
    assert (ended.outcome, ended.facts["blink_code"], ended.component) == (Outcome.REPAIR, "3.3", "mainboard")


def test_memory_is_reseated_only_where_the_model_allows_and_the_customer_wants_to() -> None:
    allowed = Context("blink_code", "desktop", frozenset({"memory"}))
    offered = play("no_boot", allowed, "3.2")
    assert isinstance(offered, Position)
    assert offered.step == "reseat_offer"
    assert end("no_boot", allowed, "3.2", "no").outcome is Outcome.REPAIR
    assert end("no_boot", allowed, "3.2", "yes", "fixed").outcome is Outcome.RESOLVED
    assert end("no_boot", Context("blink_code", "desktop"), "3.2").component == "memory"
    refused = Context("blink_code", "desktop", frozenset({"memory"}), willing=False)
    assert end("no_boot", refused, "3.2").outcome is Outcome.REPAIR


def test_a_bios_that_does_not_recover_is_a_repair_of_the_board_and_not_a_remote_firmware_case() -> None:
    ended = end("no_boot", Context("blink_code", "notebook"), "2", "not_fixed", "no_menu", "sure_start")
    assert (ended.outcome, ended.component) == (Outcome.REPAIR, "mainboard")


def test_a_bios_password_is_never_bypassed() -> None:
    ended = end("no_boot", Context("no_boot", "notebook"), "password")
    assert (ended.outcome, ended.reason) == (Outcome.HUMAN, "bios_password")


def test_a_swollen_battery_stops_everything() -> None:
    ended = end("battery", NOTEBOOK, "swollen")
    assert (ended.outcome, ended.facts["safety_flags"]) == (Outcome.SAFETY, "swollen")


def test_a_worn_battery_brings_its_capacity_and_a_failed_test_a_defect() -> None:
    worn = end("battery", NOTEBOOK, "looks_normal", "drains_fast", "weak", "72,4 %")
    assert (worn.facts["battery_fault"], worn.facts["battery_capacity_pct"], worn.component) == ("worn", 72, "battery")
    failed = end("battery", NOTEBOOK, "looks_normal", "drains_fast", "failed", "QCJ1P5-8KR7DW-XD6BJM-60UN03")
    assert (failed.facts["battery_fault"], failed.facts["failure_id"]) == ("defect", "QCJ1P58KR7DWXD6BJM60UN03")


def test_90b_is_a_repair() -> None:
    ended = end("overheating", Context("fan", "notebook"), *["not_fixed"] * 4, "yes")
    assert (ended.outcome, ended.component, ended.reason) == (Outcome.REPAIR, "fan", "error_90b")


@pytest.mark.parametrize(
    ("context", "said", "outcome", "component"),
    [
        (Context("display", "notebook"), ["builtin", "crack", "file_sent"], Outcome.HUMAN, "display_builtin"),
        (Context("display", "aio"), ["builtin", "dots", "few"], Outcome.REPAIR, "pixel"),
        (Context("display", "aio"), ["builtin", "dots", "many"], Outcome.REPAIR, "display_builtin"),
        (
            Context("display", "notebook"),
            ["builtin", "lines", "cannot", "no", "not_fixed"],
            Outcome.SOFTWARE_ONLY,
            "software",
        ),
        (Context("display", "desktop"), ["not_fixed", "menu_bad", "yes"], Outcome.REPAIR, "monitor_external"),
        (Context("external_monitor", "aio"), ["not_fixed", "no_menu", "no"], Outcome.NOT_HP_PART, "monitor_external"),
    ],
)
def test_the_built_in_screen_and_a_separate_one_are_told_apart(
    context: Context, said: Sequence[str], outcome: Outcome, component: str
) -> None:
    ended = end("display", context, *said)
    assert (ended.outcome, ended.component) == (outcome, component)


def test_nobody_has_to_send_a_picture() -> None:
    """Skipping is no refusal to test: two of those end with a person (R92)."""
    script = SCRIPTS.get("display")
    at_picture = play("display", Context("display", "notebook"), "builtin", "lines")
    assert isinstance(at_picture, Position)
    skipped = answer(script, at_picture, Answer(choice="cannot"))
    assert isinstance(skipped, Position)
    assert (skipped.step, skipped.cannots) == ("same_outside_windows", 0)
    assert choice_for_intent(script, at_picture, "deny") == "cannot"
    assert choice_for_intent(script, at_picture, "affirm") == ""


def test_a_keyboard_with_a_cable_is_sent_and_one_without_is_told_apart() -> None:
    desk = Context("keyboard", "desktop")
    wired = end("keyboard", desk, "no", "wired", "not_fixed", "fails_there", "yes")
    wireless = end("keyboard", desk, "no", "wireless", "not_fixed", "not_fixed", "fails_there", "yes")
    assert (wired.outcome, wired.component, wireless.component) == (
        Outcome.CSR,
        "keyboard_external",
        "keyboard_wireless",
    )


def test_a_touchpad_is_a_touchpad_whatever_follows() -> None:
    ended = end(
        "keyboard", Context("touchpad", "notebook"), "no", *["not_fixed"] * 2, "fails_there", "not_fixed", "failed"
    )
    assert ended.component == "touchpad"


def test_liquid_that_is_still_wet_stops_and_dry_liquid_is_an_accident() -> None:
    wet = end("keyboard", Context("keyboard", "notebook"), "wet_now")
    dry = end("keyboard", Context("keyboard", "notebook"), "earlier")
    assert (wet.outcome, wet.facts["safety_flags"]) == (Outcome.SAFETY, "liquid_live")
    assert (dry.outcome, dry.cause) == (Outcome.REPAIR, "spill")


def test_a_drive_that_passes_both_tests_is_software() -> None:
    ended = end("storage", Context("storage", "notebook"), "done", "smart", "passed", "passed")
    assert (ended.outcome, ended.diagnosis) == (Outcome.SOFTWARE_ONLY, "software_only")


def test_a_fault_of_the_network_is_not_the_pcs() -> None:
    ended = end("wifi", Context("wifi", "notebook"), "wireless", "not_fixed", "others_fail")
    assert (ended.outcome, ended.component) == (Outcome.CONNECTION_ONLY, "network")


def test_nobody_tests_a_wet_machine() -> None:
    ended = end("spill", Context("spill", "notebook"), "yes", "stays_off", "pc", "sticky")
    assert (ended.outcome, ended.cause) == (Outcome.REPAIR, "spill")
    assert {step.level for step in SCRIPTS.get("spill").steps.values()} <= {1, 2, 3}


def test_a_wet_machine_that_stays_on_stops_everything() -> None:
    ended = end("spill", Context("spill", "notebook"), "no")
    assert (ended.outcome, ended.cause, ended.facts["safety_flags"]) == (Outcome.SAFETY, "spill", "liquid_live")


def test_a_failed_test_after_an_accident_is_still_the_accident() -> None:
    for accident in ("spill", "drop"):
        script = SCRIPTS.get(accident)
        ended = answer(script, start(script, Context(accident, "notebook")), Answer(value=FAILURE_ID))
        assert isinstance(ended, Ended)
        assert ended.cause == accident


def test_an_update_that_fails_is_helped_from_a_distance_and_one_without_the_key_goes_to_a_person() -> None:
    context = Context("firmware", "notebook")
    ended = end("firmware", context, "wants_update", "yes", "not_encrypted", "yes", "stops", "not_fixed")
    assert (ended.outcome, ended.component) == (Outcome.REPAIR, "firmware")
    ended = end("firmware", context, "wants_update", "yes", "no_key")
    assert (ended.outcome, ended.reason) == (Outcome.HUMAN, "recovery_key_missing")


def test_memory_of_another_make_is_never_called_hps_fault() -> None:
    allowed = Context("memory", "notebook", frozenset({"memory"}))
    assert end("memory", allowed, "no", "yes_other", "yes", "fixed").outcome is Outcome.NOT_HP_PART
    ended = end("memory", Context("memory", "notebook"), "no", "yes_other")
    assert (ended.outcome, ended.reason) == (Outcome.HUMAN, "memory_of_another_make")


def test_what_the_customer_describes_reaches_the_person() -> None:
    context = Context("crash", "notebook")
    said = ["freezes", "no", "not_fixed", "not_fixed", "passed", "seldom", "Den fryser,  når jeg ringer"]
    ended = end("crash", context, *said)
    assert (ended.outcome, ended.facts["note"]) == (Outcome.HUMAN, "Den fryser, når jeg ringer")


def test_an_answer_that_was_not_offered_is_asked_again() -> None:
    script = SCRIPTS.get("no_power")
    with pytest.raises(NotUnderstood) as refused:
        answer(script, start(script, NOTEBOOK), Answer(choice="purple"))
    assert refused.value.text_key == "bad_ts_answer"
    with pytest.raises(NotUnderstood) as refused:
        answer(script, start(script, NOTEBOOK), Answer(value="det ved jeg da ikke noget om overhovedet"))
    assert refused.value.text_key == "bad_ts_answer"


@pytest.mark.parametrize(
    ("name", "context", "said", "value", "kind"),
    [
        ("no_boot", Context("blink_code", "desktop"), [], "90B", Expects.BLINK_CODE),
        ("battery", NOTEBOOK, ["looks_normal", "drains_fast", "weak"], "120", Expects.BATTERY_CAPACITY_PCT),
        ("storage", Context("storage"), ["done", "smart"], "ABC", Expects.FAILURE_ID),
    ],
)
def test_a_value_in_the_wrong_form_gets_its_own_explanation(
    name: str, context: Context, said: Sequence[str], value: str, kind: Expects
) -> None:
    script = SCRIPTS.get(name)
    position = play(name, context, *said)
    assert isinstance(position, Position)
    with pytest.raises(NotUnderstood) as refused:
        answer(script, position, Answer(value=value))
    assert refused.value.text_key == f"bad_ts_answer_{kind}"


def test_yes_no_and_cannot_in_free_words_find_the_steps_own_answers() -> None:
    script = SCRIPTS.get("no_power")
    position = start(script, NOTEBOOK)
    meant = [choice_for_intent(script, position, intent) for intent in ("affirm", "deny", "cannot", "greet")]
    assert meant == ["fixed", "not_fixed", "cannot", ""]
    dock = SCRIPTS.get("dock")
    power = start(dock, Context("dock", "notebook"))
    assert [choice_for_intent(dock, power, intent) for intent in ("affirm", "deny")] == ["yes", "no"]


def test_a_script_that_was_edited_under_a_conversation_says_so() -> None:
    script = SCRIPTS.get("no_power")
    with pytest.raises(ScriptChanged):
        ask(script, Position("no_power", "a_step_of_yesterday"))


def test_back_at_the_first_step_stays_there() -> None:
    position = start(SCRIPTS.get("storage"), Context("storage"))
    assert back(position) == position


@given(st.data())
def test_the_same_answers_give_the_same_way_whatever_is_asked_in_between(data: st.DataObject) -> None:
    script = data.draw(st.sampled_from(list(SCRIPTS.by_name.values())))
    context = data.draw(st.sampled_from(list(contexts(script))))
    position: Position | Ended = start(script, context)
    said: list[Answer] = []
    while isinstance(position, Position):
        given_answer = data.draw(st.sampled_from(answers_to(script, position)))
        detour = answer(script, position, data.draw(st.sampled_from(answers_to(script, position))))
        if isinstance(detour, Position):
            assert back(detour) == position
        said.append(given_answer)
        position = answer(script, Position.from_dict(position.to_dict()), given_answer)

    again: Position | Ended = start(script, context)
    for each in said:
        assert isinstance(again, Position)
        assert progress(script, again)[0] <= len(said)
        again = answer(script, again, each)
    assert again == position
    assert len(position.steps) == len(said)


@given(st.text(max_size=200))
def test_no_text_a_customer_types_breaks_a_step(text: str) -> None:
    for name, context, said in (
        ("no_boot", Context("blink_code", "desktop"), []),
        ("battery", NOTEBOOK, ["looks_normal", "drains_fast", "weak"]),
        ("no_power", NOTEBOOK, []),
    ):
        position = play(name, context, *said)
        assert isinstance(position, Position)
        try:
            answer(SCRIPTS.get(name), position, Answer(value=text))
        except NotUnderstood as refused:
            assert refused.text_key.startswith("bad_ts_answer")
