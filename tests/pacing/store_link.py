"""The store's way to a real Valkey, in virtual time: a command takes none."""

from __future__ import annotations

import asyncio
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

    async def execute_command(self, *command: Any) -> Any:
        """See redis-py. `BLOCK` waits in virtual time."""
        if command[0] == "XREAD":
            return await self._read(command)
        answer = self.execute(*command)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def pipeline(self, transaction: bool = True) -> Pipeline:
        """See redis-py."""
        assert not transaction
        return Pipeline(self)

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


class Pipeline:
    """Commands that travel together."""

    def __init__(self, link: StoreLink) -> None:
        self._link = link
        self._commands: list[tuple[Any, ...]] = []

    def execute_command(self, *command: Any) -> None:
        """See redis-py."""
        self._commands.append(command)

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        """See redis-py."""
        assert not raise_on_error
        return [
            _streams(answer) if command[0] == "XREAD" else answer
            for command in self._commands
            for answer in [self._link.execute(*command)]
        ]


def _streams(found: Any) -> Any:
    """Streams in the form in which redis-py gives them."""
    return [
        (name, [(entry, dict(zip(flat[::2], flat[1::2], strict=True))) for entry, flat in entries])
        for name, entries in found or ()
    ]
