"""How unlikely slips of the finger are, in nats: the negative logarithm of a probability."""

from __future__ import annotations

from typing import Final

from faq.keyboard import is_beside

_SLIP: Final = 5.0
"""About one word in 150 has a certain slip."""
_SECOND: Final = 1.0
"""What a second slip costs more than the first."""
_FAR_KEY: Final = 2.5
"""A letter for one that is not beside it."""
_PUT_IN: Final = 1.5
"""A letter too many that is not the one before it."""
_AT_BEGINNING: Final = 1.0
"""The first letter, which people seldom get wrong."""
_IN_TWO_LETTERS: Final = 1.0
"""What is left has two letters, and so hardly tells what it was."""


def unlikelihood(typed: str, meant: str, slips: int) -> float:
    """How unlikely it is that a word was typed so, where another was meant that is so many slips
    away (as in optimal string alignment). What fingers do costs least: two letters exchanged, one
    left out, typed twice or taken for the one beside it."""
    if slips > 1:
        return slips * _SLIP + _SECOND
    cost = _SLIP
    place = _first_difference(typed, meant)
    if len(typed) == len(meant):
        if sorted(typed) == sorted(meant):
            return cost
        if not is_beside(typed[place], meant[place]):
            cost += _FAR_KEY
    elif len(typed) > len(meant):
        if place and typed[place] == typed[place - 1]:
            return cost
        cost += _PUT_IN
    elif len(typed) == 2:
        cost += _IN_TWO_LETTERS
    return cost if place else cost + _AT_BEGINNING


def _first_difference(one: str, other: str) -> int:
    both = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))
