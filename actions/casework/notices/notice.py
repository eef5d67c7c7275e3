"""A notice about devices: a recall, new firmware, something to know (R21). Whose it is stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from actions.casework.entitlement.strict import BadFact, one_of, read_date
from actions.casework.facts import Language


class NoticeKind(StrEnum):
    """What it is about."""

    SAFETY_RECALL = "safety_recall"  # stop using it: a person takes over, nothing travels
    RECALL = "recall"
    FIRMWARE = "firmware"
    NOTICE = "notice"


@dataclass(frozen=True)
class Notice:
    """One row of the notices file. It is about every device of `products`, or only about `serials` where any stand."""

    notice_id: str
    kind: NoticeKind
    products: frozenset[str]  # product numbers; "8A1B*" stands for all that begin so
    serials: frozenset[str]
    issuer: str
    issued_on: date
    valid_until: date | None
    title_da: str
    title_en: str
    text_da: str
    text_en: str
    url: str

    def title(self, language: Language) -> str:
        """In the customer's language."""
        return self.title_da if language is Language.DA else self.title_en

    def text(self, language: Language) -> str:
        """In the customer's language."""
        return self.text_da if language is Language.DA else self.text_en


COLUMNS = tuple(field.name for field in fields(Notice))

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_PRODUCT = re.compile(r"[0-9A-Z]{3,7}(?:#[0-9A-Z]{3}|\*)?")
_SERIAL = re.compile(r"[0-9A-Z]{10}")
_URL = re.compile(r"https://[^\s\"<>]+")
_LONGEST = {"title_da": 80, "title_en": 80, "text_da": 300, "text_en": 300, "issuer": 40}  # characters, as a chat shows


def concerns(notice: Notice, product_number: str, serial_number: str, today: date) -> bool:
    """Whether a notice is about that device today. "#ABY" behind a product number doesn't count unless it stands in the
    notice."""
    if notice.issued_on > today or (notice.valid_until is not None and notice.valid_until < today):
        return False
    if notice.serials:
        return serial_number in notice.serials
    return any(_is(product, product_number) for product in notice.products)


def gravest_first(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Safety recalls before recalls before the rest; the newest first among equals."""
    order = list(NoticeKind)
    return tuple(
        sorted(notices, key=lambda each: (order.index(each.kind), -each.issued_on.toordinal(), each.notice_id))
    )


def _is(product: str, number: str) -> bool:
    if product.endswith("*"):
        return bool(number) and number.startswith(product[:-1])
    return bool(number) and (number == product or number.partition("#")[0] == product)


def notice_from_row(row: Mapping[str, str], today: date | None = None) -> Notice:
    """Read one row, strictly. With `today`, a notice of the future is refused. Raises BadFact with the column."""
    cells = {name: row[name].strip() for name in COLUMNS}
    if not _ID.fullmatch(cells["notice_id"]):
        raise BadFact("notice_id", "must be up to 40 letters, digits, dots, hyphens")
    products, serials = _items(cells["products"], "products", _PRODUCT), _items(cells["serials"], "serials", _SERIAL)
    if not products and not serials:
        raise BadFact("products", "a notice is about product numbers or serial numbers")
    for name in ("issuer", "title_da", "title_en", "text_da", "text_en"):
        if not cells[name] or len(cells[name]) > _LONGEST[name]:
            raise BadFact(name, f"must be there, in at most {_LONGEST[name]} characters")
    if cells["url"] and not _URL.fullmatch(cells["url"]):
        raise BadFact("url", "must begin with https://")
    issued = read_date(cells["issued_on"], "issued_on")
    until = read_date(cells["valid_until"], "valid_until") if cells["valid_until"] else None
    if today and issued > today:
        raise BadFact("issued_on", "is in the future")
    if until and until < issued:
        raise BadFact("valid_until", "is before it was issued")
    return Notice(
        notice_id=cells["notice_id"],
        kind=NoticeKind(one_of(cells["kind"], "kind", NoticeKind)),
        products=products,
        serials=serials,
        issued_on=issued,
        valid_until=until,
        **{name: cells[name] for name in ("issuer", "title_da", "title_en", "text_da", "text_en", "url")},
    )


def notice_to_row(notice: Notice) -> dict[str, str]:
    """The row that `notice_from_row` reads back to the same notice."""
    row: dict[str, str] = {}
    for name in COLUMNS:
        value = getattr(notice, name)
        row[name] = ";".join(sorted(value)) if isinstance(value, frozenset) else "" if value is None else str(value)
    return row


def _items(cell: str, name: str, shape: re.Pattern[str]) -> frozenset[str]:
    items = [item.strip().upper() for item in cell.split(";")] if cell else []
    for item in items:
        if not shape.fullmatch(item):
            raise BadFact(name, f"{item!r} is none")
    return frozenset(items)


_ASKS = re.compile(
    r"tilbagekald|sikkerhedsmeddelelse|meddelelser? (?:om|til)|"
    r"\brecall|safety notice|notices? (?:about|for)|known issue",
    re.IGNORECASE,
)


def asks_about_notices(text: str) -> bool:
    """Whether a question is about recalls and notices."""
    return bool(_ASKS.search(text))
