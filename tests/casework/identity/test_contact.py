"""Reading who to reach: names, companies, e-mail addresses, telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.identity.contact import find_introduced_name, read_company, read_email, read_name, read_phone


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("anders@firma.dk", "anders@firma.dk"), ("Anders.Jensen@Firma.DK", "anders.jensen@firma.dk"),
        ("min mail er anders@firma.dk.", "anders@firma.dk"), ("<anders@firma.dk>", "anders@firma.dk"),
        ("mail: anders+pc@firma.co.uk, tak", "anders+pc@firma.co.uk"), ("anders snabel-a firma.dk", "anders@firma.dk"),
        ("anders(at)firma.dk", "anders@firma.dk"), ("kunde@example.com", "kunde@example.com"),
        ("kunde@example.test", "kunde@example.test"), ("mette@blåbær.dk", "mette@xn--blbr-roah.dk"),
        ("", None), ("anders", None), ("anders@", None), ("@firma.dk", None), ("anders@firma", None),
        ("anders@@firma.dk", None), ("anders@firma..dk", None), ("a@b.dk eller c@d.dk", None),
        ("anders.firma.dk", None),
        ("søren@firma.dk", None), ("anders@localhost", None), ("anders@test", None),
    ],
)  # fmt: skip
def test_read_email(text, email):
    assert read_email(text) == email


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("31234567", "+4531234567"), ("31 23 45 67", "+4531234567"), ("+45 31 23 45 67", "+4531234567"),
        ("+4531234567", "+4531234567"), ("0045 31234567", "+4531234567"), ("4531234567", "+4531234567"),
        ("45 31 23 45 67", "+4531234567"), ("tlf. 31234567", "+4531234567"), ("mit nummer er 31-23-45-67",
        "+4531234567"),
        ("(+45) 31234567", "+4531234567"), ("ring på 31234567 eller 33445566", "+4531234567"),
        ("+46 70 123 45 67", "+46701234567"), ("+298 211234", "+298211234"), ("+299 221234", "+299221234"),
        ("", None), ("12345678", None), ("3123456", None), ("312345678", None), ("det vil jeg ikke sige", None),
        ("5CG1234XYZ", None), ("112", None), ("010190-1234", None),
    ],
)  # fmt: skip
def test_read_phone(text, phone):
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anders Jensen", "Anders Jensen"), ("anders jensen", "Anders Jensen"), ("ANDERS JENSEN", "Anders Jensen"),
        ("Mette", "Mette"), ("jeg hedder Anders Jensen", "Anders Jensen"), ("jeg hedder anders", "Anders"),
        ("Jeg hedder Anders Jensen.", "Anders Jensen"), ("mit navn er Søren Ærø-Åberg", "Søren Ærø-Åberg"),
        ("my name is John O'Neill", "John O'Neill"), ("det er Mette", "Mette"), ("Hej, det er Mette Holm",
        "Mette Holm"),
        ("this is Peter", "Peter"), ("I'm Jane Doe", "Jane Doe"), ("navn: Lars Bo", "Lars Bo"),
        ("Anders Jensen, tak", "Anders Jensen"), ("Anders Jensen tak", "Anders Jensen"),
        ("ludvig von beethoven", "Ludvig von Beethoven"), ("Bo", "Bo"), ("J. R. Hansen", "J. R. Hansen"),
        ("jeg hedder Anders og jeg er sur", "Anders"), ("Anne Mette Kirstine Lund Holm",
        "Anne Mette Kirstine Lund Holm"),
        ("McDonald", "McDonald"), ("Zoë Müller", "Zoë Müller"), ("jeg hedder Marie de la Cour", "Marie de la Cour"),
        ("ja, Anders", "Anders"), ("Thi Nguyễn", "Thi Nguyễn"),
    ],
)  # fmt: skip
def test_names_are_read(text, name):
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "hvad skal du bruge det til?", "Anders?", "anders@firma.dk", "31234567", "Anders 2", "a" * 81, "nej",
        "ved ikke", "det vil jeg ikke sige", "det er ligegyldigt", "kan ikke", "min pc vil ikke tænde", "X", "...",
        "ja",
        "my name is not important", "jeg vil tale med et menneske", "det er ikke vigtigt", "hvem spørger", "stop",
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused(text):
    assert read_name(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hej, jeg hedder Anders Jensen og min pc vil ikke tænde", "Anders Jensen"),
        ("hej jeg hedder anders jensen og min pc vil ikke tænde", "Anders Jensen"),
        ("Hi, my name is Jane Doe and my screen is black. Serial 5CG1234XYZ", "Jane Doe"),
        ("min pc vil ikke tænde, jeg hedder Mette", "Mette"),
        ("min skærm er sort. Mit navn er Mette Holm, og mit serienummer er 5CG1234XYZ", "Mette Holm"),
        ("Hej, det er Mette fra Nordlys. Min pc er død", "Mette"),
        ("Hello, this is Peter Smith from Acme", "Peter Smith"),
        ("Min pc er død.\nMvh Anders Jensen", "Anders Jensen"),
        ("Min pc er død. Venlig hilsen Mette", "Mette"),
        ("den virker ikke og jeg hedder Bo", "Bo"),
        ("navn: Anders Jensen serienummer 5CG1234XYZ", "Anders Jensen"),
        ("jeg hedder anders jensen mail anders@firma.dk", "Anders Jensen"),
        ("min pc vil ikke tænde", None),
        ("det er Windows der fejler", None),
        ("Det er skærmen", None),
        ("this is broken", None),
        ("jeg er sur", None),
        ("det er HP ProBook", None),
        ("my name is not important", None),
        ("my computer name is PC42", None),
        ("", None),
    ],
)
def test_names_given_unasked(text, name):
    assert find_introduced_name(text) == name


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Nordlys Byg ApS", "Nordlys Byg ApS"), ("firmaet hedder Nordlys Byg ApS.", "Nordlys Byg ApS"),
        ("jeg arbejder hos Vestkystens Maskiner", "Vestkystens Maskiner"), ("3M", "3M"), ("the company is Acme Ltd",
        "Acme Ltd"),
        ("vi hedder A/S Smør & Co", "A/S Smør & Co"), ("", None), ("25313763", None), ("ved ikke", None), ("nej", None),
        ("hvorfor?", None), ("anders@firma.dk", None), ("x" * 81, None), ("det ved jeg ikke", None),
    ],
)  # fmt: skip
def test_read_company(text, company):
    assert read_company(text) == company


@given(st.text(max_size=120))
def test_reading_never_fails(text):
    for read in (read_email, read_phone, read_name, read_company, find_introduced_name):
        value = read(text)
        assert value is None or (value.strip() == value and len(value) >= 2)


FIRST = st.sampled_from(["Anders", "Mette", "Søren", "Åse", "Jens-Peter", "Zoë"])
LAST = st.sampled_from(["Jensen", "Holm", "Ærø", "O'Neill", "Lund", "Østergård"])
FORMS = st.sampled_from(
    ["{}", "jeg hedder {}", "mit navn er {}", "my name is {}", "det er {}", "navn: {}", "hej, jeg hedder {}."]
)


@given(FIRST, LAST, FORMS)
def test_a_name_is_read_in_every_form(first, last, form):
    assert read_name(form.format(f"{first} {last}")) == f"{first} {last}"


@given(st.integers(20_000_000, 99_999_999))
def test_a_phone_number_means_the_same_with_and_without_the_country_code(number):
    assert read_phone(str(number)) == read_phone(f"+45{number}") == read_phone(f"0045 {number}")
