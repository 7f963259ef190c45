"""Conversations, timers, queue, outbox, links and routes, over `Commands`.

Every method raises StoreUnavailable when the server cannot be reached.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import msgspec
from msgspec import Raw, Struct, structs

from bot.dialog.conversation import Conversation, Decision, State
from bot.store import keys
from bot.store.commands import Commands
from bot.store.story_change import change_of
from chat.actions import CancelTimer, Delivery, Record, SetTimer, ShowTyping
from chat.address import Address
from chat.events import Event, TimerFired
from chat.message import MessageRef
from handoff.ticket import Story, place_of

Outcome: TypeAlias = Literal["OK", "DUP", "STALE"]

_DAY = 24 * 3600
SEEN_SECONDS = 2 * _DAY
LINK_SECONDS = 60 * _DAY
OUTBOX_READ = 500
"""Entries of one partition that are read at most at a time."""

_conversation_decoder = msgspec.json.Decoder(Conversation)
_delivery_decoder: msgspec.json.Decoder[Delivery] = msgspec.json.Decoder(Delivery)
_record_decoder = msgspec.json.Decoder(Record)
_encode = msgspec.json.Encoder().encode


class Entry(Struct, frozen=True, gc=False):
    """One delivery in the outbox. Its id begins with the milliseconds at which it was put there."""

    partition: int
    id: bytes
    conversation: str
    action: Delivery

    @property
    def committed_at(self) -> float:
        """When it was decided, in seconds since the epoch by the server's clock."""
        return int(self.id.partition(b"-")[0]) / 1000


class Noted(Struct, frozen=True, gc=False):
    """One record in the stream of a partition, and whose conversation it tells of."""

    partition: int
    id: bytes
    conversation: str
    record: Record


class Link(Struct, frozen=True, gc=False):
    """Two messages that are the same one, on two platforms."""

    conversation: str
    source: MessageRef
    copy: MessageRef


class DueTimer(Struct, frozen=True, gc=False):
    """A timer whose time has come. `at` is when it was due."""

    conversation: str
    name: str
    at: float


class Store:
    """See the module."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    # ── conversations ────────────────────────────────────────────────────────────────────────

    async def load(self, conversation: str) -> tuple[Conversation | None, int]:
        """The conversation and its version; (None, 0) when there is none yet."""
        own = keys.keys_of(conversation)
        version, body, lines = await self._commands.call("EVALSHA", "load", 2, own.state, own.story)
        if version is None:
            return None, 0
        found = _conversation_decoder.decode(body)
        if lines:
            found = structs.replace(found, story=tuple(map(Raw, lines)))
        return found, int(version)

    async def commit(
        self, event: Event, version: int, decision: Decision, story: Story | None = None
    ) -> Outcome:
        """Make a decision durable in one step.

        OK: done. DUP: this event was committed before, or is a timer that does not stand any
        more; nothing was done. STALE: the conversation
        is not at `version` any more, nothing was done. `story` is the one that was loaded at this
        version: of it only what changes is written.
        """
        result = await self._commit(event, version, decision, story)
        if result == b"WHOLE":
            result = await self._commit(event, version, decision, None)
        match result:
            case b"OK":
                return "OK"
            case b"DUP":
                return "DUP"
            case _:
                return "STALE"

    async def _commit(
        self, event: Event, version: int, decision: Decision, story: Story | None
    ) -> bytes:
        conversation = decision.conversation
        own = keys.keys_of(conversation.id)
        deliveries: list[bytes] = []
        timers: list[str] = []
        records: list[bytes] = []
        if isinstance(event, TimerFired):
            timers += (event.name, f"={event.due!r}")
        for action in decision.actions:
            match action:
                case SetTimer():
                    timers += (action.name, repr(action.at))
                case CancelTimer():
                    timers += (action.name, "")
                case Record():
                    records.append(_encode(action))
                case ShowTyping():
                    pass
                case _:
                    deliveries.append(_encode(action))
        ticket = conversation.ticket
        waiting = conversation.state in (State.OPENING, State.WAITING) and ticket is not None
        # A person keeps the case while its thread is opened again.
        owner = State.HUMAN if ticket and ticket.agent else conversation.state
        change = change_of(story, conversation.story)
        partition = own.partition
        result: bytes = await self._commands.call(
            "EVALSHA",
            "commit",
            7,
            own.state,
            own.seen_prefix + event.id,
            keys.OUTBOXES[partition],
            keys.TIMERS[partition],
            keys.QUEUES[partition],
            keys.RECORDS[partition],
            own.story,
            version,
            SEEN_SECONDS,
            _encode(structs.replace(conversation, story=())),
            owner.value,
            ticket.id if ticket else "",
            conversation.id,
            repr(place_of(ticket)) if ticket and waiting and ticket.agent is None else "",
            "" if change.kept_of is None else change.kept_of,
            change.dropped,
            len(deliveries),
            *deliveries,
            len(timers) // 2,
            *timers,
            len(records),
            *records,
            len(change.lines),
            *map(bytes, change.lines),
        )
        return result

    async def ownership(self, conversation: str) -> tuple[str, str]:
        """The state and ticket id as they now are; checked just before something is sent."""
        state, ticket = await self._commands.call(
            "HMGET", keys.keys_of(conversation).state, "s", "t"
        )
        return (state or b"bot").decode(), (ticket or b"").decode()

    async def ahead(self, place: float) -> int:
        """How many cases wait before a place in the queue (`handoff.priority.queue_score`)."""
        until = f"({place!r}"
        counts = await asyncio.gather(
            *(self._commands.call("ZCOUNT", queue, "-inf", until) for queue in keys.QUEUES)
        )
        return sum(counts)

    # ── timers ───────────────────────────────────────────────────────────────────────────────

    async def due_timers(self, partition: int, now: float) -> list[DueTimer]:
        """Timers of a partition that are due, earliest first, at most 100."""
        rows = await self._commands.call(
            "ZRANGE", keys.TIMERS[partition], "-inf", repr(now), "BYSCORE", "LIMIT", 0, 100,
            "WITHSCORES",
        )  # fmt: skip
        due = []
        for member, score in _pairs(rows):
            conversation, _, name = bytes(member).decode().rpartition("\n")
            due.append(DueTimer(conversation, name, float(score)))
        return due

    # ── outbox ───────────────────────────────────────────────────────────────────────────────

    async def read_outbox(self, after: dict[int, bytes], seconds: float) -> list[Entry]:
        """Entries after the given ids (partition -> id), in order; waits up to `seconds`."""
        partitions = list(after)
        found = await self._commands.wait(
            "XREAD",
            "COUNT",
            OUTBOX_READ,
            "STREAMS",
            *(keys.OUTBOXES[p] for p in partitions),
            *(after[p] for p in partitions),
            seconds=seconds,
        )
        if not found:
            return []
        rows = found.items() if isinstance(found, dict) else found
        entries = []
        for stream, items in rows:
            partition = keys.OUTBOXES.index(bytes(stream).decode())
            for item_id, fields in items:
                entries.append(
                    Entry(
                        partition,
                        item_id,
                        fields[b"c"].decode(),
                        _delivery_decoder.decode(fields[b"a"]),
                    )
                )
        return entries

    async def outbox_done(
        self, partition: int, ids: Sequence[bytes], links: Sequence[Link]
    ) -> None:
        """Forget delivered entries of a partition and remember their links, in one step."""
        pairs: list[str] = []
        link_keys: list[str] = []
        for link in links:
            key = keys.keys_of(link.conversation).links
            link_keys += (key, key)
            pairs += (_copy_field(link.source, link.copy), link.copy.id)
            pairs += (_source_field(link.copy), link.source.key)
        await self._commands.call(
            "EVALSHA",
            "done",
            1 + len(link_keys),
            keys.OUTBOXES[partition],
            *link_keys,
            LINK_SECONDS,
            len(link_keys),
            *pairs,
            *ids,
        )

    async def counterpart(self, conversation: str, ref: MessageRef, at: Address) -> str | None:
        """The id, at an address, of the message that is the same as `ref`; None if unknown."""
        if (ref.platform, ref.channel) == (at.platform, at.channel):
            return ref.id
        there = f"{at.platform}:{at.channel}"
        links = keys.keys_of(conversation).links
        copy, source = await self._commands.call(
            "HMGET", links, f"c {there} {ref.key}", f"s {ref.key}"
        )
        if copy is not None:
            return str(bytes(copy).decode())
        if source is not None:
            place, _, message_id = bytes(source).decode().rpartition("#")
            if place == there:
                return message_id
        return None

    # ── records ──────────────────────────────────────────────────────────────────────────────

    async def oldest_records(self, most: int) -> list[Noted]:
        """The records that were not forgotten, the oldest first, at most so many of a partition."""
        found = await asyncio.gather(
            *(self._commands.call("XRANGE", key, "-", "+", "COUNT", most) for key in keys.RECORDS)
        )
        return [
            Noted(
                partition,
                entry,
                fields.get(b"c", b"").decode(),
                _record_decoder.decode(fields[b"r"]),
            )
            for partition, entries in enumerate(found)
            for entry, fields in entries
        ]

    async def forget_records(self, records: Iterable[Noted]) -> None:
        """Take records out of their streams: they are kept elsewhere now."""
        ids: dict[int, list[bytes]] = {}
        for noted in records:
            ids.setdefault(noted.partition, []).append(noted.id)
        await asyncio.gather(
            *(self._commands.call("XDEL", keys.RECORDS[p], *gone) for p, gone in ids.items())
        )

    # ── routes, leases, memory ───────────────────────────────────────────────────────────────

    async def set_route(self, thread: Address, conversation: str) -> None:
        """Remember whose case a desk thread is."""
        await self._commands.call("SET", keys.route(thread), conversation)

    async def find_route(self, thread: Address) -> str | None:
        """Whose case a desk thread is; None if nobody's."""
        found = await self._commands.call("GET", keys.route(thread))
        return None if found is None else bytes(found).decode()

    async def hold_lease(self, name: str, owner: str, seconds: float) -> bool:
        """Take or renew a lease, or release it (0 seconds); whether it is held afterwards."""
        held = await self._commands.call(
            "EVALSHA", "lease", 1, keys.lease(name), owner, int(seconds * 1000)
        )
        return bool(held)

    async def get(self, key: str) -> str | None:
        """A channel's small durable fact (`chat.channel.Memory`)."""
        found = await self._commands.call("GET", keys.memory(key))
        return None if found is None else bytes(found).decode()

    async def put(self, key: str, value: str) -> None:
        """Remember a small fact for good (`chat.channel.Memory`)."""
        await self._commands.call("SET", keys.memory(key), value)


def _copy_field(source: MessageRef, copy: MessageRef) -> str:
    return f"c {copy.platform}:{copy.channel} {source.key}"


def _source_field(copy: MessageRef) -> str:
    return f"s {copy.key}"


def _pairs(rows: Iterable[object]) -> list[tuple[bytes, float]]:
    """ZRANGE WITHSCORES as pairs, from either protocol version's flat or nested form."""
    flat: list[object] = []
    for row in rows:
        flat.extend(row) if isinstance(row, (list, tuple)) else flat.append(row)
    return [(flat[i], float(flat[i + 1])) for i in range(0, len(flat), 2)]  # type: ignore[misc,arg-type]
