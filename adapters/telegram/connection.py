"""The client of the Bot API, and calls of it that raise only what a channel may raise."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Final, TypeVar

import httpx
from telegram import Bot
from telegram.error import ChatMigrated, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.errors import translated
from adapters.telegram.group import DeskGroups
from adapters.telegram.limits import WHOLE_BOT
from adapters.telegram.settings import TelegramSettings
from adapters.turns import Turns
from chat.channel import RetryLater, Undeliverable

log = logging.getLogger(__name__)

T = TypeVar("T")

_CONNECTIONS: Final = 64
_POOL_SECONDS: Final = 20.0
_CONNECT_SECONDS: Final = 10.0
_READ_SECONDS: Final = 20.0


class Connection:
    """The bot, and the groups in which it works."""

    def __init__(self, settings: TelegramSettings, groups: DeskGroups, turns: Turns) -> None:
        keep_secrets_out_of_logs()
        base = settings.api_base.rstrip("/")
        # Polling has connections of its own, so that it waits for no other request.
        self._requests = (_request(2), _request(_CONNECTIONS))
        self.groups = groups
        self._turns = turns
        self.bot = Bot(
            settings.token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )

    async def in_chat(
        self, channel: str, work: Callable[[int], Awaitable[T]], posts: int = 0, holder: str = ""
    ) -> T:
        """Do something in a chat, under its present id; again at once if it has just moved.

        It waits for its turn; `posts`: how many messages it posts, `holder`: who may hold the
        turn already. Raises RetryLater or Undeliverable.
        """

        async def attempt() -> T:
            if posts:
                await self._turns.take(channel, posts=posts, holder=holder)
            else:
                await self._turns.take(WHOLE_BOT)
            return await work(await self.groups.chat_id(channel))

        async def attempt_and_follow() -> T:
            try:
                return await attempt()
            except ChatMigrated as moved:
                group = self.groups.get(channel)
                if group is None:
                    raise Undeliverable("not_found", moved.message) from moved
                await group.move(moved.new_chat_id)
                return await attempt()

        return await self.call(attempt_and_follow)

    async def call(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something that concerns no chat. Raises RetryLater or Undeliverable."""
        try:
            return await work()
        except (RetryLater, Undeliverable):
            raise
        except TelegramError as error:
            raise translated(error) from error
        except Exception as error:
            log.exception("a call of Telegram failed in an unforeseen way")
            raise Undeliverable("invalid", repr(error)) from error

    async def close(self) -> None:
        """Close all connections. Nothing can be sent afterwards."""
        for request in self._requests:
            await request.shutdown()


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        pool_timeout=_POOL_SECONDS,
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        write_timeout=_READ_SECONDS,
        media_write_timeout=60.0,
        httpx_kwargs={"verify": _trusted()},
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to believe that they are Telegram. To read the list of authorities takes a while."""
    return httpx.create_ssl_context()


def keep_secrets_out_of_logs() -> None:
    """Silence what logs the token (httpx: every URL) or what people write (the library)."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It would print every answer that is no JSON; the error that follows says enough.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
    bot_log = logging.getLogger("telegram.Bot")
    bot_log.setLevel(logging.INFO)
    bot_log.addFilter(_shows_no_content)


def _shows_no_content(record: logging.LogRecord) -> bool:
    return "Received data" not in str(record.msg)
