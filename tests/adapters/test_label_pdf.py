"""The label: a scanner reads it, a person reads it, and it says what must be said about batteries and data."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp

from actions.adapters.label_drawing import REGULAR, printable, register_fonts
from actions.adapters.label_pdf import draw_label
from actions.adapters.texts import ResponseTexts
from actions.casework.data_file import DataFileError
from actions.casework.facts import Language
from actions.casework.shipping.depot import Depot, repair_depot
from actions.ports import Address, BookingKind, ShipmentRequest

TEXTS = ResponseTexts()
DEPOT = Depot("Reparationscenter Øst", "Åvej 7", "2605", "Brøndby", phone="+4533445566")
REQUEST = ShipmentRequest(
    case_id="HPO-7K39QX",
    kind=BookingKind.LABEL,
    sender=Address("Søren Ærø-Åberg", "Vestergade 12, 3. tv", "8000", "Aarhus C", company="Nordlys Byg ApS"),
    phone="+4531234567",
    email="soren@example.com",
    language=Language.DA,
    serial_number="5CG1234XYZ",
    product_name="HP EliteBook 840 G9",
    form_factor="notebook",
    has_battery=True,
)
FAILURE = "U6D3PQ8JH7LEXD7V7M60GH03"


def pages(request=REQUEST, depot=DEPOT, tracking="HPT3K7W9QXBC", paper="A4") -> list[str]:
    pdf = draw_label(request, "HPB-3K7W9QXB", tracking, depot, TEXTS, paper)
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def scan(pdf: bytes, dpi: int) -> list[tuple[str, str]]:
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
    return [(str(code.format), code.text) for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("paper", ["A4", "A6"])
@pytest.mark.parametrize("tracking", ["HPT3K7W9QXBC", "1103733901", "00370726201234567890", "JD014600003RQ12345678"])
def test_a_scanner_reads_the_tracking_number(tracking, paper):
    pdf = draw_label(REQUEST, "HPB-3K7W9QXB", tracking, DEPOT, TEXTS, paper)
    (code,) = scan(pdf, 203)  # what a plain label printer prints
    assert code[1] == tracking
    assert "128" in code[0]


def test_it_prints_on_a4_with_a_fold_and_on_a6():
    sizes = {}
    for paper in ("A4", "A6"):
        pdf = draw_label(REQUEST, "HPB-3K7W9QXB", "HPT3K7W9QXBC", DEPOT, TEXTS, paper)
        sizes[paper] = [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
                        for page in pypdf.PdfReader(BytesIO(pdf)).pages]  # fmt: skip
    assert sizes == {"A4": [(210, 297), (210, 297)], "A6": [(148, 105), (210, 297)]}
    assert "Fold eller klip her" in pages()[0]
    assert "Fold eller klip her" not in pages(paper="A6")[0]


def test_who_sends_what_where():
    label, _ = pages()
    for words in (
        "Forsendelseslabel", "Sag HPO-7K39QX", "Søren Ærø-Åberg", "Nordlys Byg ApS", "Vestergade 12, 3. tv",
        "8000 Aarhus C",
        "Reparationscenter Øst", "Åvej 7", "2605 Brøndby", "Danmark", "HP EliteBook 840 G9, s/n 5CG1234XYZ", "3,5 kg",
        "Booking HPB-3K7W9QXB", "HPT3K7W9QXBC", "Tlf. +4531234567",
    ):  # fmt: skip
        assert words in label


def test_lithium_batteries_are_declared_in_both_languages():
    label, checklist = pages()
    for words in ("UN3481", "PI967 Section II", "lithium-ion-batteri", "lithium ion battery"):
        assert words in label.replace("\n", " ")
    assert "Send ikke pc'en, hvis batteriet er bulet" in checklist
    label, checklist = pages(replace(REQUEST, has_battery=False, form_factor="desktop"))
    assert "UN3481" not in label
    assert "batteri" not in checklist


def test_the_packing_list_asks_for_what_hp_asks_for():
    _, checklist = pages(replace(REQUEST, failure_id=FAILURE))
    words = checklist.replace("\n", " ")
    for needed in ("sikkerhedskopi", "fortrolige data", "solid kasse", "Seddel til pakken", "SIM-kort", "BitLocker"):
        assert needed in words
    assert words.count("HPO-7K39QX") >= 2
    assert words.count(FAILURE) == 2  # on the list, and on the note to enclose


def test_without_a_failure_id_none_is_shown():
    _, checklist = pages()
    assert "Fejl-ID" not in checklist
    assert "udskrift af en selvtest" in checklist.replace("\n", " ")


def test_in_english():
    request = replace(REQUEST, language=Language.EN, kind=BookingKind.PICKUP, pickup_date=date(2026, 11, 27),
                      pickup_window="08:00-12:00")  # fmt: skip
    label, checklist = pages(request)
    for words in (
        "Shipping label",
        "Case HPO-7K39QX",
        "Denmark",
        "3.5 kg",
        "Collected Friday 27 November 2026, 08:00-12:00",
    ):
        assert words in label
    assert "have the parcel ready when the courier comes" in checklist.replace("\n", " ")


def test_freight_is_never_called_free():
    for language in Language:
        assert not {"gratis", "free"} & set(" ".join(pages(replace(REQUEST, language=language))).lower().split())  # Q16


def test_a_made_up_depot_says_so():
    assert "EKSEMPEL" in pages(depot=repair_depot())[0]
    assert "EKSEMPEL" not in pages()[0]


def test_long_and_foreign_names_stay_on_the_label():
    sender = Address("Nguyễn Łukasz " + "Langtnavn " * 8, "Hans Christian Ørsteds Boulevard 123, 12. mf", "100",
    "Tórshavn",
                     company="Æ" * 80, country="FO")  # fmt: skip
    pdf = draw_label(replace(REQUEST, sender=sender, product_name="P" * 90), "HPB-1", "HPT3K7W9QXBC", DEPOT, TEXTS)
    label = pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for words in ("Łukasz", "Hans Christian Ørsteds Boulevard 123", "12. mf", "100 Tórshavn", "Færøerne"):
        assert words in label
    assert [text for _, text in scan(pdf, 203)] == ["HPT3K7W9QXBC"]


@pytest.mark.parametrize(
    ("text", "shown"), [("Søren Åge Æble ðþ", "Søren Åge Æble ðþ"), ("Łódź", "Łódz"), ("Nguyễn", "Nguyên"), ("东", "?")]
)
def test_letters_the_font_lacks_become_their_nearest(text, shown):
    register_fonts()
    assert printable(text, REGULAR) == shown


def test_the_same_label_twice_is_the_same_file():
    assert draw_label(REQUEST, "HPB-1", "HPT1", DEPOT, TEXTS) == draw_label(REQUEST, "HPB-1", "HPT1", DEPOT, TEXTS)


@pytest.mark.parametrize("tracking", ["", "HPTØ", "HPT\n1"])
def test_a_tracking_number_that_no_barcode_holds_is_refused(tracking):
    with pytest.raises(ValueError, match="barcode"):
        draw_label(REQUEST, "HPB-1", tracking, DEPOT, TEXTS)


@pytest.mark.parametrize("content", ["name: X", "name: X\nstreet: Y\npostcode: 2605\ncity: Z", "nombre: X"])
def test_a_bad_depot_file_is_refused_by_name(tmp_path, content):
    file = tmp_path / "depot.yml"
    file.write_text(content)
    with pytest.raises(DataFileError, match=r"depot\.yml"):
        repair_depot(file)
