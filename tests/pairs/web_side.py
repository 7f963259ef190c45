"""Customers and agents on the web, who speak its protocol as the pages do."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from tests.running import PASSWORD

_PNG = b"\x89PNG\r\n\x1a\n"


class Journal:
    """What one page shows, as the server tells it."""

    def __init__(self, http: ClientSession, url: str, socket: ClientWebSocketResponse) -> None:
        self.http = http
        self.url = url
        self.socket = socket
        self.entries: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()
        self.cards: dict[str, dict[str, Any]] = {}
        self.welcome: dict[str, Any] = {}
        self.acks: dict[str, str] = {}
        self.by_client: dict[str, str] = {}
        self.typing = 0
        self.changed = asyncio.Condition()
        self._ids = itertools.count(1)
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = message.json()
            async with self.changed:
                self._take(frame)
                self.changed.notify_all()

    def _take(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self.welcome = frame
            case "cards":
                self.cards.update({card["thread"]: card for card in frame["cards"]})
            case "ack" | "error":
                self.acks[frame.get("client", "")] = frame.get("reason", "")
            case "typing":
                self.typing += 1
            case "entry":
                self._show(frame)

    def _show(self, frame: dict[str, Any]) -> None:
        match frame["kind"]:
            case "message":
                self.entries[frame["id"]] = frame
                if "client" in frame:
                    self.by_client[frame["client"]] = frame["id"]
            case "edited":
                self.entries[frame["target"]]["text"] = frame["text"]
            case "deleted":
                self.gone.add(frame["target"])

    async def until(self, holds: Callable[[], Any]) -> Any:
        def found() -> Any:
            with suppress(LookupError):
                return holds()
            return None

        async with self.changed, asyncio.timeout(15):
            return await self.changed.wait_for(found)

    async def send(self, kind: str, **fields: Any) -> str:
        """Send a frame and wait until it is durable; returns the message's entry, if any."""
        client = f"c{next(self._ids)}"
        await self.socket.send_json({"type": kind, "client": client, **fields})
        await self.until(lambda: client in self.acks)
        assert self.acks[client] == "", self.acks[client]
        if kind == "message":
            await self.until(lambda: client in self.by_client)
        return self.by_client.get(client, "")

    def shown(self) -> list[dict[str, Any]]:
        return [e for key, e in self.entries.items() if key not in self.gone]

    def texts(self) -> list[str]:
        return [entry.get("text", "") for entry in self.shown()]

    async def contents(self) -> list[bytes]:
        files = [file for entry in self.shown() for file in entry.get("files", [])]
        return [await self.content(file) for file in files]

    async def content(self, file: dict[str, Any]) -> bytes:
        async with self.http.get(self.url + file["url"]) as answer:
            return await answer.read()

    async def until_file(self, content: bytes) -> None:
        while True:
            shown = len(self.entries)
            if content in await self.contents():
                return
            await self.until(lambda shown=shown: len(self.entries) > shown)  # type: ignore[misc]

    async def upload(self, name: str, content: bytes, **headers: str) -> str:
        async with self.http.post(
            f"{self.url}/upload", params={"name": name}, data=content, headers=headers
        ) as answer:
            body = await answer.json()
            assert answer.status == 200, body
            file_id: str = body["id"]
            return file_id

    async def close(self) -> None:
        self._reading.cancel()
        await self.socket.close()
        await self.http.close()


class WebCustomer:
    can_delete = True

    def __init__(self, page: Journal, thread: str | None = None) -> None:
        """In their own conversation, or as an agent in the thread of a case."""
        self.page = page
        self._where = {} if thread is None else {"thread": thread}

    async def say(self, text: str) -> str:
        return await self.page.send("message", text=text, **self._where)

    async def send_file(self, name: str, content: bytes) -> str:
        who = {"Origin": self.page.url}
        if "token" in self.page.welcome:
            who = {"Authorization": f"Bearer {self.page.welcome['token']}"}
        file_id = await self.page.upload(name, content, **who)
        return await self.page.send("message", text="", files=[file_id], **self._where)

    async def edit(self, message: str, text: str) -> None:
        await self.page.send("edit", target=message, text=text, **self._where)

    async def delete(self, message: str) -> None:
        await self.page.send("delete", target=message, **self._where)

    async def reply(self, to: str, text: str) -> str:
        asked = next(e["id"] for e in reversed(self.page.shown()) if to in e.get("text", ""))
        return await self.page.send("message", text=text, reply_to=asked, **self._where)

    async def press(self, label: str) -> None:
        for entry in reversed(self.page.shown()):
            for button in (b for row in entry.get("buttons", []) for b in row):
                if button["label"] == label:
                    pressed = {"target": entry["id"], "value": button["value"], "label": label}
                    await self.page.send("press", **pressed, **self._where)
                    return
        raise AssertionError(f"no button {label}")

    async def texts(self) -> list[str]:
        return self.page.texts()

    async def files(self) -> list[bytes]:
        return await self.page.contents()

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        await self.page.until(lambda: holds(self.page.texts()))

    async def until_file(self, content: bytes) -> None:
        await self.page.until_file(content)


class WebTeam:
    def __init__(self, pages: dict[str, Journal]) -> None:
        self._pages = pages
        self._thread = ""

    async def _found(self) -> None:
        if self._thread:
            return
        lin = self._pages["Lin"]
        await lin.until(lambda: lin.cards)
        self._thread = next(iter(lin.cards))
        for page in self._pages.values():
            await page.socket.send_json({"type": "open", "thread": self._thread, "after": "0"})

    async def _press(self, agent: str, what: str) -> None:
        await self._found()
        page = self._pages[agent]
        buttons = [b for row in page.cards[self._thread]["buttons"] for b in row]
        value = next(b["value"] for b in buttons if b["value"].startswith(what))
        await page.send("press", thread=self._thread, value=value)

    async def claim(self, agent: str) -> None:
        await self._found()
        page = self._pages[agent]
        await page.until(lambda: self._thread in page.cards)
        await self._press(agent, "claim:")

    async def say(self, agent: str, text: str) -> str:
        return await self._pages[agent].send("message", thread=self._thread, text=text)

    async def send_file(self, agent: str, name: str, content: bytes) -> str:
        return await WebCustomer(self._pages[agent], self._thread).send_file(name, content)

    async def edit(self, agent: str, message: str, text: str) -> None:
        await self._pages[agent].send("edit", thread=self._thread, target=message, text=text)

    async def delete(self, agent: str, message: str) -> None:
        await self._pages[agent].send("delete", thread=self._thread, target=message)

    async def transfer(self, by: str, to: str) -> None:
        await self.say(by, f"/transfer {to}")

    async def close(self, agent: str) -> None:
        page = self._pages[agent]
        await page.until(lambda: page.cards[self._thread]["status"] == "open")
        await self._press(agent, "close:")

    @property
    def _page(self) -> Journal:
        return self._pages["Lin"]

    async def texts(self) -> list[str]:
        return self._page.texts()

    async def card(self) -> str:
        return "\n".join(self._page.cards[self._thread]["lines"])

    def _cards(self) -> list[str]:
        return ["\n".join(card["lines"]) for card in self._page.cards.values()]

    async def cards(self) -> list[str]:
        return self._cards()

    async def until_cards(self, holds: Callable[[list[str]], bool]) -> None:
        await self._page.until(lambda: holds(self._cards()))

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        await self._found()
        await self._page.until(lambda: holds(self._page.texts()))

    async def until_card(self, holds: Callable[[str], bool]) -> None:
        page = self._page
        await page.until(lambda: holds("\n".join(page.cards[self._thread]["lines"])))

    async def until_file(self, content: bytes) -> None:
        await self._page.until_file(content)


class WebPlatform:
    name = "web"
    desk_channel = "web"

    def __init__(self) -> None:
        self.pages: list[Journal] = []

    def settings(self) -> dict[str, object]:
        return {}

    async def customer(self, url: str) -> WebCustomer:
        http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        socket = await http.ws_connect(f"{url}/ws/visitor")
        await socket.send_json(
            {"type": "hello", "token": None, "after": "0", "lang": "zh", "name": "小王"}
        )
        page = Journal(http, url, socket)
        self.pages.append(page)
        await page.until(lambda: page.welcome)
        return WebCustomer(page)

    async def agent(self, url: str, name: str) -> Journal:
        """The desk's page, for who signed in under that name."""
        http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        async with http.post(
            f"{url}/desk/login",
            json={"password": PASSWORD, "name": name},
            headers={"Origin": url},
        ) as answer:
            assert answer.status == 200
        page = Journal(http, url, await http.ws_connect(f"{url}/ws/desk", origin=url))
        self.pages.append(page)
        return page

    async def team(self, url: str) -> WebTeam:
        return WebTeam({name: await self.agent(url, name) for name in ("Lin", "Bo")})

    def violations(self) -> list[Any]:
        return []


@asynccontextmanager
async def platform() -> AsyncIterator[WebPlatform]:
    made = WebPlatform()
    try:
        yield made
    finally:
        for page in made.pages:
            await page.close()
