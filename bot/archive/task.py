"""What the program asks of the process that writes the archive, and what that answers."""

from __future__ import annotations

from msgspec import Struct

from bot.archive.fact import Fact, Limits


class Task(Struct, frozen=True):
    """Facts to write, and what is to be forgotten, if it is time for that."""

    facts: list[Fact]
    limits: Limits | None = None


class Done(Struct, frozen=True):
    """A task was done, or what stands in the way."""

    problem: str = ""
