"""What the matcher says of a question."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chat.phrases import Lang

Decision: TypeAlias = Literal["answer", "suggest", "handover"]


class Candidate(Struct, frozen=True):
    """An entry and the share of belief in it, 0 to 1."""

    id: str
    score: float


class Match(Struct, frozen=True):
    """What to do with a question, and the entries that fit it, best first; none to hand over.

    `confidence` is the chance, 0 to 1, that the best entry is the right one.
    """

    decision: Decision
    lang: Lang
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0
