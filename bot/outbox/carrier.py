"""Carries one delivery out on its channel."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import assert_never

from bot.dialog.conversation import State
from bot.outbox.batching import may_share, merged
from bot.outbox.finished import Finished
from bot.store.store import Entry, Link, Store
from chat.actions import (
    CloseThread,
    Delete,
    Delivery,
    Edit,
    LinkAddresses,
    MarkInternal,
    OpenThread,
    React,
    ReopenThread,
    Send,
    UpdateCard,
    is_erasure,
)
from chat.channel import (
    AlbumChannel,
    Channel,
    EditChannel,
    EraseChannel,
    MarkChannel,
    ReactionChannel,
    Receipt,
    SearchChannel,
    Sink,
    ThreadChannel,
    Undeliverable,
)
from chat.events import AddressesLinked, LinkRefused, ThreadOpened
from chat.message import MessageRef

log = logging.getLogger(__name__)


class Carrier:
    """Knows the channels, and which message is which on the other side."""

    def __init__(
        self,
        store: Store,
        sink: Sink,
        channels: Mapping[str, Channel],
        finished: Finished,
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._sink = sink
        self._channels = channels
        self._finished = finished
        self._clock = clock

    def channel(self, action: Delivery) -> Channel:
        channel = self._channels.get(platform_of(action))
        if channel is None:
            raise Undeliverable("unsupported", f"no channel for {platform_of(action)}")
        return channel

    async def carry_out(self, group: list[Entry], *, again: bool) -> list[Link]:
        """Do it; `again`: it may have been done before. The links are of what it showed.

        Raises RetryLater, Undeliverable or StoreUnavailable.
        """
        entry = group[0]
        action, conversation = entry.action, entry.conversation
        if isinstance(action, LinkAddresses):
            await self._link(conversation, action)
            return []
        channel = self.channel(action)
        match action:
            case Send():
                return await self._send(channel, group, action, again=again)
            case OpenThread():
                await self._open(channel, action)
            case Edit() | Delete():
                await self._change(channel, conversation, action)
            case React():
                await self._react(channel, conversation, action)
            case MarkInternal():
                if isinstance(channel, MarkChannel):
                    await channel.mark_internal(action)
            case UpdateCard() | CloseThread() | ReopenThread():
                await self._tend(channel, action)
            case _:
                assert_never(action)
        return []

    async def _send(
        self, channel: Channel, group: list[Entry], action: Send, *, again: bool
    ) -> list[Link]:
        conversation = group[0].conversation
        if action.only_in:
            state, _ = await self._store.ownership(conversation)
            if state not in action.only_in:
                log.info("%s: not sent, the conversation is with %s now", action.id, state)
                return []
        reply_to = None
        if action.reply_to is not None:
            reply_to = await self._finished.counterpart(conversation, action.reply_to, action.to)
        sends = [entry.action for entry in group if isinstance(entry.action, Send)]
        if len(group) > 1 and all(may_share(send) for send in sends):
            receipt = await channel.send(merged(sends), None)
            return [link for send in sends for link in _links(conversation, send, receipt)]
        if len(group) > 1 and isinstance(channel, AlbumChannel):
            receipt = await channel.send_album(sends, reply_to)
            return [
                link
                for send, message_id in zip(sends, receipt.message_ids, strict=False)
                for link in _links(conversation, send, Receipt((message_id,)))
            ]
        if again and isinstance(channel, SearchChannel):
            shown = await channel.find(action, group[0].committed_at)
            if shown is not None:
                return _links(conversation, action, shown)
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

    async def _link(self, conversation: str, action: LinkAddresses) -> None:
        """Tell the other conversation, if there is one."""
        other, _ = await self._store.load(action.to.key)
        now = self._clock()
        if other is None:
            refused = LinkRefused(f"{action.id}/refused", now, conversation, action.to.key)
            await self._sink.submit(refused)
            return
        await self._sink.submit(
            AddressesLinked(
                f"{action.id}/linked", now, other.id, action.others, action.by, action.added
            )
        )

    async def _change(self, channel: Channel, conversation: str, action: Edit | Delete) -> None:
        if isinstance(action, Delete) and is_erasure(action):
            if isinstance(channel, EraseChannel):
                await channel.erase(action, action.target.id)
            return
        if not isinstance(channel, EditChannel):
            raise Undeliverable("unsupported", f"{channel.name} cannot edit")
        there = await self._finished.counterpart(conversation, action.target, action.to)
        if there is None:
            raise Undeliverable("not_found", "the message was never delivered")
        if isinstance(action, Edit):
            await channel.edit(action, there)
        else:
            await channel.delete(action, there)

    async def _react(self, channel: Channel, conversation: str, action: React) -> None:
        there = await self._finished.counterpart(conversation, action.target, action.to)
        if there is None:
            raise Undeliverable("not_found", "the message was never delivered")
        if not isinstance(channel, ReactionChannel):
            raise Undeliverable("unsupported", f"{channel.name} has no reactions")
        await channel.react(action, there)

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
