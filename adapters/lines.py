"""Lines in which people stand: who came first goes first, each in their own line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Line:
    __slots__ = ("lock", "waiting")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


class Lines:
    """Lines by name; one that nobody stands in takes no room."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    def __contains__(self, name: str) -> bool:
        """Whether somebody stands in this line."""
        return name in self._lines

    @asynccontextmanager
    async def first_in(self, name: str) -> AsyncIterator[None]:
        """Wait until all who came before have gone, and keep the others waiting meanwhile."""
        line = self._lines.setdefault(name, _Line())
        line.waiting += 1
        try:
            async with line.lock:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[name]
