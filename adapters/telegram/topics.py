"""Cases as topics of the desk's group: a topic and a card for each."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from adapters.telegram.changing import Changing
from adapters.telegram.connection import Connection
from adapters.telegram.errors import MessageGone, NotModified
from adapters.telegram.facts import Facts
from adapters.telegram.posting import Posting, Ready
from adapters.telegram.refs import PLATFORM
from adapters.telegram.render import TextPart, card_text, keyboard_of, topic_name
from chat.actions import CloseThread, OpenThread, ReopenThread, UpdateCard
from chat.address import Address
from chat.channel import OpenedThread, RetryLater, Undeliverable

log = logging.getLogger(__name__)

_NOTICED_MOST: Final = 1_000
_WORN_SECONDS: Final = 600.0


class Opened(Struct, frozen=True):
    """The topic that an action got, and its card once that is posted."""

    channel: str
    topic: str
    card: str | None = None


class Topics:
    """Opens, updates and closes. Everything here raises only RetryLater or Undeliverable."""

    def __init__(
        self,
        connection: Connection,
        posting: Posting,
        changing: Changing,
        facts: Facts,
        spare: Sequence[str],
        clock: Callable[[], float],
    ) -> None:
        self._spare = spare
        self._clock = clock
        # Groups that took no more topics, and until when they are not asked again.
        self._worn: dict[str, float] = {}
        self._connection = connection
        self._bot = connection.bot
        self._posting = posting
        self._changing = changing
        self._facts = facts
        # Topics that may or may not have been created, and those of which we were told.
        self._doubtful: set[str] = set()
        self._noticed: OrderedDict[str, Address] = OrderedDict()

    async def open(self, action: OpenThread) -> OpenedThread:
        """Create the topic and post the card in it; a retry takes the topic that is there."""
        kept = await self._facts.get(_key(action))
        thread: Address | None = None
        if kept is not None:
            known = msgspec.json.decode(kept, type=Opened)
            thread = Address(action.desk.platform, known.channel, known.topic)
            if known.card is not None:
                await self._remember_card(thread, known.card)
                return OpenedThread(thread, known.card)
        if thread is None and action.id in self._doubtful:
            thread = self._noticed.get(topic_name(action.card))
        if thread is not None:
            try:
                return await self._fill(thread, action)
            except Undeliverable as never:
                if never.reason != "thread_gone":
                    raise
        return await self._fill(await self._create(action), action)

    async def _create(self, action: OpenThread) -> Address:
        """In the desk's group; while that takes no more topics, in the next of the spare ones."""
        groups = [action.desk.channel, *self._spare]
        fresh = [group for group in groups if self._worn.get(group, 0.0) <= self._clock()]
        refused: Undeliverable | None = None
        for group in fresh or groups:
            try:
                return await self._create_in(group, action)
            except Undeliverable as never:
                refused = never
                self._worn[group] = self._clock() + _WORN_SECONDS
                if self._spare:
                    log.warning("group %s takes no more topics (%s); trying the next", group, never)
        raise refused or Undeliverable("not_found", "there is no group for the desk")

    async def _create_in(self, group: str, action: OpenThread) -> Address:
        try:
            topic = await self._connection.in_chat(
                group,
                lambda chat_id: self._bot.create_forum_topic(chat_id, topic_name(action.card)),
                posts=1,
            )
        except RetryLater as later:
            if later.ambiguous:
                self._doubtful.add(action.id)
            raise
        self._doubtful.discard(action.id)
        thread = Address(action.desk.platform, group, str(topic.message_thread_id))
        await self._keep(action, thread, None)
        return thread

    async def _keep(self, action: OpenThread, thread: Address, card: str | None) -> None:
        opened = Opened(thread.channel, thread.thread or "", card)
        await self._facts.put(_key(action), msgspec.json.encode(opened).decode())

    def notice(self, name: str, channel: str, thread: int) -> None:
        """Telegram tells us of a topic that we created. When its answer got lost, this shows which
        topic a retry can take."""
        self._noticed[name] = Address(PLATFORM, channel, str(thread))
        if len(self._noticed) > _NOTICED_MOST:
            self._noticed.popitem(last=False)

    async def _fill(self, thread: Address, action: OpenThread) -> OpenedThread:
        part = TextPart(card_text(action.card), action.card.buttons)
        card = str(await self._posting.post(thread, Ready(part), None))
        self._doubtful.discard(action.id)
        await self._keep(action, thread, card)
        await self._remember_card(thread, card)
        return OpenedThread(thread, card)

    async def update_card(self, action: UpdateCard) -> None:
        """Redraw the card; post it anew when it is gone."""
        thread, said = action.to, card_text(action.card)
        shown = action.message_id
        if shown is not None:
            shown = await self._facts.get(f"card-now:{thread.channel}:{shown}") or shown
            try:
                keyboard = keyboard_of(action.card.buttons)
                await self._changing.rewrite(thread, int(shown), said, keyboard)
                return
            except MessageGone:
                pass
        part = TextPart(said, action.card.buttons)
        card = str(await self._posting.post(thread, Ready(part), None))
        await self._remember_card(thread, card)
        if action.message_id is not None:
            await self._facts.put(f"card-now:{thread.channel}:{action.message_id}", card)

    async def _remember_card(self, thread: Address, card: str) -> None:
        if thread.thread is not None:
            await self._facts.put(f"card:{thread.channel}:{card}", thread.thread)

    async def thread_of_card(self, channel: str, message_id: int) -> str | None:
        """In which topic of a group a card is. Raises RetryLater."""
        return await self._facts.get(f"card:{channel}:{message_id}")

    async def close(self, action: CloseThread) -> None:
        """Close the topic, if it is open."""
        await self._change(action.to, self._bot.close_forum_topic)

    async def reopen(self, action: ReopenThread) -> None:
        """Open the topic, if it is closed."""
        await self._change(action.to, self._bot.reopen_forum_topic)

    async def _change(self, thread: Address, change: Callable[[int, int], Awaitable[bool]]) -> None:
        if thread.thread is None:
            raise Undeliverable("invalid", f"{thread.key} is no topic")
        topic = int(thread.thread)
        try:
            # Telegram posts a line of its own about it.
            await self._connection.in_chat(
                thread.channel, lambda chat_id: change(chat_id, topic), posts=1
            )
        except NotModified:
            return


def _key(action: OpenThread) -> str:
    return f"topic:{action.id}"
