"""Where devices are sent for repair. The address is configuration: depot.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actions.casework.data_file import DataFileError, load_yaml

FILE = Path(__file__).with_name("depot.yml")


@dataclass(frozen=True)
class Depot:
    """A repair centre's address. `example`: made up, and said so on every label."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = "DK"
    phone: str = ""
    example: bool = False


@cache
def repair_depot(file: Path = FILE) -> Depot:
    """The address in depot.yml. Raises DataFileError saying what is wrong with it."""
    try:
        depot = Depot(**load_yaml(file))
    except TypeError as error:
        raise DataFileError(f"{file}: {error}") from error
    required = (depot.name, depot.street, depot.postcode, depot.city)
    if not all(isinstance(value, str) and value.strip() for value in required):
        raise DataFileError(f"{file}: name, street, postcode (in quotes) and city must be given")
    return depot
