"""What is said about earlier decisions counts, and nothing like it does."""

from __future__ import annotations

import pytest

from actions.casework.reading.fault import told
from actions.casework.reading.message import Message
from actions.casework.reading.told_flags import find_flags


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("teknikeren siger at delen ikke laves mere, den er udgået", "out_of_production"),
        ("they told me the part is no longer made", "out_of_production"),
        ("hp har lovet mig en ny pc", "exchange_chosen"),
        ("HP said I would get a replacement laptop", "exchange_chosen"),
        ("jeg gjorde ikke det hp sagde sidst", "advice_ignored"),
        ("I didn't do what HP told me last time", "advice_ignored"),
    ],
)
def test_what_was_decided_before(text: str, flag: str) -> None:
    assert find_flags(text) == [flag]
    assert told(Message(text, "inform"))["told_flags"] == [flag]


@pytest.mark.parametrize(
    "text",
    ["min pc laver ikke noget mere", "jeg vil have en ny pc", "it does not work any more", "de sagde ikke noget"],
)
def test_nothing_was_decided(text: str) -> None:
    assert find_flags(text) == [] and "told_flags" not in told(Message(text, "inform"))
