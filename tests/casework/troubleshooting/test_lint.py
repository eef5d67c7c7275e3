"""The lint finds each kind of fault, in the right file, on the right line."""

import pytest

from actions.casework.troubleshooting.lint import check_scripts
from bot.cli.scripts import RESPONSES_FOLDER, SCRIPTS_FOLDER
from tests.casework.troubleshooting.conftest import SMALL, TEXTS, Folder


def problems(folder: Folder) -> list[tuple[str, int, str]]:
    """(file name, line, message) of everything wrong."""
    return [(each.path.name, each.line, each.message) for each in check_scripts(folder.scripts, folder.responses)]


def test_the_scripts_of_this_system_are_faultless() -> None:
    assert [str(problem) for problem in check_scripts(SCRIPTS_FOLDER, RESPONSES_FOLDER)] == []


def test_the_small_script_is_faultless(folder: Folder) -> None:
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("not_fixed: test", "not_fixed: nowhere", "dead end: `not_fixed` of step `again` leads to `nowhere`"),
        ("not_fixed: test", "not_fixed: again", "loop: `not_fixed` of step `again` leads back to `again`"),
        ("passed: {end: software_only}", "passed: again", "loop: `passed` of step `test` leads back to `again`"),
        ("not_fixed: test", "not_fixed:", "`not_fixed` leads nowhere"),
        ("not_fixed: test", "not_fixed: {set: {cause: defect}}", "needs either `go: <step>` or `end: <outcome>`"),
        ("{end: resolved}", "{end: resovled}", "unknown end `resovled`; did you mean `resolved`?"),
        ("{end: software_only}", "{end: repair, component: scren}", "unknown component `scren`"),
        ("{end: software_only}", "{end: repair, cause: bad_luck}", "unknown cause `bad_luck`"),
        ("{end: software_only}", "{end: repair, set: {cause: bad_luck}}", "unknown cause `bad_luck`"),
        ("{end: software_only}", "{end: repair, set: {mood: bad}}", "unknown word `mood`"),
        ("{end: software_only}", "{end: human}", "an end with a person needs a `reason`"),
        ("component: other", "component: hamster", "unknown component `hamster`"),
        ("symptoms: [slow, crash]", "symptoms: [slow, smoke]", "unknown symptoms `smoke`"),
        ("level: 8", "level: 10", "level 10 is for technicians"),
        ("minutes: 2", "minutes: two", "`minutes` should be a whole number"),
        ("minutes: 2", "minutes: 0", "`minutes` should be 1 or more"),
        ("minutes: 2", "minuts: 2", "unknown word `minuts`"),
        ("expects: failure_id", "expects: horoscope", "unknown expects `horoscope`"),
        ("failed: {end: repair}", "affirm: {end: repair}", "id `affirm` is reserved"),
        ("failed: {end: repair}", "Failed: {end: repair}", "id `Failed` should be small letters"),
        ("safety_screen: false", "safety_screen: maybe", "`safety_screen` should be true or false"),
    ],
)
def test_a_fault_is_found_on_its_line(folder: Folder, old: str, new: str, message: str) -> None:
    line = folder.spoil(old, new)
    assert any(name == "general.yml" and at == line and message in text for name, at, text in problems(folder)), (
        problems(folder)
    )


def test_a_step_that_no_answer_leads_to_is_found(folder: Folder) -> None:
    folder.spoil("not_fixed: test", "not_fixed: {end: repair}")
    assert ("general.yml", 16, "unreachable: no answer leads to step `test`") in problems(folder)


def test_a_longer_loop_is_found_at_the_answer_that_closes_it(folder: Folder) -> None:
    line = folder.spoil("cannot: {end: human, reason: no_test_result}", "cannot: again")
    assert ("general.yml", line, "loop: `cannot` of step `test` leads back to `again`") in problems(folder)


def test_a_step_that_does_not_say_where_cannot_leads_is_found(folder: Folder) -> None:
    folder.spoil("      cannot: {end: human, reason: no_test_result}\n", "")
    assert any("does not say where `cannot` leads" in text for _, _, text in problems(folder))


def test_a_file_is_asked_for_in_both_words_or_in_none(folder: Folder) -> None:
    folder.spoil("not_fixed: test", "file_sent: test")
    assert any("`expects: file` and the answer `file_sent` belong together" in text for _, _, text in problems(folder))


def test_reserved_step_ids_are_found(folder: Folder) -> None:
    folder.write_script("general", SMALL.replace("  test:", "  restart:").replace(": test", ": restart"))
    assert ("general.yml", 16, "id `restart` is reserved: the conversation gives it another meaning") in problems(
        folder
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_missing_text_is_found_in_either_language(folder: Folder, language: str) -> None:
    folder.write_texts("general", TEXTS.replace("script_general_test_passed:", "script_general_tset_passed:"), language)
    assert ("general.yml", 16, f"no text `script_general_test_passed` in language {language}") in problems(folder)
    assert ("general.yml", 13, "text `script_general_tset_passed` is used by no script") in problems(folder)


def test_a_text_that_nothing_uses_is_found(folder: Folder) -> None:
    folder.write_texts("old", 'version: "3.1"\nresponses:\n  script_old_step:\n  - text: "Gammel"\n', "en")
    assert problems(folder) == [("old.yml", 3, "text `script_old_step` is used by no script")]


def test_an_empty_text_and_one_that_stands_twice_are_found(folder: Folder) -> None:
    folder.write_texts("general", TEXTS.replace('"Fejl"', '""'), "da")
    folder.write_texts("more", 'responses:\n  script_general_test:\n  - text: "Igen"\n', "en")
    found = problems(folder)
    assert ("general.yml", 11, "text `script_general_test_failed` is empty: write `- text: …` below it") in found
    assert ("more.yml", 2, "text `script_general_test` stands in general.yml already") in found


def test_two_answers_with_the_same_title_are_found(folder: Folder) -> None:
    folder.write_texts("general", TEXTS.replace('"Bestået"', '"fejl"'), "da")
    assert ("general.yml", 16, 'step `test` offers the answer "fejl" twice (da)') in problems(folder)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Åbn pc'en, og se efter."),
        ("da", "Skru bundpladen af."),
        ("da", "Brug en hårtørrer."),
        ("da", "Tag det indbyggede batteri ud."),
        ("en", "Unscrew the bottom."),
        ("en", "Open the case of the PC."),
        ("en", "Use heat to dry it."),
        ("en", "Take out the built-in battery."),
    ],
)
def test_a_text_that_asks_too_much_of_a_customer_is_found(folder: Folder, language: str, text: str) -> None:
    folder.write_texts("general", TEXTS.replace("Kør testen.", text), language)
    (name, line, message), *others = problems(folder)
    assert (name, line, others) == ("general.yml", 7, [])
    assert message.startswith("text `script_general_test` asks for more than a customer may do")


@pytest.mark.parametrize("text", ["Åbn ikke pc'en.", "Tør den ikke med varme.", "Åbn HP Support Assistant."])
def test_a_text_that_forbids_it_is_fine(folder: Folder, text: str) -> None:
    folder.write_texts("general", TEXTS.replace("Kør testen.", text), "da")
    assert problems(folder) == []


def test_a_part_that_hp_lets_customers_handle_may_be_beyond_level_9(folder: Folder) -> None:
    folder.spoil("    level: 8\n", "    level: 10\n    csr: memory\n    otherwise: test\n")
    folder.write_texts("general", TEXTS.replace("Genstart pc'en.", "Åbn pc'en, og tag hukommelsen op."), "da")
    assert problems(folder) == []


def test_a_step_for_some_must_say_where_the_others_go(folder: Folder) -> None:
    folder.spoil("    level: 8\n", "    level: 8\n    when: {form_factor: [desktop]}\n")
    assert any("`otherwise` must say where the rest go" in text for _, _, text in problems(folder))


def test_a_script_that_ends_before_its_first_step_is_found(folder: Folder) -> None:
    folder.spoil("    level: 8\n", "    level: 8\n    when: {form_factor: [desktop]}\n    otherwise: {end: repair}\n")
    assert ("general.yml", 8, "script `general` may end before its first step is asked") in problems(folder)


def test_text_keys_that_two_steps_would_share_are_found(folder: Folder) -> None:
    folder.write_script("general", SMALL.replace("  test:", "  again_extra:").replace(": test", ": again_extra")
                        .replace("      fixed:", "      extra: {end: repair}\n      fixed:"))  # fmt: skip
    assert any("text `script_general_again_extra` would serve two things" in text for _, _, text in problems(folder))


def test_a_symptom_that_two_scripts_serve_and_a_missing_general_script_are_found(folder: Folder) -> None:
    folder.write_script("another", SMALL.replace("script: general", "script: another"))
    found = problems(folder)
    assert ("general.yml", 1, "symptom `slow` is served by script `another` already") in found
    (folder.scripts / "general.yml").unlink()
    assert any(text.startswith("no script `general`") for _, _, text in problems(folder))


def test_a_file_name_that_is_not_the_scripts_name_is_found(folder: Folder) -> None:
    folder.write_script("another", SMALL)
    assert ("another.yml", 1, "the file of script `general` should be called general.yml") in problems(folder)


def test_broken_yaml_is_found_with_its_line(folder: Folder) -> None:
    line = folder.spoil("not_fixed: test", "not_fixed: {test")
    ((name, at, text),) = problems(folder)
    assert (name, text.startswith("not readable as YAML")) == ("general.yml", True)
    assert abs(at - line) <= 2


def test_a_step_written_twice_is_found(folder: Folder) -> None:
    folder.write_script("general", SMALL.replace("  test:", "  again:", 1))
    ((_, line, text),) = problems(folder)
    assert (line, "duplicate key" in text) == (16, True)
