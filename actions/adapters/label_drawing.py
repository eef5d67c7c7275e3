"""Words on a PDF page with an embedded font: lines that fit their width, paragraphs that wrap."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel.numbers import format_decimal
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from actions.casework.facts import Language

REGULAR, BOLD = "Vera", "VeraBd"  # Bitstream Vera comes with reportlab; it has every Danish and Faroese letter

_SMALLEST = 5.5  # points; smaller than that nobody reads
_STAND_INS = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ŋ": "n", "ƒ": "f", "„": '"', "‟": '"'}


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab, once."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


class Pen:
    """Writes on one canvas. Coordinates are points from the lower left; y is a base line."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def line(self, text: str, x: float, y: float, size: float, font: str, width: float) -> float:
        """One line from the left, smaller where it is too wide, cut where that does not help. Gives y back."""
        shown, fitting = _fitted(text, size, font, width)
        self._canvas.setFont(font, fitting)
        self._canvas.drawString(x, y, shown)
        return y

    def line_to(self, text: str, right: float, y: float, size: float, font: str, width: float) -> None:
        """One line that ends at `right`."""
        shown, fitting = _fitted(text, size, font, width)
        self._canvas.setFont(font, fitting)
        self._canvas.drawRightString(right, y, shown)

    def line_centred(self, text: str, middle: float, y: float, size: float, font: str, width: float) -> None:
        """One line around `middle`."""
        shown, fitting = _fitted(text, size, font, width)
        self._canvas.setFont(font, fitting)
        self._canvas.drawCentredString(middle, y, shown)

    def paragraph(self, text: str, x: float, y: float, size: float, width: float) -> float:
        """Lines that wrap at `width`; gives the base line for what comes next."""
        self._canvas.setFont(REGULAR, size)
        for line in simpleSplit(printable(text, REGULAR), REGULAR, size, width):
            self._canvas.drawString(x, y, line)
            y -= size * 1.25
        return y

    @staticmethod
    def number(value: float, language: Language) -> str:
        """3.5 → "3,5" in Danish."""
        return format_decimal(value, locale=str(language))


def printable(text: str, font: str) -> str:
    """The text in letters the font has: "Nguyễn" → "Nguyên". What has no likeness becomes "?"."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    return "".join(_printable_char(char, known) for char in unicodedata.normalize("NFC", text))


def _printable_char(char: str, known: dict[int, int]) -> str:
    if ord(char) in known:
        return char
    if char.isspace():
        return " "
    for candidate in (_STAND_INS.get(char, ""), unicodedata.normalize("NFKD", char)):
        shown = "".join(part for part in candidate if ord(part) in known and not unicodedata.combining(part))
        if shown:
            # The nearest the font has: one accent of two is better than none.
            composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", char)[:2])
            return composed if len(composed) == 1 and ord(composed) in known else shown
    return "?"


def _fitted(text: str, size: float, font: str, width: float) -> tuple[str, float]:
    shown = printable(" ".join(text.split()), font)
    wide = pdfmetrics.stringWidth(shown, font, size)
    if wide <= width:
        return shown, size
    fitting = max(_SMALLEST, size * width / wide)
    while pdfmetrics.stringWidth(shown, font, fitting) > width + 0.01:
        shown = shown.removesuffix("…")[:-1].rstrip() + "…"
    return shown, fitting
