"""How a fake is told to fail."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions.ports import PortError, Unknown


@dataclass
class _Plan:
    error: PortError
    times: int | None  # None: until told otherwise
    after: bool  # the thing happens, and then the answer is lost


@dataclass
class Failing:
    """Base of the fakes. `calls` lists the names of the methods called, failed ones too."""

    calls: list[str] = field(default_factory=list, init=False)
    _plans: dict[str, _Plan] = field(default_factory=dict, init=False)

    def fail(self, method: str, error: PortError, times: int | None = None) -> None:
        """Let `method` ("*" for all) raise `error`, the next `times` times or for good.

        With Unknown the thing asked for happens first: the answer alone is lost.
        """
        self._plans[method] = _Plan(error, times, isinstance(error, Unknown))

    def heal(self) -> None:
        """Stop failing."""
        self._plans.clear()

    def _enter(self, method: str) -> None:
        """Count the call and fail it before it does anything, where planned."""
        self.calls.append(method)
        plan = self._plan(method)
        if plan is not None and not plan.after:
            self._raise(method, plan)

    def _leave(self, method: str) -> None:
        """Fail the call after all is done, where planned."""
        plan = self._plan(method)
        if plan is not None and plan.after:
            self._raise(method, plan)

    def _plan(self, method: str) -> _Plan | None:
        return self._plans.get(method) or self._plans.get("*")

    def _raise(self, method: str, plan: _Plan) -> None:
        if plan.times is not None:
            plan.times -= 1
            if plan.times == 0:
                self._plans.pop(method, None) or self._plans.pop("*", None)
        raise plan.error
