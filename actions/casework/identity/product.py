"""HP product numbers, also called P/N or SKU (domain.md 2.2)."""

from __future__ import annotations

import re

_LABEL = re.compile(r"^\W*(?:(?:product|produkt|varenummer|p/n|pn|sku)(?:[\s-]*(?:number|nummer|no|nr))?\.?"
                    r"(?:\s+(?:er|is))?(?![0-9a-zæøå])[\s:=]*)+", re.IGNORECASE)  # fmt: skip
_SHAPE = re.compile(r"[0-9A-Z]{5}[0-9A-Z]{1,2}(?:#[0-9A-Z]{3})?")
EXAMPLE = "6T1F0EA#ABY"


def read_product_number(text: str) -> str | None:
    """The product number in a typed answer, upper case, its "#ABC" suffix kept; None where it isn't one.

    6 or 7 characters and a digit among them, so that a plain word is not taken for one.
    """
    bare = re.sub(r"[\s\-]+", "", _LABEL.sub("", text.strip())).strip("'\"»«“”:;,.!?()").upper()
    return bare if _SHAPE.fullmatch(bare) and re.search("[0-9]", bare.partition("#")[0]) else None
