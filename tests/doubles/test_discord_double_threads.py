"""The Discord double's threads and forums, driven by the unmodified discord.py."""

import discord

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, place, refused
from tests.doubles.discord.things import Channel, ChannelType, Guild

PUBLIC = discord.ChannelType.public_thread


async def thread_in(bot: ListeningBot, desk: Channel) -> discord.Thread:
    channel = bot.get_channel(desk.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.create_thread(name="Case 1", type=PUBLIC)


async def test_a_thread_hangs_on_a_message(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    card = await bot.get_channel(desk.id).send("Case 1 of Ann")
    thread = await card.create_thread(name="Case 1", auto_archive_duration=10080)
    assert thread.id == card.id
    await refused(card.create_thread(name="again"), 400, 160004)
    await thread.send("inside")
    eve.say("I take it", thread.id)
    heard = await bot.until(lambda: [one for one in bot.all("message") if one.author.id == eve.id])
    assert heard[0].channel.id == thread.id and heard[0].channel.parent_id == desk.id
    (kept,) = double.threads(desk)
    assert [message.type.name for message in kept.visible] == [
        "THREAD_STARTER_MESSAGE",
        "DEFAULT",
        "DEFAULT",
    ]
    assert eve.id in kept.thread_members
    assert double.messages(desk)[0].thread is kept
    again = await bot.fetch_channel(thread.id)
    assert isinstance(again, discord.Thread) and again.message_count == 3
    assert double.violations == []


async def test_a_thread_without_a_message_shows_itself_in_its_channel(
    double: DiscordDouble, desk: Channel, bot: ListeningBot
) -> None:
    thread = await thread_in(bot, desk)
    (note,) = double.messages(desk)
    assert (note.type.name, note.content, note.author) == (
        "THREAD_CREATED",
        "Case 1",
        double.world.bot,
    )
    assert (await bot.next("thread_create")).id == thread.id
    assert [one.id for one in await bot.guilds[0].active_threads()] == [thread.id]


async def test_a_private_thread_is_for_its_members(
    double: DiscordDouble, guild: Guild, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    thread = await bot.get_channel(desk.id).create_thread(name="Eve", invitable=False)
    assert thread.type is discord.ChannelType.private_thread
    (kept,) = double.threads(desk)
    assert kept.type is ChannelType.PRIVATE_THREAD and not double.world.may(
        eve.user, kept, "view_channel"
    )
    await thread.add_user(discord.Object(eve.id))
    eve.say("hello", kept)
    assert {member.id for member in await thread.fetch_members()} == {eve.id, bot.user.id}
    assert (await bot.next("thread_member_join")).id == eve.id
    assert [message.type.name for message in kept.visible] == ["RECIPIENT_ADD", "DEFAULT"]
    stranger = double.user("max")
    await refused(thread.add_user(discord.Object(stranger.id)), 403, 50001)
    await thread.remove_user(discord.Object(eve.id))
    assert eve.id not in kept.thread_members
    assert double.violations == []


async def test_an_archived_thread_opens_when_somebody_writes(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    thread = await thread_in(bot, desk)
    sent = await thread.send("one")
    await thread.edit(archived=True)
    (kept,) = double.threads(desk)
    assert kept.archived
    await refused(sent.edit(content="two"), 400, 50083)
    await refused(sent.add_reaction("👍"), 400, 50083)
    await refused(thread.edit(name="other"), 400, 50083)
    await refused(thread.edit(locked=True), 400, 50083)
    await refused(thread.add_user(discord.Object(eve.id)), 400, 50083)
    assert [one.id async for one in bot.get_channel(desk.id).archived_threads()] == [thread.id]
    await sent.delete()
    await thread.send("open again")
    assert not kept.archived
    eve.archive(kept)
    eve.say("once more", kept)
    assert not kept.archived
    updates = await bot.until(lambda: len(bot.all("raw_thread_update")) >= 4)
    assert updates and double.violations == []


async def test_a_locked_thread_needs_a_permission(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    thread = await thread_in(bot, desk)
    await thread.edit(archived=True, locked=True)
    (kept,) = double.threads(desk)
    await thread.send("moderators may")
    assert kept.locked and not kept.archived
    double.deny(desk, "manage_threads")
    await refused(thread.send("others may not"), 403, 50083)
    await refused(thread.edit(locked=False), 403, 50013)
    double.owner.unlock(kept)
    await thread.send("now they may")
    await thread.edit(name="Case 1, closed", archived=True)
    assert (kept.name, kept.archived) == ("Case 1, closed", True)
    assert kept.visible[-1].type.name == "CHANNEL_NAME_CHANGE"
    assert double.violations == []


async def test_people_archive_lock_rename_and_delete(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    thread = await thread_in(bot, desk)
    eve.archive(thread.id, lock=True)
    payload = await bot.next("raw_thread_update")
    assert payload.data["thread_metadata"]["locked"]
    eve.unarchive(thread.id)
    eve.rename(thread.id, "Ann's case")
    await bot.until(lambda: bot.all("raw_thread_update")[-1].data["name"] == "Ann's case")
    eve.delete_channel(thread.id)
    assert (await bot.next("raw_thread_delete")).thread_id == thread.id
    await refused(place(bot, desk)._state.http.get_channel(thread.id), 404, 10003)
    await refused(bot.get_partial_messageable(thread.id).send("x"), 404, 10003)
    assert double.violations == []


async def test_people_begin_threads(
    double: DiscordDouble, desk: Channel, forum: Channel, eve: Person, bot: ListeningBot
) -> None:
    begun = eve.start_thread_at(eve.say("help", desk), "Help")
    post = eve.start_thread(forum, "Post", "the first words")
    assert (await bot.next("thread_create", 2)).id == post.id
    assert {thread.id for thread in bot.guilds[0].threads} == {begun.id, post.id}
    assert "the first words" in [one.content for one in bot.all("message")]
    assert double.violations == []


async def test_a_forums_post_is_a_thread_with_a_first_message(
    double: DiscordDouble, forum: Channel, bot: ListeningBot
) -> None:
    channel = bot.get_channel(forum.id)
    view = discord.ui.View().add_item(discord.ui.Button(label="Claim", custom_id="claim"))
    posted = await channel.create_thread(
        name="Case 1",
        content="Ann asks",
        applied_tags=channel.available_tags,
        view=view,
        allowed_mentions=discord.AllowedMentions.none(),
        suppress_embeds=True,
    )
    assert posted.thread.id == posted.message.id
    (thread,) = double.threads(forum)
    assert [forum.tags[tag] for tag in thread.applied_tags] == ["urgent"]
    (first,) = thread.visible
    assert (first.content, first.labels) == ("Ann asks", ["Claim"])
    await posted.message.edit(content="Ann asks, Eve answers", view=None)
    assert (first.content, first.labels) == ("Ann asks, Eve answers", [])
    file = discord.File(__file__, "case.txt")
    with_file = await channel.create_thread(name="Case 2", content="see", file=file)
    assert list(double.threads(forum)[1].visible[0].files) == ["case.txt"]
    assert with_file.thread.message_count == 0
    await refused(place(bot, forum).send("x"), 400, 50024)
    assert double.violations == []


async def test_channels_are_made_changed_and_deleted(
    double: DiscordDouble, guild: Guild, eve: Person, bot: ListeningBot
) -> None:
    made = await bot.guilds[0].create_text_channel("new", topic="what for")
    await made.edit(name="newer", topic="for this")
    kept = guild.channels[made.id]
    assert (kept.name, kept.topic) == ("newer", "for this")
    await bot.next("guild_channel_update")
    await made.delete()
    assert made.id not in guild.channels
    assert (await bot.next("guild_channel_delete")).id == made.id
    hidden = double.text_channel(guild, "team", only_for=[double.owner])
    assert not double.world.may(eve.user, hidden, "view_channel")
    joining = double.user("max")
    joining.join(guild)
    assert (await bot.next("member_join")).id == joining.id
    joining.leave(guild)
    assert (await bot.next("raw_member_remove")).user.id == joining.id
    assert double.violations == []
