"""A sign of danger is heard in both languages, however it is spelt, and not where it is denied."""

import pytest

from bot.dialogue.nlu.safety import find_safety_signs


def signs(text: str) -> set[str]:
    return {found.value for found in find_safety_signs(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("der kommer røg ud af den", {"smoke"}),
        ("der kommer roeg ud af den", {"smoke"}),
        ("den ryger", {"smoke"}),
        ("smoke is coming out", {"smoke"}),
        ("my laptop is on fire", {"smoke"}),
        ("det lugter brændt", {"burnt_smell"}),
        ("det lugter braendt", {"burnt_smell"}),
        ("a burning smell", {"burnt_smell"}),
        ("batteriet er svulmet op", {"swollen"}),
        ("bunden buler", {"swollen"}),
        ("the battery is bulging", {"swollen"}),
        ("den er brandvarm", {"hot"}),
        ("it gets very hot", {"hot"}),
        ("opladeren er smeltet", {"hot"}),
        ("der springer gnister fra stikket", {"sparks"}),
        ("I got a shock from it", {"sparks"}),
        ("ledningen er flosset", {"sparks"}),
        ("the cable is exposed", {"sparks"}),
        ("the charger lead is split and i see copper", {"sparks"}),
        ("man kan se kobberet i ledningen", {"sparks"}),
        ("batteriet lækker", {"leaking"}),
        ("acid is coming out of the battery", {"leaking"}),
        ("jeg spildte vand i opladeren", {"liquid_live"}),
        ("water in the power strip", {"liquid_live"}),
        ("den kan ikke tænde og der er røg", {"smoke"}),
        ("ingen røg, men det lugter brændt", {"burnt_smell"}),
        ("it won't start, it smells burnt", {"burnt_smell"}),
        ("ikke kun røg men også gnister", {"smoke", "sparks"}),
        ("the battery is swollen, what is a safe place for it", {"swollen"}),
    ],
)
def test_an_asserted_sign_counts(text: str, expected: set[str]) -> None:
    assert signs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ingen røg",
        "der er ingen røg",
        "der er ikke røg",
        "hverken røg eller gnister",
        "ingen røg, gnister eller varme",
        "det lugter ikke brændt",
        "batteriet er ikke svulmet op",
        "røg? nej",
        "no smoke",
        "there isn't any smoke",
        "no sign of smoke or sparks",
        "it does not smell burnt",
        "it doesnt smell burnt",
        "neither smoke nor sparks",
        "the battery is not swollen",
        "den røg på gulvet",
        "den røg ud af tasken",
        "nettet ryger hele tiden",
        "den ryger af nettet",
        "den blinker fire gange",
        "den har fået et stød",
        "den bliver varm",
        "den bliver alt for varm og slukker",
        "jeg spildte kaffe på tastaturet",
        "en vandflaske lækkede i tasken",
        "hvordan ser en opsvulmet bund ud",
        "what does a swollen battery look like",
        "lækker service",
        "ikke en gnist af liv i den",
        "vi har kobberbryllup på lørdag",
    ],
)
def test_a_denied_or_other_word_does_not(text: str) -> None:
    assert signs(text) == set()
