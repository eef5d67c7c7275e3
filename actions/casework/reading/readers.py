"""One reader a question: what a message means when exactly this was asked (data dictionary, domain.md 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from actions.casework.case.case_id import read_case_id
from actions.casework.facts import Cause, Component, SafetyFlag, Symptom
from actions.casework.identity.choices import match_choice
from actions.casework.identity.dates import read_date
from actions.casework.identity.serial import BadSerial, read_serial
from actions.casework.identity.yes_no import read_yes_no
from actions.casework.reading.answers import Answer, Bad, Given, NotAnAnswer
from actions.casework.reading.context import Context
from actions.casework.reading.message import Message
from actions.casework.reading.vague import is_vague
from actions.casework.shipping.address import AddressFault, read_address, read_city, read_street
from actions.casework.shipping.areas import known_postcode, read_postcode
from actions.casework.troubleshooting.values import read_percentage

Reader = Callable[[Message, Context], Answer]

#: What a slot holds when the customer can't say; the decision deals with it.
UNKNOWN = "unknown"

#: The choice that leads on to more choices.
MORE = "more"

_SYMPTOMS = frozenset(word.value for word in Symptom)
_FLAGS = frozenset(word.value for word in SafetyFlag)
_COMPONENTS = frozenset(word.value for word in Component)

_WORDS_OF_A_SERIAL = 3
_IDENTIFIERS = ("email", "phone", "serial_number", "case_id", "failure_id")
_DONT_KNOW = re.compile(
    r"ved ikke|ved det ikke|aner ikke|ikke sikker|don'?t know|not sure|no idea|dunno", re.IGNORECASE
)


def cannot_say(message: Message) -> bool:
    """Whether the customer says that they don't know or can't."""
    return message.intent == "cannot" or bool(_DONT_KNOW.search(message.text))


def yes_no(message: Message, context: Context) -> Answer:
    """True or False."""
    if message.choice:
        return {"affirm": Given(True), "deny": Given(False)}.get(message.choice, NotAnAnswer())
    told = read_yes_no(message.text)
    if told is None:
        picked = match_choice(message.text, message.choices)
        told = {"affirm": True, "deny": False}.get(picked or message.intent)
    return NotAnAnswer() if told is None else Given(told)


def or_when_unsure(reader: Reader, value: object) -> Reader:
    """A reader that takes `value` where the customer can't say."""

    def read(message: Message, context: Context) -> Answer:
        return Given(value) if not message.choice and cannot_say(message) else reader(message, context)

    return read


def one_of(words: Collection[str], meanings: Mapping[str, str] | None = None) -> Reader:
    """A word of a closed set: chosen, typed as its title, or meant by a pattern of `meanings`."""

    def read(message: Message, context: Context) -> Answer:
        picked = message.choice or match_choice(message.text, message.choices) or ""
        if picked in words:
            return Given(picked)
        for word, pattern in (meanings or {}).items():
            if re.search(pattern, message.text, re.IGNORECASE):
                return Given(word)
        return NotAnAnswer()

    return read


def symptom(message: Message, context: Context) -> Answer:
    """What is wrong."""
    if message.choice in _SYMPTOMS:
        return Given(message.choice)
    if MORE in (message.choice, match_choice(message.text, message.choices)):
        return Given(None, {"symptom_page": int(str(context.slots.get("symptom_page") or 0)) + 1})
    heard = message.one("symptom")
    if heard and message.intent in ("report_fault", "inform", "correct", "affirm", "deny"):
        return Given(heard)
    picked = match_choice(message.text, message.choices)
    if picked in _SYMPTOMS:
        return Given(picked)
    says_nothing = message.intent == "report_fault" and is_vague(message.text)
    return Bad("vague_symptom") if says_nothing else NotAnAnswer()


def safety_flags(message: Message, context: Context) -> Answer:
    """Which signs of danger there are; an empty list where there are none."""
    flags = sorted(set(message.all("safety_flag")) & _FLAGS)
    if flags:
        return Given(flags)
    picked = message.choice or match_choice(message.text, message.choices) or ""
    if picked in _FLAGS:
        return Given([picked])
    if picked == "none":
        return Given([])
    told = read_yes_no(message.text) if not message.choice else None
    if told is False or (told is None and message.intent == "deny"):
        return Given([])
    return Bad("which_safety_flags") if told or message.intent == "affirm" else NotAnAnswer()


def serial_number(message: Message, context: Context) -> Answer:
    """The serial number; mended look-alikes are confirmed with the customer (domain.md 2.1)."""
    found = message.one("serial_number")
    if found:
        mended = message.mended("serial_number")
        return Given(found, {"serial_mended": mended, "serial_confirmed": None})
    if cannot_say(message):
        asked_before = int(str(context.slots.get("misses") or 0)) >= 1
        return Given(UNKNOWN) if asked_before else Bad("explain_serial_number")
    looks_tried = any(char.isdigit() for char in message.text) and message.words <= _WORDS_OF_A_SERIAL
    if not looks_tried:
        return NotAnAnswer()
    read = read_serial(message.text)
    if isinstance(read, BadSerial):
        return Bad(f"bad_serial_number_{read.reason}")
    return Given(read.value, {"serial_mended": read.mended, "serial_confirmed": None})


def serial_confirmed(message: Message, context: Context) -> Answer:
    """Yes keeps the mended number; no asks for it again; a number typed instead is taken."""
    if message.one("serial_number") and message.one("serial_number") != context.slots.get("serial_number"):
        answer = serial_number(message, context)
        if isinstance(answer, Given):
            return Given(True, {**answer.also, "serial_number": answer.value, "serial_confirmed": True})
    told = yes_no(message, context)
    if isinstance(told, Given) and told.value is False:
        return Given(None, {"serial_number": None, "serial_mended": None})
    return told


def words(read_words: Callable[[str], str | None], hint: str) -> Reader:
    """Free words that `read_words` accepts. A number or an address alone is none: it is kept for what it is."""

    def read(message: Message, context: Context) -> Answer:
        if message.choice or (message.words <= _WORDS_OF_A_SERIAL and any(map(message.one, _IDENTIFIERS))):
            return NotAnAnswer()
        value = read_words(message.text)
        return Given(value) if value else Bad(hint)

    return read


def component(message: Message, context: Context) -> Answer:
    """The faulty part."""
    if message.choice in _COMPONENTS:
        return Given(message.choice)
    found = message.one("component") or match_choice(message.text, message.choices) or ""
    if found in _COMPONENTS:
        return Given(found)
    return Given(Component.OTHER.value) if cannot_say(message) else NotAnAnswer()


def incident_date(message: Message, context: Context) -> Answer:
    """When it happened; never in the future."""
    if cannot_say(message):
        return Given(UNKNOWN)
    found = read_date(message.text, context.today, prefer="past")
    if found is None:
        return NotAnAnswer()
    return Bad("bad_incident_date") if found > context.today else Given(found.isoformat())


def battery_capacity_pct(message: Message, context: Context) -> Answer:
    """What the battery test says, in per cent."""
    if cannot_say(message):
        return Given(UNKNOWN)
    found = read_percentage(message.text)
    if found is not None:
        return Given(int(found))
    return Bad("bad_battery_capacity_pct") if any(char.isdigit() for char in message.text) else NotAnAnswer()


def pickup_street(message: Message, context: Context) -> Answer:
    """Street and number; postcode and city too where they stand in the same line."""
    if message.choice:
        return NotAnAnswer()
    whole = read_address(message.text)
    street = read_street(whole.street)
    if isinstance(street, AddressFault):
        return Bad("bad_pickup_street")
    also = {"pickup_postcode": whole.postcode, "pickup_city": whole.city}
    return Given(street, {slot: value for slot, value in also.items() if value})


def _city(text: str) -> str | None:
    city = read_city(text)
    return None if isinstance(city, AddressFault) else city


def pickup_postcode(message: Message, context: Context) -> Answer:
    """A postcode, and the city that it names."""
    found = message.one("postcode") or read_postcode(message.text)
    city = known_postcode(found) if found else None
    if found and city:
        return Given(found, {"pickup_city": city})
    return Bad("bad_pickup_postcode") if any(char.isdigit() for char in message.text) else NotAnAnswer()


def pickup_date(message: Message, context: Context) -> Answer:
    """One of the days on offer."""
    days = {day for day, _ in context.pickup_slots}
    if message.choice:
        return Given(message.choice) if message.choice in days else NotAnAnswer()
    picked = match_choice(message.text, message.choices)
    named = read_date(message.text, context.today, prefer="future")
    found = named.isoformat() if named else picked or message.one("date")
    if not found:
        return NotAnAnswer()
    return Given(found) if found in days else Bad("bad_pickup_date")


def pickup_window(message: Message, context: Context) -> Answer:
    """One of the windows of the chosen day."""
    return read_window(message, context, context.slots.get("pickup_date"))


def read_window(message: Message, context: Context, chosen_day: object) -> Answer:
    """One of the windows that a day has on offer."""
    windows = [window for day, window in context.pickup_slots if day == chosen_day]
    picked = message.choice or match_choice(message.text, message.choices) or _window_of_day(message.text, windows)
    if picked in windows:
        return Given(picked)
    return Bad("bad_pickup_window") if any(char.isdigit() for char in message.text) else NotAnAnswer()


def _window_of_day(text: str, windows: list[str]) -> str:
    """The window of "between 8 and 12"; the first for "in the morning", the last for "in the afternoon"."""
    hours = [int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text.replace(":00", "").replace(".00", ""))]
    for window in windows:
        if [int(end[:2]) for end in window.split("-")] == hours:
            return window
    if windows and re.search(r"formiddag|morgen|morning|før 12|before 12|before noon", text, re.IGNORECASE):
        return windows[0]
    if windows and re.search(r"eftermiddag|afternoon|efter 12|after 12|after noon", text, re.IGNORECASE):
        return windows[-1]
    return ""


def case_id(message: Message, context: Context) -> Answer:
    """A case number."""
    email = message.one("email")
    also = {"status_email": email} if email else {}
    found = message.one("case_id") or ("" if email else read_case_id(message.text, asked=True))
    if found:
        return Given(found, also)
    if email:
        return Given(None, also, says=("noted_email",))
    tried = any(char.isdigit() for char in message.text) and message.words <= _WORDS_OF_A_SERIAL
    return Bad("bad_status_case_id") if tried else NotAnAnswer()


_CAUSES = {
    "spill": r"spild|væske|kaffe|vand|øl|cola|spill|liquid|coffee|water|wet\b|våd",
    "drop": r"tabt|faldt|faldet|væltet|slag|stødt|dropp?ed|fell|fallen|knocked|\bhit\b",
    "opened_by_others": r"skilt (?:den |pc'en )?ad\b|"
    r"(?:andre|selv|værksted\w*|ven|kollega) (?:har )?(?:åbnet|repareret)|"
    r"took it apart|opened it (?:up|myself)|(?:repair shop|friend|colleague) (?:has )?(?:opened|repaired|fixed)",
    "fix_not_applied": r"(?:ikke|aldrig) (?:fået |blevet )?(?:opdateret|installeret opdatering)|never updated|"
    r"not (?:been )?updated|(?:did ?n[o']t|never) (?:install|do)\w* the update",
    "max_life": r"levetid|udtjent|slidt op\b|end of (?:its )?life|service life|worn out",
    "surge": r"lyn|tordenvejr|strømstød|overspænding|lightning|surge",
    "theft": r"stjålet|tyveri|stolen|theft",
    "loss": r"mistet|forsvundet|\blost\b|missing",
    "cosmetic": r"ridse|slid|kosmetisk|scratch|cosmetic|wear\b",
    "defect": r"bare|pludselig|ingenting|intet|af sig selv|just stopped|suddenly|nothing|by itself",
}
_CLAUSE = re.compile(r"[,;.!?\n]|\b(?:men|but)\b", re.IGNORECASE)
_NEGATES = re.compile(
    r"\b(?:ikke|ikk|ik|ingen|intet|aldrig|hverken|uden|not|never|neither|without|none|"
    r"(?:did|do|does|has|have|had|was|is|were)n'?t)\b|\bno\s+(?:such|visible|signs? of)?\s*$",
    re.IGNORECASE,
)
_BATTERY = {
    "worn": r"kortere|kort tid|hurtigt|slidt|holder ikke|shorter|short|quickly|worn|drains|n[o']t last",
    "defect": r"fejl|lader ikke|ikke fundet|601|defekt|fault|not charging|won'?t charge|not found|dead",
}
_DELIVERY = {
    "depot": r"label|send|pakkelabel|ship",
    "hand_in": r"aflever|selv komme|hand (it )?in|drop (it )?off",
    "pickup": r"hent|afhent|pick ?up|collect",
}


def cause(message: Message, context: Context) -> Answer:
    """What happened before it failed. What is denied ("jeg har ikke tabt den", "no liquid") did not happen."""
    happened, denied = _happened(message.text)
    told = {"spill": "spill", "drop": "drop"}.get(message.one("symptom"))
    if told and not message.choice and told not in denied:
        return Given(told)
    read = one_of([word.value for word in Cause])(message, context)
    if isinstance(read, Given) and read.value not in denied:
        return read
    if happened and not message.choice:
        return Given(happened)
    if cannot_say(message):
        return Given(Cause.UNKNOWN.value)
    return Given(Cause.DEFECT.value) if denied or message.intent == "deny" else NotAnAnswer()


def _happened(text: str) -> tuple[str, frozenset[str]]:
    """The first cause that stands in a text, or "", and those that the text denies."""
    denied: set[str] = set()
    for word, pattern in _CAUSES.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            clause = _CLAUSE.split(text[: found.start()])[-1]
            if word in ("defect", "fix_not_applied") or not _NEGATES.search(clause):
                return word, frozenset(denied)
            denied.add(word)
    return "", frozenset(denied)


battery_fault = one_of(("defect", "worn"), _BATTERY)
delivery = one_of(("pickup", "depot", "hand_in"), _DELIVERY)
pickup_city = words(_city, "bad_pickup_city")
