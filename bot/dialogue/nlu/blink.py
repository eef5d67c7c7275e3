"""Blink and beep codes (domain.md 3.3): `3.2` for three major and two minor, or a plain count.

A count is one only beside a word for blinking; POST errors such as 90B, 301 and 601 have three characters and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.dialogue.nlu.numbers import SMALL_NUMBER, small_number
from bot.dialogue.nlu.spans import Claims, Found

_SIGNAL = r"\b(?:\w*(?:blink|blunk|blinc|bip|bib|beep|flash|glimt)|d[yu]tt|dyt\b|hyl(?:er|ede)?\b|wink|peep)"
"""The start of a word for a light or a sound that counts."""
_CONTEXT = re.compile(
    rf"{_SIGNAL}|\b(?:kode|koden|code|led|diode|lampe|lampen|(?:num|caps) ?lock)\b|\b(?:r(?:ø|oe|o)d|red|hvid|white)"
    r"|\b(?:lange?|long)\b.{0,24}\b(?:korte?|short)\b",
    re.I,
)
_BLINKS = re.compile(
    rf"{_SIGNAL}\w*|\b(?:r(?:ø|oe|o)d\w*|red|reds|hvid\w*|white|whites)\b|\b(?:lange?|long)\b.{{0,24}}\b(?:korte?|short)\b",
    re.I,
)
_WRITTEN = re.compile(r"(?<![\d.,/])([1-9])\s?[.,:]\s?([1-9])(?![\d/]|[.,]\d)")
_ALONE = re.compile(
    r"^(?!.*\b(?:version|bios|windows|firmware|usb|driver|hdmi)\b)(?:.*\b(?:er|is|it's|var|was|siger|says|:))?\W*([2-9])[.,]([1-9])(?:\W*$|\s+(?:var|was|talte|counted)\b)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = rf"(?:{SMALL_NUMBER})"
_TIMES = r"(?:\s*(?:x|gange?|times?|gg))?"
_LONG = r"(?:(?:\s+(?:lange?|long|store|major|langsom\w*|slow\w*))?(?:\s+(?:r(?:ø|oe|o)d\w*|reds?|blink\w*|bip\w*|beeps?|flash\w*|ones?))*)"
_SHORT = r"(?:(?:\s+(?:korte?|short|små|minor|hurtig\w*|quick\w*|fast))?(?:\s+(?:hvid\w*|whites?|blink\w*|bip\w*|beeps?|flash\w*|ones?))*)"
_BETWEEN = r"\s*(?:,|\+|\b(?:og|and|then|s(?:å|aa)|derefter|efterfulgt af|followed by|plus)\b)(?:\s+(?:s(?:å|aa)|then|derefter)\b)?\s*"
_PAIRS = (
    re.compile(
        rf"\b(?P<major>{_NUMBER}){_TIMES}{_LONG}{_TIMES}{_BETWEEN}(?:hvid\w*\s+|white\s+)?(?P<minor>{_NUMBER})\b(?!\s+(?:pause|gang\b)){_TIMES}{_SHORT}",
        re.I,
    ),
    re.compile(
        rf"\b(?:r(?:ø|oe|o)d\w*|red)\b\W*(?:blink\w*\W+)?(?P<major>{_NUMBER})\b.{{0,24}}?\b(?:hvid\w*|white)\b\W*(?P<minor>{_NUMBER})\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<major>{_NUMBER})\b\s+(?:lange?|long)\b\W*(?:(?:blink|bip|beep|flash)\w*\W*)?(?P<minor>{_NUMBER})\b\s+(?:korte?|short)\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<major>{_NUMBER})\b{_TIMES}\s+(?:lange?\s+|long\s+)?(?:r(?:ø|oe|o)d\w*|reds?)\b.{{0,24}}?\b(?P<minor>{_NUMBER})\b{_TIMES}\s+(?:korte?\s+|short\s+)?(?:hvid\w*|whites?)\b",
        re.I,
    ),
)
_COUNTS = (
    re.compile(
        rf"\b(?:blink|blunk|bip|beep|flash)\w*\b(?:\W+(?:rød\w*|red|hvid\w*|white|gul\w*|amber|orange|hurtigt|konstant|ved|opstart|den|it|nu)\b){{0,3}}\W+(?P<count>{_NUMBER})\b(?:\s*(?:x|gange?|times?|gg)\b|\W*$)",
        re.I,
    ),
    re.compile(
        rf"\b(?P<count>{_NUMBER})\b{_TIMES}\s+(?:(?:korte?|lange?|hurtige|short|long|quick|røde?|red|hvide?|white|gule?|amber|orange)\s+){{0,2}}(?:blink|bip|beep|flash|glimt|wink|peep)\w*",
        re.I,
    ),
    re.compile(
        rf"\b(?:blink|blunk|bip|beep|flash|d[yu]tt|hyl|wink|glimt|puls|tæller til|counts to)\w*\W+(?:\w+\W+){{0,3}}(?P<count>{_NUMBER})\s*(?:x|ganger?|times?|gg)\b",
        re.I,
    ),
)
_COUNTED_TO = re.compile(rf"\b(?:tæller(?: den)? til|counts? to)\s+(?P<count>{_NUMBER})\b", re.IGNORECASE)
_COUNT_WORD = re.compile(r"\b(?:blink\w*|bip\w*|beep\w*|flash\w*)\W+(?P<count>once|twice|thrice)\b", re.IGNORECASE)
_COLOURS = re.compile(
    r"\b(?P<major>(?:r(?:ø|oe|o)d|red)(?:\W+(?:r(?:ø|oe|o)d|red)){0,8})\W+(?:(?:pause|og|and|så|then)\W+)*"
    r"(?P<minor>(?:hvid|white)(?:\W+(?:hvid|white)){0,8})\b",
    re.IGNORECASE,
)
"""Told one by one: "rød rød rød, pause, hvid hvid"."""
_REPEATED = re.compile(r"\b(bip|beep|blink)(?:\W+\1){1,8}\b", re.IGNORECASE)
_PER_DAY = re.compile(
    r"\s*(?:gange?|times?)?\s*(?:om dagen|daglig\w*|a day|per day|i minuttet|om ugen|a week|i timen|an hour)",
    re.IGNORECASE,
)


def find_blink_code(claims: Claims) -> Iterator[Found]:
    """At most one code; what was read is claimed."""
    text = claims.rest
    found = _alone(text) or (_pair(text) or _count(text) if _CONTEXT.search(text) else None)
    if found:
        claims.claim(found.start, found.end)
        yield found


def _alone(text: str) -> Found | None:
    match = _ALONE.match(text)
    return Found("blink_code", f"{match[1]}.{match[2]}", match.start(1), match.end(2)) if match else None


def _pair(text: str) -> Found | None:
    written = _WRITTEN.search(text)
    if written:
        return Found("blink_code", f"{written[1]}.{written[2]}", written.start(), written.end())
    if not _BLINKS.search(text):
        return None
    told = _COLOURS.search(text)
    if told:
        major, minor = (len(re.findall(r"\w+", told[part])) for part in ("major", "minor"))
        if major + minor > 2:
            return Found("blink_code", f"{major}.{minor}", told.start(), told.end())
    for pattern in _PAIRS:
        for match in pattern.finditer(text):
            major, minor = small_number(match["major"]), small_number(match["minor"])
            if 1 <= major <= 9 and 1 <= minor <= 9:
                return Found("blink_code", f"{major}.{minor}", match.start(), match.end())
    return None


def _count(text: str) -> Found | None:
    for pattern in (*_COUNTS, _COUNTED_TO, _COUNT_WORD):
        for match in pattern.finditer(text):
            count = small_number(match["count"])
            if 2 <= count <= 10 and not _PER_DAY.match(text[match.end("count") :]):
                return Found("blink_code", str(count), match.start(), match.end())
    repeated = _REPEATED.search(text)
    if repeated:
        count = len(re.findall(repeated[1], repeated.group(), re.IGNORECASE))
        return Found("blink_code", str(count), repeated.start(), repeated.end())
    return None
