"""A channel with the unmodified client, against the double of Telegram."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable

import pytest

from adapters.telegram.channel import TelegramChannel, TelegramSettings, WebhookSettings
from adapters.telegram.webhook import PATH
from chat.actions import ShowTyping, Speaker
from chat.address import Address
from tests.adapters.fakes import DictMemory, RecordingSink, Shelf
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_people import Forum, Person, Topic

DESK = -1001234567890
NOW = 1_700_000_000.0


class Stage:
    """One channel at the double, and everything around it."""

    def __init__(self, double: TelegramDouble) -> None:
        self.double = double
        self.sink = RecordingSink()
        self.memory = DictMemory()
        self.shelf = Shelf()
        self.webhook: WebhookSettings | None = None
        self.channel = self.new_channel()
        self.running: asyncio.Task[None] | None = None
        self.unforgiven: Callable[[str], bool] = lambda _where: True

    @property
    def settings(self) -> TelegramSettings:
        return TelegramSettings(
            token=self.double.token,
            api_base=self.double.url,
            desk_chat=str(DESK),
            poll_seconds=20,
            first_pause=0.01,
            longest_pause=0.05,
            webhook=self.webhook,
        )

    def new_channel(self) -> TelegramChannel:
        return TelegramChannel(
            self.settings, files=self.shelf, memory=self.memory, clock=lambda: NOW
        )

    async def use_webhook(self) -> str:
        """Let Telegram push instead; gives the address that it will know."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        self.webhook = WebhookSettings(public_url=f"http://127.0.0.1:{port}", port=port)
        await self.channel.close()
        self.channel = self.new_channel()
        return self.webhook.public_url + PATH

    async def start(self) -> None:
        """Let the channel listen, and wait until it does."""
        asked = "getUpdates" if self.webhook is None else "setWebhook"
        known = len(self.double.calls_of(asked))
        self.running = asyncio.create_task(self.channel.run(self.sink))
        await self.double.until(lambda: len(self.double.calls_of(asked)) > known)

    async def stop(self) -> None:
        """End listening as when the process ends."""
        if self.running is not None:
            self.running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.running
            self.running = None

    async def restart(self) -> None:
        """A new process with the same memory."""
        await self.stop()
        await self.channel.close()
        self.channel = self.new_channel()
        await self.start()

    async def let_others_work(self) -> None:
        """Ask the double for something a few times, so that whatever could go on does."""
        topic = self.desk().member(1, "Idle").create_topic("idle")
        for _ in range(10):
            await self.channel.show_typing(
                ShowTyping("idle/0", self.in_topic(topic), Speaker("system"))
            )

    def customer(self, user_id: int = 7, name: str = "小明", lang: str = "zh-hans") -> Person:
        """A customer who has started the bot."""
        person = self.double.user(user_id, name, lang)
        person.chat.started = True
        return person

    def at(self, person: Person) -> Address:
        return Address("telegram", str(person.id))

    def desk(self) -> Forum:
        return self.double.forum(DESK)

    def in_topic(self, topic: Topic | int) -> Address:
        thread = topic if isinstance(topic, int) else topic.id
        return Address("telegram", str(DESK), str(thread))


@contextlib.asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    async with TelegramDouble() as double:
        made = Stage(double)
        try:
            yield made
        finally:
            await made.stop()
            await made.channel.close()
        assert [v for v in double.violations if made.unforgiven(v.where)] == []


@pytest.fixture
async def stage(turns_pass: None) -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made
