"""Reading who to reach: name, company, e-mail, telephone (domain.md 6). None means: not one of those, ask again."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from actions.casework.identity.folding import fold
from actions.casework.identity.lexicon import without_lead, words
from actions.casework.shipping.areas import town_names

LONGEST_NAME = 80  # characters, as couriers and case systems take them
LONGEST_COMPANY = 80

_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\bsnabel-?a\b)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
_DANISH_WITHOUT_PLUS = re.compile(r"45[ -]?(?:[0-9][ -]?){8}")
_COMPANY_TOLD = re.compile(
    r"\b(?:firmaet|virksomheden|the company|our company|company name)\s+(?:navn\s+)?"
    r"(?:hedder(?: egentlig| faktisk)?|skal være|should be|is(?: actually| really)? called)\s+"
    r"(?!(?:not|ikke)\b)([^\W_].*)",
    re.IGNORECASE | re.DOTALL,
)
_FROM_COMPANY = re.compile(
    r"\b(?:[Jj]eg hedder|[Mm]it navn er|[Dd]et er|[Mm]y name is|[Tt]his is|I am|I'm)\s+[A-ZÆØÅ][^\d,.;!?\n]*?\s"
    r"(?:fra|hos|from|at)\s+([A-ZÆØÅ0-9][\w&'-]*(?:\s+(?:[A-ZÆØÅ0-9][\w&'/-]*|og|&|and|of))*)"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’´`.][^\W\d_]+)*\.?")
_CLAUSE_END = re.compile(r"[,;!?\n()]|(?<=\w\w)\.(?:\s|$)")  # a dot after one letter is an initial's


def read_email(text: str) -> str | None:
    """The one e-mail address in a text, lower case; None where there is none, several, or one that can't be."""
    found = {address.strip(".'!?") for address in _ADDRESS.findall(_AT.sub("@", text))}
    if len(found) != 1:
        return None
    try:
        # Names below .test are for trying the system out; the domain must have a dot all the same.
        valid = validate_email(found.pop(), check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        return None
    address = (valid.ascii_email or valid.normalized).lower()
    return address if "." in address.rpartition("@")[2] else None


def read_phone(text: str) -> str | None:
    """The first valid telephone number in a text as E.164; without a country code it is Danish ("+4531234567")."""
    without_plus = _DANISH_WITHOUT_PLUS.fullmatch(text.strip())
    candidate = f"+{text.strip()}" if without_plus else text
    for match in phonenumbers.PhoneNumberMatcher(candidate, "DK", leniency=phonenumbers.Leniency.VALID):
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def read_name(text: str) -> str | None:
    """The name in an answer to "what is your name": "jeg hedder Anders Jensen", "det er Mette", "anders jensen".

    Refused: digits, e-mail addresses, questions, more than 80 characters, and answers that are no name ("ved ikke").
    """
    rest = text.strip()
    if len(rest) > LONGEST_NAME or re.search(r"[0-9@?]", rest):
        return None
    rest = _without_greeting(rest)
    introduced = False
    for kind in ("introductions", "soft_introductions"):
        rest, led = without_lead(rest, kind)
        introduced = introduced or led
    return _name_at_start(rest, needs_capitals=False, whole=not introduced)


def find_introduced_name(text: str) -> str | None:
    """A name that the customer gives unasked, in the middle of something else; None where none is clearly given."""
    for clause in re.split(r"(?<=[,;.!?\n])\s*", text):
        rest = _without_greeting(clause)
        named, led = without_lead(rest, "introductions")
        if led:
            return _name_at_start(named, needs_capitals=False, whole=False)
    opening, led = without_lead(_without_greeting(text), "soft_introductions")
    if led and (name := _name_at_start(opening, needs_capitals=True, whole=False)):
        return name
    inner = re.search(r"\b(?:jeg\s+hedder|mit\s+navn\s+er|my\s+name\s+is)\s+(.+)", text, re.IGNORECASE | re.DOTALL)
    if inner:
        return _name_at_start(inner.group(1), needs_capitals=False, whole=False)
    for line in re.split(r"[\n.]", text):
        signed, led = without_lead(line, "sign_offs")
        if led and (name := _name_at_start(signed, needs_capitals=True, whole=True)):
            return name
    return None


def read_company(text: str) -> str | None:
    """The company in an answer to "what is the company called", 2-80 characters with a letter; None where none."""
    rest, _ = without_lead(text.strip(), "company_introductions")
    company = " ".join(rest.split()).strip(" \"'»«“”.,:;!")
    bare = fold(company)
    if not 2 <= len(company) <= LONGEST_COMPANY or "?" in text or "@" in company or bare in words("no_companies"):
        return None
    return company if re.search(r"[^\W\d_]", company) else None


def find_told_company(text: str) -> str | None:
    """A company that the customer names unasked ("firmaet hedder egentlig Nordlys Byg ApS"); None where none."""
    told = _COMPANY_TOLD.search(text)
    introduced = _FROM_COMPANY.search(text)
    if introduced and not told:
        company = re.sub(r"\s+(?:og|and|of|&)$", "", introduced[1])
        # "Mette fra Aarhus" is no company; two words that are no town, or a company's ending, are.
        return read_company(company) if is_company_name(company) or _is_firm(company) else None
    return read_company(_CLAUSE_END.split(told[1], maxsplit=1)[0]) if told else None


def _is_firm(name: str) -> bool:
    return len(name.split()) > 1 and fold(name) not in town_names()


def is_company_name(text: str) -> bool:
    """Whether a text ends as only companies do ("Dansk Byg A/S"), so that "Dansk" in it asks for no language."""
    return bool(re.search(r"\b(?:a/s|aps|i/s|k/s|ivs|ltd|limited|inc|gmbh|llc|plc)\W*$", text, re.IGNORECASE))


def _without_greeting(text: str) -> str:
    rest = text.strip()
    while True:
        rest, led = without_lead(rest, "greetings")
        if not led:
            return rest


def _name_at_start(text: str, needs_capitals: bool, whole: bool) -> str | None:
    """One to five words that can be a name, up to the end of the clause or a word that goes on ("og", "from").

    `whole`: nothing but politeness may follow. `needs_capitals`: only words that are written like a name.
    """
    text, _ = without_lead(text, "titles")
    rest = _CLAUSE_END.split(text.strip(), maxsplit=1)[0].strip(" \"'»«“”-:").split()
    taken: list[str] = []
    while rest and _NAME_WORD.fullmatch(rest[0]):
        bare = fold(rest[0])
        particle = bool(taken) and bare in words("name_particles") and len(rest) > 1
        if (bare in words("name_ends") and not particle) or (needs_capitals and rest[0][0].islower() and not particle):
            break
        taken.append(rest.pop(0))
    went_on = bool(rest) and fold(rest[0]) not in words("name_ends")
    if not 1 <= len(taken) <= 5 or went_on or (whole and not _only_polite(rest)):
        return None
    if fold(taken[0]) in words("no_names") or any(
        fold(word) in words("no_names") - words("name_particles") for word in taken
    ):
        return None
    name = _capitalised(taken)
    return name if sum(char.isalpha() for char in name) >= 2 else None


def _only_polite(rest: list[str]) -> bool:
    return set(fold(" ".join(rest)).split()) <= words("polite")


def _capitalised(taken: list[str]) -> str:
    """Capitals where the customer typed none, or nothing else; otherwise as typed."""
    name = " ".join(taken)
    if not (name.islower() or (name.isupper() and len(name) > 3)):
        return name
    particles = words("name_particles")
    shown = [word.lower() if at and fold(word) in particles else word.lower().title() for at, word in enumerate(taken)]
    return " ".join(shown)
