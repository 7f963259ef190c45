"""How upset a customer has been over the last turns: one number that fades."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

HALF_LIFE_TURNS: Final = 3.0
HALF_LIFE_SECONDS: Final = 900.0
CALM_BELOW: Final = 0.6
"""A message with a lower score adds nothing: many calm ones must not add up to anger. Chosen with
`TOO_MUCH` on cross-validated scores of training lines: of six calm messages in a row, nine in ten
of them ordinary, at most one conversation in a hundred gathers enough."""
TOO_MUCH: Final = 1.2
"""Where what has gathered is enough for a person, though no single message was: about three in a
row that are each rather upset than not."""


class Temper(Struct, frozen=True, omit_defaults=True):
    """`level` as it stood after the turn at `at`, in seconds since the epoch."""

    level: float = 0.0
    at: float = 0.0


def after_turn(temper: Temper, score: float, at: float) -> Temper:
    """The temper after one more message, whose mood scored 0 to 1.

    What was there halves every `HALF_LIFE_TURNS` messages and every `HALF_LIFE_SECONDS`.
    """
    level = temper.level
    if level:
        elapsed = max(0.0, at - temper.at)
        level *= 0.5 ** (1 / HALF_LIFE_TURNS + elapsed / HALF_LIFE_SECONDS)
    if score >= CALM_BELOW:
        level += score
    return Temper(round(level, 3), at)


def has_had_enough(temper: Temper) -> bool:
    """Whether what has gathered is reason enough for a person."""
    return temper.level >= TOO_MUCH
