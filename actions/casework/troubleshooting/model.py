"""What a troubleshooting script is, once read: steps, answers, and where each answer leads.

Scripts are data (`actions/casework/scripts/*.yml`, docs/scripts.md); `reader` makes these objects, `engine` walks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from actions.casework.facts import Component, Symptom

Fact = str | bool | int

#: Level of HP's own guide at which the customer stops (domain.md 3); beyond it only parts flagged `csr`.
HIGHEST_LEVEL = 9

#: Answers whose title is the same in every script (`answer_<id>`).
GENERIC_ANSWERS = ("fixed", "not_fixed", "yes", "no", "cannot", "file_sent")

CANNOT = "cannot"

#: The answer to a step that asks for a file: the front door gives it when one comes, nobody can click it.
FILE_SENT = "file_sent"

#: Title of `cannot` at such a step: nobody has to send a picture.
SKIP_TITLE = "answer_skip"

#: In a script's `when`: the machine's form is not known.
UNKNOWN_FORM = "unknown"


class Outcome(StrEnum):
    """How a script ends."""

    RESOLVED = "resolved"
    REPAIR = "repair"
    CSR = "csr"
    HUMAN = "human"
    SAFETY = "safety"
    SOFTWARE_ONLY = "software_only"
    CONNECTION_ONLY = "connection_only"
    NOT_HP_PART = "not_hp_part"


class Expects(StrEnum):
    """A value that a step asks for instead of, or beside, a choice."""

    FAILURE_ID = "failure_id"
    BLINK_CODE = "blink_code"
    BATTERY_CAPACITY_PCT = "battery_capacity_pct"
    TEXT = "text"
    FILE = "file"


class BlinkHandling(StrEnum):
    """What the assistant does about a blink code (domain.md 3.3): a `blink_code` step says where each leads."""

    WAIT = "wait"
    KEY_SEQUENCE = "key_sequence"
    RESEAT_MEMORY = "reseat_memory"
    UNPLUG = "unplug"
    HEAT = "heat"
    REPAIR = "repair"
    HUMAN = "human"


#: The one way on of a step that asks for a value which is not sorted into kinds.
ANY_VALUE = "any"


@dataclass(frozen=True)
class Context:
    """What is known when a script starts. Empty words and None mean unknown."""

    symptom: str = ""
    form_factor: str = ""
    csr_parts: frozenset[str] = frozenset()  # parts that HP lets the customer replace on this device
    willing: bool | None = None  # whether the customer handles such a part; asked inside a script where None


@dataclass(frozen=True)
class End:
    """The end of a script. Empty words leave it to the facts, the script's default or the outcome."""

    outcome: Outcome
    component: str = ""
    cause: str = ""
    diagnosis: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Target:
    """Where an answer leads: to a step or to an end, never both, and which facts it settles on the way."""

    step: str = ""
    end: End | None = None
    sets: Mapping[str, Fact] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True)
class Condition:
    """When a step is for this customer. Empty sets hold always; all parts must hold."""

    form_factors: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    csr: str = ""  # the device lets its owner handle this part, and the customer has not refused to

    def may_hold(self, context: Context) -> bool:
        """Whether the step is offered."""
        return (
            (not self.form_factors or (context.form_factor or UNKNOWN_FORM) in self.form_factors)
            and (not self.symptoms or context.symptom in self.symptoms)
            and (not self.csr or (self.csr in context.csr_parts and context.willing is not False))
        )


@dataclass(frozen=True)
class Step:
    """One instruction or question. `minutes` is how long it takes; `level` is the step of HP's guide (1–9)."""

    id: str
    level: int
    minutes: int
    source: str
    answers: Mapping[str, Target]
    expects: Expects | None = None
    values: Mapping[str, Target] = field(default_factory=dict)
    when: Condition = Condition()
    csr: str = ""  # the part that is handled: only where the device allows it and the customer said yes
    otherwise: Target | None = None
    shared: str = ""  # the instruction that several scripts give in the same words; "" for its own
    line: int = 0

    @property
    def cannot(self) -> Target:
        """Where "I can't" leads: its own way, else on as if the step had not helped."""
        return self.answers.get(CANNOT) or self.answers["not_fixed"]

    @property
    def choices(self) -> tuple[str, ...]:
        """Ids of the answers on offer, `cannot` always last."""
        return (*(answer for answer in self.answers if answer != CANNOT), CANNOT)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every way out of the step, the one for customers it is not meant for included."""
        ways = (*self.answers.values(), *self.values.values())
        return (*ways, self.otherwise) if self.otherwise else ways


@dataclass(frozen=True)
class Script:
    """A way through one kind of fault."""

    name: str
    symptoms: frozenset[Symptom]
    safety_screen: bool
    component: Component
    source: str
    steps: Mapping[str, Step]
    component_by_symptom: Mapping[str, Component] = field(default_factory=dict)
    on_failure_id: Target = Target(end=End(Outcome.REPAIR))
    path: Path = Path()

    @property
    def first(self) -> str:
        """Id of the step it begins with."""
        return next(iter(self.steps))

    def text_key(self, step: str) -> str:
        """Key of a step's instruction: its own, or the one it shares with other scripts."""
        shared = self.steps[step].shared
        return f"script_shared_{shared}" if shared else f"script_{self.name}_{step}"

    def why_key(self, step: str) -> str:
        """Key of the reason for a step, told when the customer asks why."""
        return f"{self.text_key(step)}_why"

    def title_key(self, step: str, answer: str) -> str:
        """Key of an answer's title."""
        if answer == CANNOT and self.steps[step].expects is Expects.FILE:
            return SKIP_TITLE
        return f"answer_{answer}" if answer in GENERIC_ANSWERS else f"script_{self.name}_{step}_{answer}"
