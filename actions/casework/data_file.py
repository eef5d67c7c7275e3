"""Reading the YAML files that lie beside the rules: words, tables, opening hours that operators edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language, ten times as fast where libyaml is there


class DataFileError(ValueError):
    """A data file can't be used; the message names the file and what is wrong."""


def load_yaml(path: Path) -> Any:
    """The content of one data file. Raises DataFileError naming file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"{path}: {error}") from error
