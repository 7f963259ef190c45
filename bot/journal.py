"""The web channel's journal on Redis streams."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from adapters.web.journal import Change
from chat.channel import RetryLater

log = logging.getLogger(__name__)

ENTRIES_KEPT: Final = 5_000
ENTRIES_KEPT_SECONDS: Final = 90 * 24 * 3600
KEYS_KEPT_SECONDS: Final = 7 * 24 * 3600
CARDS_OVER_KEPT: Final = 300

_CHANGES: Final = "kefu:web:changes"
_SLOT: Final = "kefu:{web:cards}"
_LISTEN_SECONDS: Final = 5.0
_AGAIN_SECONDS: Final = 0.2

# The change is published by the script, so that no crash can keep it from those who watch.
_APPEND: Final = """
local known = redis.call('GET', KEYS[2])
if known then return known end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'b', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('SET', KEYS[2], id, 'EX', ARGV[3])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return id
"""

_PUT_CARD: Final = """
if not redis.call('SET', KEYS[3], '1', 'NX', 'EX', ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if ARGV[4] == '1' then
  redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[1])
else
  redis.call('ZREM', KEYS[2], ARGV[1])
end
local extra = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[5])
if extra > 0 then
  local gone = redis.call('ZPOPMIN', KEYS[2], extra)
  for i = 1, #gone, 2 do redis.call('HDEL', KEYS[1], gone[i]) end
end
redis.call('PUBLISH', ARGV[6], 'cards')
return 1
"""


class RedisJournal:
    """See `adapters.web.journal.Journal`. A channel that nobody writes in for 90 days is
    forgotten."""

    def __init__(
        self,
        redis: Redis,
        *,
        entries_kept: int = ENTRIES_KEPT,
        cards_over_kept: int = CARDS_OVER_KEPT,
    ) -> None:
        self._redis = redis
        self._entries_kept = entries_kept
        self._cards_over_kept = cards_over_kept
        self._append = redis.register_script(_APPEND)
        self._put_card = redis.register_script(_PUT_CARD)

    async def append(self, channel: str, key: str, body: bytes) -> str:
        """See the protocol."""
        keys = [_stream(channel), f"kefu:{{web:{channel}}}:key:{key}"]
        args = [
            body,
            self._entries_kept,
            KEYS_KEPT_SECONDS,
            ENTRIES_KEPT_SECONDS,
            _CHANGES,
            channel,
        ]
        try:
            entry: bytes = await self._append(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return entry.decode()

    async def read(self, channel: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        """See the protocol."""
        start = "-" if after == "0" else f"({after}"
        try:
            rows: Any = await self._redis.xrange(_stream(channel), min=start, count=limit)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return [(entry.decode(), fields[b"b"]) for entry, fields in rows]

    async def put_card(self, thread: str, key: str, body: bytes, *, over: bool) -> None:
        """See the protocol."""
        keys = [_SLOT, f"{_SLOT}:over", f"{_SLOT}:key:{key}"]
        args = [thread, body, KEYS_KEPT_SECONDS, int(over), self._cards_over_kept, _CHANGES]
        try:
            await self._put_card(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error

    async def cards(self) -> dict[str, bytes]:
        """See the protocol."""
        try:
            rows: Any = await self._redis.hgetall(_SLOT)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error
        return {thread.decode(): body for thread, body in rows.items()}

    async def whisper(self, channel: str, body: bytes) -> None:
        """See the protocol."""
        try:
            await self._redis.publish(_CHANGES, channel.encode() + b"\0" + body)
        except (RedisError, OSError) as error:
            raise RetryLater(str(error)) from error

    async def changes(self) -> AsyncIterator[Change]:
        """See the protocol. After a lost connection everything is looked at again."""
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(_CHANGES)
                    async for change in _heard(subscription):
                        yield change
            except (RedisError, OSError) as error:
                log.warning("the web's change feed broke (%s); subscribing again", error)
                await asyncio.sleep(_AGAIN_SECONDS)


async def _heard(subscription: PubSub) -> AsyncIterator[Change]:
    """What is published. Raises ConnectionError when the server does not answer any more."""
    asked = False
    while True:
        message: Any = await subscription.get_message(timeout=_LISTEN_SECONDS)
        if message is None:
            if asked:
                raise ConnectionError("no answer to a ping")
            await subscription.ping()
            asked = True
            continue
        asked = False
        match message["type"]:
            case "subscribe":
                # Only now is nothing missed any more; what came before must be looked for.
                yield Change("*")
            case "message":
                channel, nul, whisper = message["data"].partition(b"\0")
                yield Change(channel.decode(), whisper if nul else None)


def _stream(channel: str) -> str:
    return f"kefu:{{web:{channel}}}:entries"
