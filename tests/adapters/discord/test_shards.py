"""A bot so large that Discord wants it to hold several connections."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest

from adapters.discord.gateway import shard_of
from chat.actions import Button, Card, OpenThread
from chat.events import ButtonPressed, MessageReceived
from tests.adapters.discord.conftest import COMMANDS, Stage
from tests.doubles.discord.double import DiscordDouble
from tests.doubles.discord.sessions import Session

SHARDS = 3
THREADS = "get_active_guild_threads"
DESK_SHARD = 2
CARD = Card("KAAAAAA", "waiting", "K · Li", ("x",), ((Button("claim:KAAAAAA", "Claim"),),))


class LargeStage(Stage):
    """The same, at three connections; the desk's guild is told of on the last one."""

    def __init__(self, double: DiscordDouble) -> None:
        double.desk.shards = SHARDS
        self.small = double.guild("Small", guild_id=(SHARDS * 1000 + 1) << 22)
        super().__init__(double, guild_id=(SHARDS * 1000 + DESK_SHARD) << 22)

    async def start(self) -> None:
        known = len(self.double.calls_of(THREADS))
        await super().start()
        await self.double.wait_for(lambda: len(self.listening()) == SHARDS)
        # For the desk and the entrance; what is found there is heard again, and known by its id.
        await self.double.wait_for(lambda: len(self.double.calls_of(THREADS)) >= known + 2)

    def listening(self) -> list[Session]:
        return [s for s in self.double.sessions.sessions.values() if s.connection is not None]

    def session(self, shard: int) -> Session:
        """The newest session of a shard."""
        every = self.double.sessions.sessions.values()
        return [session for session in every if session.shard[0] == shard][-1]

    def texts(self) -> list[str]:
        """What was heard, without what was heard again."""
        heard = {e.id: e.message.text for e in self.sink.of(MessageReceived)}
        return list(heard.values())


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LargeStage]:
    async def at_once(*_: object, **__: object) -> None:
        """The library waits five seconds between connections, as Discord asks."""

    monkeypatch.setattr(discord.AutoShardedClient, "before_identify_hook", at_once)
    async with DiscordDouble() as double:
        made = LargeStage(double)
        yield made
        await made.stop()
        await made.channel.close()
        assert double.violations == []
        assert double.unknown == []


async def test_every_guild_is_heard_on_its_connection(stage: LargeStage) -> None:
    assert shard_of(stage.guild.id, SHARDS) == DESK_SHARD
    await stage.start()
    assert sorted(s.shard for s in stage.listening()) == [(n, SHARDS) for n in range(SHARDS)]
    opened = await stage.channel.open_thread(OpenThread("e/0", stage.desk_address, "web:1", CARD))
    lin, ann = stage.double.user("lin", guild=stage.guild), stage.double.user("ann")
    thread = stage.double.channel(int(opened.thread.thread or "0"))
    ann.say("a direct message")
    lin.say("an agent’s answer", where=thread)
    card = stage.double.channel(stage.desk).messages[int(opened.card_message or "0")]
    lin.press(card, "Claim")
    await stage.sink.next(3)
    assert sorted(stage.texts()) == ["a direct message", "an agent’s answer"]
    assert [e.value for e in stage.sink.of(ButtonPressed)] == ["claim:KAAAAAA"]
    assert len(stage.double.calls_of(COMMANDS)) == 1, "commands are listed once"
    assert len(stage.double.messages(stage.entrance)) == 1, "and each entrance has one button"


async def test_each_connection_is_resumed_by_itself(stage: LargeStage) -> None:
    await stage.start()
    lin, ann = stage.double.user("lin", guild=stage.guild), stage.double.user("ann")
    opened = await stage.channel.open_thread(OpenThread("e/0", stage.desk_address, "web:1", CARD))
    thread = stage.double.channel(int(opened.thread.thread or "0"))
    ann.say("one")
    lin.say("eins", where=thread)
    await stage.sink.next(2)
    stage.double.sessions.drop()
    ann.say("two")
    lin.say("zwei", where=thread)
    await stage.double.wait_for(lambda: stage.double.sessions.resumed == SHARDS)
    await stage.sink.next(4)
    assert sorted(stage.texts()) == ["eins", "one", "two", "zwei"]
    assert len(stage.sink.submitted) == 4, "nothing is heard twice"
    assert stage.double.sessions.identified == SHARDS


async def test_a_forgotten_session_reads_up_its_own_channels_only(stage: LargeStage) -> None:
    await stage.start()
    lin, ann = stage.double.user("lin", guild=stage.guild), stage.double.user("ann")
    opened = await stage.channel.open_thread(OpenThread("e/0", stage.desk_address, "web:1", CARD))
    thread = stage.double.channel(int(opened.thread.thread or "0"))
    ann.say("one")
    lin.say("eins", where=thread)
    await stage.sink.next(2)
    read_before = len(stage.double.calls_of("list_messages"))
    lost = stage.session(DESK_SHARD)
    del stage.double.sessions.sessions[lost.id]
    assert lost.connection is not None
    lost.connection.break_now()
    lin.say("zwei", where=thread)
    await stage.sink.until(lambda: "zwei" in stage.texts())
    assert stage.double.sessions.identified == SHARDS + 1
    read = stage.double.calls_of("list_messages")[read_before:]
    assert [call.path.split("/")[-2] for call in read] == [str(thread.id)]


async def test_all_is_read_up_after_a_restart(stage: LargeStage) -> None:
    await stage.start()
    lin, ann = stage.double.user("lin", guild=stage.guild), stage.double.user("ann")
    opened = await stage.channel.open_thread(OpenThread("e/0", stage.desk_address, "web:1", CARD))
    thread = stage.double.channel(int(opened.thread.thread or "0"))
    ann.say("one")
    await stage.sink.until(lambda: "one" in stage.texts())
    lin.say("eins", where=thread)
    await stage.sink.until(lambda: "eins" in stage.texts())
    await stage.stop()
    ann.say("two")
    lin.say("zwei", where=thread)
    await stage.restart()
    await stage.sink.until(lambda: {"two", "zwei"} <= set(stage.texts()))
