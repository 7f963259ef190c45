"""How unlikely slips of the finger are, in nats: the negative logarithm of a probability."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from faq.keyboard import is_beside

_SLIP: Final = 5.0
"""About one word in 150 has a certain slip."""
_SECOND: Final = -1.0
"""What two slips cost more than each by itself: who makes one is in a hurry."""
_FAR_KEY: Final = 2.5
"""A letter for one that is not beside it."""
_PUT_IN: Final = 1.5
"""A letter too many that is not the one before it."""
_AT_BEGINNING: Final = 1.0
"""The first letter, which people seldom get wrong."""
_IN_TWO_LETTERS: Final = 1.0
"""What is left has two letters, and so hardly tells what it was."""


def at_least(slips: int) -> float:
    """How unlikely so many slips are at least."""
    return slips * _SLIP + (_SECOND if slips > 1 else 0.0)


@lru_cache(1024)
def unlikelihood(typed: str, meant: str) -> float:
    """How unlikely it is that a word was typed so, where another was meant: the least that slips
    cost by which the one becomes the other, no letter of which is typed wrong twice (optimal string
    alignment, with costs). What fingers do costs least: two letters exchanged, one left out, typed
    twice or taken for the one beside it."""
    earlier: list[float] = []
    last = [0.0]
    for at in range(len(meant)):
        last.append(last[at] + _left_out(at))
    for at, char in enumerate(typed):
        row = [last[0] + _put_in(typed, at)]
        for place, other in enumerate(meant):
            cost = min(last[place + 1] + _put_in(typed, at), row[place] + _left_out(place))
            cost = min(cost, last[place] + _taken_for(char, other, at))
            if at and place and char == meant[place - 1] and typed[at - 1] == other:
                cost = min(cost, earlier[place - 1] + _SLIP)
            row.append(cost)
        earlier, last = last, row
    cost = last[-1]
    if cost >= 2 * _SLIP:
        cost += _SECOND
    return cost + _IN_TWO_LETTERS if len(typed) == 2 else cost


def _left_out(at: int) -> float:
    return _SLIP if at else _SLIP + _AT_BEGINNING


def _put_in(typed: str, at: int) -> float:
    if not at:
        return _SLIP + _PUT_IN + _AT_BEGINNING
    return _SLIP if typed[at] == typed[at - 1] else _SLIP + _PUT_IN


def _taken_for(typed: str, meant: str, at: int) -> float:
    if typed == meant:
        return 0.0
    cost = _SLIP if is_beside(typed, meant) else _SLIP + _FAR_KEY
    return cost if at else cost + _AT_BEGINNING
