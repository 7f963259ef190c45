"""The store's way to a real Valkey, in virtual time: a command takes none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.store.keys import OUTBOXES
from tests.scenarios.simulation.server import Connection


class StoreLink:
    """The part of `redis.asyncio.Redis` that `GroupedCommands` uses."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._written = asyncio.Event()
        connection.execute("FLUSHALL")

    async def script_load(self, text: str) -> str:
        """See redis-py."""
        return str(bytes(self._connection.execute("SCRIPT", "LOAD", text)).decode())

    async def together(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `bot.store.trips.Trips`."""
        return [
            await self._read(command) if command[0] == "XREAD" else self.execute(*command)
            for command in commands
        ]

    def execute(self, *command: Any) -> Any:
        """Carry a command out now."""
        answer = self._connection.execute(*command)
        if command[0] == "EVALSHA":
            self._written.set()
        return answer

    def undelivered(self) -> int:
        """How many deliveries the outbox holds."""
        return sum(int(self._connection.execute("XLEN", stream)) for stream in OUTBOXES)

    async def _read(self, command: tuple[Any, ...]) -> Any:
        seconds = 0.0
        if command[1] == "BLOCK":
            seconds, command = command[2] / 1000, ("XREAD", *command[3:])
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while True:
            self._written.clear()
            found = _streams(self.execute(*command))
            if found or loop.time() >= until:
                return found
            try:
                await asyncio.wait_for(self._written.wait(), until - loop.time())
            except TimeoutError:
                return None


def _streams(found: Any) -> Any:
    """Streams in the form in which redis-py gives them."""
    return [
        (name, [(entry, dict(zip(flat[::2], flat[1::2], strict=True))) for entry, flat in entries])
        for name, entries in found or ()
    ]
