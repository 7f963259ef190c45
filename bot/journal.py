"""The web channel's journal on Redis streams."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chat.channel import RetryLater

log = logging.getLogger(__name__)

ENTRIES_KEPT: Final = 5_000
KEYS_KEPT_SECONDS: Final = 7 * 24 * 3600

_CHANGES: Final = "kefu:web:changes"
_CARDS: Final = "kefu:web:cards"
_LISTEN_SECONDS: Final = 5.0

_APPEND: Final = """
local known = redis.call('GET', KEYS[2])
if known then return known end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'b', ARGV[1])
redis.call('SET', KEYS[2], id, 'EX', ARGV[3])
return id
"""
_ENTRY_ID = re.compile(r"\d{1,20}-\d{1,20}")


class RedisJournal:
    """See `adapters.web.journal.Journal`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._append = redis.register_script(_APPEND)

    async def append(self, channel: str, key: str, body: bytes) -> str:
        """See the protocol."""
        keys = [_stream(channel), f"kefu:{{web:{channel}}}:key:{key}"]
        try:
            entry: bytes = await self._append(
                keys=keys, args=[body, ENTRIES_KEPT, KEYS_KEPT_SECONDS]
            )
            await self._redis.publish(_CHANGES, channel)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return entry.decode()

    async def read(self, channel: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        """See the protocol."""
        try:
            rows: Any = await self._redis.xrange(
                _stream(channel), min=f"({after}" if after != "0" else "-", count=limit
            )
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return [(entry.decode(), fields[b"b"]) for entry, fields in rows]

    async def entry(self, channel: str, entry_id: str) -> bytes | None:
        """See the protocol."""
        if not _ENTRY_ID.fullmatch(entry_id):
            return None
        try:
            rows: Any = await self._redis.xrange(_stream(channel), min=entry_id, max=entry_id)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return rows[0][1][b"b"] if rows else None

    async def put_card(self, thread: str, body: bytes) -> None:
        """See the protocol."""
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.hset(_CARDS, thread, body)
                pipeline.publish(_CHANGES, "cards")
                await pipeline.execute()
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error

    async def cards(self) -> dict[str, bytes]:
        """See the protocol."""
        try:
            rows: Any = await self._redis.hgetall(_CARDS)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return {thread.decode(): body for thread, body in rows.items()}

    async def changes(self) -> AsyncIterator[str]:
        """See the protocol. After a lost connection everything is looked at again."""
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(_CHANGES)
                    yield "*"
                    while True:
                        message = await subscription.get_message(
                            ignore_subscribe_messages=True, timeout=_LISTEN_SECONDS
                        )
                        if message is not None:
                            yield message["data"].decode()
            except (RedisError, OSError) as error:
                log.warning("the web's change feed broke (%s); subscribing again", error)
                await asyncio.sleep(0.2)


def _stream(channel: str) -> str:
    return f"kefu:{{web:{channel}}}:entries"
