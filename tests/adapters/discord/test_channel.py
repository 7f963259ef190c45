"""Customers and the desk at Discord, through the unmodified library."""

from __future__ import annotations

import asyncio

import pytest
from msgspec import structs

from chat.actions import (
    Button,
    Card,
    CloseThread,
    Delete,
    Edit,
    MarkInternal,
    OpenThread,
    React,
    ReopenThread,
    Send,
    ShowTyping,
    Speaker,
    UpdateCard,
)
from chat.channel import OperatorNeeded, RetryLater, Undeliverable
from chat.events import (
    ButtonPressed,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
)
from chat.message import Attachment, MessageRef, Span
from tests.adapters.discord.conftest import Stage
from tests.doubles.discord.things import Channel, ChannelType

SOURCE = MessageRef("web", "v1", "m1")
CARD = Card(
    ticket="KAAAAAA",
    status="waiting",
    title="KAAAAAA · Li",
    lines=("Status: waiting",),
    buttons=(
        (Button("claim:KAAAAAA", "Claim", "primary"), Button("note:KAAAAAA", "Note", form=True)),
        (Button("transfer:KAAAAAA", "Transfer…", form=True),),
    ),
)


def opening(stage: Stage, action_id: str = "e1/0") -> OpenThread:
    return OpenThread(action_id, stage.desk_address, "web:v1", CARD)


async def opened(stage: Stage) -> Channel:
    """A case's thread."""
    thread = await stage.channel.open_thread(opening(stage))
    assert thread.thread.thread is not None
    return stage.double.channel(int(thread.thread.thread))


# ── what is heard ────────────────────────────────────────────────────────────────────────────


async def test_a_direct_message_is_heard_as_it_was_written(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann", global_name="Ann")
    said = ann.say("my **deposit** is late", files={"hash.png": b"\x89PNG\r\n\x1a\n"})
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    message = event.message
    assert message.id == str(said.id)
    assert message.address == stage.at(ann.dm)
    assert (message.text, message.sender.name) == ("my deposit is late", "Ann")
    assert message.spans == (Span("bold", 3, 10),)
    (file,) = message.attachments
    assert (file.kind, file.name) == ("photo", "hash.png")
    assert await stage.channel.fetch(file) == b"\x89PNG\r\n\x1a\n"


async def test_a_file_is_read_even_after_its_address_expired(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    ann.say("see", files={"a.txt": b"hello"})
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    stage.double.expire_attachments()
    assert await stage.channel.fetch(event.message.attachments[0]) == b"hello"


async def test_edits_deletions_replies_and_reactions_are_heard(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    first = ann.say("one")
    ann.say("two", reply_to=first)
    ann.edit(first, "won")
    ann.react(first, "👍")
    ann.unreact(first, "👍")
    ann.delete(first)
    await stage.sink.next(6)
    (one, two) = stage.sink.of(MessageReceived)
    assert two.message.reply_to == one.message.id
    (edit,) = stage.sink.of(MessageEdited)
    assert (edit.message.id, edit.message.text) == (str(first.id), "won")
    changes = stage.sink.of(ReactionChanged)
    assert [(c.emoji, c.added, c.message_id) for c in changes] == [
        ("👍", True, str(first.id)),
        ("👍", False, str(first.id)),
    ]
    (gone,) = stage.sink.of(MessageDeleted)
    assert (gone.address, gone.message_id) == (stage.at(ann.dm), str(first.id))


async def test_agents_are_heard_in_threads_of_the_desk_only(stage: Stage) -> None:
    await stage.start()
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    elsewhere = stage.double.text_channel(stage.guild, "random")
    lin.say("chatter", elsewhere)
    lin.say("in the channel itself", stage.desk)
    lin.say("hello customer", thread)
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    assert event.message.address == stage.in_thread(thread)
    assert event.message.text == "hello customer"


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_press_on_the_card_is_heard_in_its_thread(stage: Stage, kind: str) -> None:
    if kind == "forum":
        await stage.use_forum()
    await stage.start()
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    lin.press(thread.id, "Claim")
    (event,) = await stage.sink.next()
    assert isinstance(event, ButtonPressed)
    assert (event.address, event.value) == (stage.in_thread(thread), "claim:KAAAAAA")
    assert event.sender.id == str(lin.id)
    await stage.double.wait_for(lambda: stage.double.interactions[-1].answered)


async def test_a_press_is_answered_only_once_it_is_durable(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    said = Send("e/0", stage.at(ann.dm), "?", buttons=((Button("helped", "Yes"),),))
    receipt = await stage.channel.send(said, None)
    stage.sink.hold()
    press = ann.press(int(receipt.message_ids[0]), "Yes")
    await stage.sink.until(lambda: stage.sink.begun)
    assert not press.answered
    stage.sink.release()
    await stage.double.wait_for(lambda: press.answered)


async def test_a_note_is_written_in_a_form(stage: Stage) -> None:
    await stage.start()
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    press = lin.press(thread.id, "Note")
    await stage.double.wait_for(lambda: press.modal)
    lin.submit(press, {"text": "be careful"})
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    assert (event.message.text, event.message.shown) == ("/note be careful", False)
    assert event.message.address == stage.in_thread(thread)


async def test_a_transfer_is_chosen_from_a_menu(stage: Stage) -> None:
    await stage.start()
    lin = stage.double.user("lin", guild=stage.guild)
    bo = stage.double.user("bo", global_name="Bo", guild=stage.guild)
    thread = await opened(stage)
    press = lin.press(thread.id, "Transfer…")
    await stage.double.wait_for(lambda: press.modal)
    lin.submit(press, {"agent": str(bo.id)})
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    assert (event.message.text, event.message.shown) == ("/transfer @Bo", False)
    assert event.message.spans == (Span("mention", 10, 13, f"discord:{bo.id}"),)
    assert event.message.address == stage.in_thread(thread)


async def test_commands_are_heard_where_they_belong(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    ann.command("agent")
    ann.command("verify")
    lin.command("close", thread)
    lin.command("transfer", thread, agent=ann.id)
    lin.command("link", thread, address="telegram:7")
    lin.command("note", thread, text="be careful")
    misplaced = ann.command("close")
    await stage.sink.next(6)
    texts = [event.message.text for event in stage.sink.of(MessageReceived)]
    assert sorted(texts) == [
        "/agent",
        "/close",
        "/link telegram:7",
        "/note be careful",
        "/transfer @ann",
        "/verify",
    ]
    transfer = next(e for e in stage.sink.of(MessageReceived) if "transfer" in e.message.text)
    assert transfer.message.spans[0].url == f"discord:{ann.id}"
    await stage.double.wait_for(lambda: misplaced.answered)
    assert len(stage.sink.submitted) == 6


async def test_anybody_opens_a_case_in_an_entrance(stage: Stage) -> None:
    await stage.start()
    await stage.double.wait_for(lambda: stage.double.messages(stage.entrance))
    ann = stage.double.user("ann", guild=stage.guild)
    bob = stage.double.user("bob", guild=stage.guild)
    door = stage.double.messages(stage.entrance)[0]
    ann.press(door, "联系客服 / Contact support")
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived) and event.message.text == "/start"
    (thread,) = stage.double.threads(stage.entrance)
    assert event.message.address == stage.at(thread)
    await stage.double.wait_for(lambda: ann.id in thread.thread_members)
    ann.say("help me", thread)
    await stage.sink.next(2)
    assert stage.sink.of(MessageReceived)[1].message.address == stage.at(thread)
    assert thread.type is ChannelType.PRIVATE_THREAD
    assert bob.id not in thread.thread_members and ann.id in thread.thread_members


async def test_who_asks_again_is_led_to_the_thread_they_have(stage: Stage) -> None:
    await stage.start()
    await stage.double.wait_for(lambda: stage.double.desk.commands)
    ann = stage.double.user("ann", guild=stage.guild)
    ann.command("support", stage.entrance)
    await stage.sink.next()
    (thread,) = stage.double.threads(stage.entrance)
    await stage.double.wait_for(lambda: ann.id in thread.thread_members)
    stage.double.owner.archive(thread)
    again = ann.command("support", stage.entrance)
    await stage.double.wait_for(lambda: not thread.archived)
    await stage.double.wait_for(lambda: again.answered)
    stage.double.owner.archive(thread, lock=True)
    ann.command("support", stage.entrance)
    await stage.sink.next(2)
    assert len(stage.double.threads(stage.entrance)) == 2, "moderators closed the first one"
    assert thread.locked


async def test_a_private_thread_that_a_crash_left_behind_is_taken(stage: Stage) -> None:
    await stage.start()
    await stage.double.wait_for(lambda: stage.double.desk.commands)
    stage.sink.hold()
    ann = stage.double.user("ann", guild=stage.guild)
    ann.command("support", stage.entrance)
    (thread,) = await stage.double.wait_for(lambda: stage.double.threads(stage.entrance))
    await stage.sink.until(lambda: stage.sink.begun)
    await stage.restart()
    stage.sink.release()
    ann.command("support", stage.entrance)
    (event,) = await stage.sink.next()
    assert event.id == stage.sink.begun[0].id
    await stage.double.wait_for(lambda: ann.id in thread.thread_members)
    assert stage.double.threads(stage.entrance) == [thread]


# ── nothing is lost ──────────────────────────────────────────────────────────────────────────


async def test_a_broken_socket_loses_and_repeats_nothing(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    ann.say("one")
    await stage.sink.next(1)
    stage.double.sessions.drop()
    ann.say("two")
    await stage.sink.next(2)
    assert [e.message.text for e in stage.sink.of(MessageReceived)] == ["one", "two"]
    assert stage.double.sessions.resumed == 1


async def test_what_was_written_before_a_new_session_is_read_up(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    ann.say("one")
    await stage.sink.next(1)
    await stage.sink.until(lambda: stage.sink.submitted)
    await stage.stop()
    ann.say("two, while nobody listens")
    ann.say("three")
    await stage.restart()
    await stage.sink.next(3)
    ids = [event.id for event in stage.sink.submitted]
    texts = {e.id: e.message.text for e in stage.sink.of(MessageReceived)}
    assert [texts[i] for i in dict.fromkeys(ids)] == ["one", "two, while nobody listens", "three"]


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_an_agents_first_word_in_a_thread_is_read_up_too(stage: Stage, kind: str) -> None:
    if kind == "forum":
        await stage.use_forum()
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    lin.say("hello customer, while nobody listens", thread)
    await stage.start()
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    assert event.message.address == stage.in_thread(thread)


async def test_commands_that_discord_refuses_keep_nobody_from_being_heard(stage: Stage) -> None:
    stage.double.faults.add("bulk_set_application_commands", "before_commit", status=400)
    await stage.start()
    ann = stage.double.user("ann")
    ann.say("hello?")
    await stage.sink.next()


@pytest.mark.parametrize(
    ("code", "told"), [(4004, "refuses the bot token"), (4014, "Message Content Intent")]
)
async def test_why_discord_will_not_have_us_is_told(stage: Stage, code: int, told: str) -> None:
    stage.double.sessions.refuses_with = code
    with pytest.raises(OperatorNeeded, match=told) as caught:
        await stage.channel.run(stage.sink)
    assert str(code) in str(caught.value)


async def test_what_is_written_while_a_new_session_begins_hides_nothing(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    ann.say("one")
    await stage.sink.next(1)
    await stage.stop()
    ann.say("two, while nobody listens")
    await stage.channel.close()
    stage.channel = stage.new_channel()
    begun = stage.double.sessions.identified
    stage.running = asyncio.create_task(stage.channel.run(stage.sink))
    await stage.double.wait_for(lambda: stage.double.sessions.identified > begun)
    ann.say("three, before the session is complete")
    heard = stage.sink.of(MessageReceived)
    await stage.sink.until(lambda: len({e.id for e in stage.sink.of(MessageReceived)}) == 3)
    assert heard[0].message.text == "one"


async def test_a_session_that_discord_forgot_is_begun_anew(stage: Stage) -> None:
    await stage.start()
    ann = stage.double.user("ann")
    ann.say("one")
    await stage.sink.next(1)
    stage.double.sessions.forget_sessions()
    stage.double.sessions.drop()
    ann.say("two")
    await stage.sink.until(
        lambda: {"one", "two"} <= {e.message.text for e in stage.sink.of(MessageReceived)}
    )


# ── what is said ─────────────────────────────────────────────────────────────────────────────


async def test_a_text_is_shown_with_its_formatting_and_pings_nobody(stage: Stage) -> None:
    ann = stage.double.user("ann")
    action = Send("e/0", stage.at(ann.dm), "see *this* @everyone", spans=(Span("bold", 0, 3),))
    receipt = await stage.channel.send(action, None)
    (shown,) = stage.double.messages(ann)
    assert shown.content == r"**see** \*this\* \@everyone"
    assert receipt.message_ids == (str(shown.id),)
    (call,) = stage.double.calls_of("create_message")
    assert call.body["allowed_mentions"]["parse"] == []


async def test_an_alarm_rings_for_everybody_and_what_it_quotes_does_not(stage: Stage) -> None:
    thread = stage.desk_address.in_thread(str((await opened(stage)).id))
    receipt = await stage.channel.send(Send("e/1", thread, "P0: “@everyone”", rings=True), None)
    shown = stage.double.messages(stage.double.channel(int(thread.thread or 0)))[-1]
    assert receipt.message_ids == (str(shown.id),)
    assert shown.content == r"@here P0: “\@everyone”"
    assert stage.double.calls_of("create_message")[-1].body["allowed_mentions"]["parse"] == [
        "everyone"
    ]


async def test_an_old_try_is_found_in_the_history(stage: Stage) -> None:
    ann = stage.double.user("ann")
    action = Send("e/0", stage.at(ann.dm), "once\n\n" + "long " * 900)
    began = stage.double.world.clock()
    first = await stage.channel.send(action, None)
    assert len(first.message_ids) > 1
    later = stage.double.world.clock() - stage.settings.search_after - 1
    assert await stage.channel.find(action, later) == first
    other = Send("e/1", stage.at(ann.dm), "something else")
    assert await stage.channel.find(other, later) is None
    assert await stage.channel.find(action, began) is None


async def test_a_long_text_is_cut_at_sense_and_changes_as_a_whole(stage: Stage) -> None:
    ann = stage.double.user("ann")
    text = "\n".join(f"line {n} with some words" for n in range(200))
    receipt = await stage.channel.send(Send("e/0", stage.at(ann.dm), text), None)
    shown = stage.double.texts(ann)
    assert len(shown) == len(receipt.message_ids) > 1
    assert all(piece.startswith("line") for piece in shown)
    edit = Edit("e/1", stage.at(ann.dm), SOURCE, "short now")
    await stage.channel.edit(edit, receipt.message_ids[0])
    assert stage.double.texts(ann) == ["short now"]
    await stage.channel.delete(Delete("e/2", stage.at(ann.dm), SOURCE), receipt.message_ids[0])
    assert stage.double.texts(ann) == []


async def test_files_of_elsewhere_are_uploaded(stage: Stage) -> None:
    ann = stage.double.user("ann")
    stage.shelf.files["web:1"] = b"bytes"
    file = Attachment("file", "说明.txt", "text/plain", 5, "web:1")
    await stage.channel.send(Send("e/0", stage.at(ann.dm), "here", attachments=(file,)), None)
    (shown,) = stage.double.messages(ann)
    assert shown.content == "here"
    assert [(a.filename, a.content) for a in shown.attachments] == [("说明.txt", b"bytes")]


async def test_a_reply_quotes_and_one_to_what_is_gone_still_arrives(stage: Stage) -> None:
    ann = stage.double.user("ann")
    asked = ann.say("why?")
    await stage.channel.send(Send("e/0", stage.at(ann.dm), "because"), str(asked.id))
    ann.delete(asked)
    await stage.channel.send(Send("e/1", stage.at(ann.dm), "anyway"), str(asked.id))
    shown = [m for m in stage.double.messages(ann) if m.author.is_bot]
    assert shown[0].reference is not None
    assert [m.content for m in shown] == ["because", "anyway"]


async def test_reactions_marks_and_typing_are_shown(stage: Stage) -> None:
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    note = lin.say(". careful", thread)
    place = stage.in_thread(thread)
    await stage.channel.mark_internal(MarkInternal("e/0", place, str(note.id)))
    await stage.channel.react(React("e/1", place, SOURCE, "👍"), str(note.id))
    assert set(note.reactions) == {"📝", "👍"}
    await stage.channel.react(React("e/2", place, SOURCE, "👍", added=False), str(note.id))
    assert {emoji for emoji, people in note.reactions.items() if people} == {"📝"}
    await stage.channel.show_typing(ShowTyping("e/3", place, Speaker("customer")))
    assert stage.double.typing == [thread]


async def test_a_refused_token_can_be_mended(stage: Stage) -> None:
    stage.double.token = "other"
    stage.double._rest._token = "other"
    ann = stage.double.user("ann")
    with pytest.raises(RetryLater):
        await stage.channel.send(Send("e/0", stage.at(ann.dm), "hello?"), None)


# ── cases ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_case_is_a_thread_with_its_card(stage: Stage, kind: str) -> None:
    if kind == "forum":
        await stage.use_forum()
    first = await stage.channel.open_thread(opening(stage))
    again = await stage.channel.open_thread(opening(stage))
    assert first == again
    (thread,) = stage.double.threads(stage.desk)
    assert thread.name == "KAAAAAA · Li"
    assert first.card_message == str(thread.id)
    await stage.channel.send(Send("e2/0", first.thread, "the story"), None)
    assert "the story" in stage.double.texts(thread)


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_case_whose_opening_was_not_noted_is_found_again(stage: Stage, kind: str) -> None:
    if kind == "forum":
        await stage.use_forum()
    await stage.channel.open_thread(opening(stage))
    stage.memory.facts.clear()
    await stage.channel.open_thread(opening(stage))
    assert len(stage.double.threads(stage.desk)) == 1


async def test_a_card_posted_before_a_crash_is_found_after_its_nonce_is_forgotten(
    stage: Stage,
) -> None:
    stage.settings = structs.replace(stage.settings, search_after=0.0)
    await stage.channel.close()
    stage.channel = stage.new_channel()
    stage.double.faults.add("create_thread_from_message", "before_commit")
    with pytest.raises(RetryLater):
        await stage.channel.open_thread(opening(stage))
    stage.double.desk.nonces.clear()
    await stage.channel.open_thread(opening(stage))
    assert len(stage.double.messages(stage.desk)) == 1
    (thread,) = stage.double.threads(stage.desk)
    stage.double.owner.delete_channel(thread)
    await stage.channel.open_thread(opening(stage, "e2/0"))
    assert len(stage.double.messages(stage.desk)) == 2, "a case that opens anew has its own card"


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_card_is_redrawn_and_a_case_closed_and_reopened(stage: Stage, kind: str) -> None:
    if kind == "forum":
        await stage.use_forum()
    thread = await opened(stage)
    place = stage.in_thread(thread)
    done = Card("KAAAAAA", "closed", "KAAAAAA · Li", ("Status: closed",))
    await stage.channel.update_card(UpdateCard("e3/0", place, done, str(thread.id)))
    card = stage.double.world.find_message(thread.id)
    assert "closed" in card.content and not card.components
    await stage.channel.close_thread(CloseThread("e3/1", place))
    assert thread.archived
    await stage.channel.send(Send("e4/0", place, "late"), None)
    await stage.channel.close_thread(CloseThread("e4/1", place))
    await stage.channel.update_card(UpdateCard("e4/2", place, CARD, str(thread.id)))
    await stage.channel.reopen_thread(ReopenThread("e4/3", place))
    assert not thread.archived


async def test_a_locked_thread_is_opened_to_write(stage: Stage) -> None:
    thread = await opened(stage)
    lin = stage.double.owner
    lin.archive(thread, lock=True)
    await stage.channel.send(Send("e2/0", stage.in_thread(thread), "news"), None)
    assert "news" in stage.double.texts(thread)


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_deleted_thread_is_gone(stage: Stage, kind: str) -> None:
    if kind == "forum":
        await stage.use_forum()
    thread = await opened(stage)
    stage.double.owner.delete_channel(thread)
    place = stage.in_thread(thread)
    for work in (
        stage.channel.send(Send("e2/0", place, "hello"), None),
        stage.channel.update_card(UpdateCard("e3/0", place, CARD, str(thread.id))),
    ):
        with pytest.raises(Undeliverable) as caught:
            await work
        assert caught.value.reason == "thread_gone"


async def test_what_an_agent_wrote_is_erased(stage: Stage) -> None:
    lin = stage.double.user("lin", guild=stage.guild)
    thread = await opened(stage)
    theirs = lin.say("the password is hunter2", thread)
    place = stage.in_thread(thread)
    await stage.channel.erase(Delete("e/0", place, SOURCE), str(theirs.id))
    assert "the password is hunter2" not in stage.double.texts(thread)
    await stage.channel.erase(Delete("e/0", place, SOURCE), str(theirs.id))


async def test_what_a_customer_wrote_in_a_private_chat_cannot_be_erased(stage: Stage) -> None:
    ann = stage.double.user("ann")
    theirs = ann.say("my seed phrase")
    with pytest.raises(Undeliverable):
        await stage.channel.erase(Delete("e/0", stage.at(ann.dm), SOURCE), str(theirs.id))
