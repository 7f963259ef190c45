"""What a bot may not do at the Discord double, and what breaks the description."""

import asyncio
import io

import discord
import pytest
from aiohttp import ClientSession

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, bot_of, place, refused
from tests.doubles.discord.things import Channel


async def test_what_the_bot_may_not_do(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    said = eve.say("hello", desk)
    await place(bot, desk).get_partial_message(said.id).delete()
    double.deny(desk, "send_messages", "manage_messages", "attach_files")
    await refused(place(bot, desk).send("hi"), 403, 50013)
    other = place(bot, desk).get_partial_message(eve.say("again", desk).id)
    await refused(other.delete(), 403, 50013)
    double.allow(desk, "send_messages")
    await place(bot, desk).send("hi")
    await refused(place(bot, desk).send(file=discord.File(io.BytesIO(b"x"), "x")), 403, 50013)
    double.deny(desk, "view_channel")
    await refused(place(bot, desk).send("hi"), 403, 50001)
    await refused(bot.fetch_channel(desk.id), 403, 50001)
    heard = len(bot.all("message"))
    eve.say("unseen", desk)
    double.owner.delete_channel(desk)
    await refused(bot.fetch_channel(desk.id), 404, 10003)
    assert len(bot.all("message")) == heard
    assert double.violations == []


async def test_without_the_intent_there_is_no_content(
    double: DiscordDouble, desk: Channel, eve: Person, ann: Person
) -> None:
    async with bot_of(double, ListeningBot(discord.Intents.default())) as bot:
        eve.say("secret", desk)
        eve.say(f"<@{bot.user.id}> open", desk)
        ann.say("private")
        await bot.next("message", 3)
        assert bot.texts == ["", f"<@{bot.user.id}> open", "private"]


async def test_what_breaks_the_description_is_a_violation(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    headers = {"Authorization": f"Bot {double.token}"}
    async with ClientSession(headers=headers) as session:
        url = f"{double.api_base}/channels/{ann.dm.id}/messages"
        async with session.post(url, json={"content": 5}) as response:
            assert response.status == 501
    (violation,) = double.violations
    assert "create_message" in violation.where and "$.content" in violation.problem

    async def break_something() -> None:
        double.violate("here", "a test", None)

    with pytest.raises(AssertionError, match="violation"):
        await asyncio.gather(double.wait_for(lambda: False), break_something())
