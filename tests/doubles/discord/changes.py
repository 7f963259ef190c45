"""Waiting for the world to change, without looking again and again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Counts the world's changes and wakes whoever waits for the next one."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Say that something changed; callable from plain, synchronous code."""
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def after(self, version: int) -> None:
        """Wait until the world is newer than this version."""
        while self.version <= version:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)

    async def until(self, predicate: Callable[[], T]) -> T:
        """Wait until something holds; returns what the predicate returned.

        What is not there yet (a LookupError) does not hold yet.
        """
        while True:
            version = self.version
            try:
                held = predicate()
            except LookupError:
                held = None
            if held:
                return held
            await self.after(version)
