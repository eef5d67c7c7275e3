"""Where a customer stands in a script, and how it ended: plain values that fit in a Rasa slot as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from actions.casework.troubleshooting.model import Context, Expects, Fact, Outcome


@dataclass(frozen=True)
class StepTaken:
    """One answered step. `answer` is a choice's id or the value given."""

    script: str
    step: str
    answer: str


@dataclass(frozen=True)
class Answer:
    """What the customer said to a step: a choice's id, or a value in their own words."""

    choice: str = ""
    value: str = ""


@dataclass(frozen=True)
class Choice:
    """One answer on offer."""

    id: str
    title_key: str


@dataclass(frozen=True)
class Question:
    """The step to ask now. `expects` is the value that is welcome beside the choices, or None."""

    script: str
    step: str
    text_key: str
    why_key: str
    choices: tuple[Choice, ...]
    expects: Expects | None
    minutes: int
    number: int  # "step `number` of `of`"
    of: int


@dataclass(frozen=True)
class Trace:
    """An answered step, and what was known before it was: enough to go back."""

    step: str
    answer: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    cannots: int = 0


@dataclass(frozen=True)
class Position:
    """A step that waits for its answer, and the way that led there."""

    script: str
    step: str
    context: Context = field(default_factory=Context)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    cannots: int = 0
    trail: tuple[Trace, ...] = ()

    @property
    def steps_taken(self) -> tuple[StepTaken, ...]:
        """The answered steps, oldest first; a step that was gone back over is not among them."""
        return tuple(StepTaken(self.script, trace.step, trace.answer) for trace in self.trail)

    def to_dict(self) -> dict[str, Any]:
        """JSON form; `from_dict` reads it."""
        return {**asdict(self), "context": _context_to_dict(self.context), "trail": [asdict(t) for t in self.trail]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Position:
        """The position that `to_dict` wrote."""
        return cls(
            script=data["script"],
            step=data["step"],
            context=Context(**{**data["context"], "csr_parts": frozenset(data["context"]["csr_parts"])}),
            facts=dict(data["facts"]),
            cannots=data["cannots"],
            trail=tuple(Trace(**trace) for trace in data["trail"]),
        )


@dataclass(frozen=True)
class Ended:
    """How a script ended. Empty words mean that it found nothing out about that."""

    script: str
    outcome: Outcome
    component: str
    cause: str
    diagnosis: str
    reason: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    steps: tuple[StepTaken, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON form; `from_dict` reads it."""
        return {**asdict(self), "outcome": self.outcome.value, "steps": [asdict(step) for step in self.steps]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Ended:
        """The ending that `to_dict` wrote."""
        steps = tuple(StepTaken(**step) for step in data["steps"])
        return cls(**{**data, "outcome": Outcome(data["outcome"]), "facts": dict(data["facts"]), "steps": steps})


def _context_to_dict(context: Context) -> dict[str, Any]:
    return {**asdict(context), "csr_parts": sorted(context.csr_parts)}
