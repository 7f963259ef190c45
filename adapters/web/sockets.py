"""What both kinds of page share on their WebSocket: reading, writing, catching up."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSMsgType, web

from adapters.ending import end
from adapters.web.journal import Journal
from adapters.web.live import Listener, Live
from adapters.web.settings import FRAME_MOST
from chat.channel import RetryLater, Undeliverable

log = logging.getLogger(__name__)

_PAGE: Final = 200
_RETRY: Final = 0.5
_HEARTBEAT: Final = 20.0


class Pace:
    """A token bucket: `rate` a second, bursts of `burst`."""

    def __init__(self, clock: Callable[[], float], rate: float = 2.0, burst: float = 10.0) -> None:
        self._clock = clock
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at = clock()

    def take(self) -> bool:
        """Whether one more is within the pace."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Page:
    """One open WebSocket."""

    def __init__(self, journal: Journal, live: Live) -> None:
        self.socket = web.WebSocketResponse(max_msg_size=FRAME_MOST, heartbeat=_HEARTBEAT)
        self.listener = Listener(self._tell)
        self._journal = journal
        self._live = live
        self._frames: asyncio.Queue[dict[str, object]] = asyncio.Queue(maxsize=1000)
        self._tasks: list[asyncio.Task[None]] = []

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
        self._tasks.append(task)
        return task

    async def rest(self) -> None:
        """Pause before trying again what the store could not give."""
        await asyncio.sleep(_RETRY)

    async def send(self, frame: dict[str, object]) -> None:
        """Queue a frame, in order with the others."""
        await self._frames.put(frame)

    async def receive(self) -> dict[str, Any] | None:
        """The next frame that is a JSON object; None when the page is gone."""
        while True:
            message = await self.socket.receive()
            if message.type is not WSMsgType.TEXT:
                return None
            try:
                frame = json.loads(message.data)
            except ValueError:
                frame = None
            if isinstance(frame, dict):
                return frame
            await self.send({"type": "error", "reason": "bad_frame"})

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                await self.socket.send_json(await self._frames.get())

    def follow(self, channel: str, after: str, extra: dict[str, object]) -> asyncio.Task[None]:
        """Send every entry of a channel after an id, now and as they come."""
        listener = Listener(self._tell)
        self._live.watch(channel, listener)
        return self.spawn(self._follow(channel, after, extra, listener))

    async def _follow(
        self, channel: str, after: str, extra: dict[str, object], listener: Listener
    ) -> None:
        caught_up = False
        try:
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
        finally:
            self._live.leave(listener)

    async def close(self) -> None:
        """Let go of everything."""
        self._live.leave(self.listener)
        await end(self._tasks)
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
    return value
