"""What a platform can carry, as its adapter declares it; docs/fidelity.md is made of this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

Feature: TypeAlias = Literal[
    "text",
    "formatting",
    "long text",
    "replies",
    "edits",
    "deletes",
    "photos",
    "files",
    "voice",
    "video",
    "stickers",
    "locations",
    "contacts",
    "polls",
    "albums",
    "captions",
    "reactions",
    "typing",
    "read marks",
    "buttons",
]
Level: TypeAlias = Literal[
    "native",  # as what it is
    "other",  # as something else that holds the same: a file, a picture, separate messages
    "text",  # in words
    "note",  # not shown, but whoever would believe that it was is told
    "none",  # the platform has nothing of the kind, or tells us nothing of it
]
FEATURES: tuple[Feature, ...] = get_args(Feature)


class Fidelity(Struct, frozen=True):
    """What we hear of a platform's people, and what we can show them."""

    hears: Mapping[Feature, Level]
    shows: Mapping[Feature, Level]


def carried(feature: Feature, source: Fidelity, target: Fidelity) -> Level:
    """How a feature gets from one platform to another."""
    heard = source.hears[feature]
    if heard == "native":
        return target.shows[feature]
    return heard


def levels(**changed: Level) -> dict[Feature, Level]:
    """Every feature `native` but those that are named; a name's underscore is a blank."""
    named = {name.replace("_", " "): level for name, level in changed.items()}
    if unknown := set(named) - set(FEATURES):
        raise ValueError(f"no such features: {sorted(unknown)}")
    return {feature: named.get(feature, "native") for feature in FEATURES}
