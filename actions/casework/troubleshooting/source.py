"""YAML with line numbers: a mapping whose every key knows where it stands, and the problems found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file that people edit. `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass
class Source:
    """One file and what is wrong with it so far."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.path, line, message))

    def read(self) -> Node | None:
        """The file's mapping; None, with a problem noted, where it holds none."""
        try:
            data = YAML(typ="rt").load(self.path.read_text(encoding="utf-8"))
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.problem(line, f"not readable as YAML: {error.problem or error.context}")
            return None
        except UnicodeDecodeError:
            self.problem(1, "not readable: the file must be saved as UTF-8")
            return None
        if not isinstance(data, CommentedMap):
            self.problem(1, "expected `key: value` lines")
            return None
        return Node(self, data, 1)


@dataclass(frozen=True)
class Node:
    """A mapping in a file. Reading a value of the wrong kind notes a problem and gives None."""

    source: Source
    data: CommentedMap
    line: int

    def line_of(self, key: str) -> int:
        """Where `key` stands; the mapping's own line where it is missing."""
        return int(self.data.lc.key(key)[0]) + 1 if key in self.data else self.line

    def problem(self, key: str, message: str) -> None:
        """Note a problem at `key`."""
        self.source.problem(self.line_of(key), message)

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def allow(self, *known: str) -> None:
        """Note every key that is not one of `known`."""
        for key in self.data:
            if key not in known:
                self.problem(key, f"unknown word `{key}`; here may stand: {', '.join(known)}")

    def get(self, key: str, kind: type, required: bool = False) -> Any:
        """The value of `key`, which must be of `kind`."""
        value = self.data.get(key)
        if key not in self.data:
            if required:
                self.problem(key, f"`{key}` is missing")
            return None
        # `true` is an int to Python, not to the person who wrote it.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problem(key, f"`{key}` should be {_KINDS.get(kind, kind.__name__)}")
            return None
        return value

    def text(self, key: str, required: bool = False) -> str:
        """A word or line."""
        return str(self.get(key, str, required) or "")

    def words(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of words."""
        value = self.get(key, list, required)
        return tuple(str(word) for word in value or ())

    def node(self, key: str, required: bool = False) -> Node | None:
        """A mapping inside."""
        value = self.get(key, CommentedMap, required)
        return None if value is None else Node(self.source, value, self.line_of(key))

    def nodes(self, key: str, required: bool = False) -> Iterator[tuple[str, Node]]:
        """The mappings inside the mapping `key`, by name, in the order of the file."""
        inner = self.node(key, required)
        for name in inner.data if inner else ():
            item = inner.node(name)  # type: ignore[union-attr]
            if item is not None:
                yield str(name), item


_KINDS = {
    str: "a word or text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    CommentedMap: "a mapping",
}
