"""Reading the YAML files that lie beside the rules: words, tables, opening hours that operators edit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there


class _Loader(_SafeLoader):
    """YAML as people expect it who edit word lists: yes, no, on and off are words; only true and false are not."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))


class DataFileError(ValueError):
    """A data file can't be used; the message names the file and what is wrong."""


def load_yaml(path: Path) -> Any:
    """The content of one data file. Raises DataFileError naming file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"{path}: {error}") from error
