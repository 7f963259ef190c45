"""What a decision changes about a conversation's story, so that its old lines are not written anew
with every message."""

from __future__ import annotations

from typing import Final

from msgspec import Raw, Struct

from handoff.ticket import Story

_DROPPED_MOST: Final = 8
"""Lines that one event may push out of a story; where more are gone it is written whole."""


class StoryChange(Struct, frozen=True, gc=False):
    """`lines` follow what stands in the store, less the `dropped` first of its `kept_of` lines.
    `kept_of` None: they take its place."""

    kept_of: int | None
    dropped: int
    lines: tuple[Raw, ...]


def change_of(before: Story | None, after: Story) -> StoryChange:
    """What makes one story of another; None is one that is not known."""
    if before is not None and after is before:
        return StoryChange(len(before), 0, ())
    if before and after:
        for dropped in range(min(len(before), _DROPPED_MOST + 1)):
            kept = len(before) - dropped
            if after[:kept] == before[dropped:]:
                return StoryChange(len(before), dropped, after[kept:])
    return StoryChange(None, 0, after)
