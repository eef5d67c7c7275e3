"""The words that facts are told in: contract section 4 and 5, the same from understanding to the case desk.

Every value is the wire value. Nothing here decides; `entitlement` does.
"""

from enum import StrEnum


class SafetyFlag(StrEnum):
    """A sign of danger (domain.md 3.0). Any one of them stops everything (A1)."""

    SMOKE = "smoke"
    SWOLLEN = "swollen"
    BURNT_SMELL = "burnt_smell"
    HOT = "hot"
    SPARKS = "sparks"
    LEAKING = "leaking"
    LIQUID_LIVE = "liquid_live"


class Symptom(StrEnum):
    """What the customer sees; each has a script or falls to the general one."""

    NO_POWER = "no_power"
    NO_BOOT = "no_boot"
    BLINK_CODE = "blink_code"
    BATTERY = "battery"
    CHARGING = "charging"
    STORAGE = "storage"
    MEMORY = "memory"
    OVERHEATING = "overheating"
    FAN = "fan"
    DISPLAY = "display"
    EXTERNAL_MONITOR = "external_monitor"
    KEYBOARD = "keyboard"
    TOUCHPAD = "touchpad"
    MOUSE = "mouse"
    DOCK = "dock"
    USB = "usb"
    SOUND = "sound"
    CAMERA = "camera"
    WIFI = "wifi"
    FIRMWARE = "firmware"
    CRASH = "crash"
    SLOW = "slow"
    NOISE = "noise"
    SPILL = "spill"
    DROP = "drop"
    SAFETY = "safety"
    SOFTWARE = "software"
    PRINTER_OR_OTHER = "printer_or_other"


class Component(StrEnum):
    """The part at fault (table B)."""

    MAINBOARD = "mainboard"
    CPU = "cpu"
    MEMORY = "memory"
    STORAGE = "storage"
    OPTICAL_DRIVE = "optical_drive"
    FAN = "fan"
    KEYBOARD_BUILTIN = "keyboard_builtin"
    TOUCHPAD = "touchpad"
    CAMERA = "camera"
    SPEAKER = "speaker"
    WIFI = "wifi"
    DISPLAY_BUILTIN = "display_builtin"
    DC_IN = "dc_in"
    USB_PORT = "usb_port"
    BATTERY = "battery"
    AC_CORD = "ac_cord"
    AC_ADAPTER = "ac_adapter"
    MOUSE_WIRED = "mouse_wired"
    KEYBOARD_EXTERNAL = "keyboard_external"
    MOUSE_WIRELESS = "mouse_wireless"
    KEYBOARD_WIRELESS = "keyboard_wireless"
    HEADSET = "headset"
    DOCK = "dock"
    MONITOR_EXTERNAL = "monitor_external"
    PEN = "pen"
    REMOVABLE_MEDIA = "removable_media"
    FIRMWARE = "firmware"
    OS = "os"
    SOFTWARE = "software"
    DATA = "data"
    NETWORK = "network"
    CLEANING = "cleaning"
    PIXEL = "pixel"
    OTHER = "other"


class Cause(StrEnum):
    """Why it broke, as far as the customer knows (table D)."""

    DEFECT = "defect"
    DROP = "drop"
    SPILL = "spill"
    SURGE = "surge"
    LOSS = "loss"
    THEFT = "theft"
    COSMETIC = "cosmetic"
    OPENED_BY_OTHERS = "opened_by_others"
    FIX_NOT_APPLIED = "fix_not_applied"
    MAX_LIFE = "max_life"
    UNKNOWN = "unknown"


class Diagnosis(StrEnum):
    """What troubleshooting found."""

    HARDWARE = "hardware"
    SOFTWARE_ONLY = "software_only"
    CONNECTION_ONLY = "connection_only"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """The five verdicts (domain.md 0.4); each is provisional (R20)."""

    COVERED = "COVERED"
    COVERED_BY_ADDON = "COVERED_BY_ADDON"
    NOT_COVERED = "NOT_COVERED"
    NEEDS_HUMAN = "NEEDS_HUMAN"
    SAFETY_STOP = "SAFETY_STOP"


class Method(StrEnum):
    """How a covered fault is put right (table F)."""

    REMOTE = "REMOTE"
    CSR_PART = "CSR_PART"
    PICKUP = "PICKUP"
    DEPOT_SHIP = "DEPOT_SHIP"
    NEEDS_HUMAN = "NEEDS_HUMAN"


class Language(StrEnum):
    """The languages the assistant speaks."""

    DA = "da"
    EN = "en"
