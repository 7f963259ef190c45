"""Opens the store that the configuration names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.store.embedded import EmbeddedServer
from bot.store.packing import PackingConnection, PackingUnixConnection

_CONNECTIONS: Final = 32
_TIMEOUT: Final = 10.0


@asynccontextmanager
async def open_redis(
    url: str, directory: Path, begun: EmbeddedServer | None = None
) -> AsyncIterator[Redis]:
    """A client of the embedded server (`embedded`) or of the server at a URL. An embedded server
    may have `begun` to start.

    The pool makes callers wait when all its connections are in use. Retries are left to the
    callers, who know what is safe to repeat. Raises AlreadyRunning for an embedded store in use.
    """
    retry = Retry(NoBackoff(), 0)
    if url == "embedded":
        async with begun or EmbeddedServer(directory) as server:
            pool = BlockingConnectionPool(
                max_connections=_CONNECTIONS,
                connection_class=PackingUnixConnection,
                path=str(server.socket),
                socket_timeout=_TIMEOUT,
                retry=retry,
            )
            async with Redis.from_pool(pool) as redis:
                yield redis
        return
    pool = BlockingConnectionPool.from_url(
        url,
        connection_class=PackingConnection,  # a rediss:// or unix:// address chooses its own
        max_connections=_CONNECTIONS,
        socket_timeout=_TIMEOUT,
        retry=retry,
    )
    async with Redis.from_pool(pool) as redis:
        yield redis
