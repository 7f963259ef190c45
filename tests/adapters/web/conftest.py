"""The web channel, served for real, with a sink that remembers."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar
from redis.asyncio import Redis

from adapters.web.channel import WebChannel
from adapters.web.settings import WebSettings
from bot.journal import RedisJournal
from chat.actions import Send, Speaker
from chat.address import Address
from tests.adapters.fakes import RecordingSink, Shelf
from tests.running import PASSWORD

UPLOAD_MOST = 10_000


class Site:
    """A served web channel and a browser-like client."""

    def __init__(self, channel: WebChannel, sink: RecordingSink, client: ClientSession) -> None:
        self.channel = channel
        self.sink = sink
        self.client = client
        self._ids = itertools.count(1)

    @property
    def url(self) -> str:
        return self.channel.url

    async def visitor(self, token: str | None = None, after: str = "0", **hello: str) -> Visitor:
        socket = await self.client.ws_connect(f"{self.url}/ws/visitor")
        visitor = Visitor(socket)
        await visitor.send(type="hello", token=token, after=after, **hello)
        welcome = await visitor.until("welcome")
        visitor.token, visitor.id = welcome["token"], welcome["visitor"]
        return visitor

    async def login(self, password: str = PASSWORD, name: str = "Lin", **headers: str) -> int:
        async with self.client.post(
            f"{self.url}/desk/login",
            json={"password": password, "name": name},
            headers={"Origin": self.url, **headers},
        ) as answer:
            return answer.status

    async def desk(self, origin: str | None = None) -> Visitor:
        socket = await self.client.ws_connect(f"{self.url}/ws/desk", origin=origin or self.url)
        desk = Visitor(socket)
        await desk.until("welcome")
        return desk

    def say(self, to: Address, text: str = "hello", **fields: Any) -> Send:
        fields = {"speaker": Speaker("bot"), **fields}
        return Send(id=f"action-{next(self._ids)}", to=to, text=text, **fields)


class Visitor:
    """One open socket; frames are kept as they come."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []
        self.token = ""
        self.id = ""

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == "entry"]

    @property
    def texts(self) -> list[str]:
        return [entry["text"] for entry in self.entries if entry["kind"] == "message"]

    async def send(self, **frame: Any) -> None:
        await self.socket.send_json(frame)

    async def read(self) -> dict[str, Any]:
        frame: dict[str, Any] = await self.socket.receive_json(timeout=10)
        self.frames.append(frame)
        return frame

    async def until(self, type: str, **fields: object) -> dict[str, Any]:
        while True:
            frame = await self.read()
            if frame["type"] == type and all(frame.get(k) == v for k, v in fields.items()):
                return frame

    async def until_entries(self, count: int) -> None:
        while len(self.entries) < count:
            await self.read()

    async def close(self) -> None:
        await self.socket.close()


@contextlib.asynccontextmanager
async def serving(channel: WebChannel, sink: RecordingSink) -> AsyncIterator[Site]:
    """The channel's pages, and a client beside them."""
    running = asyncio.create_task(channel.run(sink))
    await channel.ready.wait()
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        yield Site(channel, sink, client)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


def web_channel(redis: Redis, folder: Path, files: Shelf) -> WebChannel:
    settings = WebSettings(
        host="127.0.0.1",
        port=0,
        files=folder,
        key=b"k" * 32,
        password=PASSWORD,
        max_upload=UPLOAD_MOST,
    )
    return WebChannel(settings, RedisJournal(redis), files, time.time)


@pytest.fixture
async def site(redis: Redis, tmp_path: Path) -> AsyncIterator[Site]:
    shelf = Shelf([("telegram:photo", b"\x89PNG\r\n\x1a\nfrom elsewhere")])
    async with serving(web_channel(redis, tmp_path / "files", shelf), RecordingSink()) as made:
        yield made
