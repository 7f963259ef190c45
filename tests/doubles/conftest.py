"""The Discord double and a bot at it, for the tests of that double."""

from collections.abc import AsyncIterator

import pytest

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, bot_of
from tests.doubles.discord.things import Channel, Guild


@pytest.fixture
async def double() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as double:
        yield double
        assert double.unknown == []


@pytest.fixture
def guild(double: DiscordDouble) -> Guild:
    return double.guild("Support")


@pytest.fixture
def desk(double: DiscordDouble, guild: Guild) -> Channel:
    return double.text_channel(guild, "cases")


@pytest.fixture
def forum(double: DiscordDouble, guild: Guild) -> Channel:
    return double.forum_channel(guild, "posts", tags=["urgent"])


@pytest.fixture
def ann(double: DiscordDouble) -> Person:
    return double.user("ann", global_name="Ann")


@pytest.fixture
def eve(double: DiscordDouble, guild: Guild) -> Person:
    return double.user("eve", guild=guild)


@pytest.fixture
async def bot(
    double: DiscordDouble, guild: Guild, desk: Channel, forum: Channel
) -> AsyncIterator[ListeningBot]:
    async with bot_of(double) as bot:
        yield bot
