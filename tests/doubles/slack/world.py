"""The world: everything in one workspace, and the app that is installed there.

The world only keeps; `happenings` changes it and tells the app, `shown` is how it looks as JSON.
"""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack.records import (
    Account,
    Channel,
    ChannelKind,
    Message,
    ResponseUrl,
    StoredFile,
    Trigger,
    View,
)

Json = dict[str, Any]


def words(text: str) -> list[str]:
    return text.split()


ALL_SCOPES = frozenset(
    words(
        """app_mentions:read channels:history channels:join channels:read chat:write
        commands files:read files:write groups:history groups:read im:history im:read
        im:write mpim:history mpim:read reactions:read reactions:write users:read"""
    )
)


class Changes:
    """Wakes whoever waits when the world changes."""

    def __init__(self) -> None:
        self.version = 0
        self._condition = asyncio.Condition()
        self._telling: set[asyncio.Task[None]] = set()

    def ring(self) -> None:
        self.version += 1
        task = asyncio.get_running_loop().create_task(self._tell())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self) -> None:
        async with self._condition:
            self._condition.notify_all()

    async def after(self, version: int) -> None:
        """Wait until the world is newer than this version."""
        async with self._condition:
            await self._condition.wait_for(lambda: self.version > version)


@dataclass(eq=False)
class App:
    """The one app that is installed, and what it may do."""

    id: str = "A0KEFU00001"
    name: str = "Kefu"
    bot_id: str = "B0KEFU00001"
    user_id: str = "U0KEFUBOT01"
    bot_token: str = "xoxb-1111111111-2222222222-SlackDoubleBotToken"
    app_token: str = "xapp-1-A0KEFU00001-3333333333-SlackDoubleAppToken"
    signing_secret: str = "0123456789abcdef0123456789abcdef"
    verification_token: str = "SlackDoubleVerification"
    scopes: set[str] = field(default_factory=lambda: set(ALL_SCOPES))
    subscriptions: set[str] | None = None
    """The event types it asked for; None: all."""
    installed: bool = True


class World:
    """Everything that exists in one workspace."""

    def __init__(self, app: App, clock: Callable[[], float] = time.time) -> None:
        self.app = app
        self.clock = clock
        self.team_id = "T0KEFU00001"
        self.team_name = "Kefu Test"
        self.domain = "kefu-test"
        self.changes = Changes()
        self.accounts: dict[str, Account] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, StoredFile] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._serial = itertools.count(1)
        self._last_ts = 0
        self.bot = Account(app.user_id, app.name, self.team_id, is_bot=True)
        self.accounts[self.bot.id] = self.bot

    @property
    def now(self) -> float:
        return self.clock()

    def new_id(self, letter: str) -> str:
        return f"{letter}0DOUBLE{next(self._serial):04d}"

    def new_ts(self) -> str:
        """A timestamp that no message has."""
        self._last_ts = max(int(self.now * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def direct(self, user: str) -> Channel:
        """The direct messages between somebody and the app."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.user == user:
                return channel
        return self.new_channel("im", "", [user, self.bot.id], user=user)

    def new_channel(
        self, kind: ChannelKind, name: str, members: list[str], *, user: str | None = None
    ) -> Channel:
        channel = Channel(
            self.new_id("D" if kind == "im" else "C"),
            kind,
            name,
            self.team_id,
            int(self.now),
            members,
            creator=members[0] if members else self.bot.id,
            user=user,
        )
        self.channels[channel.id] = channel
        return channel

    def every_message(self) -> Iterator[Message]:
        for channel in self.channels.values():
            yield from channel.messages
