"""E-mail addresses, telephone numbers and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.dialogue.nlu.numbers import numbers_read_out
from bot.dialogue.nlu.spans import Claims, Found, before

_REGION = "DK"
_EMAIL = re.compile(
    r"(?<![A-Z0-9._%+'-])[A-Z0-9][A-Z0-9._%+'-]{0,63}\s?(?:@|\(at\)|\[at\]|\s?snabel-?a\s?)\s?[A-Z0-9ÆØÅ](?:[A-Z0-9ÆØÅ-]{0,62}(?:\s?\.|\s(?:punktum|dot|prik)\s)){1,6}[A-Z]{2,}",
    re.I,
)
_DOT = r"(?:\.|\s(?:punktum|dot|prik)\s)"
_SPOKEN = r"\s(?:punktum|dot|prik)\s"
_WORD = r"[A-Z0-9_+-]+"
_ENDING = r"(?:dk|com|net|org|eu|se|no|de|uk|io|nu)\b"
_SAID = re.compile(
    rf"(?<![\w.@-]){_WORD}(?:{_DOT}{_WORD}){{0,4}}"
    rf"(?:(?:\ssnabel-?\s?a\s|\s?\(a\)\s?){_WORD}(?:{_DOT}{_WORD}){{0,3}}{_DOT}"
    rf"|\sat\s{_WORD}(?:{_SPOKEN}{_WORD}){{0,3}}{_SPOKEN}){_ENDING}",
    re.IGNORECASE,
)
"""An address as it is said: "jens punktum hansen snabel a firma punktum dk". "Look at hp.com" is none."""
_SPOKEN_DOT = re.compile(r"(?<=[a-zæøå0-9])\s+(?:punktum|dot|prik)\s+(?=[a-zæøå0-9]{2,}\b)", re.IGNORECASE)
_AT = re.compile(r"\s*(?:@|\(at?\)|\[at\]|\bsnabel-?\s?a\b)\s*|\s+at\s+", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:kl\.?|klokken|at|mellem|between|efter|after|før|before|fra|from)\s*\d{1,2}(?:[.:]\d{2})?(?:\s*(?:-|–|og|and|til|to)\s*\d{1,2}(?:[.:]\d{2})?)?\b(?!\s?\d)"
    r"|\b\d{1,2}[.:]\d{2}\s*(?:-|–|og|and|til|to)\s*\d{1,2}[.:]\d{2}\b|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
_DANISH_DIGITS = 8
_FOUR = re.compile(r"(?<![\w.,#/-])(?<!\d{4} )(?:DK[- ]?)?(\d{4})(?![\w#/]|[.,]\d|-\d| \d{4})", re.IGNORECASE)
_FOUR_APART = re.compile(r"(?<![\w.,#/-])(\d) (\d) (\d) (\d)(?! ?[\w#/])")
_POSTCODE_LABEL = re.compile(
    r"\b(?:post\s?n(?:umme)?r\w*\.?|postnummer\w*|post\s?code|postal code|zip(?: ?code)?)(?:'s)?\W*(?:(?:er|hedder|is|til|to|be|være|ændres|forkert|wrong|det|skal|it's|should|skulle|have|been|været)\W+){0,5}$",
    re.I,
)
_MEANT_BEFORE = re.compile(
    r"(?:\b(?:er|være|været|is|be|been|til|to|det|it|its|var|was|men|but|altså|altsaa|så|saa|mente|mener|meant|mean)|'s|[,:])\s*$",
    re.IGNORECASE,
)
_TAKEN_BACK_AFTER = re.compile(
    r"^\W*(?:og |and )?(?:ikke|ik|not|i stedet for|instead of|rather than)\s+\d{4}\b", re.IGNORECASE
)
_RIGHT_AFTER = re.compile(r"^\W*(?:is|er)\s+(?:the |den |det )?(?:right|correct|rigtig\w*)\b", re.IGNORECASE)
_SENTENCE_GOES_ON = re.compile(r"^\s*(?:[.,;!?]|(?:og|and)\b|$)", re.IGNORECASE)
_IN = re.compile(r"\b(?:i|in|under)\s*$", re.IGNORECASE)
_PLACED_BEFORE = re.compile(
    r"\b(?:bor|hent\w*|afhent\w*|collect\w*|pick\w*|send\w*|live)\b[^.,;!?]{0,40}\b(?:i|in|at|på|from|fra)\s*$",
    re.IGNORECASE,
)
_STREET_BEFORE = re.compile(r"(?:\d+\s?[a-zA-Z]?|\b(?:tv|th|mf|st|sal|floor|kl))\.?\s*,?\s*$", re.IGNORECASE)
_LIVES = re.compile(r"\b(?:bor|boende|live|adresse\w*|address|ligger)\s+(?:i|på|er|in|is|at)?\s*$", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"^\s+(?P<place>[A-Za-zÆØÅæøå]{2,}|[NSVØKC])\b(?P<more>.*)$", re.DOTALL)
_TOWNS = re.compile(
    r"aarhus|århus|odense|aalborg|ålborg|esbjerg|randers|kolding|horsens|vejle|roskilde|herning|"
    r"silkeborg|hørsholm|næstved|fredericia|viborg|køge|holstebro|taastrup|tåstrup|slagelse|hillerød|"
    r"helsingør|sønderborg|svendborg|hjørring|holbæk|frederikshavn|nørresundby|ringsted|haderslev|"
    r"skive|ølstykke|nykøbing|aabenraa|åbenrå|kalundborg|valby|kastrup|ballerup|rødovre|gentofte|"
    r"hellerup|lyngby|frederiksberg|københavn|kobenhavn|koebenhavn|kbh|copenhagen",
    re.IGNORECASE,
)
"""Names after four digits that make them a postcode wherever they stand."""
_NO_PLACE = frozenset(
    [
        "tusind",
        "tusinde",
        "thousand",
        "divided",
        "divideret",
        "plus",
        "minus",
        "gange",
        "kr",
        "kroner",
        "dkk",
        "euro",
        "eur",
        "usd",
        "gb",
        "mb",
        "tb",
        "mah",
        "wh",
        "rpm",
        "mhz",
        "ghz",
        "w",
        "watt",
        "v",
        "timer",
        "hours",
        "dage",
        "days",
        "times",
        "pixels",
        "px",
        "nits",
        "ansatte",
        "employees",
        "stk",
        "pcs",
        "mennesker",
        "people",
        "og",
        "and",
        "eller",
        "or",
        "er",
        "is",
        "var",
        "was",
        "skal",
        "kan",
        "med",
        "with",
        "men",
        "but",
        "som",
        "that",
        "procent",
        "percent",
        "serien",
        "tak",
        "thanks",
        "thx",
        "series",
        "model",
        "modellen",
        "skærme",
        "pc",
        "pcer",
        "computere",
    ]
)


def find_contacts(claims: Claims) -> Iterator[Found]:
    """Telephone and postcode; each is claimed as it is read. Times of day are claimed without a value."""
    for finder in (_clock_times, _phones, _read_out, _postcodes):
        for found in list(finder(claims.rest)):
            claims.claim(found.start, found.end)
            if found.value:
                yield found


def find_emails(claims: Claims) -> Iterator[Found]:
    """E-mail addresses, claimed first: they may hold anything."""
    for found in list(_emails(claims.rest)):
        claims.claim(found.start, found.end)
        yield found


def _emails(text: str) -> Iterator[Found]:
    said = list(_SAID.finditer(text))
    for match in [*said, *_EMAIL.finditer(text)]:
        if match in said or not any(match.start() < other.end() and other.start() < match.end() for other in said):
            yield Found("email", _written(match.group()), match.start(), match.end())


def _written(address: str) -> str:
    return re.sub(r"\s+", "", _SPOKEN_DOT.sub(".", _AT.sub("@", address, count=1))).lower()


def _clock_times(text: str) -> Iterator[Found]:
    for match in _CLOCK.finditer(text):
        yield Found("", "", match.start(), match.end())


_PLUSLESS = re.compile(r"(?<![\d+])45 (?=(?:\d{2} ){3}\d{2}(?! ?\d))")
"""The country code written as a group of its own, without its sign."""


_COMPANY_NUMBER = re.compile(
    r"\b(?:cvr|vat|se-nr)\b(?!.*(?:tlf|telefon|mobil|phone|ring|call))", re.IGNORECASE | re.DOTALL
)


def _phones(text: str) -> Iterator[Found]:
    """Valid numbers only; without a country code exactly eight digits, so that longer numbers never turn into one."""
    for match in phonenumbers.PhoneNumberMatcher(text, _REGION, leniency=phonenumbers.Leniency.VALID):
        written = match.raw_string
        digits = sum(character.isdigit() for character in written)
        if _PLUSLESS.match(written):
            yield Found("phone", "+" + re.sub(r"\D", "", written), match.start, match.end)
            continue
        if not written.startswith(("+", "00", "(+")) and (
            digits != _DANISH_DIGITS or _COMPANY_NUMBER.search(before(text, match.start))
        ):
            continue
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield Found("phone", number, match.start, match.end)


def _read_out(text: str) -> Iterator[Found]:
    """A telephone number of eight digits, and four with a label, said word by word as people dictate."""
    for start, end, digits in numbers_read_out(text):
        if len(digits) == 4 and _POSTCODE_LABEL.search(before(text, start)):
            yield Found("postcode", digits, start, end)
        elif len(digits) == _DANISH_DIGITS:
            for number in _phones(digits):
                yield Found("phone", number.value, start, end)


def _is_named_before(left: str) -> bool:
    """Whether the words before say where something is: "i Vejle 7100", "skal hentes i 8200"."""
    words = re.findall(r"[^\W\d_]+", left)
    return bool(_PLACED_BEFORE.search(left) or (words and _TOWNS.fullmatch(words[-1])))


def _postcodes(text: str) -> Iterator[Found]:
    for match in _FOUR_APART.finditer(text):
        if _POSTCODE_LABEL.search(before(text, match.start())):
            yield Found("postcode", "".join(match.groups()), match.start(), match.end())
    for match in _FOUR.finditer(text):
        if _is_postcode(match[1], before(text, match.start()), text[match.end() : match.end() + 40]):
            yield Found("postcode", match[1], match.start(1), match.end(1))


def _is_postcode(digits: str, left: str, after: str) -> bool:
    """Four digits are a postcode with a label, before a place, after a street, or where they are all there is."""
    if not "0800" <= digits <= "9999":
        return False
    if _POSTCODE_LABEL.search(left):
        return True
    if 2001 <= int(digits) <= 2099 or 1950 <= int(digits) <= 1999:  # a year
        return False
    if _TAKEN_BACK_AFTER.search(after) or _RIGHT_AFTER.search(after):
        return True
    if _IN.search(left) and _SENTENCE_GOES_ON.search(after):
        return True
    if not after.strip(" .!,") and (
        _is_named_before(left) or not left.strip() or _MEANT_BEFORE.search(left) or _STREET_BEFORE.search(left)
    ):
        return True
    place = _PLACE_AFTER.match(after)
    if place and len(place["place"]) == 1:  # Copenhagen's "2200 N"
        return bool(_STREET_BEFORE.search(left))
    if not place or place["place"].lower() in _NO_PLACE:
        return False
    return (
        bool(_TOWNS.fullmatch(place["place"]))
        or place["place"][0].isupper()
        or not left.strip()
        or bool(_STREET_BEFORE.search(left) or _LIVES.search(left))
    )
