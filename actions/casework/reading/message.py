"""One message of a customer, as understood without context."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """A value found in the text, in canonical form; `mended` where look-alike characters were put right."""

    name: str
    value: str
    mended: bool = False


@dataclass(frozen=True)
class Message:
    """What came in. `choice` is the id of a chosen answer, or ""; `choices` are those on offer, as (id, title)."""

    text: str
    intent: str
    confidence: float = 1.0
    entities: tuple[Entity, ...] = ()
    language: str = ""
    language_confidence: float = 0.0
    choice: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()  # the likeliest intents, best first

    def all(self, name: str) -> list[str]:
        """Every value of an entity, in the order of the text."""
        return [entity.value for entity in self.entities if entity.name == name]

    def one(self, name: str) -> str:
        """The last value of an entity (a correction comes last), or ""."""
        return next(iter(reversed(self.all(name))), "")

    def mended(self, name: str) -> bool:
        """Whether the last value of an entity had look-alikes put right."""
        return next((entity.mended for entity in reversed(self.entities) if entity.name == name), False)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(self.text.split())
