"""The Discord double's fault table, and the double as a process of its own."""

import asyncio

import aiohttp
import discord
import pytest

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, bot_of, place
from tests.doubles.discord.client import DiscordProcess, RefusedAct


async def test_a_request_that_was_not_done(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    double.faults.add("create_message", "before_commit")
    with pytest.raises(discord.DiscordServerError):
        await place(bot, ann.dm).send("one")
    double.faults.add("POST /channels/*/messages", "drop_before_commit", where={"content": "two"})
    await place(bot, ann.dm).send("other")
    with pytest.raises(aiohttp.ClientError):
        await place(bot, ann.dm).send("two")
    assert double.texts(ann) == ["other"]
    assert len(double.calls_of("create_message")) == 3


async def test_a_request_that_was_done_although_it_failed(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    double.faults.add("POST /channels/{channel_id}/messages", "commit_then_drop")
    with pytest.raises(aiohttp.ClientError):
        await place(bot, ann.dm).send("one", nonce="n1")
    double.faults.add("*", "commit_then_5xx", nth=2)
    again = await place(bot, ann.dm).send("one", nonce="n1")
    with pytest.raises(discord.DiscordServerError):
        await place(bot, ann.dm).send("two")
    assert double.texts(ann) == ["one", "two"]
    assert double.messages(ann)[0].id == again.id


async def test_the_library_tries_again_after_some_errors(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    fault = double.faults.add("create_message", "commit_then_5xx", status=502)
    await place(bot, ann.dm).send("once")
    assert fault.struck == 1 and len(double.calls_of("create_message")) == 2
    # The library gives each message a nonce by itself.
    assert double.texts(ann) == ["once"]


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_rate_limit_makes_the_library_wait(
    double: DiscordDouble, ann: Person, bot: ListeningBot, everywhere: bool
) -> None:
    fault = double.faults.add(
        "create_message", "rate_limited", times=2, retry_after=0.01, everywhere=everywhere
    )
    await place(bot, ann.dm).send("patience")
    assert fault.struck == 2 and double.texts(ann) == ["patience"]
    assert double.violations == []


async def test_a_request_can_be_held(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    held = double.faults.add("create_message", "delay")
    sending = asyncio.create_task(place(bot, ann.dm).send("late"))
    await held.reached.wait()
    assert double.texts(ann) == []
    held.release()
    await sending
    answer = double.faults.add("create_message", "commit_then_delay")
    sending = asyncio.create_task(place(bot, ann.dm).send("done"))
    await double.wait_for(lambda: double.texts(ann) == ["late", "done"])
    assert not sending.done()
    answer.release()
    await sending


async def test_who_hangs_up_does_not_undo_a_request(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    held = double.faults.add("create_message", "delay")
    sending = asyncio.create_task(place(bot, ann.dm).send("still said"))
    await held.reached.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    held.release()
    await double.wait_for(lambda: double.texts(ann) == ["still said"])


async def test_events_come_twice_or_in_another_order(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    double.faults.add_event("MESSAGE_CREATE", "duplicate", where={"content": "a"})
    double.faults.add_event("MESSAGE_CREATE", "reorder", where=lambda one: one["content"] == "b")
    for text in "abcd":
        ann.say(text)
    await bot.next("message", 5)
    assert bot.texts == ["a", "a", "c", "b", "d"]


async def test_the_socket_breaks_at_an_event(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    fault = double.faults.add_event("MESSAGE_CREATE", "drop_socket", nth=2)
    for text in "abc":
        ann.say(text)
    await bot.next("message", 3)
    assert fault.struck == 1 and bot.texts == ["a", "b", "c"]
    assert double.sessions.resumed == 1


async def test_faults_are_checked(double: DiscordDouble) -> None:
    with pytest.raises(ValueError, match="none of"):
        double.faults.add("*", "nonsense")
    with pytest.raises(ValueError, match="none of"):
        double.faults.add_event("*", "delay")
    double.faults.add("*", "delay")
    double.faults.clear()
    assert double.faults.rules == {}


async def test_a_double_in_a_process_of_its_own() -> None:
    async with DiscordProcess() as remote:
        guild = await remote.guild("Support")
        team, posts = await remote.text_channel(guild), await remote.forum_channel(guild, "posts")
        ann = await remote.user("ann", global_name="Ann")
        eve = await remote.user("eve", guild=guild)
        async with bot_of(remote) as bot:
            said = await ann.say("hello", files={"a.png": b"\x89PNG"})
            heard = await bot.next("message")
            assert heard.id == said.id and await heard.attachments[0].read() == b"\x89PNG"
            view = discord.ui.View().add_item(discord.ui.Button(label="Yes", custom_id="y"))
            asked = await heard.channel.send("sure?", view=view)
            with pytest.raises(RefusedAct, match="no button"):
                await ann.press(asked.id, "No")
            press = await ann.press(asked.id, "Yes")
            await (await bot.next("interaction")).response.edit_message(content="yes", view=None)
            state = await remote.wait_for(
                lambda state: state if state.interactions[press.id].answered else None
            )
            assert state.channels[ann.dm].texts == ["hello", "yes"]
            assert state.channels[ann.dm].messages[0].files == {"a.png": b"\x89PNG"}

            thread = (await bot.get_channel(posts).create_thread(name="C", content="card")).thread
            await eve.do("archive", thread.id, lock=True)
            state = await remote.wait_for(
                lambda state: state if state.channels[thread.id].locked else None
            )
            assert state.channels[thread.id].archived

            held = await remote.add_fault("create_message", "delay", where={"content": "held"})
            sending = asyncio.create_task(bot.get_channel(team).send("held"))
            await remote.wait_for(lambda state: state.faults[held].struck)
            await remote.release(held)
            await sending
            await remote.drop()
            await ann.edit(said.id, "hello again")
            await remote.wait_for(lambda state: state.resumed == 1)
            assert (await bot.next("raw_message_edit", 2)).data["content"] == "hello again"
            await remote.deny(team, "send_messages")
            with pytest.raises(discord.Forbidden):
                await bot.get_channel(team).send("no")
            await ann.do("block_bot")
            with pytest.raises(discord.Forbidden):
                await heard.channel.send("no")
            state = await remote.state()
            assert state.calls_of("create_message")[0].body["content"] == "sure?"
            assert state.violations == [] and state.unknown == []
