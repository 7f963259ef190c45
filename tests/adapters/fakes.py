"""What stands in for the rest of Kefu in these tests."""

import asyncio
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from bot.redaction import Redaction
from chat.channel import Undeliverable
from chat.events import Event
from chat.message import Attachment, Message

T = TypeVar("T")


class RecordingSink:
    """Keeps what is submitted; holds every submission back while it is closed."""

    def __init__(self) -> None:
        self.submitted: list[Event] = []
        self.begun: list[Event] = []
        self.hints: list[Event] = []
        self.failing: list[Exception] = []
        self._open = asyncio.Event()
        self._open.set()
        self._rung = asyncio.Condition()

    def hold(self) -> None:
        """Let no submission return until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def submit(self, event: Event) -> None:
        self.begun.append(event)
        await self._ring()
        await self._open.wait()
        if self.failing:
            raise self.failing.pop(0)
        self.submitted.append(event)
        await self._ring()

    async def hint(self, event: Event) -> None:
        self.hints.append(event)
        await self._ring()

    @cached_property
    def _redaction(self) -> Redaction:
        return Redaction()

    def redact(self, message: Message) -> Message:
        return self._redaction.message(message)

    def redact_text(self, text: str) -> str:
        return self._redaction.text(text)

    async def _ring(self) -> None:
        async with self._rung:
            self._rung.notify_all()

    async def until(self, predicate: Callable[[], T]) -> T:
        """Wait until something holds of what was heard; what is not there yet does not hold."""

        def holds() -> T | None:
            try:
                return predicate()
            except LookupError:
                return None

        async with asyncio.timeout(10), self._rung:
            held = await self._rung.wait_for(holds)
        assert held is not None
        return held

    async def next(self, count: int = 1) -> list[Event]:
        """The events so far, once there are this many."""
        await self.until(lambda: len(self.submitted) >= count)
        return self.submitted

    def of(self, kind: type[T]) -> list[T]:
        return [event for event in self.submitted if isinstance(event, kind)]


class DictMemory:
    """Remembers as long as the test lasts, so also over a restart of the channel."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.failing_gets: list[Exception] = []
        self.failing_puts: list[Exception] = []

    async def get(self, key: str) -> str | None:
        if self.failing_gets:
            raise self.failing_gets.pop(0)
        return self.facts.get(key)

    async def put(self, key: str, value: str) -> None:
        if self.failing_puts:
            raise self.failing_puts.pop(0)
        self.facts[key] = value


class Shelf:
    """Files that lie on other platforms, by their `ref`."""

    def __init__(self, files: Iterable[tuple[str, bytes]] = ()) -> None:
        self.files = dict(files)

    async def read(self, attachment: Attachment) -> bytes:
        try:
            return self.files[attachment.ref]
        except KeyError:
            raise Undeliverable("not_found", attachment.ref) from None
