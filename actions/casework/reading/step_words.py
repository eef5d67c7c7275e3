"""What customers type instead of an answer's title, by the answer's id, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection

_MEANS = {
    "passed": r"best(?:ået|aaet|od)|ingen fejl|ikke nogen fejl|alt (?:er )?(?:ok|fint)|\bpassed\b|"
    r"no (?:errors?|faults?|problems?)|all (?:ok|good|fine)",
    "failed": r"fejle(?:de|t)\b|fandt (?:en |noget )?fejl|fejlkode|\bfail(?:s|ed)?\b|"
    r"found (?:an? )?(?:error|fault)",
    "builtin": r"indbygge|\b(?:i|på) (?:selve )?(?:pc|computer|laptop|den bærbare)|selve (?:pc|computer|laptop|den)|"
    r"built|\b(?:on|of) the (?:pc|laptop)|laptop(?:'?s)? (?:own )?screen",
    "separate": r"ekstern|separat|løs skærm|ved siden af|\bexternal|\bseparate",
    "everything": r"det hele|\balting\b|everything|all of it|\boverall",
    "internet": r"internet|\bnettet\b|hjemmesider|websites?|browser",
    "one_program": r"kun (?:i )?(?:et|ét|word|excel|outlook|teams)|"
    r"only (?:in )?(?:one|word|excel|outlook|teams)|one (?:app|program)",
    "wireless": r"tr(?:å|aa)dl|wi-?fi|wireless",
    "cabled": r"kabel|ledning|\bcable|wired|ethernet",
    "wired": r"med (?:kabel|ledning)|\bcable|\bwired",
    "others_fine": r"(?:andre|anden|telefon\w*|mobil\w*|others?|phones?|devices?)\b(?!.*(?:ikke|not|n't))"
    r".*(?:virker|fint|fine|works?|ok)\b",
    "others_fail": r"(?:andre|anden|telefon\w*|mobil\w*|others?|phones?|devices?)\b.*(?:ikke|\bnot\b|n't|neither)",
    "no_other": r"har (?:ikke|ik) (?:en|nogen)?\s*(?:anden|andre)|ingen anden|kun (?:den )?ene|"
    r"(?:do ?n'?t|have ?n'?t) (?:have|got|own) (?:another|one|any)|only (?:have )?(?:the )?one",
    "nothing": r"ingenting|sker intet|helt død|nothing|totally dead",
    "drains_fast": r"holder (?:kun|ikke|kort)|kort tid|hurtigt|aflader|drain|\blasts?\b|goes flat|runs out",
    "wont_charge": r"lader (?:ikke|ik)\b|(?:not|n'?t) charg",
    "looks_normal": r"normal|ser fin|ikke bulet|looks? (?:fine|ok)",
    "crack": r"revne|knæk|sprunget|smadret|crack|smashed",
    "lines": r"streg|stribe|\blines?\b",
    "dots": r"prik|plet|pixel|\bdots?\b",
    "dark": r"mørk|\bsort\b|\bdark|\bblack|\bdim\b",
}


def meant_answer(text: str, offered: Collection[str]) -> str:
    """The one answer on offer that these words mean, or ""."""
    meant = [each for each in offered if each in _MEANS and re.search(_MEANS[each], text, re.IGNORECASE)]
    return meant[0] if len(meant) == 1 else ""
