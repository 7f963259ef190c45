"""Long polling that tells Telegram 'received' only once an update's effect is durable."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from adapters.telegram.connection import Connection
from adapters.telegram.errors import TokenRefused, seconds_of
from adapters.telegram.parse import WANTED
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.updates import Updates
from chat.channel import RetryLater, Sink

log = logging.getLogger(__name__)

T = TypeVar("T")


class Unfinished(Exception):
    """An update could not be made durable; it must come again."""


class Polling:
    """Polls for one bot and submits what it hears."""

    def __init__(
        self,
        settings: TelegramSettings,
        connection: Connection,
        updates: Updates,
    ) -> None:
        self._settings = settings
        self._bot = connection.bot
        self._updates = updates
        self._pause = settings.first_pause

    async def run(self, sink: Sink) -> None:
        """Poll until cancelled. Raises TokenRefused."""
        try:
            await self._patiently(self._introduce)
            offset: int | None = None
            while True:
                offset = await self._patiently(lambda: self._poll(sink, offset))  # noqa: B023
        finally:
            await self._updates.close()

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
        await self._take_off_webhook()
        await self._updates.introduce()
        log.info("polling Telegram as @%s", self._updates.username)

    async def _take_off_webhook(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    # ── one poll ─────────────────────────────────────────────────────────────────────────────

    async def _poll(self, sink: Sink, offset: int | None) -> int | None:
        """Take one batch in; returns the next offset."""
        updates = await self._fetch(offset)
        heard = [one for update in updates if (one := await self._updates.hear(update)) is not None]
        outcomes = await asyncio.gather(
            *(self._updates.take_in(sink, one) for one in heard), return_exceptions=True
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
        return [self._updates.read(one) for one in raw]


def _id_of(update: Update | int) -> int:
    return update if isinstance(update, int) else update.update_id
