"""How commands reach the server: all that are ready together travel in one round trip."""

from __future__ import annotations

import asyncio
from collections import deque
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, cast

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from bot.store.trips import PooledTrips, Trips

SCRIPTS: Final[dict[str, str]] = {
    path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.lua")
}
_BATCH: Final = 16
_FEW: Final = 8
_SENDERS: Final = 8
_Waiting: TypeAlias = tuple[tuple[Any, ...], asyncio.Future[Any]]


class StoreUnavailable(Exception):
    """The server cannot be reached. Whether the command had its effect is unknown."""


class Commands(Protocol):
    """The two ways in which the store talks to a server."""

    async def call(self, *command: Any) -> Any:
        """One command; `EVALSHA` takes a script's name from `SCRIPTS` for its digest.

        Raises StoreUnavailable.
        """

    async def wait(self, *command: Any, seconds: float) -> Any:
        """A read that may take up to `seconds` until there is something; None if there is not.

        Raises StoreUnavailable.
        """


class GroupedCommands:
    """Sends what is ready together as one pipeline.

    While one batch is under way the next gathers, so a lone command is never delayed and many
    share the round trip (group commit). A full batch does not wait for those under way: it takes
    a connection of its own, and the server, which reads little of each connection in turn,
    brings the writes of all of them to disk at once.
    """

    def __init__(self, redis: Redis, trips: Trips | None = None) -> None:
        self._redis: Any = redis  # its command methods are untyped
        self._trips = trips or PooledTrips(redis)
        self._digests: dict[str, str] = {}
        self._ready: deque[_Waiting] = deque()
        self._reads: deque[_Waiting] = deque()
        self._latest = 0
        self._senders: set[asyncio.Task[None]] = set()
        self.round_trips = 0

    async def call(self, *command: Any) -> Any:
        """See `Commands.call`."""
        return await self._send_with(self._ready, command)

    async def wait(self, *command: Any, seconds: float) -> Any:
        """See `Commands.wait`.

        A read that blocks has a connection of its own, and wakes at the first write. Where many
        write together it goes along with them instead, last, and brings back all at once.
        """
        while self._latest > _FEW:
            if found := await self._send_with(self._reads, command):
                return found
        self.round_trips += 1
        name, *rest = command
        block = ("BLOCK", int(seconds * 1000)) if seconds > 0 else ()
        try:
            (found,) = await self._trips.together([(name, *block, *rest)])
        except (RedisError, OSError) as error:
            raise StoreUnavailable(str(error)) from error
        if isinstance(found, RedisError):
            raise StoreUnavailable(str(found)) from found
        return found

    async def _send_with(self, others: deque[_Waiting], command: tuple[Any, ...]) -> Any:
        result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        others.append((command, result))
        full = len(self._ready) >= _BATCH * max(1, len(self._senders))
        if not self._senders or (full and len(self._senders) < _SENDERS):
            self._senders.add(asyncio.create_task(self._send_all()))
        return await result

    async def _send_all(self) -> None:
        try:
            await self._send_while_ready()
        finally:
            # At once, not by a callback in the next turn: who comes in between needs a new sender.
            self._senders.discard(cast(asyncio.Task[None], asyncio.current_task()))

    async def _send_while_ready(self) -> None:
        await asyncio.sleep(0)  # what else becomes ready in this turn of the loop goes along
        while self._ready or self._reads:
            batch = [self._ready.popleft() for _ in range(min(len(self._ready), _BATCH))]
            batch += self._reads
            self._reads.clear()
            self._latest = len(batch)
            try:
                results = await self._send([command for command, _ in batch])
            except (RedisError, OSError) as error:
                results = [error] * len(batch)
            for (_, future), result in zip(batch, results, strict=True):
                if future.done():
                    continue
                if isinstance(result, (RedisError, OSError)):
                    future.set_exception(StoreUnavailable(str(result)))
                else:
                    future.set_result(result)

    async def _send(self, commands: list[tuple[Any, ...]]) -> list[Any]:
        if not self._digests:
            await self._load_scripts()
        results = await self._pipeline(commands)
        forgotten = [i for i, result in enumerate(results) if isinstance(result, NoScriptError)]
        if forgotten:
            await self._load_scripts()
            again = await self._pipeline([commands[i] for i in forgotten])
            for i, result in zip(forgotten, again, strict=True):
                results[i] = result
        return results

    async def _pipeline(self, commands: list[tuple[Any, ...]]) -> list[Any]:
        self.round_trips += 1
        return await self._trips.together([self._named(command) for command in commands])

    def _named(self, command: tuple[Any, ...]) -> tuple[Any, ...]:
        if command[0] == "EVALSHA":
            return ("EVALSHA", self._digests[command[1]], *command[2:])
        return command

    async def _load_scripts(self) -> None:
        self._digests = {
            name: (await self._redis.script_load(text)) for name, text in SCRIPTS.items()
        }
