"""Round trips to the server, each with as many commands as are ready."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

from hiredis import pack_command
from redis.asyncio import Redis
from redis.exceptions import RedisError


class Trips(Protocol):
    """What carries commands to the server."""

    async def together(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The answer to each command, an error among them where the server refused one.

        Raises RedisError or OSError; then it is unknown which commands had their effect.
        """


class PooledTrips:
    """Trips on connections of a client's pool, which are kept between two trips.

    redis-py's own pipelines watch each answer's time apart and count connections as they come and
    go, which takes several times as long as the commands do. Here a trip has one time limit, and
    the parser is asked for its answers one after the other.
    """

    def __init__(self, redis: Redis) -> None:
        self._pool: Any = redis.connection_pool
        self._meanings: Any = redis.response_callbacks
        self._idle: list[Any] = []
        self._wanting = 0

    async def together(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `Trips.together`."""
        packed = b"".join([pack_command(command) for command in commands])
        connection = self._idle.pop() if self._idle else await self._from_pool()
        try:
            await _made_ready(connection)
            async with asyncio.timeout(connection.socket_timeout):
                connection._writer.write(packed)
                await connection._writer.drain()
                read = connection._parser.read_response
                answers = [await read() for _ in commands]
        except BaseException:
            # Answers may still come, and are nobody's.
            await connection.disconnect(nowait=True)
            await self._pool.release(connection)
            raise
        if self._wanting:
            await self._pool.release(connection)
        else:
            self._idle.append(connection)
        return [
            self._meaning(command[0], answer)
            for command, answer in zip(commands, answers, strict=True)
        ]

    async def _from_pool(self) -> Any:
        self._wanting += 1
        try:
            return await self._pool.get_connection()
        finally:
            self._wanting -= 1

    def _meaning(self, name: str, answer: Any) -> Any:
        """An answer as redis-py would give it."""
        if name == "EVALSHA" or isinstance(answer, RedisError):
            return answer
        meaning = self._meanings.get(name)
        return meaning(answer) if meaning else answer


async def _made_ready(connection: Any) -> None:
    """Connect anew where the server went away since."""
    with suppress(RedisError, OSError):
        if connection.is_connected and not await connection.can_read():
            return
    await connection.disconnect()
    await connection.connect()
