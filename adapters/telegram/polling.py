"""Long polling that tells Telegram 'received' only once an update's effect is durable."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar

from msgspec import Struct
from telegram import BotCommand, BotCommandScopeAllPrivateChats, Message, Update
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from adapters.telegram.connection import Connection
from adapters.telegram.errors import TokenRefused, seconds_of
from adapters.telegram.parse import WANTED, Event, GroupMoved, Reader, parse
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.topics import Topics
from chat.channel import RetryLater, Sink
from chat.phrases import Lang, say

log = logging.getLogger(__name__)

T = TypeVar("T")

_COMMANDS: Final = ("start", "help", "agent", "language")
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


class Unfinished(Exception):
    """An update could not be made durable; it must come again."""


class Polling:
    """Polls for one bot and submits what it hears."""

    def __init__(
        self,
        settings: TelegramSettings,
        connection: Connection,
        topics: Topics,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._connection = connection
        self._bot = connection.bot
        self._topics = topics
        self._clock = clock
        self._username = ""
        self._pause = settings.first_pause
        self._answers: set[asyncio.Task[None]] = set()

    async def run(self, sink: Sink) -> None:
        """Poll until cancelled. Raises TokenRefused."""
        try:
            await self._patiently(self._introduce)
            offset: int | None = None
            while True:
                offset = await self._patiently(lambda: self._poll(sink, offset))  # noqa: B023
        finally:
            for task in self._answers:
                task.cancel()
            await asyncio.gather(*self._answers, return_exceptions=True)

    async def _patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do it again and again, with growing pauses, until it is done. Raises TokenRefused."""
        while True:
            try:
                done = await work()
            except InvalidToken as error:
                raise TokenRefused from error
            except RetryAfter as busy:
                log.warning("Telegram asks us to poll more slowly: %s", busy)
                await asyncio.sleep(seconds_of(busy))
            except Conflict as conflict:
                await self._yield_to(conflict)
            except (TelegramError, RetryLater, Unfinished) as error:
                log.warning("cannot poll Telegram (%s); again in %.0f s", error, self._pause)
                await self._wait()
            else:
                self._pause = self._settings.first_pause
                return done

    async def _wait(self) -> None:
        pause = self._pause
        self._pause = min(pause * 2, self._settings.longest_pause)
        await asyncio.sleep(pause)

    async def _yield_to(self, conflict: Conflict) -> None:
        if "webhook" in conflict.message.lower():
            log.warning(
                "another program has set a webhook for this bot, so that Telegram gives us "
                "nothing; taking it off, in %.0f s",
                self._pause,
            )
            await self._wait()
            await self._patiently(self._take_off_webhook)
            return
        log.warning(
            "another program polls Telegram with this bot's token; stop it, or give Kefu a bot of "
            "its own. Trying again in %.0f s",
            self._pause,
        )
        await self._wait()

    # ── at the start ─────────────────────────────────────────────────────────────────────────

    async def _introduce(self) -> None:
        me = await self._bot.get_me()
        self._username = me.username or ""
        await self._connection.group.load()
        await self._take_off_webhook()
        try:
            await self._list_commands()
        except BadRequest as error:
            log.warning("Telegram refuses the list of commands: %s", error)
        log.info("polling Telegram as @%s", self._username)

    async def _take_off_webhook(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _list_commands(self) -> None:
        for code, lang in _COMMAND_LISTS:
            await self._bot.set_my_commands(
                [BotCommand(name, say(f"telegram.command.{name}", lang)) for name in _COMMANDS],
                scope=BotCommandScopeAllPrivateChats(),
                language_code=code,
            )

    # ── one poll ─────────────────────────────────────────────────────────────────────────────

    async def _poll(self, sink: Sink, offset: int | None) -> int | None:
        """Take one batch in; returns the next offset."""
        updates = await self._fetch(offset)
        heard = [one for update in updates if (one := await self._hear(update)) is not None]
        outcomes = await asyncio.gather(
            *(self._take_in(sink, one) for one in heard), return_exceptions=True
        )
        for failed in (outcome for outcome in outcomes if isinstance(outcome, BaseException)):
            log.error("an update could not be taken in", exc_info=failed)
            raise Unfinished("an update could not be taken in")
        return max((update_id + 1 for update_id in map(_id_of, updates)), default=offset)

    async def _fetch(self, offset: int | None) -> Sequence[Update | int]:
        """The next updates; of one that the library cannot read, only its id."""
        seconds = self._settings.poll_seconds
        try:
            return await self._bot.get_updates(
                offset=offset, timeout=seconds, allowed_updates=WANTED
            )
        except TelegramError:
            raise
        except Exception:
            # One unreadable update makes the library refuse them all, so they are read singly.
            raw = await self._bot.do_api_request(
                "getUpdates", {"offset": offset, "allowed_updates": list(WANTED)}
            )
        return [self._read(one) for one in raw]

    def _read(self, raw: dict[str, Any]) -> Update | int:
        update_id = int(raw["update_id"])
        try:
            return Update.de_json(raw, self._bot)
        except Exception:
            log.exception("update %s cannot be read, so it is skipped", update_id)
            return update_id

    async def _hear(self, update: Update | int) -> Heard | None:
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
            await self._connection.group.move(event.chat_id)
            return None
        self._notice_topic(update.message)
        query = update.callback_query
        return Heard(event, query.id if query else None)

    def _notice_topic(self, message: Message | None) -> None:
        if message is None or message.forum_topic_created is None:
            return
        author, thread = message.from_user, message.message_thread_id
        if author is not None and author.id == self._settings.bot_id and thread is not None:
            self._topics.notice(message.forum_topic_created.name, thread)

    def _reader(self) -> Reader:
        group = self._connection.group
        return Reader(self._settings.bot_id, self._username, group.configured, group.present)

    async def _thread_of(self, update: Update) -> str | None:
        """The topic of a card of which Telegram shows no more than the id, being old."""
        query = update.callback_query
        if query is None or query.message is None or query.message.is_accessible:
            return None
        return await self._topics.thread_of_card(query.message.message_id)

    async def _take_in(self, sink: Sink, heard: Heard) -> None:
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


def _id_of(update: Update | int) -> int:
    return update if isinstance(update, int) else update.update_id
