"""The Discord double, driven by the unmodified discord.py: login, messages, files, permissions."""

import io
from typing import Any

import discord
import pytest

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, place, point_at, refused
from tests.doubles.discord.things import Channel, Guild

# -- login ------------------------------------------------------------------------------------


async def test_a_bot_logs_in_and_sees_its_guilds(
    double: DiscordDouble, guild: Guild, desk: Channel, forum: Channel, bot: ListeningBot
) -> None:
    assert bot.user is not None and bot.user.name == "Kefu"
    assert bot.application is not None and bot.application.owner.name == "owner"
    (seen,) = bot.guilds
    assert (seen.id, seen.name) == (guild.id, "Support")
    assert {type(channel) for channel in seen.channels} == {
        discord.TextChannel,
        discord.ForumChannel,
    }
    assert bot.get_channel(forum.id).available_tags[0].name == "urgent"
    assert seen.get_channel(desk.id).permissions_for(seen.me).manage_threads
    fetched = await bot.fetch_guild(guild.id)
    assert fetched.approximate_member_count == 2
    assert [one.name for one in await seen.fetch_channels()] == ["cases", "posts"]
    assert (await seen.fetch_member(bot.user.id)).id == bot.user.id
    assert (await bot.http.get_bot_gateway())[1] == double.gateway
    assert double.violations == []


async def test_a_wrong_token_is_refused_at_login(double: DiscordDouble) -> None:
    point_at(double)
    async with ListeningBot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")


async def test_unknown_requests_are_noted(double: DiscordDouble, bot: ListeningBot) -> None:
    await refused(bot.fetch_sticker(5), 404, 0)
    assert double.unknown == ["GET /api/v10/stickers/5"]
    double.unknown.clear()


# -- private channels -------------------------------------------------------------------------


async def test_private_messages_go_both_ways(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    said = ann.say("hello")
    heard = await bot.next("message")
    assert (heard.id, heard.content, heard.author.id) == (said.id, "hello", ann.id)
    assert isinstance(heard.channel, discord.DMChannel)
    answer = await heard.channel.send("hi", reference=heard)
    assert double.texts(ann) == ["hello", "hi"]
    assert double.messages(ann)[1].id == answer.id
    assert double.messages(ann)[1].reply_to == said.id
    echoed = await bot.next("message", 2)
    assert echoed.author == bot.user and echoed.reference.message_id == said.id
    assert double.violations == []


async def test_the_bot_begins_a_private_channel(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    channel = await (await bot.fetch_user(ann.id)).create_dm()
    await channel.send("good news")
    assert double.texts(ann) == ["good news"]
    ann.block_bot()
    await refused(channel.send("more"), 403, 50007)
    assert double.texts(ann) == ["good news"]


async def test_edits_and_deletions_travel(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    said = ann.say("helo")
    ann.edit(said, "hello")
    edited = await bot.next("raw_message_edit")
    assert (edited.message_id, edited.data["content"]) == (said.id, "hello")
    assert said.earlier_contents == ["helo"]
    ann.delete(said)
    assert (await bot.next("raw_message_delete")).message_id == said.id

    shown = await place(bot, ann.dm).send("one")
    await shown.edit(content="two")
    (message,) = double.messages(ann)
    assert (message.content, message.earlier_contents, message.edited) == ("two", ["one"], True)
    await shown.delete()
    assert double.messages(ann) == []
    await refused(shown.edit(content="three"), 404, 10008)
    theirs = await place(bot, ann.dm).fetch_message(ann.say("mine").id)
    await refused(theirs.edit(content="yours"), 403, 50005)
    await refused(theirs.delete(), 403, 50003)


async def test_reactions_travel(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    said = ann.say("thanks")
    ann.react(said, "👍")
    added = await bot.next("raw_reaction_add")
    assert (added.message_id, added.user_id, str(added.emoji)) == (said.id, ann.id, "👍")
    ann.unreact(said, "👍")
    assert (await bot.next("raw_reaction_remove")).message_id == said.id
    shown = place(bot, ann.dm).get_partial_message(said.id)
    await shown.add_reaction("📝")
    assert said.reactions["📝"] == [bot.user.id]
    fetched = await shown.fetch()
    assert [(str(one.emoji), one.count, one.me) for one in fetched.reactions] == [("📝", 1, True)]
    assert [user.id async for user in fetched.reactions[0].users()] == [bot.user.id]
    await shown.remove_reaction("📝", bot.user)
    assert said.reactions["📝"] == []
    await refused(shown.add_reaction("nonsense"), 400, 10014)
    assert double.violations == []


async def test_typing_is_shown(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    ann.start_typing()
    typing = await bot.next("raw_typing")
    assert (typing.user_id, typing.channel_id) == (ann.id, ann.dm.id)
    await place(bot, ann.dm).typing()
    assert double.typing == [ann.dm]


# -- what a message may be --------------------------------------------------------------------


async def test_what_discord_refuses_in_a_message(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    dm = place(bot, ann.dm)
    await dm.send("x" * 2000)
    await refused(dm.send("x" * 2001), 400, 50035)
    await refused(dm.send("  "), 400, 50006)
    unknown = discord.MessageReference(message_id=5, channel_id=ann.dm.id)
    await refused(dm.send("re", reference=unknown), 400, 50035)
    unknown.fail_if_not_exists = False
    assert (await dm.send("re", reference=unknown)).type is discord.MessageType.default
    assert [len(text) for text in double.texts(ann)] == [2000, 2]
    assert double.violations == []


async def test_a_nonce_keeps_a_message_from_being_said_twice(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    dm = place(bot, ann.dm)
    first = await dm.send("once", nonce="case-1")
    again = await dm.send("once", nonce="case-1")
    other = await dm.send("once", nonce="case-2")
    assert first.id == again.id != other.id
    assert double.texts(ann) == ["once", "once"]
    assert first.nonce == "case-1"
    now = double.world.clock()
    double.world.clock = lambda: now + 200
    assert (await dm.send("once", nonce="case-1")).id != first.id


async def test_mentions_are_only_what_was_allowed(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    text = f"@everyone <@{eve.id}>"
    await place(bot, desk).send(text)
    await place(bot, desk).send(text, allowed_mentions=discord.AllowedMentions.none())
    loud, quiet = double.messages(desk)
    assert loud.mention_everyone and loud.mentions == [eve.user]
    assert not quiet.mention_everyone and quiet.mentions == []
    assert quiet.allowed_mentions == {"parse": []}


async def test_embeds_are_kept(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    embed = discord.Embed(title="Case 1", description="open", url="http://localhost/1")
    embed.add_field(name="who", value="Ann").set_footer(text="Kefu")
    sent = await place(bot, ann.dm).send(embed=embed)
    assert sent.embeds[0].fields[0].value == "Ann"
    assert double.messages(ann)[0].embeds[0]["title"] == "Case 1"
    await sent.edit(embed=None, content="closed")
    assert double.messages(ann)[0].embeds == []
    large = [discord.Embed(description="x" * 4000) for _ in range(2)]
    await refused(place(bot, ann.dm).send(embeds=large), 400, 50035)
    assert double.violations == []


async def test_files_go_both_ways_and_expire(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    ann.say("look", files={"a.png": b"\x89PNG", "发票 1.txt": b"text"})
    heard = await bot.next("message")
    assert [one.filename for one in heard.attachments] == ["a.png", "发票 1.txt"]
    assert heard.attachments[0].content_type == "image/png"
    assert await heard.attachments[0].read() == b"\x89PNG"
    double.expire_attachments()
    with pytest.raises(discord.NotFound):
        await heard.attachments[0].read()
    again = await heard.channel.fetch_message(heard.id)
    assert await again.attachments[1].read() == b"text"

    files = [
        discord.File(io.BytesIO(b"one"), "1.txt", description="the first"),
        discord.File(io.BytesIO(b"two"), "收据 2.bin"),
    ]
    sent = await heard.channel.send("take these", files=files)
    shown = double.messages(ann)[1]
    assert shown.files == {"1.txt": b"one", "收据 2.bin": b"two"}
    assert shown.attachments[0].description == "the first"
    extra = discord.File(io.BytesIO(b"three"), "3.txt")
    await sent.edit(attachments=[sent.attachments[1], extra])
    assert shown.files == {"收据 2.bin": b"two", "3.txt": b"three"}
    large = discord.File(io.BytesIO(bytes(10 * 1024 * 1024 + 1)), "large")
    await refused(heard.channel.send(file=large), 413, 40005)
    assert double.violations == []


async def test_a_file_can_pass_for_a_larger_one(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    ann.say(files={"film.mp4": b"short"}, size=500_000_000)
    assert (await bot.next("message")).attachments[0].size == 500_000_000


async def test_history_is_read_in_pages(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    ids = [ann.say(str(number)).id for number in range(7)]
    channel = place(bot, ann.dm)

    async def texts(**where: Any) -> list[str]:
        return [message.content async for message in channel.history(**where)]

    assert await texts(limit=2) == ["6", "5"]
    assert await texts(before=discord.Object(ids[2])) == ["1", "0"]
    assert await texts(after=discord.Object(ids[4]), limit=1) == ["5"]
    assert await texts(after=discord.Object(ids[3])) == ["4", "5", "6"]
    assert await texts(around=discord.Object(ids[3]), limit=3) == ["4", "3", "2"]
    assert (await channel.fetch_message(ids[0])).content == "0"
    assert double.violations == []


async def test_pins(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    said = await place(bot, ann.dm).fetch_message(ann.say("keep this").id)
    await said.pin()
    assert [one.content async for one in said.channel.pins()] == ["keep this"]
    assert [message.type.name for message in double.messages(ann)][1:] == ["CHANNEL_PINNED_MESSAGE"]
    await said.unpin()
    assert double.messages(ann)[0].pinned_at is None
    assert double.violations == []
