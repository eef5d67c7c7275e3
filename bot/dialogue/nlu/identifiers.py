"""Serial, product, case and failure numbers (domain.md 2.1, 2.2, 3.4), read from the raw text by their form.

Numbers that only look like them (tracking, order, Care Pack, CVR) are claimed first and mean nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.dialogue.nlu.spans import Claims, Found, before

_LABEL_END = r"(?:\s*(?:nummeret|nummer|numret|number|numre|nr|no|num|id|er|is|:|\.|-|#))*\s*"
_UNREAD = re.compile(
    r"\b(?:track\w*(?:\s*(?:and|&|og)\s*trace)?|waybill|awb|forsendelse\w*|pakke\w*|parcel|shipment|ordre\w*|order"
    r"|faktura\w*|invoice|kvittering\w*|konto\w*|account|ean|po|imei|cvr|vat|se[- ]?nr|virksomheds\w*|company reg\w*"
    r"|moms\w*)\b"
    + _LABEL_END
    + r"(?:DK|GB|SE|DE|NO)?[ -]?(?=(?:[ -]?[A-Z]*\d){4})[A-Z0-9]+(?:[ -](?=[A-Z]*\d)[A-Z0-9]+)*"
    r"|\bDK[ -]?\d{8}\b"
    r"|\bcare ?pack\w*" + _LABEL_END + r"(?:\w+\s){0,2}(?=[A-Z0-9]*\d)[A-Z0-9]{6,10}\b"
    r"|\b1Z(?:[ -]?[0-9A-Z]){16}\b|\b0x[0-9a-f]{6,10}\b|\b[A-Z]{2,3}\d{9,18}[A-Z]{0,2}\b",
    re.IGNORECASE,
)
_CARE_PACK = re.compile(r"\bU[0-9A-Z]{4,5}[AE]\b(?!#)", re.IGNORECASE)

_SERIAL = re.compile(r"[0-9A-Z]{3}[0-9A][0-5][0-9][0-9B-DF-HJ-NP-TV-Z]{4}")
_SERIAL_LABEL = re.compile(r"\b(?:serie\w*|serial\w*|s/?n|sn)\b[^0-9A-Za-z]*(?:\w+[^0-9A-Za-z]+){0,3}$", re.IGNORECASE)
_MAKERS = frozenset({"cnd", "cnu", "mxl", "czc", "jph", "sgh", "twh"})
"""Letters that HP's serial numbers begin with and no word does."""
_DATE_PART = str.maketrans({"O": "0", "I": "1", "L": "1"})
_TAIL_PART = str.maketrans({"O": "0", "I": "1"})

_PRODUCT_LABELLED = re.compile(
    r"\b(?:produkt\w*|product(?:\s*(?:number|no|nr|id))?|p/?n|sku|varenummer\w*|prod\.?\s?nr)\b"
    + _LABEL_END
    + r"(?:\w{2,4}\s)?(?=[A-Z0-9]*\d)(?P<value>[0-9A-Z]{6,7}(?:\s?#[0-9A-Z]{3})?)\b",
    re.IGNORECASE,
)
_PRODUCT_SUFFIXED = re.compile(r"\b(?P<value>(?=[A-Z]*\d)[0-9A-Z]{6,7}\s?#[0-9A-Z]{3})\b", re.IGNORECASE)
_PRODUCT_BARE = re.compile(
    r"\b(?P<value>(?=[0-9A-Z]{0,4}[A-Z][0-9A-Z]{0,3}\d)[0-9A-Z]{5}(?:[AEU][A-Z]|[LP][AT]))\b", re.IGNORECASE
)
_PRODUCT_ALONE = re.compile(r"^\W*(?P<value>(?=\w*\d\w*\d)(?=\w*\d[A-Z])[0-9A-Z]{6,7})\W*$", re.IGNORECASE)

_CASE = re.compile(
    r"\bHPO[\s#:.-]*([0-9A-Z])[ -]?([0-9A-Z])[ -]?([0-9A-Z])[ -]?([0-9A-Z])[ -]?([0-9A-Z])[ -]?([0-9A-Z])\b", re.I
)
_CASE_LABELLED = re.compile(
    r"\b(?:sag|sagen|sags|sagsnr|sagsnummer\w*|sags-id|case|ticket)\b"
    + _LABEL_END
    + r"(?=[0-9A-Z -]{0,7}\d)([0-9A-Z]{3})[ -]?(?=\S*)([0-9A-Z]{3})\b",
    re.IGNORECASE,
)
_CASE_NEAR = re.compile(
    r"(?:\b(?:sag\w*|case|status|latest|nyt|news|repair\w*|reparation\w*)\b.{0,40}?)"
    r"\b(?=[A-Z]*\d)(?=\d*[A-Z])([0-9A-Z]{3})[ -](?=[A-Z]*\d)(?=\d*[A-Z])(?!\d+[GT]B)([0-9A-Z]{3})\b",
    re.IGNORECASE,
)
_CASE_FORM = re.compile(r"[0-9A-HJKMNP-TV-Z]{6}")
_CASE_MENDED = str.maketrans({"O": "0", "I": "1", "L": "1"})

_TOKEN = re.compile(r"(?:\bsn(?=[0-9A-Z]{10}\b))?(?P<token>[0-9A-Za-z]+)", re.IGNORECASE)
_JOINS = re.compile(r"[ .\-/_]{1,3}")


def find_identifiers(claims: Claims) -> list[Found]:
    """Every identifier in the message; what was read is claimed. Order matters: the longest form first."""
    found: list[Found] = []
    for finder in (
        _failure_ids,
        _case_ids,
        _claim_unread,
        _serial_numbers,
        _labelled_products,
        _claim_care_packs,
        _products,
    ):
        for value in list(finder(claims.rest)):
            claims.claim(value.start, value.end)
            if value.value:
                found.append(value)
    return found


def _claim_unread(text: str) -> Iterator[Found]:
    """Tracking, order, account and company numbers: claimed without a value, unless the word before names a PC's."""
    for match in _UNREAD.finditer(text):
        yield Found("", "", match.start(), match.end())


def _claim_care_packs(text: str) -> Iterator[Found]:
    for match in _CARE_PACK.finditer(text):
        if any(character.isdigit() for character in match.group()):
            yield Found("", "", match.start(), match.end())


def _failure_ids(text: str) -> Iterator[Found]:
    """24 letters and digits, in groups or not; words of a sentence don't join to one, as each group has a digit or capitals."""
    for start, end, parts in _runs(text, length=24, most=12):
        digits = sum(character.isdigit() for part in parts for character in part)
        if (
            digits >= 2
            and all(part.isupper() or any(c.isdigit() for c in part) for part in parts)
            and len(parts[0]) >= 2
        ):
            yield Found("failure_id", "".join(parts).upper(), start, end)


def _case_ids(text: str) -> Iterator[Found]:
    for pattern, needs_digit in ((_CASE, False), (_CASE_LABELLED, True), (_CASE_NEAR, True)):
        for match in pattern.finditer(text):
            code = "".join(match.groups()).upper().translate(_CASE_MENDED if not needs_digit else {})
            if _CASE_FORM.fullmatch(code) and (not needs_digit or any(character.isdigit() for character in code)):
                yield Found("case_id", f"HPO-{code}", match.start(), match.end())
                return


def _serial_numbers(text: str) -> Iterator[Found]:
    for start, end, parts in _runs(text, length=10, most=10):
        written = "".join(parts).upper()
        value = mend_serial(written)
        if value is None or written.isdigit() or sum(character.isdigit() for character in written) < 2:
            continue
        if len(parts) > 1 and not _looks_grouped(parts, before(text, start)):
            continue
        yield Found("serial_number", value, start, end, mended=value != written)


def mend_serial(written: str) -> str | None:
    """The serial number that 10 characters stand for, look-alikes put right by position, or None (domain.md 2.1)."""
    value = written[:3] + written[3:6].translate(_DATE_PART) + written[6:].translate(_TAIL_PART)
    if not _SERIAL.fullmatch(value) or not any(character.isalpha() for character in value[:3]):
        return None
    return value if 1 <= int(value[4:6]) <= 53 else None


def _looks_grouped(parts: list[str], left: str) -> bool:
    """Whether separate groups are one number: the first is mixed (`5CG`), capitals, or three letters after a label."""
    first = parts[0]
    if len(first) < 3:
        return all(len(part) == 1 for part in parts) or (first[0].isdigit() and not first.isdigit())
    mixed = any(c.isdigit() for c in first) and any(c.isalpha() for c in first)
    known = len(first) == 3 and (first.lower() in _MAKERS or bool(_SERIAL_LABEL.search(left)))
    return mixed or first.isupper() or known


def _labelled_products(text: str) -> Iterator[Found]:
    for pattern in (_PRODUCT_LABELLED, _PRODUCT_SUFFIXED):
        for match in pattern.finditer(text):
            value = re.sub(r"\s", "", match["value"]).upper()
            yield Found("product_number", value, match.start("value"), match.end("value"))
        if pattern.search(text):
            return


def _products(text: str) -> Iterator[Found]:
    match = _PRODUCT_ALONE.search(text) or _PRODUCT_BARE.search(text)
    if match:
        yield Found("product_number", match["value"].upper(), match.start("value"), match.end("value"))


def _runs(text: str, length: int, most: int) -> Iterator[tuple[int, int, list[str]]]:
    """Neighbouring groups of letters and digits whose lengths add up to `length`; single groups first, no overlap."""
    tokens = list(_TOKEN.finditer(text))
    taken: set[int] = set()
    for single in (True, False):
        for first in range(len(tokens)):
            size = 0
            for last in range(first, min(first + (1 if single else most), len(tokens))):
                if last in taken or (
                    last > first and not _JOINS.fullmatch(text[tokens[last - 1].end() : tokens[last].start("token")])
                ):
                    break
                size += len(tokens[last]["token"])
                if size == length and (single or last > first):
                    yield (
                        tokens[first].start("token"),
                        tokens[last].end(),
                        [t["token"] for t in tokens[first : last + 1]],
                    )
                    break
                if size >= length:
                    break
