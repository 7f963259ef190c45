"""The web: a visitor's page, and a case at the web desk. The platform is our own server."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from adapters.web.fidelity import FIDELITY
from chat.actions import Send
from chat.address import Address
from chat.channel import RetryLater
from tests.adapters.fakes import RecordingSink, Shelf
from tests.adapters.web.conftest import UPLOAD_MOST, serving, web_channel
from tests.contract.place import Fault, Place, Shown, Side
from tests.fidelity.observing import PDF
from tests.pairs.web_side import WebCustomer, WebPlatform


class WebPlace(Place):
    fidelity = FIDELITY
    splits = False
    ends_with = None
    nowhere = None
    largest_upload = None
    largest_download = UPLOAD_MOST
    longest_wait = None

    def __init__(self, side: Side, redis: Redis, folder: Path) -> None:
        super().__init__(side)
        self._redis, self._folder = redis, folder
        self.sink, self.shelf = RecordingSink(), Shelf()
        self.channel = web_channel(redis, folder / "files", self.shelf)
        self._serving = AsyncExitStack()
        self._browser = WebPlatform()
        self._marks = itertools.count(1)

    async def start(self) -> None:
        """It listens as soon as there is anything to see."""

    async def settle(self) -> None:
        """Serve, and open the person's page."""
        await self._serving.enter_async_context(serving(self.channel, self.sink))
        if self.side == "desk":
            await self.open(Address("web", "desk"))
            self.at = self.opened.thread
            self._page = await self._browser.agent(self.channel.url, "Wang")
            thread = self.at.thread or ""
            await self._page.until(lambda: self._page.cards[thread])
            await self._page.socket.send_json({"type": "open", "thread": thread, "after": "0"})
            self.person = WebCustomer(self._page, thread)
            self.who, self.calls = "web:wang", "@Wang"
        else:
            self.person = await self._browser.customer(self.channel.url)
            self._page = self.person.page
            visitor = self._page.welcome["visitor"]
            self.at = Address("web", visitor)
            self.who, self.calls = f"web:{visitor}", f"@{visitor}"

    async def stop(self) -> None:
        for page in self._browser.pages:
            await page.close()
        self._browser.pages.clear()
        await self._serving.aclose()

    async def restart(self) -> None:
        self.channel = web_channel(self._redis, self._folder / "files", self.shelf)
        await self.settle()

    async def say_told_twice(self, text: str) -> None:
        frame = {"type": "message", "client": "same", "text": text, "thread": self.at.thread}
        for _ in range(2):
            await self._page.socket.send_json(frame)

    async def send_vast(self) -> bool:
        with pytest.raises(AssertionError, match="too_large"):
            await self.person.send_file("a.pdf", PDF + bytes(UPLOAD_MOST))
        return False

    async def type(self) -> None:
        await self._page.socket.send_json({"type": "typing", "thread": self.at.thread})

    async def typing_shown(self) -> int:
        await self._page.until(lambda: self._page.typing)
        return self._page.typing

    async def shown(self) -> list[Shown]:
        # What stands in the journal before a line of ours has been shown when that line is.
        mark = f"mark {next(self._marks)}"
        await self.channel.send(Send(mark, self.at, mark), None)
        await self._page.until(lambda: mark in self._page.texts())
        said = [
            e for e in self._page.shown() if "client" not in e and not e["text"].startswith("mark ")
        ]
        return [
            Shown(
                e["id"] if self.at.thread is None else f"{self.at.thread}@{e['id']}",
                e["text"],
                tuple([(f["name"], await self._page.content(f)) for f in e.get("files", [])]),
                tuple(s["url"] for s in e.get("spans", []) if s["kind"] == "mention"),
            )
            for e in said
        ]

    async def card_says(self, words: str) -> bool:
        thread = self.at.thread or ""
        await self._page.until(lambda: words in str(self._page.cards[thread]))
        return True

    def strike(self, fault: Fault) -> None:
        """The store is away, before or after it has kept the message."""
        journal = self.channel._journal
        append = journal.append

        async def failing(channel: str, key: str, body: bytes) -> str:
            journal.append = append
            if fault == "commit_then_drop":
                await append(channel, key, body)
            raise RetryLater("the store is away")

        journal.append = failing

    async def end(self) -> None:
        raise AssertionError("a page can always be written to")

    def violations(self) -> list[Any]:
        return []


@asynccontextmanager
async def web(side: Side, redis: Redis, folder: Path) -> AsyncIterator[WebPlace]:
    place = WebPlace(side, redis, folder)
    await place.settle()
    try:
        yield place
    finally:
        await place.stop()
