"""Signs of danger that a customer asserts (domain.md 3.0): smoke, swelling, burnt smell, heat, sparks, leaking, liquid.

A sign that is denied ("ingen røg", "it does not smell burnt") is none. In doubt it counts: a warning too many costs a
minute, one too few a hand. Danish `røg` and `ryger` are also plain verbs ("den røg på gulvet", "nettet ryger").
"""

from __future__ import annotations

import re

from bot.dialogue.nlu.spans import Found

_VERY = r"(?:meget|ekstremt?|vildt|mega|sindssygt?|utrolig(?:t)?|voldsomt?|super|rigtig(?:t)?|skide|pisse|sygt|enormt|very|extremely|really|super|insanely|incredibly|crazy|dangerously)"
_FEW = r"(?:[\w'æøå]+\W+)"
_LIQUID = (
    r"(?:vand|væske|kaffe|te|øl|cola|saft|vin|mælk|sodavand|juice|water|liquid|coffee|tea|beer|coke|wine|milk|soda)"
)
_LIVE = (
    r"(?:i stikkontakten|stikdåse\w*|strømskinne\w*|stikkontakt\w*|(?:i|på|ned i|over) (?:min |den |)(?:oplader\w*|strømforsyning\w*)"
    r"|mens den (?:er|var|stod) tændt|den er stadig tændt|stadig (?:tændt|tilsluttet|sat til)|mens den (?:lader|ladede|sidder i)"
    r"|while (?:it(?: i|')s|it was) (?:still )?(?:on|plugged in|running|charging)|(?:it's |it is )?still (?:on|plugged in|running)"
    r"|wall socket|power (?:strip|socket|outlet|supply)|(?:on|in|into|over) (?:the|my) charger)"
)

_SIGNS: dict[str, tuple[str, ...]] = {
    "smoke": (
        r"\b(?:kom(?:mer|met)?|er|var|ser|så|set|lidt|meget|af|med|sort|hvid|grå|noget|nogen|står|stiger|vælter|siver|og|udvikler|ingen|ikke|uden|hverken|eller)\s+(?:der\s+|ikke\s+|ud\s+|nogen\s+|lidt\s+|sort\s+|hvid\s+|grå\s+)*røg(?:en)?\b(?!\s+(?:ned|på|i|ind|over|af|sammen|ud\s+af\s+tasken))",
        r"^\W*røg\b(?!\s+(?:ned|på|i|ind|over|af|ud))|\brøg\s+ud\s+(?:af|fra)\s+(?!tasken|hånd|bilen|ryg|posen)",
        r"\brøg\s+(?:ud\s+)?(?:fra|op|og\s+lugt)|\brøg(?:lugt|udvikling|sky|skyer)\w*",
        r"\b(?:det|den|pc'?en|computeren|maskinen|batteriet|opladeren|stikket)\s+(?:\w+\s+)?ryger\b(?!\s+(?:af|ned|på|i|ind|ud|hele|sammen|en|\w+\s+gang))|\bryger\s+fra\b",
        r"\b(?:brænder|der er ild|gik ild|går ild|ild i|i brand|brand i|flammer)\b(?!\s+(?:mig|sig|igennem))",
        r"\bsmok(?:e|es|ing|y)\b|\bon fire\b|\b(?:caught|catches|catching) fire\b|\bflames?\b|\bfire (?:in|from|coming)\b",
        r"\beksplo\w+|\bexplo(?:d\w+|sion)\b|\bbrag og\b|\bbang and smoke\b",
    ),
    "swollen": (
        r"\b(?:op)?svulm\w*|\bhæv(?:et|er sig)\b|\bbul(?:er|et|ede)\b(?!\s+(?:efter|fra|på hjørnet))(?!\s+i\s+(?:hjørnet|låget))|\bbule(?:t)?\s+(?:op|ud)\b|\bpustet\s+op\b|\bbatteri\w*\s+(?:er\s+)?(?:blevet\s+)?tykt\b",
        r"\bsw(?:ol|el)l\w*|\bswole\b|\bbulg\w+|\bpuff(?:ed|y|ing)\b|\bbloated\b|\bballoon(?:ed|ing)\b|\b(?:battery|batteries)\W+(?:(?:has|is|have)\W+)?(?:expand\w+|thick)\b|\bexpand(?:ed|ing)\s+battery\b|\blifted by the battery\b",
    ),
    "burnt_smell": (
        rf"\b(?:lugt\w*|stink\w*|stank|dufter)\W+{_FEW}{{0,3}}(?:bræn\w*|sved\w*|svits\w*|plast\w*|gummi|røg|svovl|os|kemi\w*)",
        rf"\b(?:brændt\w*|brændende|svede(?:t|n)|brand|os)\W?(?:lugt\w*)",
        rf"\bsmel\w*\W+{_FEW}{{0,4}}(?:burn\w*|smok\w*|scorch\w*|singed|plastic|sulphur|fire|chemical\w*)",
        rf"\b(?:burn(?:t|ed|ing)|scorched|smoky|acrid)\W+(?:\w+\W+)?(?:smell\w*|odou?r\w*|stench)",
    ),
    "hot": (
        rf"\b{_VERY}\s+(?:varmt?|hedt?|hot)\b(?!\s+(?:og\s+)?(?:i luften|på))",
        r"\b(?:brand|kog|glo|skold|bræn|gloende|kogende|brændende)\s?(?:varm|hed)t?\b|\bglød(?:er|ende)\b|\bsmelt\w*|\bbrændt sammen\b",
        r"\bså\s+(?:varm|hed)t?\s+at\b|\bfor\s+varmt?\s+til\s+at\s+(?:røre|holde|have|tage)\w*|\bbrænd\w*\s+(?:sig|mig|fingrene|min|man)\b|\bman brænder\b",
        r"\b(?:burning|red|scorching|boiling|scalding|piping)[ -]?hot\b|\btoo\s+hot\s+to\b|\bso\s+hot\b|\bmelt\w*|\bburn(?:s|ed|t)?\s+(?:my|me|your|you)\b|\bburnt\s+out\b",
    ),
    "sparks": (
        r"\b(?:små)?gnist\w*|\bspark(?:s|ing|ed|y)\b|\b(?:får|fik|fået|giver|gav|give|få)\s+(?:mig\s+|jeg\s+|man\s+)?(?:elektrisk\s+)?stød\b|\bkortslut\w*|\blysbue\b",
        r"\belectric(?:al)?\s+shock\w*|\b(?:got|get|gets|gave|gives|getting)\s+(?:\w+\s+)?(?:a\s+)?shock\w*|\bshock(?:s|ed)\s+me\b|\bzap(?:s|ped)\b|\bshort[ -]?circuit\w*|\barcing\b",
        r"\b(?:blottet|blottede|flosset|flossede|bare)\b.{0,12}\b(?:ledning\w*|kab\w*|kobber\w*)|\b(?:ledning\w*|kab\w*)\W+(?:\w+\W+){0,2}(?:blottet|blottede|flosset|flossede)\b|\bkobber\w*|\bstrømførende\b",
        r"\b(?:expos|fray)\w*\b.{0,12}\b(?:wir\w*|cabl\w*|cord\w*|copper)|\b(?:wir\w*|cabl\w*|cord\w*)\W+(?:\w+\W+){0,2}(?:expos|fray)\w*|\bbare\s+(?:wire|copper|cable)\w*|\bsee\s+the\s+(?:copper|wires?)\b",
    ),
    "leaking": (
        rf"\bbatteri\w*\W+{_FEW}{{0,3}}læk\w*|\blæk\w*\W+{_FEW}{{0,2}}batteri\w*|\b(?:løb\w*|siv\w*|kommer|drypp\w*|flyder)\W+(?:der\W+)?{_FEW}{{0,2}}(?:væske|syre)\W+{_FEW}{{0,2}}(?:ud|fra|af)\b|\bbatterisyre\b",
        rf"\bbatter(?:y|ies)\W+{_FEW}{{0,3}}leak\w*|\bleak\w*\W+{_FEW}{{0,2}}(?:batter\w+|acid|fluid)|\b(?:fluid|liquid|acid)\W+{_FEW}{{0,3}}(?:out of|from)\b",
        r"\b(?:den|pc'?en|computeren|maskinen)\s+lækker\b|\b(?:it(?:'s| is)?|laptop|pc|computer)\s+(?:is\s+)?leak(?:s|ing)\b",
    ),
    "liquid_live": (rf"\b{_LIQUID}\w*\b.{{0,60}}\b{_LIVE}", rf"\b{_LIVE}.{{0,60}}\b{_LIQUID}\b"),
}
_COMPILED = {flag: [re.compile(pattern, re.IGNORECASE) for pattern in patterns] for flag, patterns in _SIGNS.items()}

_NOT = r"(?:ingen|intet|ikke|ik|aldrig|uden|hverken|no|not|never|without|neither|nor|nothing|cannot|\w+n't|\w*nt)"
_FILLERS = (
    r"(?:(?:nogen|noget|som helst|tegn på|længere|rigtig|at|det|den|der|er|lugt\w*|kommer|mærk\w*|set|se|ser|kan|jeg|har|hørt|spor af|synlig\w*|andre|"
    r"any|signs? of|sign of|at all|it|is|was|feel\w*|see|seen|smell\w*|notice\w*|there|a|the|being|or|nor|and|eller|og|heller|særlig\w*|specielt|"
    r"røg|gnister|varme|lugt|brændt|bulet|opsvulmet|svulmet|lækage|væske|smoke|sparks|heat|burnt|burning|swollen|swelling|bulging|leaks?|leaking|hot|varm|op)\W+)*"
)
_DENIED_BEFORE = re.compile(rf"\b{_NOT}\b(?!\s+(?:kun|only|just|bare))\W+{_FILLERS}$", re.IGNORECASE)
_DENIED_INSIDE = re.compile(rf"\b(?:ikke|ik|ingen|intet|uden|hverken|not|no|without)\b", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"^\W*(?:[\w'æøå]+\W+){0,3}?\?\s*(?:nej|næ|no|nope)\b|^\s*(?::|=)\s*(?:nej|no)\b", re.IGNORECASE
)
_ONLY_ASKED = re.compile(
    r"\b(?:hvordan ser .{0,40} ud|how does .{0,40} look|what does .{0,40} look like|hvad er en?|what is an?)\b", re.I
)


def find_safety_signs(text: str) -> list[Found]:
    """Each asserted sign once, as `safety_flag`. A question what a sign looks like asserts none."""
    if _ONLY_ASKED.search(text):
        return []
    found = []
    for flag, patterns in _COMPILED.items():
        sign = next((m for p in patterns for m in p.finditer(text) if not _is_denied(text, m)), None)
        if sign:
            found.append(Found("safety_flag", flag, sign.start(), sign.end()))
    return found


def _is_denied(text: str, sign: re.Match[str]) -> bool:
    return bool(
        _DENIED_BEFORE.search(text[: sign.start()])
        or _DENIED_INSIDE.search(sign.group())
        or _DENIED_AFTER.search(text[sign.end() :])
    )
