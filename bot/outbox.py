"""Delivers what was decided: in order for each destination, at least once, with patience."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, assert_never

from msgspec import Struct

from bot.dialog.conversation import State
from bot.store.commands import StoreUnavailable
from bot.store.keys import PARTITIONS
from bot.store.store import Entry, Link, Store
from bot.tasks import end
from chat.actions import (
    CloseThread,
    Delete,
    Delivery,
    Edit,
    MarkInternal,
    OpenThread,
    Reason,
    ReopenThread,
    Send,
    ShowTyping,
    UpdateCard,
)
from chat.address import Address
from chat.channel import (
    AlbumChannel,
    Channel,
    EditChannel,
    MarkChannel,
    Receipt,
    RetryLater,
    Sink,
    ThreadChannel,
    TypingChannel,
    Undeliverable,
)
from chat.events import DeliveryFailed, DeliveryUncertain, Event, ThreadFailed, ThreadOpened
from chat.message import MessageRef

log = logging.getLogger(__name__)

_ALBUM_WAIT: Final = 0.4
_ALBUM_MOST: Final = 10
_READ_SECONDS: Final = 1.0
_IN_FLIGHT_MOST: Final = 5_000
_FAULTS_MOST: Final = 8
_STOP_SECONDS: Final = 5.0
EARLIEST: Final = b"0"


class Patience(Struct, frozen=True):
    """How retries are spaced. Seconds; `give_up` counts from the first try."""

    first: float = 0.5
    factor: float = 2.0
    most: float = 60.0
    give_up: float = 24 * 3600.0

    def pause(self, attempt: int, jitter: float) -> float:
        """The pause after a failed attempt (from 1), with full jitter in [0.5, 1) of the step.

        Source: AWS Architecture Blog, 'Exponential Backoff And Jitter' (2015).
        """
        step = min(self.most, self.first * self.factor ** min(attempt - 1, 30))
        return step * (0.5 + jitter / 2)


class Lane:
    """Deliveries for one destination, in order. A dead lane's thread is gone for good."""

    __slots__ = ("dead", "task", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[Entry] = deque()
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
    ) -> None:
        self._store = store
        self._sink = sink
        self._channels = channels
        self._clock = clock
        self._random = random
        self._patience = patience or Patience()
        self._lanes: dict[str, Lane] = {}
        self._finished: dict[int, tuple[list[bytes], list[Link]]] = {}
        self._finishing: asyncio.Task[None] | None = None
        self._unwritten: dict[tuple[str, MessageRef, str, str], str] = {}
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
                inherited = inherited and bool(entries)
                while self._in_flight > _IN_FLIGHT_MOST:
                    self._drained.clear()
                    await self._drained.wait()
        finally:
            await self._stop()

    async def _stop(self) -> None:
        tasks = [lane.task for lane in self._lanes.values() if lane.task]
        tasks += list(self._typing)
        await end(tasks)
        if self._finishing:
            # What is not noted as done is delivered again after the next start.
            await asyncio.wait({self._finishing}, timeout=_STOP_SECONDS)
            await end([self._finishing] if self._finishing else [])

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
        self._in_flight += 1
        if lane.task is None:
            lane.task = asyncio.create_task(self._deliver_all(name, lane, inherited=inherited))

    async def _deliver_all(self, name: str, lane: Lane, *, inherited: bool) -> None:
        try:
            while lane.waiting:
                group = await self._next_group(lane)
                await self._deliver(lane, group, ambiguous=inherited)
                for _ in group:
                    lane.waiting.popleft()
                self._in_flight -= len(group)
                self._drained.set()
                inherited = inherited and bool(lane.waiting)
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

    async def _deliver(self, lane: Lane, group: list[Entry], *, ambiguous: bool) -> None:
        entry = group[0]
        began = self._clock()
        attempt = faults = 0
        while True:
            attempt += 1
            try:
                if lane.dead and not isinstance(entry.action, OpenThread):
                    raise Undeliverable("thread_gone")
                links = await self._carry_out(group)
            except RetryLater as later:
                ambiguous = ambiguous or later.ambiguous
                pause = self._patience.pause(attempt, self._random.random())
                pause = max(pause, later.after or 0.0)
                log.info("%s: %s; trying again in %.1f s", entry.action.id, later, pause)
            except StoreUnavailable as error:
                pause = self._patience.pause(attempt, self._random.random())
                log.warning("%s: store unavailable (%s)", entry.action.id, error)
            except Undeliverable as never:
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
                if ambiguous and links and not self._channel(entry.action).deduplicates:
                    for done in group:
                        await self._report_doubt(done)
                self._finish(group, links)
                return
            if self._clock() - began + pause > self._patience.give_up:
                await self._fail(group, "expired")
                self._finish(group, [])
                return
            await asyncio.sleep(pause)

    # ── one delivery ─────────────────────────────────────────────────────────────────────────

    def _channel(self, action: Delivery) -> Channel:
        channel = self._channels.get(platform_of(action))
        if channel is None:
            raise Undeliverable("unsupported", f"no channel for {platform_of(action)}")
        return channel

    async def _carry_out(self, group: list[Entry]) -> list[Link]:
        """Do it. Raises RetryLater, Undeliverable or StoreUnavailable."""
        entry = group[0]
        action, conversation = entry.action, entry.conversation
        channel = self._channel(action)
        match action:
            case Send():
                return await self._send(channel, group, action)
            case OpenThread():
                await self._open(channel, action)
            case Edit() | Delete():
                await self._change(channel, conversation, action)
            case MarkInternal():
                if isinstance(channel, MarkChannel):
                    await channel.mark_internal(action)
            case UpdateCard() | CloseThread() | ReopenThread():
                await self._tend(channel, action)
            case _:
                assert_never(action)
        return []

    async def _send(self, channel: Channel, group: list[Entry], action: Send) -> list[Link]:
        conversation = group[0].conversation
        if action.only_in:
            state, _ = await self._store.ownership(conversation)
            if state not in action.only_in:
                log.info("%s: not sent, the conversation is with %s now", action.id, state)
                return []
        reply_to = None
        if action.reply_to is not None:
            reply_to = await self._counterpart(conversation, action.reply_to, action.to)
        if len(group) > 1 and isinstance(channel, AlbumChannel):
            sends = [entry.action for entry in group if isinstance(entry.action, Send)]
            receipt = await channel.send_album(sends, reply_to)
            return [
                link
                for send, message_id in zip(sends, receipt.message_ids, strict=False)
                for link in _links(conversation, send, Receipt((message_id,)))
            ]
        return _links(conversation, action, await channel.send(action, reply_to))

    async def _open(self, channel: Channel, action: OpenThread) -> None:
        conversation, _ = await self._store.load(action.conversation)
        ticket = conversation.ticket if conversation else None
        if conversation is None or ticket is None or ticket.id != action.card.ticket:
            return
        if conversation.state is not State.OPENING:
            # Done before, but perhaps not to the end.
            if ticket.thread is not None:
                await self._store.set_route(ticket.thread, action.conversation)
            return
        if not isinstance(channel, ThreadChannel):
            raise Undeliverable("unsupported", f"{channel.name} has no threads")
        opened = await channel.open_thread(action)
        await self._sink.submit(
            ThreadOpened(
                id=f"{action.id}/opened",
                at=self._clock(),
                conversation=action.conversation,
                ticket=action.card.ticket,
                thread=opened.thread,
                card_message=opened.card_message,
            )
        )
        # The route comes after: who finds it finds a case that knows its thread.
        await self._store.set_route(opened.thread, action.conversation)

    async def _counterpart(self, conversation: str, ref: MessageRef, at: Address) -> str | None:
        """See Store; what was delivered a moment ago may not be written down yet."""
        fresh = self._unwritten.get((conversation, ref, at.platform, at.channel))
        return fresh or await self._store.counterpart(conversation, ref, at)

    async def _change(self, channel: Channel, conversation: str, action: Edit | Delete) -> None:
        if not isinstance(channel, EditChannel):
            raise Undeliverable("unsupported", f"{channel.name} cannot edit")
        there = await self._counterpart(conversation, action.target, action.to)
        if there is None:
            raise Undeliverable("not_found", "the message was never delivered")
        if isinstance(action, Edit):
            await channel.edit(action, there)
        else:
            await channel.delete(action, there)

    async def _tend(
        self, channel: Channel, action: UpdateCard | CloseThread | ReopenThread
    ) -> None:
        if not isinstance(channel, ThreadChannel):
            raise Undeliverable("unsupported", f"{channel.name} has no threads")
        match action:
            case UpdateCard():
                await channel.update_card(action)
            case CloseThread():
                await channel.close_thread(action)
            case ReopenThread():
                await channel.reopen_thread(action)

    # ── afterwards ───────────────────────────────────────────────────────────────────────────

    async def _fail(self, group: list[Entry], reason: Reason) -> None:
        """Tell the conversation, so that the other side is told."""
        for entry in group:
            action = entry.action
            event: Event
            match action:
                case Send() | Edit() | Delete() | UpdateCard():
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
        """Forget the entries and keep the links, together with whatever else just finished."""
        partition = group[0].partition
        ids, kept = self._finished.setdefault(partition, ([], []))
        ids += (entry.id for entry in group)
        kept += links
        self._unwritten.update(_by_source(link) for link in links)
        if self._finishing is None:
            self._finishing = asyncio.create_task(self._write_finished())

    async def _write_finished(self) -> None:
        try:
            while self._finished:
                finished, self._finished = self._finished, {}
                await asyncio.gather(
                    *(self._forget(p, ids, links) for p, (ids, links) in finished.items())
                )
        finally:
            self._finishing = None

    async def _forget(self, partition: int, ids: list[bytes], links: list[Link]) -> None:
        attempt = 0
        while True:
            try:
                await self._store.outbox_done(partition, ids, links)
                for link in links:
                    self._unwritten.pop(_by_source(link)[0], None)
                return
            except StoreUnavailable as error:
                attempt += 1
                log.warning("cannot mark deliveries as done (%s)", error)
                await asyncio.sleep(self._patience.pause(attempt, self._random.random()))


def lane_of(conversation: str, action: Delivery) -> str:
    """The lane of an action: what must stay in order shares one."""
    if isinstance(action, OpenThread):
        return action.instead_of.key if action.instead_of else f"open {conversation}"
    return action.to.key


def platform_of(action: Delivery) -> str:
    """The platform on which an action is carried out."""
    return action.desk.platform if isinstance(action, OpenThread) else action.to.platform


def _links(conversation: str, action: Send, receipt: Receipt) -> list[Link]:
    """A long message has several copies: all lead back to it, the first one stands for it."""
    if action.mirrors is None:
        return []
    return [
        Link(conversation, action.mirrors, MessageRef(action.to.platform, action.to.channel, copy))
        for copy in reversed(receipt.message_ids)
    ]


def _by_source(link: Link) -> tuple[tuple[str, MessageRef, str, str], str]:
    copy = link.copy
    return (link.conversation, link.source, copy.platform, copy.channel), copy.id


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except (RetryLater, Undeliverable) as error:
        log.debug("typing not shown: %s", error)
