"""How heavy and large a packed device is, by form factor. The table is parcel.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actions.casework.data_file import DataFileError, load_yaml

FILE = Path(__file__).with_name("parcel.yml")


@dataclass(frozen=True)
class Parcel:
    """One parcel: kilograms and centimetres."""

    weight_kg: float
    length_cm: int
    width_cm: int
    height_cm: int


def default_parcel(form_factor: str) -> Parcel:
    """The parcel for a device of that form factor (contract section 2); an unknown one gets a middling box."""
    parcels = _parcels()
    return parcels.get(form_factor) or parcels["other"]


@cache
def _parcels() -> Mapping[str, Parcel]:
    try:
        parcels = {form: Parcel(**row) for form, row in load_yaml(FILE).items()}
    except TypeError as error:
        raise DataFileError(f"{FILE}: {error}") from error
    if "other" not in parcels or not all(min(vars(parcel).values()) > 0 for parcel in parcels.values()):
        raise DataFileError(f"{FILE}: needs a row 'other', and weights and sizes above zero")
    return parcels
