"""What a message is to the open question: an answer, a bad answer, or no answer at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Given:
    """An answer. `also` are other slots that the same words settle (an address in one line)."""

    value: object
    also: Mapping[str, object] = field(default_factory=dict)
    says: tuple[str, ...] = ()  # text keys to say about it


@dataclass(frozen=True)
class Bad:
    """An attempt that can't be used. `hint` is the text key of what is wrong, with an example."""

    hint: str


@dataclass(frozen=True)
class NotAnAnswer:
    """The customer says or asks something else."""


Answer = Given | Bad | NotAnAnswer
