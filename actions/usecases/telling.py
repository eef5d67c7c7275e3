"""Who tells the customer how a booking attempt ended: the turn that waits for it, or the workflow. Never both.

Both write the same mark on the case; the one that writes it first tells. It also shows in the case's history.
"""

from __future__ import annotations

from typing import Any, Literal

Teller = Literal["turn", "workflow"]


def told_mark(attempt: int) -> str:
    """The one mark of an attempt."""
    return f"told:{attempt}"


def told(attempt: int, by: Teller) -> dict[str, Any]:
    """Data of the `told` event."""
    return {"by": by, "attempt": attempt}
