"""What both kinds of page share on their WebSocket: reading, writing, catching up."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSCloseCode, WSMsgType, web

from adapters.web.journal import Journal
from adapters.web.live import Listener, Live
from adapters.web.pace import Pace
from adapters.web.settings import FRAME_MOST
from chat.channel import RetryLater, Undeliverable

VERSION: Final = 1
"""Of the protocol; `welcome` tells it, and a page of another version loads itself anew."""

_PAGE: Final = 200
_RETRY: Final = 0.5
_HEARTBEAT: Final = 20.0
_ENTRY_ID: Final = re.compile(r"\d{1,20}-\d{1,20}")


class Page:
    """One open WebSocket."""

    def __init__(self, journal: Journal, live: Live, clock: Callable[[], float]) -> None:
        self.socket = web.WebSocketResponse(max_msg_size=FRAME_MOST, heartbeat=_HEARTBEAT)
        self.listener = Listener(self._tell)
        self._journal = journal
        self._live = live
        self._pace = Pace(clock, rate=20, burst=200)
        self._frames: asyncio.Queue[dict[str, object]] = asyncio.Queue(maxsize=1000)
        self._tasks: set[asyncio.Task[None]] = set()

    def _tell(self, frame: dict[str, object]) -> None:
        with suppress(asyncio.QueueFull):
            self._frames.put_nowait(frame)

    async def open(self, request: web.Request) -> None:
        """Accept the connection."""
        await self.socket.prepare(request)
        self.spawn(self._write())

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something for as long as the page is open."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def rest(self) -> None:
        """Pause before trying again what the store could not give."""
        await asyncio.sleep(_RETRY)

    async def send(self, frame: dict[str, object]) -> None:
        """Queue a frame, in order with the others."""
        await self._frames.put(frame)

    async def receive(self, within: float | None = None) -> dict[str, Any] | None:
        """The next frame; None when the page is gone or says nothing within the seconds given.

        Answers pings, refuses what is no JSON object, and hangs up on a flood.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                return await self._receive()
        return None

    async def _receive(self) -> dict[str, Any] | None:
        while True:
            message = await self.socket.receive()
            if message.type is not WSMsgType.TEXT:
                return None
            if not self._pace.take():
                await self.socket.close(code=WSCloseCode.POLICY_VIOLATION)
                return None
            try:
                frame = json.loads(message.data)
            except (ValueError, RecursionError):
                frame = None
            if not isinstance(frame, dict):
                await self.send({"type": "error", "reason": "bad_frame"})
            elif frame.get("type") == "ping":
                await self.send({"type": "pong"})
            else:
                return frame

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                await self.socket.send_json(await self._frames.get())

    def follow(self, channel: str, after: str, extra: dict[str, object]) -> asyncio.Task[None]:
        """Send every entry of a channel after an id, now and as they come."""
        listener = Listener(self._tell)
        self._live.watch(channel, listener)
        task = self.spawn(self._follow(channel, after, extra, listener))
        task.add_done_callback(lambda _: self._live.leave(listener))
        return task

    async def _follow(
        self, channel: str, after: str, extra: dict[str, object], listener: Listener
    ) -> None:
        caught_up = False
        while True:
            listener.news.clear()
            try:
                rows = await self._journal.read(channel, after, _PAGE)
            except RetryLater:
                await self.rest()
                continue
            for after, body in rows:
                entry: dict[str, object] = json.loads(body)
                await self.send({"type": "entry", "id": after, **extra, **entry})
            if len(rows) == _PAGE:
                continue
            if not caught_up:
                caught_up = True
                await self.send({"type": "caught_up", **extra})
            await listener.news.wait()

    async def close(self) -> None:
        """Let go of everything."""
        self._live.leave(self.listener)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(ConnectionError):
            await self.socket.close()


async def settle(page: Page, client: str, work: Awaitable[str | None]) -> None:
    """Do what a frame asks and answer it; `work` gives a reason when it refuses."""
    try:
        refused = await work
    except RetryLater:
        refused = "unavailable"
    except Undeliverable:
        refused = "bad_file"
    if refused:
        await page.send({"type": "error", "client": client, "reason": refused})
    else:
        await page.send({"type": "ack", "client": client})


def text_of(frame: dict[str, Any], name: str, most: int) -> str | None:
    """A text field of a frame; None when it is missing, no text or too long."""
    value = frame.get(name)
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        return None
    if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        return None
    return value


def seen_of(frame: dict[str, Any]) -> str:
    """The entry that a page saw last; `0` when it saw none or names nothing that is one."""
    after = frame.get("after")
    return after if isinstance(after, str) and _ENTRY_ID.fullmatch(after) else "0"
