"""A lane for each destination: what goes there goes in order, and is tried until it arrives."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from itertools import islice
from typing import Final

from bot.lease import Lease
from bot.outbox.batching import may_share, together
from bot.outbox.carrier import Carrier, platform_of
from bot.outbox.finished import Finished
from bot.outbox.patience import Patience
from bot.store.commands import StoreUnavailable
from bot.store.keys import PARTITIONS
from bot.store.store import OUTBOX_READ, Entry, Link, Store
from bot.tasks import end
from chat.actions import (
    Delete,
    Delivery,
    Edit,
    LinkAddresses,
    OpenThread,
    React,
    Reason,
    Send,
    ShowTyping,
    UpdateCard,
)
from chat.channel import (
    AlbumChannel,
    BatchChannel,
    Channel,
    RetryLater,
    Sink,
    TypingChannel,
    Undeliverable,
)
from chat.events import DeliveryFailed, DeliveryUncertain, Event, ThreadFailed

log = logging.getLogger(__name__)

_ALBUM_WAIT: Final = 0.4
_ALBUM_MOST: Final = 10
_READ_SECONDS: Final = 1.0
_IN_FLIGHT_MOST: Final = 5_000
_FAULTS_MOST: Final = 8
# Refusals that may be of one message alone, where several were to be shown together.
_ONE_ALONE: Final = ("too_large", "invalid", "not_found", "unsupported")
EARLIEST: Final = b"0"


class Lane:
    """Deliveries for one destination, in order; the first `inherited` of them stood in the outbox
    before this program read it. A dead lane's thread is gone for good."""

    __slots__ = ("dead", "inherited", "task", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[Entry] = deque()
        self.inherited = 0
        self.task: asyncio.Task[None] | None = None
        self.dead = False


class Outbox:
    """Reads the outbox of every partition and hands each entry to its channel."""

    def __init__(
        self,
        store: Store,
        sink: Sink,
        channels: Mapping[str, Channel],
        *,
        clock: Callable[[], float],
        random: random.Random,
        patience: Patience | None = None,
        lease: Lease | None = None,
    ) -> None:
        """With a `lease`, nothing goes out while another process may have it."""
        self._store = store
        self._sink = sink
        self._channels = channels
        # Asked of every message, and what a channel can do stays as it is.
        self._batching = {
            name: channel for name, channel in channels.items() if isinstance(channel, BatchChannel)
        }
        self._clock = clock
        self._random = random
        self._patience = patience or Patience()
        self._lease = lease
        self._lanes: dict[str, Lane] = {}
        self._finished = Finished(store, lambda n: self._patience.pause(n, self._random.random()))
        self._carrier = Carrier(store, sink, channels, self._finished, clock)
        self._dead: set[str] = set()
        self._in_flight = 0
        self._drained = asyncio.Event()
        self._typing: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled. What stood in the outbox before goes first."""
        self._lanes, self._in_flight = {}, 0
        after = dict.fromkeys(range(PARTITIONS), EARLIEST)
        inherited = True
        wait = self._patience.first
        try:
            while True:
                seconds = 0.0 if inherited else _READ_SECONDS
                try:
                    entries = await self._store.read_outbox(after, seconds)
                    wait = self._patience.first
                except StoreUnavailable as error:
                    log.warning("cannot read the outbox (%s); trying again in %.1f s", error, wait)
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, 5.0)
                    continue
                for entry in entries:
                    after[entry.partition] = entry.id
                    self._enqueue(entry, inherited=inherited)
                if inherited:
                    # Once every partition was read to its end, all that follows is new.
                    counts = Counter(entry.partition for entry in entries)
                    inherited = any(count >= OUTBOX_READ for count in counts.values())
                while self._in_flight > _IN_FLIGHT_MOST:
                    self._drained.clear()
                    await self._drained.wait()
        finally:
            await self._stop()

    async def _stop(self) -> None:
        tasks = [lane.task for lane in self._lanes.values() if lane.task]
        tasks += list(self._typing)
        await end(tasks)
        await self._finished.close()

    def show_typing(self, action: ShowTyping) -> None:
        """Show typing now or never."""
        channel = self._channels.get(action.to.platform)
        if isinstance(channel, TypingChannel):
            task = asyncio.create_task(_quietly(channel.show_typing(action)))
            self._typing.add(task)
            task.add_done_callback(self._typing.discard)

    # ── lanes ────────────────────────────────────────────────────────────────────────────────

    def _enqueue(self, entry: Entry, *, inherited: bool) -> None:
        name = lane_of(entry.conversation, entry.action)
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = Lane()
            lane.dead = name in self._dead
        lane.waiting.append(entry)
        lane.inherited += inherited
        self._in_flight += 1
        if lane.task is None:
            lane.task = asyncio.create_task(self._deliver_all(name, lane))

    async def _deliver_all(self, name: str, lane: Lane) -> None:
        try:
            while lane.waiting:
                group = await self._next_group(lane)
                await self._deliver(lane, group, ambiguous=lane.inherited > 0)
                for _ in group:
                    lane.waiting.popleft()
                lane.inherited = max(0, lane.inherited - len(group))
                self._in_flight -= len(group)
                self._drained.set()
        finally:
            lane.task = None
            if lane.dead:
                self._dead.add(name)
            if not lane.waiting:
                self._lanes.pop(name, None)

    async def _next_group(self, lane: Lane) -> list[Entry]:
        """The next entry, or the whole album that starts with it, as far as it is there."""
        first = lane.waiting[0]
        album = first.action.album if isinstance(first.action, Send) else None
        batching = self._batching.get(platform_of(first.action))
        if batching is not None and may_share(first.action):
            return await self._next_batch(lane, batching)
        channel = self._channels.get(platform_of(first.action))
        if album is None or not isinstance(channel, AlbumChannel):
            return [first]
        await asyncio.sleep(_ALBUM_WAIT)
        group = []
        for entry in lane.waiting:
            same = isinstance(entry.action, Send) and entry.action.album == album
            if not same or len(group) == _ALBUM_MOST:
                break
            group.append(entry)
        return group

    async def _next_batch(self, lane: Lane, channel: BatchChannel) -> list[Entry]:
        """What waits together when the platform lets us speak."""
        action = lane.waiting[0].action
        assert isinstance(action, Send)  # noqa: S101 - `may_share` said so
        most = channel.batch_most(action.to)
        if not most:
            return [lane.waiting[0]]
        await channel.turn(action.to)
        shared = together((entry.action for entry in lane.waiting), most)
        return list(islice(lane.waiting, len(shared)))

    async def _deliver(self, lane: Lane, group: list[Entry], *, ambiguous: bool) -> None:
        entry = group[0]
        began = self._clock()
        attempt = faults = 0
        while True:
            attempt += 1
            if self._lease is not None:
                await self._lease.held()
            try:
                if lane.dead and not isinstance(entry.action, OpenThread):
                    raise Undeliverable("thread_gone")
                links = await self._carrier.carry_out(group, again=ambiguous)
            except RetryLater as later:
                ambiguous = ambiguous or later.ambiguous
                pause = self._patience.pause(attempt, self._random.random())
                pause = max(pause, later.after or 0.0)
                log.info("%s: %s; trying again in %.1f s", entry.action.id, later, pause)
            except StoreUnavailable as error:
                pause = self._patience.pause(attempt, self._random.random())
                log.warning("%s: store unavailable (%s)", entry.action.id, error)
            except Undeliverable as never:
                if len(group) > 1 and never.reason in _ONE_ALONE:
                    # One of them is to blame, and the others need not suffer for it.
                    for one in group:
                        await self._deliver(lane, [one], ambiguous=ambiguous)
                    return
                if never.reason == "thread_gone":
                    lane.dead = True
                await self._fail(group, never.reason)
                self._finish(group, [])
                return
            except Exception:
                faults += 1
                log.exception("%s: the channel failed", entry.action.id)
                if faults == _FAULTS_MOST:
                    await self._fail(group, "invalid")
                    self._finish(group, [])
                    return
                pause = self._patience.pause(attempt, self._random.random())
            else:
                if ambiguous and links and not self._carrier.channel(entry.action).deduplicates:
                    for done in group:
                        await self._report_doubt(done)
                self._finish(group, links)
                return
            if self._clock() - began + pause > self._patience.give_up:
                await self._fail(group, "expired")
                self._finish(group, [])
                return
            await asyncio.sleep(pause)

    # ── afterwards ───────────────────────────────────────────────────────────────────────────

    async def _fail(self, group: list[Entry], reason: Reason) -> None:
        """Tell the conversation, so that the other side is told."""
        for entry in group:
            action = entry.action
            event: Event
            match action:
                case Send() | Edit() | Delete() | React() | UpdateCard():
                    event = DeliveryFailed(
                        id=f"{action.id}/failed",
                        at=self._clock(),
                        conversation=entry.conversation,
                        action=action,
                        reason=reason,
                    )
                case OpenThread():
                    event = ThreadFailed(
                        id=f"{action.id}/failed",
                        at=self._clock(),
                        conversation=entry.conversation,
                        ticket=action.card.ticket,
                        reason=reason,
                    )
                case _:
                    log.warning("%s: given up (%s)", action.id, reason)
                    continue
            await self._sink.submit(event)

    async def _report_doubt(self, entry: Entry) -> None:
        if isinstance(entry.action, Send):
            await self._sink.submit(
                DeliveryUncertain(
                    id=f"{entry.action.id}/uncertain",
                    at=self._clock(),
                    conversation=entry.conversation,
                    action=entry.action,
                )
            )

    def _finish(self, group: list[Entry], links: list[Link]) -> None:
        self._finished.add(group[0].partition, [entry.id for entry in group], links)


def lane_of(conversation: str, action: Delivery) -> str:
    """The lane of an action: what must stay in order shares one."""
    if isinstance(action, OpenThread):
        return action.instead_of.key if action.instead_of else f"open {conversation}"
    if isinstance(action, LinkAddresses):
        # Nothing is said there, so it waits for nothing that is.
        return f"link {action.to.key}"
    return action.to.key


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except (RetryLater, Undeliverable) as error:
        log.debug("typing not shown: %s", error)
