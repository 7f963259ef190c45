"""How urgent a case is, and what that means for its place in the queue."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Priority: TypeAlias = Literal["P0", "P1", "P2", "P3"]
"""P0: a life in danger. P1: legal or media threats, abuse, theft under way. P2: anger, complaint,
sarcasm. P3: anxiety, distress. A case without one is an ordinary question."""

_AHEAD: Final = {"P0": 2e10, "P1": 1e10}
"""Seconds by which a case counts as older; more than any clock will show before 2286."""


def more_urgent(one: Priority | None, other: Priority | None) -> bool:
    """Whether `one` must be seen to before `other`; nothing is less urgent than no priority."""
    return one is not None and (other is None or one < other)


def most_urgent(one: Priority | None, other: Priority | None) -> Priority | None:
    """The more urgent of two."""
    return one if more_urgent(one, other) else other


def queue_score(priority: Priority | None, opened_at: float) -> float:
    """The queue is sorted by this: P0 first, then P1, then whoever came first.

    `opened_at` is in seconds since the epoch; so is the score of ordinary cases.
    """
    return opened_at - _AHEAD.get(priority or "", 0.0)
