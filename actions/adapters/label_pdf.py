"""The shipping label as a PDF: page 1 the label, page 2 the packing list and a note to enclose (R93, R96-R98).

On A4 the label is the upper half of the page, folded or cut at the line; on A6 it fills the page. The barcode is
Code 128 of the tracking number. The same input gives the same bytes, so making a label again changes nothing.
"""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A4, A6, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from actions.adapters.label_drawing import BOLD, REGULAR, Pen, register_fonts
from actions.casework.facts import Language
from actions.casework.identity.country import country_name
from actions.casework.identity.dates import format_date
from actions.casework.shipping.depot import Depot
from actions.casework.shipping.parcel import default_parcel
from actions.ports import BookingKind, ShipmentRequest, Texts

Paper = Literal["A4", "A6"]

LABEL_WIDTH, LABEL_HEIGHT = A4[0], A4[1] / 2  # drawn as A5 landscape; A6 is the same at A6/A5
_MARGIN = 9 * mm
_WIDEST_BAR = 0.55 * mm  # a module; scanners want a quarter of a millimetre and more, also at A6


def draw_label(
    request: ShipmentRequest,
    booking_id: str,
    tracking_number: str,
    depot: Depot,
    texts: Texts,
    paper: Paper = "A4",
) -> bytes:
    """A label and its packing list in the customer's language. Raises ValueError for a tracking number that no
    barcode holds (anything but printable ASCII)."""
    if not tracking_number or not (tracking_number.isascii() and tracking_number.isprintable()):
        raise ValueError("a barcode holds printable ASCII only")
    register_fonts()
    buffer = BytesIO()
    page = A4 if paper == "A4" else landscape(A6)
    canvas = Canvas(buffer, pagesize=page, invariant=1)
    label = _Label(canvas, request, booking_id, tracking_number, depot, texts)
    canvas.setTitle(f"{label.say('label_title')} {request.case_id}")
    if paper == "A4":
        canvas.translate(0, page[1] - LABEL_HEIGHT)
    else:
        canvas.scale(page[0] / LABEL_WIDTH, page[1] / LABEL_HEIGHT)
    label.draw()
    if paper == "A4":
        label.draw_fold()
    canvas.showPage()
    # The packing list is for reading, not for the box: it stays on A4.
    canvas.setPageSize(A4)
    _PackingList(canvas, request, texts).draw()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Label:
    """The part that goes on the box, drawn from the lower left corner of an A5 in landscape."""

    def __init__(
        self, canvas: Canvas, request: ShipmentRequest, booking_id: str, tracking: str, depot: Depot, texts: Texts
    ) -> None:
        self._canvas = canvas
        self._pen = Pen(canvas)
        self._request = request
        self._booking_id = booking_id
        self._tracking = tracking
        self._depot = depot
        self._texts = texts

    def say(self, key: str, language: Language | None = None, **values: object) -> str:
        return self._texts.text(key, language or self._request.language, **values)

    def draw(self) -> None:
        """Everything on the label, from the top down."""
        right, top = LABEL_WIDTH - _MARGIN, LABEL_HEIGHT - _MARGIN
        self._canvas.setLineWidth(1)
        self._canvas.rect(_MARGIN / 2, _MARGIN / 2, LABEL_WIDTH - _MARGIN, LABEL_HEIGHT - _MARGIN)
        self._pen.line(self.say("label_service"), _MARGIN, top - 12, 14, BOLD, 80 * mm)
        self._pen.line(self.say("label_title"), _MARGIN, top - 26, 10, REGULAR, 80 * mm)
        self._pen.line_to(self.say("label_case", case_id=self._request.case_id), right, top - 18, 20, BOLD, 100 * mm)
        self._rule(top - 33)
        self._draw_sender(top - 36)
        self._draw_depot(top - 36)
        self._rule(top - 150)
        self._draw_shipment(top - 163)
        if self._request.has_battery:
            self._draw_lithium(top - 163)
        self._rule(top - 240)
        self._draw_barcode()

    def draw_fold(self) -> None:
        """The dashed line below the label, and what it is for."""
        self._canvas.setDash(4, 3)
        self._canvas.line(0, 0, LABEL_WIDTH, 0)
        self._canvas.setDash()
        self._pen.line(self.say("label_fold"), _MARGIN, -12, 8, REGULAR, LABEL_WIDTH - 2 * _MARGIN)

    def _draw_sender(self, top: float) -> None:
        sender, width = self._request.sender, 82 * mm
        self._pen.line(self.say("label_from"), _MARGIN, top - 10, 8, BOLD, width)
        lines = [sender.company, sender.name, *_street_lines(sender.street), f"{sender.postcode} {sender.city}"]
        if sender.country != "DK":
            lines.append(country_name(sender.country, self._request.language))
        lines.append(self.say("label_phone", phone=self._request.phone) if self._request.phone else "")
        self._block([line for line in lines if line], _MARGIN, top - 23, 10, width)

    def _draw_depot(self, top: float) -> None:
        left = LABEL_WIDTH / 2 - 6 * mm
        width = LABEL_WIDTH - _MARGIN - left
        self._pen.line(self.say("label_to"), left, top - 10, 8, BOLD, width)
        depot = self._depot
        lines = [depot.name, depot.street, f"{depot.postcode} {depot.city}"]
        lines.append(country_name(depot.country, self._request.language))
        lines.append(self.say("label_phone", phone=depot.phone) if depot.phone else "")
        end = self._block([line for line in lines if line], left, top - 26, 14, width)
        if depot.example:
            self._pen.line(self.say("label_example_depot"), left, end, 9, BOLD, width)

    def _draw_shipment(self, top: float) -> None:
        request, parcel = self._request, default_parcel(self._request.form_factor)
        lines = [
            self.say("label_device", product_name=request.product_name, serial_number=request.serial_number),
            self.say(
                "label_parcel",
                weight=self._pen.number(parcel.weight_kg, request.language),
                length=parcel.length_cm,
                width=parcel.width_cm,
                height=parcel.height_cm,
            ),
            self.say("label_booking", booking_id=self._booking_id),
        ]
        if request.pickup_date:
            day = format_date(request.pickup_date, request.language)
            lines.append(self.say("label_pickup", date=day, window=request.pickup_window))
        self._block(lines, _MARGIN, top, 9, 92 * mm if request.has_battery else LABEL_WIDTH - 2 * _MARGIN)

    def _draw_lithium(self, top: float) -> None:
        """In both languages: those who handle the parcel are not those who packed it."""
        left = LABEL_WIDTH / 2 + 2 * mm
        width = LABEL_WIDTH - _MARGIN - left
        self._canvas.setLineWidth(2)
        self._canvas.rect(left - 2 * mm, top - 70, width + 2 * mm, 79)
        self._canvas.setLineWidth(1)
        end = (
            self._pen.line(self.say("label_lithium_heading", Language.EN), left, top - 4, 12, BOLD, width - 2 * mm) - 14
        )
        for language in (Language.DA, Language.EN):
            end = self._pen.paragraph(self.say("label_lithium", language), left, end, 7, width - 2 * mm) - 2

    def _draw_barcode(self) -> None:
        plain = Code128(self._tracking, barWidth=1, quiet=0)
        room = LABEL_WIDTH - 2 * _MARGIN - 20 * mm  # a quiet zone of 10 mm at both ends
        module = min(_WIDEST_BAR, room / plain.width)
        barcode = Code128(self._tracking, barWidth=module, barHeight=36 * mm, quiet=0)
        barcode.drawOn(self._canvas, (LABEL_WIDTH - barcode.width) / 2, _MARGIN + 7 * mm)
        self._pen.line_centred(self._tracking, LABEL_WIDTH / 2, _MARGIN + 1 * mm, 13, BOLD, room)

    def _block(self, lines: list[str], x: float, y: float, size: float, width: float) -> float:
        for line in lines:
            y = self._pen.line(line, x, y, size, REGULAR, width) - size * 1.25
        return y

    def _rule(self, y: float) -> None:
        self._canvas.line(_MARGIN / 2, y, LABEL_WIDTH - _MARGIN / 2, y)


class _PackingList:
    """What to do before the parcel leaves, and the note to cut out and enclose."""

    def __init__(self, canvas: Canvas, request: ShipmentRequest, texts: Texts) -> None:
        self._canvas = canvas
        self._pen = Pen(canvas)
        self._request = request
        self._texts = texts

    def draw(self) -> None:
        """One A4 page."""
        request = self._request
        left, width, y = 20 * mm, A4[0] - 40 * mm, A4[1] - 25 * mm
        y = self._pen.line(self._say("label_checklist_title"), left, y, 18, BOLD, width) - 20
        about = {"product_name": request.product_name, "serial_number": request.serial_number}
        y = self._pen.line(self._say("label_checklist_case", **about), left, y, 10, REGULAR, width) - 26
        for key in self._checks():
            self._canvas.rect(left, y - 2, 9, 9)
            y = self._pen.paragraph(self._say(key), left + 18, y, 11, width - 18) - 11
        self._draw_note(left, width)

    def _checks(self) -> list[str]:
        request = self._request
        return [
            *(["label_check_danger"] if request.has_battery else []),
            "label_check_backup",
            "label_check_data",
            "label_check_passwords",
            "label_check_accessories",
            *(["label_check_batteries"] if request.has_battery else []),
            "label_check_note",
            "label_check_failure" if request.failure_id else "label_check_selftest",
            "label_check_packing",
            "label_check_photos",
            "label_check_label_pickup" if request.kind is BookingKind.PICKUP else "label_check_label_depot",
        ]

    def _draw_note(self, left: float, width: float) -> None:
        request, y = self._request, 68 * mm
        self._canvas.setDash(4, 3)
        self._canvas.rect(left - 5 * mm, 20 * mm, width + 10 * mm, 55 * mm)
        self._canvas.setDash()
        y = self._pen.line(self._say("label_note_title"), left, y - 4, 12, BOLD, width) - 26
        y = self._pen.line(self._say("label_note_case"), left, y, 20, BOLD, width) - 26
        lines = [self._say("label_note_serial", serial_number=request.serial_number)]
        if request.failure_id:
            lines.append(self._say("label_note_failure"))
        lines.append(self._say("label_note_sender", name=request.sender.name, phone=request.phone))
        for line in lines:
            y = self._pen.line(line, left, y, 13, REGULAR, width) - 20

    def _say(self, key: str, **values: object) -> str:
        known = {"case_id": self._request.case_id, "failure_id": self._request.failure_id}
        return self._texts.text(key, self._request.language, **{**known, **values})


def _street_lines(street: str) -> list[str]:
    """A long street breaks before its floor, as on an envelope."""
    if len(street) <= 34 or ", " not in street:
        return [street]
    name, _, floor = street.partition(", ")
    return [name, floor]
