"""Cases as topics of the desk's group: a topic and a card for each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

from adapters.telegram.changing import Changing
from adapters.telegram.connection import Connection
from adapters.telegram.errors import MessageGone, NotModified
from adapters.telegram.facts import Facts
from adapters.telegram.posting import Posting, Ready
from adapters.telegram.render import TextPart, card_text, keyboard_of, topic_name
from chat.actions import CloseThread, OpenThread, ReopenThread, UpdateCard
from chat.address import Address
from chat.channel import OpenedThread, RetryLater, Undeliverable

_NOTICED_MOST: Final = 1_000


class Topics:
    """Opens, updates and closes. Everything here raises only RetryLater or Undeliverable."""

    def __init__(
        self, connection: Connection, posting: Posting, changing: Changing, facts: Facts
    ) -> None:
        self._connection = connection
        self._bot = connection.bot
        self._posting = posting
        self._changing = changing
        self._facts = facts
        # Topics that may or may not have been created, and those of which we were told.
        self._doubtful: set[str] = set()
        self._noticed: OrderedDict[str, str] = OrderedDict()

    async def open(self, action: OpenThread) -> OpenedThread:
        """Create the topic and post the card in it; a retry takes the topic that is there."""
        thread, _, card = (await self._facts.get(_key(action)) or "").partition("/")
        if card:
            await self._remember_card(action.desk.in_thread(thread), card)
            return OpenedThread(action.desk.in_thread(thread), card)
        if not thread and action.id in self._doubtful:
            thread = self._noticed.get(topic_name(action.card), "")
        if thread:
            try:
                return await self._fill(thread, action)
            except Undeliverable as never:
                if never.reason != "thread_gone":
                    raise
        return await self._fill(await self._create(action), action)

    async def _create(self, action: OpenThread) -> str:
        try:
            topic = await self._connection.in_chat(
                action.desk.channel,
                lambda chat_id: self._bot.create_forum_topic(chat_id, topic_name(action.card)),
            )
        except RetryLater as later:
            if later.ambiguous:
                self._doubtful.add(action.id)
            raise
        self._doubtful.discard(action.id)
        thread = str(topic.message_thread_id)
        await self._facts.put(_key(action), thread)
        return thread

    def notice(self, name: str, thread: int) -> None:
        """Telegram tells us of a topic that we created. When its answer got lost, this shows which
        topic a retry can take."""
        self._noticed[name] = str(thread)
        if len(self._noticed) > _NOTICED_MOST:
            self._noticed.popitem(last=False)

    async def _fill(self, thread: str, action: OpenThread) -> OpenedThread:
        part = TextPart(card_text(action.card), action.card.buttons)
        where = action.desk.in_thread(thread)
        card = str(await self._posting.post(where, Ready(part), None))
        self._doubtful.discard(action.id)
        await self._facts.put(_key(action), f"{thread}/{card}")
        await self._remember_card(where, card)
        return OpenedThread(where, card)

    async def update_card(self, action: UpdateCard) -> None:
        """Redraw the card; post it anew when it is gone."""
        thread, said = action.to, card_text(action.card)
        shown = action.message_id
        if shown is not None:
            shown = await self._facts.get(f"card-now:{shown}") or shown
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
            await self._facts.put(f"card-now:{action.message_id}", card)

    async def _remember_card(self, thread: Address, card: str) -> None:
        if thread.thread is not None:
            await self._facts.put(f"card:{card}", thread.thread)

    async def thread_of_card(self, message_id: int) -> str | None:
        """In which topic a card is. Raises RetryLater."""
        return await self._facts.get(f"card:{message_id}")

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
            await self._connection.in_chat(thread.channel, lambda chat_id: change(chat_id, topic))
        except NotModified:
            return


def _key(action: OpenThread) -> str:
    return f"topic:{action.id}"
