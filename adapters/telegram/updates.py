"""What updates tell, however they came: read, made durable, and answered where that is due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct
from telegram import BotCommand, BotCommandScopeAllPrivateChats, Message, Update
from telegram.error import BadRequest, TelegramError

from adapters.ending import end
from adapters.telegram.agents import Agents
from adapters.telegram.connection import Connection
from adapters.telegram.facts import Facts
from adapters.telegram.parse import Event, GroupMoved, Reader, parse
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.topics import Topics
from chat.channel import RetryLater, Sink
from chat.phrases import Lang, say

log = logging.getLogger(__name__)

_COMMANDS: Final = ("start", "help", "agent", "verify", "language")
# The list without a language is for everybody who reads neither.
_COMMAND_LISTS: Final[tuple[tuple[str | None, Lang], ...]] = (
    (None, "en"),
    ("en", "en"),
    ("zh", "zh"),
)


class Heard(Struct, frozen=True):
    """What an update tells us, and the press of a button that wants an answer."""

    event: Event | None = None
    query: str | None = None


class Updates:
    """Reads updates for one bot."""

    def __init__(
        self,
        settings: TelegramSettings,
        connection: Connection,
        topics: Topics,
        facts: Facts,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._connection = connection
        self._bot = connection.bot
        self._topics = topics
        self._clock = clock
        self._answers: set[asyncio.Task[None]] = set()
        self._agents = Agents(facts)
        self.username = ""

    async def introduce(self) -> None:
        """Learn who we are, and list our commands. Raises TelegramError or RetryLater."""
        me = await self._bot.get_me()
        self.username = me.username or ""
        await self._connection.groups.load()
        try:
            await self._list_commands()
        except BadRequest as error:
            log.warning("Telegram refuses the list of commands: %s", error)

    async def close(self) -> None:
        """Stop answering."""
        await end(self._answers)

    async def _list_commands(self) -> None:
        for code, lang in _COMMAND_LISTS:
            await self._bot.set_my_commands(
                [BotCommand(name, say(f"telegram.command.{name}", lang)) for name in _COMMANDS],
                scope=BotCommandScopeAllPrivateChats(),
                language_code=code,
            )

    def read(self, raw: dict[str, Any]) -> Update | int:
        """An update; of one that the library cannot read, only its id."""
        update_id = int(raw["update_id"])
        try:
            return Update.de_json(raw, self._bot)
        except Exception:
            log.exception("update %s cannot be read, so it is skipped", update_id)
            return update_id

    async def hear(self, update: Update | int) -> Heard | None:
        """What an update tells us, None if nothing. Raises RetryLater."""
        if isinstance(update, int):
            return None
        try:
            thread = await self._thread_of(update)
            event = parse(update, self._reader(), self._clock(), thread)
        except RetryLater:
            raise
        except Exception:
            log.exception("update %s cannot be understood, so it is skipped", update.update_id)
            return None
        if isinstance(event, GroupMoved):
            if group := self._connection.groups.get(event.channel):
                await group.move(event.chat_id)
            return None
        self._notice_topic(update.message)
        event = await self._agents.known(event, update.effective_user)
        query = update.callback_query
        return Heard(event, query.id if query else None)

    def _notice_topic(self, message: Message | None) -> None:
        if message is None or message.forum_topic_created is None:
            return
        author, thread = message.from_user, message.message_thread_id
        if author is not None and author.id == self._settings.bot_id and thread is not None:
            channel = self._reader().desk_of(message.chat.id)
            if channel is not None:
                self._topics.notice(message.forum_topic_created.name, channel, thread)

    def _reader(self) -> Reader:
        return Reader(self._settings.bot_id, self.username, self._connection.groups.present)

    async def _thread_of(self, update: Update) -> str | None:
        """The topic of a card of which Telegram shows no more than the id, being old."""
        query = update.callback_query
        if query is None or query.message is None or query.message.is_accessible:
            return None
        chat, card = query.message.chat.id, query.message.message_id
        channel = self._reader().desk_of(chat)
        return await self._topics.thread_of_card(channel, card) if channel else None

    async def take_in(self, sink: Sink, heard: Heard) -> None:
        """Return once what was heard is durable."""
        if heard.event is not None:
            await sink.submit(heard.event)
        if heard.query is not None:
            task = asyncio.create_task(self._answer(heard.query))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _answer(self, query: str) -> None:
        """Stop the button's spinning. An unanswered press does no harm."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.debug("a press could not be answered: %s", error)
