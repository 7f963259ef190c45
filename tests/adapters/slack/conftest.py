"""A channel with the unmodified library, against the double of Slack."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import structs

from adapters.slack.channel import SlackChannel, SlackSettings
from adapters.slack.reading import rich_of
from chat.address import Address
from tests.adapters.fakes import DictMemory, RecordingSink, Shelf
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.records import Channel, Message
from tests.doubles.slack.world import App

MANIFEST = Path(__file__).parents[3] / "docs" / "slack-app-manifest.yaml"


@cache
def _manifest() -> Any:
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def installed_by_the_manifest() -> App:
    """The app as the guide has it made: with these scopes and these events, and no others."""
    manifest = _manifest()
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    return App(
        scopes=set(manifest["oauth_config"]["scopes"]["bot"]),
        subscriptions={event.partition(".")[0] for event in events},
    )


class Stage:
    """One channel at the double, and everything around it."""

    def __init__(self, double: SlackDouble) -> None:
        self.double = double
        self.lin = double.person("Lin")
        self.ann = double.person("Ann", locale="zh-CN")
        self.desk = double.channel("cases", self.lin)
        self.entrance = double.channel("help", self.ann, self.lin)
        self.settings = SlackSettings(
            bot_token=double.bot_token,
            app_token=double.app_token,
            signing_secret=double.signing_secret,
            api_base=double.api_base,
            desk_channel=self.desk.id,
            entrances=frozenset({self.entrance.id}),
        )
        self.sink = RecordingSink()
        self.memory = DictMemory()
        self.shelf = Shelf()
        self.channel = self.new_channel()
        self.running: asyncio.Task[None] | None = None

    def new_channel(self) -> SlackChannel:
        return SlackChannel(
            self.settings, files=self.shelf, memory=self.memory, clock=self.double.clock
        )

    async def start(self) -> None:
        """Let the channel listen, and wait until it does."""
        if self.settings.mode == "http":
            await self.start_http()
            return
        self.running = asyncio.create_task(self.channel.run(self.sink))
        await self.double.wait_for(lambda: self.double.sockets.connections)

    async def start_http(self) -> None:
        """The same, but that events come over HTTP."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        self.settings = structs.replace(self.settings, mode="http", port=port)
        await self.channel.close()
        self.channel = self.new_channel()
        self.running = asyncio.create_task(self.channel.run(self.sink))
        await self.double.wait_for(lambda: self.double.calls_of("auth.test"))
        url = f"http://127.0.0.1:{port}/slack/events"
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(Exception):
                    await self.double.send_over_http(url)
                    return

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

    @property
    def desk_address(self) -> Address:
        return Address("slack", self.desk.id)

    def at(self, channel: Channel) -> Address:
        return Address("slack", channel.id)


def shown(message: Message) -> str:
    """What a reader sees of a message's text."""
    return rich_of({"blocks": message.blocks, "text": message.text}, str).text


@contextlib.asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    async with SlackDouble(app=installed_by_the_manifest()) as double:
        made = Stage(double)
        try:
            yield made
        finally:
            await made.stop()
            await made.channel.close()
        assert double.violations == []
        assert double.unknown == []


@pytest.fixture
async def stage(turns_pass: None) -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made
