"""What a table says about a fault, and the decision that is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from actions.casework.facts import Method, Verdict


class Addon(StrEnum):
    """What can be bought beside the service; the registry's words."""

    ADP = "adp"
    BATTERY = "battery"
    DMR = "dmr"
    EXTERNAL = "external"


class Notice(StrEnum):
    """What must be said along with a verdict (contract section 4)."""

    STATUTORY_RIGHTS = "statutory_rights"
    DATA_LOSS = "data_loss"
    OWNERSHIP = "ownership"
    KEEP_DRIVES = "keep_drives"
    ENCLOSE_SELFTEST = "enclose_selftest"
    PROVISIONAL = "provisional"


class Reason(StrEnum):
    """The table row that decided, so that the words can say why; each has texts `verdict_reason_…`."""

    # A: entitlement
    DANGER = "danger"
    NOT_FOUND = "not_found"
    REGISTRY_DOWN = "registry_down"
    NO_COVER = "no_cover"
    PACK_UNCLEAR = "pack_unclear"
    UNREGISTERED = "unregistered"
    REGISTERED_LATE = "registered_late"
    MOVED = "moved"
    MOVED_UNDER_WARRANTY = "moved_under_warranty"
    ABROAD = "abroad"
    OTHER_SERVICE = "other_service"
    WARRANTY_ONLY = "warranty_only"
    # D: cause
    LOST_OR_STOLEN = "lost_or_stolen"
    LIQUID_DENIED = "liquid_denied"
    ACCIDENT_COVERED = "accident_covered"
    ACCIDENT_UNCLEAR = "accident_unclear"
    ACCIDENT_NO_ADDON = "accident_no_addon"
    INTENT = "intent"
    COSMETIC = "cosmetic"
    OPENED_BY_OTHERS = "opened_by_others"
    UPDATE_REFUSED = "update_refused"
    ADVICE_IGNORED = "advice_ignored"
    MAX_LIFE = "max_life"
    # B: component
    INTERNAL_PART = "internal_part"
    BUILTIN_DISPLAY = "builtin_display"
    ACCESSORY = "accessory"
    ADAPTER = "adapter"
    FIRMWARE = "firmware"
    SOFTWARE = "software"
    CONNECTION = "connection"
    CLEANING = "cleaning"
    CONSUMABLE = "consumable"
    NOT_HP = "not_hp"
    PIXEL = "pixel"
    PART_UNCLEAR = "part_unclear"
    OUT_OF_PRODUCTION = "out_of_production"
    # testing ended with damage to be seen (R84)
    VISIBLE_DAMAGE = "visible_damage"
    # R92: testing ended with a person
    TESTING_STOPPED = "testing_stopped"
    TESTING_UNCLEAR = "testing_unclear"
    # external devices
    EXTERNAL_COVERED = "external_covered"
    EXTERNAL_NO_ADDON = "external_no_addon"
    EXTERNAL_NOT_TOGETHER = "external_not_together"
    EXTERNAL_TOO_MANY = "external_too_many"
    EXTERNAL_UNCLEAR = "external_unclear"
    # C: battery
    BATTERY_DEFECT = "battery_defect"
    BATTERY_ADDON = "battery_addon"
    BATTERY_TOO_OLD = "battery_too_old"
    BATTERY_WORN = "battery_worn"
    BATTERY_ABOVE_HALF = "battery_above_half"
    BATTERY_UNTESTED = "battery_untested"
    BATTERY_UNCLEAR = "battery_unclear"


@dataclass(frozen=True)
class Finding:
    """One table row: the verdict, why, the clauses it cites, and the add-on it rests on."""

    verdict: Verdict
    reason: Reason
    clauses: tuple[str, ...]
    addon: Addon | None = None

    @property
    def is_positive(self) -> bool:
        """Whether the fault is covered, by the service or by an add-on."""
        return self.verdict in (Verdict.COVERED, Verdict.COVERED_BY_ADDON)


@dataclass(frozen=True)
class Decision:
    """The answer of `decide`: provisional, always (R20). `reason` and `after_spill` are for words, not for the wire."""

    verdict: Verdict
    reason: Reason
    addon: Addon | None
    clauses: Sequence[str]
    method: Method | None
    notices: Sequence[Notice]
    after_spill: bool = False  # nothing travels before a person knows that it is dry

    def as_json(self) -> dict[str, object]:
        """The contract's answer (section 4) without its `text`."""
        return {
            "verdict": self.verdict.value,
            "addon": self.addon.value if self.addon else None,
            "clauses": list(self.clauses),
            "method": self.method.value if self.method else None,
            "notices": [notice.value for notice in self.notices],
        }
