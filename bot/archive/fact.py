"""A fact on its way into the archive."""

from __future__ import annotations

from typing import Final, TypeAlias

from msgspec import Struct

Datum: TypeAlias = str | int | float | None

COLUMNS: Final = ("ticket", "agent", "topic", "lang", "question", "answer")
"""Data that have a column of their own; the others stay together."""

_DAY: Final = 24 * 3600.0


class Fact(Struct, frozen=True):
    """A record (`chat.actions.Record`) and the conversation it tells of. No two have one `id`."""

    id: str
    at: float
    kind: str
    conversation: str
    data: dict[str, Datum]


class Keeping(Struct, frozen=True):
    """For how many days facts are kept, and what people wrote in them."""

    days: int = 365
    texts_days: int = 90


class Limits(Struct, frozen=True):
    """Facts before `facts` go, and of those before `texts` what people wrote; in seconds since
    the epoch."""

    facts: float
    texts: float


def limits(keeping: Keeping, now: float) -> Limits:
    """What goes at a moment."""
    return Limits(now - keeping.days * _DAY, now - keeping.texts_days * _DAY)


def row(fact: Fact) -> dict[str, object]:
    """A fact as a row of the table. PostgreSQL knows no NUL in a text."""
    data = {name: _storable(value) for name, value in fact.data.items()}
    return {
        "id": fact.id,
        "at": fact.at,
        "kind": fact.kind,
        "conversation": fact.conversation,
        "platform": fact.conversation.partition(":")[0],
        **{name: data.pop(name, None) for name in COLUMNS},
        "data": data,
    }


def _storable(value: Datum) -> Datum:
    return value.replace("\0", "") if isinstance(value, str) else value
