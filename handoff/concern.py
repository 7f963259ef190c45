"""Whether what a customer wrote is reason for a person, and how urgent it makes their case."""

from __future__ import annotations

from typing import Final, Protocol

from msgspec import Struct

from chat.phrases import Lang
from handoff.mood import Kind, Mood, Vector
from handoff.priority import Priority
from handoff.temper import Temper, has_had_enough

_EVIDENCE_LENGTH: Final = 200


class Assessor(Protocol):
    """What hears the mood of a message; `handoff.mood.MoodModel` is one."""

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        """The mood of a text in a language; with the sentence encoder's vector it is heard
        better."""
        ...


class Concern(Struct, frozen=True):
    """Why a case should be seen to soon: a mood, or None where it gathered over several messages;
    `evidence` is the customer's own words."""

    kind: Kind | None
    priority: Priority
    evidence: str


def concern_of(mood: Mood, temper: Temper, text: str) -> Concern | None:
    """What a message gives reason for, None for an ordinary one. `temper` counts the message."""
    if mood.fires and mood.priority is not None:
        evidence = mood.evidence or text
        return Concern(mood.kind, mood.priority, evidence[:_EVIDENCE_LENGTH])
    if has_had_enough(temper):
        return Concern(None, "P3", text[:_EVIDENCE_LENGTH])
    return None


def may_be_danger(concern: Concern | None) -> bool:
    """Whether somebody's life may be in danger, though not surely enough to ring for everybody."""
    return concern is not None and concern.kind == "danger" and concern.priority != "P0"


def is_danger(concern: Concern | None) -> bool:
    """Whether somebody's life is taken to be in danger."""
    return concern is not None and concern.priority == "P0"
