"""The names under which state is kept. All keys of a conversation share one hash slot."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final

from msgspec import Struct

from chat.address import Address

PARTITIONS: Final = 16


def partition_of(conversation: str) -> int:
    """The partition of a conversation, the same for ever."""
    return zlib.crc32(conversation.encode()) % PARTITIONS


def _key(partition: int, rest: str) -> str:
    return f"kefu:{{p{partition:02d}}}:{rest}"


OUTBOXES: Final = tuple(_key(p, "outbox") for p in range(PARTITIONS))
TIMERS: Final = tuple(_key(p, "timers") for p in range(PARTITIONS))
QUEUES: Final = tuple(_key(p, "queue") for p in range(PARTITIONS))
RECORDS: Final = tuple(_key(p, "records") for p in range(PARTITIONS))


class ConversationKeys(Struct, frozen=True):
    """The keys of one conversation."""

    partition: int
    state: str
    story: str
    links: str
    seen_prefix: str


@lru_cache(maxsize=20_000)
def keys_of(conversation: str) -> ConversationKeys:
    """The keys of a conversation."""
    partition = partition_of(conversation)
    return ConversationKeys(
        partition=partition,
        state=_key(partition, f"conversation:{conversation}"),
        story=_key(partition, f"story:{conversation}"),
        links=_key(partition, f"links:{conversation}"),
        seen_prefix=_key(partition, "seen:"),
    )


def route(address: Address) -> str:
    """Where the conversation of a desk thread is kept."""
    return f"kefu:route:{address.key}"


def lease(name: str) -> str:
    """Where the holder of a lease is kept."""
    return f"kefu:lease:{name}"


def memory(name: str) -> str:
    """Where a channel's small durable fact is kept."""
    return f"kefu:memory:{name}"
