"""One platform seen from one of its two sides, as every test of the contract needs it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from chat.actions import Card, OpenThread, Reason
from chat.address import Address
from chat.channel import OpenedThread
from chat.fidelity import Fidelity
from tests.adapters.fakes import RecordingSink, Shelf
from tests.pairs.sides import Customer

Side: TypeAlias = Literal["customer", "desk"]
Fault: TypeAlias = Literal["before_commit", "commit_then_drop", "rate_limited"]

CARD = Card(ticket="KAAAAAA", status="waiting", title="KAAAAAA · Wang", lines=("Status: waiting",))


class Shown(Struct, frozen=True):
    """A message of ours as its readers see it; `pings` are those whom it calls."""

    id: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()
    pings: tuple[str, ...] = ()


class Place(ABC):
    """A customer's conversation, or the thread of a case, with somebody who writes there.

    `ends_with`: why nothing can be said there once `end` was called. `nowhere` is a place that
    does not exist. `splits`: a long text takes several messages.
    """

    fidelity: Fidelity
    splits = True
    ends_with: Reason | None
    nowhere: Address | None
    largest_upload: int | None
    largest_download: int
    longest_wait: float | None
    """Seconds that the platform may ask for, and we pass on; None: it never asks."""

    channel: Any
    sink: RecordingSink
    shelf: Shelf
    at: Address
    person: Customer
    who: str
    """The key of the person."""
    calls: str
    """What calls the person when a person writes it."""
    opened: OpenedThread

    def __init__(self, side: Side) -> None:
        self.side = side

    async def open(self, desk: Address) -> None:
        """Open the thread of a case."""
        self.opened = await self.channel.open_thread(self.opening(desk))

    def opening(self, desk: Address) -> OpenThread:
        return OpenThread("opening/0", desk, "web:v1", CARD)

    @abstractmethod
    async def start(self) -> None:
        """Let the channel listen, and wait until it does."""

    @abstractmethod
    async def stop(self) -> None:
        """End listening, and close what the channel holds."""

    @abstractmethod
    async def restart(self) -> None:
        """Begin again with a new channel."""

    @abstractmethod
    async def say_told_twice(self, text: str) -> None:
        """The person says something, and the platform tells it twice."""

    @abstractmethod
    async def send_vast(self) -> bool:
        """The person sends a file that is larger than what we hold in memory; whether the platform
        takes it."""

    @abstractmethod
    async def type(self) -> None:
        """The person begins to write, where the platform tells that."""

    @abstractmethod
    async def typing_shown(self) -> int:
        """How often we showed that somebody writes."""

    @abstractmethod
    async def shown(self) -> list[Shown]:
        """What we said and did not take back, oldest first, without cards."""

    @abstractmethod
    async def card_says(self, words: str) -> bool:
        """Whether the case's card says so now."""

    @abstractmethod
    def strike(self, fault: Fault) -> None:
        """Let the next message of ours meet a fault."""

    @abstractmethod
    async def end(self) -> None:
        """See `ends_with`."""

    @abstractmethod
    def violations(self) -> list[Any]:
        """What of all this broke the platform's own description."""


class StagedPlace(Place):
    """A place at a platform's double."""

    def __init__(self, stage: Any, side: Side) -> None:
        super().__init__(side)
        self.stage = stage
        self.double = stage.double
        self.sink, self.shelf, self.channel = stage.sink, stage.shelf, stage.channel
        self.ends_with = "blocked" if side == "customer" else "thread_gone"

    async def start(self) -> None:
        await self.stage.start()
        self.channel = self.stage.channel

    async def stop(self) -> None:
        await self.stage.stop()
        await self.channel.close()

    async def restart(self) -> None:
        await self.stage.restart()
        self.channel = self.stage.channel

    def violations(self) -> list[Any]:
        return [*self.double.violations, *getattr(self.double, "unknown", [])]


@contextmanager
def vast(shelf: Shelf, ref: str, size: int) -> Iterator[None]:
    """A file elsewhere that turns out to be that large, without the memory for it."""

    class Vast(bytes):
        def __len__(self) -> int:
            return size

    shelf.files[ref] = Vast(b"x")
    yield
    del shelf.files[ref]
