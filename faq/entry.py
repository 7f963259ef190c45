"""One topic of the knowledge base, as it is written in YAML."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chat.phrases import Lang

Urgency: TypeAlias = Literal["normal", "high", "critical"]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A topic. Texts are given for each language; `steps` are a procedure, in order.

    `dept` is the desk that takes the topic over; `related` names other entries by id.
    """

    id: str
    dept: str
    urgency: Urgency
    title: dict[Lang, str]
    answer: dict[Lang, str]
    phrasings: dict[Lang, tuple[str, ...]]
    steps: tuple[dict[Lang, str], ...] = ()
    related: tuple[str, ...] = ()
