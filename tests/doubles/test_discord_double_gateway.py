"""The Discord double's gateway, driven by the unmodified discord.py."""

import asyncio

import discord
import pytest

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, bot_of, place, point_at
from tests.doubles.discord.things import Channel, Guild


async def connected_again(double: DiscordDouble, bot: ListeningBot, *, resumed: int) -> None:
    await double.wait_for(lambda: double.sessions.resumed == resumed)
    await bot.next("resumed", resumed)


async def test_the_connection_is_compressed_and_beats(double: DiscordDouble, guild: Guild) -> None:
    double.sessions.heartbeat_seconds = 0.02
    async with bot_of(double) as bot:
        (connection,) = double.sessions.connections
        assert connection.request.query["compress"] == "zlib-stream"
        await double.wait_for(lambda: double.sessions.heartbeats >= 3)
        assert bot.latency < 10
        assert double.sessions.is_connected
    await double.wait_for(lambda: not double.sessions.is_connected)


async def test_nothing_is_lost_when_the_socket_breaks(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    for number in range(3):
        ann.say(str(number))
    double.sessions.drop()
    for number in range(3, 6):
        ann.say(str(number))
    await connected_again(double, bot, resumed=1)
    ann.say("6")
    await bot.next("message", 7)
    assert bot.texts == [str(number) for number in range(7)]
    assert double.sessions.identified == 1
    assert double.violations == []


async def test_a_resumed_session_may_be_told_twice(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    ann.say("one")
    ann.say("two")
    await bot.next("message", 2)
    double.sessions.told_again_on_resume = 1
    double.sessions.drop()
    await connected_again(double, bot, resumed=1)
    assert bot.texts == ["one", "two", "two"]


async def test_op_7_lets_the_bot_connect_again(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    double.sessions.ask_to_reconnect()
    ann.say("in between")
    await connected_again(double, bot, resumed=1)
    assert bot.texts == ["in between"]
    double.sessions.close(4000)
    ann.say("once more")
    await connected_again(double, bot, resumed=2)
    assert bot.texts == ["in between", "once more"]


async def test_op_9_ends_a_session_or_lets_it_resume(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    double.sessions.invalidate(resumable=True)
    ann.say("kept")
    await connected_again(double, bot, resumed=1)
    assert bot.texts == ["kept"]
    double.sessions.invalidate()
    ann.say("lost")
    await bot.next("ready", 2)
    assert double.sessions.identified == 2
    ann.say("heard")
    await bot.next("message", 2)
    assert bot.texts == ["kept", "heard"]
    history = place(bot, ann.dm).history(oldest_first=True)
    assert [message.content async for message in history] == ["kept", "lost", "heard"]


async def test_a_forgotten_session_cannot_be_resumed(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    double.sessions.forget_sessions()
    double.sessions.drop()
    ann.say("lost")
    await bot.next("ready", 2)
    assert (double.sessions.identified, double.sessions.resumed) == (2, 0)
    assert bot.texts == []


async def test_a_wrong_token_closes_with_4004(double: DiscordDouble) -> None:
    point_at(double)
    async with ListeningBot() as bot:
        await bot.login(double.token)
        bot.http.token = "wrong"
        with pytest.raises(discord.ConnectionClosed) as caught:
            await bot.connect()
        assert caught.value.code == 4004


async def test_intents_that_are_not_allowed_close_with_4014(double: DiscordDouble) -> None:
    double.sessions.allows_privileged_intents = False
    point_at(double)
    async with ListeningBot() as bot:
        await bot.login(double.token)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.connect()
    async with bot_of(double, ListeningBot(discord.Intents.default())):
        assert double.sessions.identified == 1


async def test_intents_decide_what_is_heard(
    double: DiscordDouble, desk: Channel, ann: Person, eve: Person
) -> None:
    intents = discord.Intents(guilds=True, dm_messages=True)
    async with bot_of(double, ListeningBot(intents, chunk_guilds_at_startup=False)) as bot:
        eve.say("in the guild", desk)
        eve.start_typing(desk)
        ann.start_typing()
        ann.say("in private")
        await bot.next("message")
        assert bot.texts == ["in private"]
        assert bot.all("raw_typing") == []
        assert [member.id for member in bot.guilds[0].members] == [bot.user.id]


async def test_members_can_be_asked_for(
    double: DiscordDouble, guild: Guild, eve: Person, bot: ListeningBot
) -> None:
    assert bot.guilds[0].get_member(eve.id) is not None
    (found,) = await bot.guilds[0].query_members(user_ids=[eve.id])
    assert found.name == "eve"
    assert {one.id async for one in bot.guilds[0].fetch_members()} == set(guild.members)
    assert double.violations == []


async def test_shards_hear_each_their_part(
    double: DiscordDouble, desk: Channel, ann: Person, eve: Person
) -> None:
    point_at(double)
    ready = asyncio.Event()
    heard: asyncio.Queue[str] = asyncio.Queue()

    class Sharded(discord.AutoShardedClient):
        async def on_ready(self) -> None:
            ready.set()

        async def on_message(self, message: discord.Message) -> None:
            heard.put_nowait(message.content)

        async def before_identify_hook(self, shard: int | None, *, initial: bool = False) -> None:
            """No pause."""

    async with Sharded(
        intents=discord.Intents.all(), shard_count=2, guild_ready_timeout=0.01
    ) as bot:
        await bot.login(double.token)
        connecting = asyncio.create_task(bot.connect())
        await ready.wait()
        shards = {session.shard for session in double.sessions.sessions.values()}
        assert shards == {(0, 2), (1, 2)}
        eve.say("team", desk)
        ann.say("private")
        assert {await heard.get(), await heard.get()} == {"team", "private"}
        assert heard.empty()
        await bot.close()
        await connecting


async def test_a_double_that_stopped_can_start_again(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    port = double.port
    await double.stop()
    ann.say("while it was away")
    await double.start()
    assert double.port == port
    await connected_again(double, bot, resumed=1)
    assert bot.texts == ["while it was away"]
