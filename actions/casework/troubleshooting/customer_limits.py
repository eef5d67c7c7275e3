"""What a step may not ask of a customer, by the words it uses (limits.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.casework.facts import Language

LIMITS = Path(__file__).with_name("limits.yml")


def beyond_the_customer(text: str, language: Language, may_open: bool) -> str:
    """The first words of `text` that ask too much, or "". `may_open`: the part is one HP lets customers handle."""
    limits = _limits()
    forbidden = [*limits[language]["never"], *(() if may_open else limits[language]["opening"])]
    for sentence in re.split(r"[.;:!?\n]", text):
        if re.search(limits["negation"][language], sentence, re.IGNORECASE):
            continue
        for pattern in forbidden:
            found = re.search(pattern, sentence, re.IGNORECASE)
            if found:
                return found.group()
    return ""


@cache
def _limits() -> Mapping[str, Any]:
    with LIMITS.open(encoding="utf-8") as file:
        return YAML(typ="safe", pure=True).load(file)  # type: ignore[no-any-return]
