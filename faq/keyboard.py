"""Which letters are side by side on a keyboard."""

from __future__ import annotations

from typing import Final

ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_PLACE: Final = {
    key: (column + row / 2, row) for row, keys in enumerate(ROWS) for column, key in enumerate(keys)
}


def is_beside(one: str, other: str) -> bool:
    """Whether two small letters are neighbours, in a row or across two."""
    if one not in _PLACE or other not in _PLACE:
        return False
    across, down = _PLACE[one][0] - _PLACE[other][0], _PLACE[one][1] - _PLACE[other][1]
    return abs(down) <= 1 and abs(across) <= 1 and one != other
