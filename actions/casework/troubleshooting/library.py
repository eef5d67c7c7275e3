"""All scripts of a folder, and which one serves a symptom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actions.casework.troubleshooting.model import Script
from actions.casework.troubleshooting.reader import read_script
from actions.casework.troubleshooting.source import Problem

#: The scripts of this system.
SCRIPTS_FOLDER = Path(__file__).parents[1] / "scripts"

#: Serves every symptom that has no script of its own.
GENERAL = "general"


class ScriptError(ValueError):
    """A script can't be run; `problems` say why, with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Scripts:
    """Scripts by name."""

    by_name: Mapping[str, Script]

    def get(self, name: str) -> Script:
        """KeyError for an unknown name."""
        return self.by_name[name]

    def script_for(self, symptom: str) -> Script:
        """The script that serves `symptom`, else the general one."""
        serving = (script for script in self.by_name.values() if symptom in script.symptoms)
        return next(serving, None) or self.by_name[GENERAL]


@cache
def load_scripts(folder: Path = SCRIPTS_FOLDER) -> Scripts:
    """Every script of `folder`, read once. Raises ScriptError where one can't be run."""
    found: dict[str, Script] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        script, wrong = read_script(path)
        problems += wrong
        if script:
            found[script.name] = script
    if problems:
        raise ScriptError(problems)
    return Scripts(found)


def script_for(symptom: str) -> Script:
    """This system's script for `symptom`."""
    return load_scripts().script_for(symptom)
