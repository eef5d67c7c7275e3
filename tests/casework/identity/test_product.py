"""Reading product numbers (domain.md 2.2)."""

import pytest

from actions.casework.identity.product import read_product_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6T1F0EA#ABY", "6T1F0EA#ABY"), ("6t1f0ea", "6T1F0EA"), ("6T1F0E", "6T1F0E"),
        ("p/n: 6T1F0EA#ABB", "6T1F0EA#ABB"),
        ("produktnummer 6t1f0ea #abd", "6T1F0EA#ABD"), ("product number is 6T1F0EA", "6T1F0EA"),
        (" 6T1F0EA. ", "6T1F0EA"),
        ("", None), ("notebook", None), ("laptops", None), ("6T1F0EA#AB", None), ("5CG1234XYZ", None), ("6T1F", None),
        ("6T1F0EA#ABYZ", None), ("elitebook 840", None),
    ],
)  # fmt: skip
def test_read_product_number(text, number):
    assert read_product_number(text) == number
