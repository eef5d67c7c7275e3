"""What nobody should store is gone before it is stored (domain.md 5); everything else stays as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.redaction import MARKS, Secret, redact

CPR, CARD, PASSWORD, BITLOCKER = Secret.CPR, Secret.CARD, Secret.PASSWORD, Secret.BITLOCKER
KEY = "110011-220022-330033-440044-550055-660066-110011-220022"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mit cpr er 010190-1234", "mit cpr er [CPR]"),
        ("0101901234", "[CPR]"),
        ("010190 1234", "[CPR]"),
        ("010190 - 1234", "[CPR]"),
        ("01 01 90 1234", "[CPR]"),
        ("01.01.90-1234", "[CPR]"),
        ("01-01-90-1234", "[CPR]"),
        ("CPR-nr.: 290200-0000.", "CPR-nr.: [CPR]."),
        ("cpr:311299-9999 og serienummer 5CG1234XYZ", "cpr:[CPR] og serienummer 5CG1234XYZ"),
        ("(010190–1234)", "([CPR])"),
        ("010190-1234 og 020291-4321", "[CPR] og [CPR]"),
    ],
)
def test_cpr_numbers_go(text, clean):
    assert redact(text) == (clean, {CPR})


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("kort 4111 1111 1111 1111", "kort [KORT]"),
        ("4111-1111-1111-1111 udløb 12/27", "[KORT] udløb 12/27"),
        ("5555555555554444", "[KORT]"),
        ("amex 378282246310005", "amex [KORT]"),
        ("dankort 5019 7170 1010 3742", "dankort [KORT]"),
        ("ring 31234567 4111111111111111", "ring 31234567 [KORT]"),
        ("3056 930902 5904", "[KORT]"),
        ("2223 0031 2200 3222", "[KORT]"),
        ("3566002020360505 ok", "[KORT] ok"),
    ],
)
def test_card_numbers_go(text, clean):
    assert redact(text) == (clean, {CARD})


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("password: Sommer2024!", "password: [KODE]!"),
        ("Mit password er hunter2", "Mit password er [KODE]"),
        ("my password is correcthorse", "my password is [KODE]"),
        ("adgangskode er Kage42, tak", "adgangskode er [KODE], tak"),
        ("adgangskoden til pc'en er Kage42", "adgangskoden til pc'en er [KODE]"),
        ("password for my laptop is tiger7", "password for my laptop is [KODE]"),
        ("kodeord: forkert", "kodeord: [KODE]"),
        ("koden er 1234", "koden er [KODE]"),
        ("Koden til computeren er Solskin1", "Koden til computeren er [KODE]"),
        ("the code is 4711x", "the code is [KODE]"),
        ("pinkode 12ab34", "pinkode [KODE]"),
        ("PIN: 0852", "PIN: [KODE]"),
        ('password="tiger"', 'password="[KODE]"'),
        ("bios-adgangskoden er katten", "bios-adgangskoden er [KODE]"),
    ],
)
def test_passwords_go(text, clean):
    assert redact(text) == (clean, {PASSWORD})


@pytest.mark.parametrize("key", [KEY, KEY.replace("-", " "), KEY.replace("-", ""), KEY.replace("-", "-\n")])
def test_bitlocker_keys_go(key):
    assert redact(f"den spørger om en nøgle: {key} hvad nu") == (
        "den spørger om en nøgle: [BITLOCKER] hvad nu",
        {BITLOCKER},
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "5CG1234XYZ", "sn 5cg 123 4xyz", "HPO-7K39QX", "sag 7K3-9QX", "HPB-0102K3", "+45 31 23 45 67",
        "+4531234567", "31234567", "31 23 45 67", "0045 31234567", "4531234567", "tlf. 31 12 90 12", "+3112901234",
        "CVR 25313763",
        "8000 Aarhus C", "Vestergade 12, 3. tv, 8000 Aarhus C", "den 03-11-2026 kl. 14.30", "03-11-26 8000 Aarhus",
        "2026-11-26", "990190-1234", "013390-1234", "3213900000", "310290-1234", "1 2 3", "EAN 5790000123456",
        "IMEI 356938035643809", "4111 1111 1111 1112", "U6D3PQ-8JH7LE-XD7V7M-60GH03", "U6D3PQ8JH7LEXD7V7M60GH03",
        "123456789012345678901234", "010190-123456-789012-345678", "411111-111111-111111-111111",
        "0101-9012-3456-7890-1234-5678", "adgangskoden er glemt", "min adgangskode er forkert",
        "password is not accepted", "koden er (90B)",
        "my password is wrong", "jeg har glemt mit password", "har I brug for min adgangskode?", "koden er forkert",
        "fejlkoden er 90B1", "koden er 3.2", "koden er 90B", "koden er 301", "error code is 3F02", "blink code: 1234",
        "koden er 0x0000007B", "koden er CRITICAL_PROCESS_DIED2", "koden er U6D3PQ8JH7LEXD7V7M60GH03",
        "stopkode: MEMORY_MANAGEMENT", "den blinker 5 gange", "postnummer 2300", "1Z999AA10123456784",
        "00370726201234567890",
    ],
)  # fmt: skip
def test_what_is_no_secret_stays(text):
    assert redact(text) == (text, frozenset())


def test_numbers_of_our_own_stay():
    tracking = "1103733901"
    assert redact(f"hvor er pakke {tracking}?") == ("hvor er pakke [CPR]?", {CPR})
    assert redact(f"hvor er pakke {tracking}?", keep=[tracking]) == (f"hvor er pakke {tracking}?", frozenset())
    assert redact("110373 3901", keep=["1103733901"])[1] == frozenset()
    assert redact(f"{tracking} og 010190-1234", keep=[tracking]) == (f"{tracking} og [CPR]", {CPR})


def test_several_kinds_in_one_message():
    text, kinds = redact(f"cpr 010190-1234, kort 4111111111111111, password: abc123 og {KEY}")
    assert text == "cpr [CPR], kort [KORT], password: [KODE] og [BITLOCKER]"
    assert kinds == {CPR, CARD, PASSWORD, BITLOCKER}


@given(
    st.dates(date(1900, 1, 1), date(2057, 12, 31)),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " ", " - ", "–"]),
    st.sampled_from(["", "cpr ", "mit nummer er: ", "hej, "]),
    st.sampled_from(["", ".", ", tak", " mvh Anders", "\n"]),
)
def test_every_cpr_number_goes(born, serial, gap, before, after):
    text, kinds = redact(f"{before}{born:%d%m%y}{gap}{serial:04}{after}")
    assert text == f"{before}[CPR]{after}"
    assert kinds == {CPR}


@given(st.text(alphabet="abcæøå 0123456789-+.:[]CPRKODEer\n", max_size=80))
def test_redacting_twice_changes_nothing(text):
    once, _ = redact(text)
    assert redact(once)[0] == once


@given(st.text())
def test_redacting_never_fails_and_says_what_it_did(text):
    clean, kinds = redact(text)
    assert (clean == text) == (not kinds)
    assert all(MARKS[kind] in clean for kind in kinds)


@given(st.integers(20_000_000, 99_999_999), st.sampled_from(["{}", "+45 {}", "tlf {}", "0045{}"]))
def test_danish_phone_numbers_stay(number, form):
    text = form.format(number)
    assert redact(text) == (text, frozenset())


@pytest.mark.parametrize(
    ("text", "clean", "kind"),
    [
        ("pinkode 4321", "pinkode [KODE]", PASSWORD),
        ("pw: hunter2", "pw: [KODE]", PASSWORD),
        ('min kode er "Sol og Måne 5", skriv den ikke ned', 'min kode er "[KODE]", skriv den ikke ned', PASSWORD),
        ("cvc 123", "cvc [KORT]", CARD),
        ("hej jeg hedder Bo\n0101901234\nog bor i Vejle", "hej jeg hedder Bo\n[CPR]\nog bor i Vejle", CPR),
    ],
)
def test_secrets_hidden_in_other_words_go(text, clean, kind):
    assert redact(text) == (clean, {kind})


@pytest.mark.parametrize(
    "text",
    [
        'der står "koden er forkert"',
        'koden er "3F0"',
        'skærmen siger "password required now"',
        "min pin virker ikke",
        "pin 3 er bøjet",
        "pakkenummer 370712345678",
        "imei 490154203237518",
        "9F3XJK-2ABCDE-MFGX0P-60Q703",
        "HPO-7K39QX, HPB-123456 og 5CG1234BXZ",
        "den blev købt 01.01.2026 kl. 10.30",
    ],
)
def test_what_only_looks_like_a_secret_stays(text):
    assert redact(text) == (text, frozenset())
