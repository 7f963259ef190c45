"""One topic of the knowledge base, as it is written in YAML."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

Urgency: TypeAlias = Literal["normal", "high", "critical"]

Texts: TypeAlias = dict[str, str]
"""A text for each language, by its code; zh and en are always there."""


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A topic. Texts are given for each language; `steps` are a procedure, in order.

    `dept` is the desk that takes the topic over; `related` names other entries by id. Outside of
    its days (`2026-12-31`, both included) an entry is as if it were not there.
    """

    id: str
    dept: str
    urgency: Urgency
    title: Texts
    answer: Texts
    phrasings: dict[str, tuple[str, ...]]
    steps: tuple[Texts, ...] = ()
    related: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None
