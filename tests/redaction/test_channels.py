"""300 secrets and as many look-alikes through every channel of the running program: afterwards
nobody finds one of the secrets anywhere, and the look-alikes stand at the desk as they were.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType
from redis.asyncio import Redis

from bot.archive.database import open_archive
from bot.store import keys
from bot.store.embedded import EmbeddedServer
from tests.archive.direct import ids
from tests.doubles.discord.double import DiscordDouble
from tests.doubles.slack.double import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.pairs import discord_side, slack_side, telegram_side, web_side
from tests.pairs.sides import Customer
from tests.redaction import reporting
from tests.redaction.planted import Planted
from tests.running import PASSWORD, Program

pytestmark = pytest.mark.slow

RECALL_LEAST = 0.995
HURT_MOST = 0.005

NewCustomer = Callable[[int, str], Awaitable[Customer]]


class Place:
    """A channel for customers: how to make one, and everything that the platform was told."""

    def __init__(self, customers: int, new: NewCustomer, told: Callable[[], str]) -> None:
        self.customers = customers
        self.new = new
        self.told = told


def _as_text(things: object) -> str:
    return json.dumps(things, ensure_ascii=False, default=str)


@contextlib.asynccontextmanager
async def web() -> AsyncIterator[tuple[dict[str, object], Place]]:
    async with web_side.platform() as platform:

        async def new(number: int, url: str) -> Customer:
            return await platform.customer(url)

        def told() -> str:
            return _as_text([list(page.entries.values()) for page in platform.pages])

        # A page may send ten messages at once, and with so many pages none has more to send.
        yield {"web": {"port": 0}}, Place(150, new, told)


@contextlib.asynccontextmanager
async def telegram() -> AsyncIterator[tuple[dict[str, object], Place]]:
    async with TelegramDouble() as double:

        async def new(number: int, url: str) -> Customer:
            person = double.user(1000 + number, f"客户{number}", "zh-hans")
            return telegram_side.TelegramCustomer(double, person)

        settings = {"token": double.token, "api_base": double.url}
        yield (
            {"web": {"port": 0}, "telegram": settings},
            Place(40, new, lambda: _as_text([(c.method, c.params) for c in double.calls])),
        )


@contextlib.asynccontextmanager
async def discord() -> AsyncIterator[tuple[dict[str, object], Place]]:
    async with DiscordDouble() as double:
        double.guild("Tokenim")

        async def new(number: int, url: str) -> Customer:
            await double.wait_for(
                lambda: double.calls_of("bulk_set_application_commands"), timeout=20
            )
            person = double.user(f"wang{number}", global_name=f"客户{number}", locale="zh-CN")
            return discord_side.DiscordCustomer(double, person)

        settings = {
            "token": double.token,
            "api_base": double.api_base,
            "gateway": double.gateway,
        }
        yield (
            {"web": {"port": 0}, "discord": settings},
            Place(40, new, lambda: _as_text([(c.path, c.query, c.body) for c in double.calls])),
        )


@contextlib.asynccontextmanager
async def slack() -> AsyncIterator[tuple[dict[str, object], Place]]:
    async with SlackDouble() as double:

        async def new(number: int, url: str) -> Customer:
            await double.wait_for(lambda: double.sockets.connections, timeout=20)
            return slack_side.SlackCustomer(double, double.person(f"客户{number}", locale="zh-CN"))

        settings = {
            "bot_token": double.bot_token,
            "app_token": double.app_token,
            "api_base": double.api_base,
        }
        yield (
            {"web": {"port": 0}, "slack": settings},
            Place(40, new, lambda: _as_text(list(double.calls))),
        )


PLACES: dict[str, Callable[[], AbstractAsyncContextManager[tuple[dict[str, object], Place]]]] = {
    "web": web,
    "telegram": telegram,
    "discord": discord,
    "slack": slack,
}


def _shared_out(
    planted: list[Planted], alike: list[str], customers: int
) -> list[list[tuple[str, ...]]]:
    """What each customer sends: whole cases, secrets and look-alikes by turns."""
    cases = [case.messages for case in planted], [(line,) for line in alike]
    mixed = [case for pair in itertools.zip_longest(*cases) for case in pair if case]
    return [mixed[number::customers] for number in range(customers)]


async def _write(customer: Customer, number: int, cases: list[tuple[str, ...]]) -> None:
    # Every fifth begins with a secret, while the bot has the conversation; the others at the desk.
    if number % 5:
        await customer.say("转人工")
    for text in itertools.chain.from_iterable(cases):
        await customer.say(text)
    await customer.say("转人工")
    await customer.say(_last_words(number))


def _last_words(number: int) -> str:
    return f"说完了，第 {number} 位"


class Desk:
    """Everything that the desk's page is told, from the first frame on."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.cards: dict[str, Any] = {}
        self.frames: dict[str, dict[str, Any]] = {}
        self.raw: list[str] = []

    async def read(self, enough: Callable[[], bool]) -> None:
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
            answer = await http.post(
                f"{self._url}/desk/login",
                json={"password": PASSWORD, "name": "Lin"},
                headers={"Origin": self._url},
            )
            assert answer.status == 200
            async with http.ws_connect(
                f"{self._url}/ws/desk", origin=self._url, max_msg_size=0
            ) as socket:
                await self._until(socket, lambda: bool(self.cards))
                while not enough():
                    for thread in list(self.cards):
                        after = self.frames.get(thread, {}).get("last", "0")
                        await socket.send_json({"type": "open", "thread": thread, "after": after})
                        self._caught_up = ""
                        await self._until(socket, lambda t=thread: self._caught_up == t)  # type: ignore[misc]

    async def _until(self, socket: Any, holds: Callable[[], bool]) -> None:
        while not holds():
            message = await socket.receive(timeout=30)
            assert message.type is WSMsgType.TEXT
            self._take(message.data)

    def _take(self, data: str) -> None:
        self.raw.append(data)
        frame = json.loads(data)
        match frame["type"]:
            case "cards":
                self.cards |= {card["thread"]: card for card in frame["cards"]}
            case "entry":
                shown = self.frames.setdefault(frame["thread"], {"texts": []})
                shown["last"] = frame["id"]
                if frame.get("kind") == "message":
                    shown["texts"].append(frame.get("text", ""))
            case "caught_up":
                self._caught_up = frame["thread"]

    def texts(self) -> list[str]:
        return [text for shown in self.frames.values() for text in shown["texts"]]


async def _live_state(data: Path) -> str:
    """Every key and value of the store, as the server gives them."""
    found: list[object] = []
    socket = EmbeddedServer(data / "valkey").socket
    async with Redis(unix_socket_path=str(socket)) as redis:
        async for key in redis.scan_iter(count=1000):
            match await redis.type(key):
                case b"string":
                    value: object = await redis.get(key)
                case b"hash":
                    value = await redis.hgetall(key)
                case b"zset":
                    value = await redis.zrange(key, 0, -1)
                case b"set":
                    value = await redis.smembers(key)
                case b"list":
                    value = await redis.lrange(key, 0, -1)
                case b"stream":
                    value = await redis.xrange(key)
                case other:
                    raise AssertionError(f"{key!r} holds a {other!r}")
            found.append((key, value))
    return "\n".join(_decoded(found))


def _decoded(value: object) -> Iterable[str]:
    match value:
        case bytes():
            yield value.decode("utf-8", "replace")
        case dict():
            for item in value.items():
                yield from _decoded(item)
        case list() | tuple() | set():
            for item in value:
                yield from _decoded(item)


def _on_disk(data: Path) -> bytes:
    """Every byte under the data folder: the store's own log remembers what was overwritten."""
    files = [path for path in data.rglob("*") if path.is_file()]
    return b"\n".join(path.read_bytes() for path in files)


async def _archived(data: Path) -> int:
    """How many facts the archive has, once nothing waits to be written into it."""
    socket = EmbeddedServer(data / "valkey").socket
    async with Redis(unix_socket_path=str(socket)) as redis, asyncio.timeout(120):
        while any([await redis.xlen(key) for key in keys.RECORDS]):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.2)
    engine = open_archive(f"sqlite:///{data}/archive.sqlite3")
    facts = ids(engine)
    engine.dispose()
    return len(facts)


def _stands_in(needle: str, places: dict[str, bytes]) -> list[str]:
    written = {needle, json.dumps(needle)[1:-1], json.dumps(needle, ensure_ascii=False)[1:-1]}
    forms = [form.encode() for form in written]
    if len(needle) > 8:
        return [name for name, text in places.items() if any(form in text for form in forms)]
    # A short one may happen to stand inside an id or a time.
    exact = re.compile(rb"(?<![0-9A-Za-z.])" + re.escape(needle.encode()) + rb"(?![0-9A-Za-z])")
    return [name for name, text in places.items() if needle.encode() in text and exact.search(text)]


def _readable(text: str) -> str:
    """Without what markup adds and readers do not see."""
    return re.sub(r"\\(?=\W)|<(?=http)|(?<=\w)>", "", text)


@pytest.mark.parametrize("place", PLACES)
async def test_no_secret_is_found_again_and_look_alikes_come_through(
    place: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    planted, alike = reporting.planted(), reporting.alike()
    async with PLACES[place]() as (channels, customers):
        settings: dict[str, object] = {
            "channels": channels,
            "desk": {"channel": "web", "language": "zh", "password": "${TEST_PASSWORD}"},
        }
        shares = _shared_out(planted, alike, customers.customers)
        async with Program(tmp_path, settings) as program:
            people = [await customers.new(n, program.url) for n in range(customers.customers)]
            desk = Desk(program.url)

            def all_heard() -> bool:
                texts = "\n".join(desk.texts())
                return all(_last_words(number) in texts for number in range(len(people)))

            async with asyncio.timeout(240):
                await asyncio.gather(
                    *(
                        _write(who, n, share)
                        for n, (who, share) in enumerate(zip(people, shares, strict=True))
                    )
                )
                await desk.read(all_heard)
            facts = await _archived(tmp_path / "data")
            state = await _live_state(tmp_path / "data")
        places = {
            "store": state.encode(),
            "disk": _on_disk(tmp_path / "data"),
            "log": "\n".join(program.output).encode(),
            "desk": "\n".join(_readable(text) for text in (*desk.texts(), *desk.raw)).encode(),
            "platform": customers.told().encode(),
        }
    found = {
        case.messages: where
        for case in planted
        for needle in case.needles
        if (where := _stands_in(needle, places))
    }
    shown = "\n".join(_readable(text) for text in desk.texts())
    hurt = [line for line in alike if _readable(line) not in shown]
    # The archive was among the places: at least each customer's words made facts.
    assert facts > len(planted)
    recall = 1 - len(found) / len(planted)
    record_property("recall", recall)
    record_property("hurt", len(hurt) / len(alike))
    print(f"{place}: recall {recall:.4f}, {len(hurt)} of {len(alike)} look-alikes hurt")
    assert recall >= RECALL_LEAST, found
    assert not found
    assert len(hurt) <= HURT_MOST * len(alike), hurt
