"""Every symptom can be reached by choosing: the commonest first, the rest a few at a time."""

from __future__ import annotations

from actions.casework.facts import Symptom

PAGES: tuple[tuple[Symptom, ...], ...] = (
    (
        Symptom.NO_POWER,
        Symptom.NO_BOOT,
        Symptom.BATTERY,
        Symptom.CHARGING,
        Symptom.OVERHEATING,
        Symptom.DISPLAY,
        Symptom.KEYBOARD,
        Symptom.STORAGE,
    ),
    (
        Symptom.SLOW,
        Symptom.CRASH,
        Symptom.NOISE,
        Symptom.FAN,
        Symptom.MEMORY,
        Symptom.BLINK_CODE,
        Symptom.SOFTWARE,
        Symptom.FIRMWARE,
    ),
    (
        Symptom.WIFI,
        Symptom.SOUND,
        Symptom.CAMERA,
        Symptom.USB,
        Symptom.EXTERNAL_MONITOR,
        Symptom.DOCK,
        Symptom.MOUSE,
        Symptom.TOUCHPAD,
    ),
    (Symptom.SPILL, Symptom.DROP, Symptom.PRINTER_OR_OTHER),
)


def page(number: int) -> tuple[tuple[Symptom, ...], bool]:
    """The symptoms of a page, and whether more follow. Beyond the last page it begins again."""
    at = number % len(PAGES)
    return PAGES[at], at + 1 < len(PAGES)
