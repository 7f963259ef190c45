"""What an adapter finds when it is asked to look at its platform before it is used."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True):
    """Something that stands in the way, and what to do about it, in plain words."""

    problem: str
    remedy: str
