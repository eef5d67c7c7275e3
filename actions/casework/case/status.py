"""How a case may move from one status to another. The words are the contract's; the desk's enum carries the same."""

from __future__ import annotations

from collections.abc import Mapping

ALLOWED_MOVES: Mapping[str, frozenset[str]] = {
    "open": frozenset({"needs_human", "waiting_customer", "booked", "resolved_remotely", "closed", "cancelled"}),
    "needs_human": frozenset(
        {"open", "waiting_customer", "booked", "in_repair", "resolved_remotely", "closed", "cancelled"}
    ),
    "waiting_customer": frozenset({"open", "needs_human", "booked", "resolved_remotely", "closed", "cancelled"}),
    # A courier that can't or needn't come gives the case back: to the customer, to a person, to the bot.
    "booked": frozenset({"in_transit", "open", "needs_human", "waiting_customer", "resolved_remotely", "cancelled"}),
    "in_transit": frozenset({"in_repair", "needs_human", "returning"}),
    "in_repair": frozenset({"returning", "needs_human", "waiting_customer", "closed"}),
    "returning": frozenset({"closed", "needs_human"}),
    "resolved_remotely": frozenset({"open", "needs_human", "closed"}),  # the fault came back
    "closed": frozenset({"open", "needs_human"}),  # reopened (R42)
    "cancelled": frozenset({"open", "needs_human"}),
}
"""From each status, where a case may go. Staying where it is is always allowed."""

FINAL = frozenset({"resolved_remotely", "closed", "cancelled"})
"""Nothing more happens by itself."""


def may_move(before: str, after: str) -> bool:
    """Whether a case may go from `before` to `after`. KeyError for a word that is no status."""
    if after not in ALLOWED_MOVES:
        raise KeyError(after)
    return before == after or after in ALLOWED_MOVES[before]
