"""What is found, and what is known from the messages before."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from chat.message import SecretKind

GRAVE: Final[frozenset[SecretKind]] = frozenset({"seed", "private_key"})
"""Whoever has one of these has the funds, for good."""


class Finding(Struct, frozen=True, gc=False):
    """A secret at `text[start:end]`, counted in code points."""

    kind: SecretKind
    start: int
    end: int


class Context(Struct, frozen=True, gc=False):
    """What a sender's earlier messages say about the next one: counts and kinds, no words.

    `words` counts rare seed words that came in messages of nothing but seed words, each once;
    `marks` has one of 64 bits set for each of the first few, in no order, by which a word said
    again is known. `keys_at` is when the last message announced a key or seed phrase without giving it; `awaited` is what the last message announced
    without giving it ("my password is:"). Times in seconds since the epoch.
    """

    words: int = 0
    marks: int = 0
    words_at: float = 0.0
    keys_at: float = 0.0
    awaited: SecretKind | None = None
    awaited_at: float = 0.0


NOTHING_KNOWN: Final = Context()
