"""Customers and the desk at Slack, through the unmodified library."""

from __future__ import annotations

import time

import pytest
from aiohttp import ClientSession
from slack_sdk.signature import SignatureVerifier

from chat.actions import (
    Button,
    Card,
    CloseThread,
    Delete,
    Edit,
    MarkInternal,
    OpenThread,
    React,
    Send,
    UpdateCard,
)
from chat.address import Address
from chat.channel import OperatorNeeded, Undeliverable
from chat.events import (
    ButtonPressed,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
)
from chat.message import Attachment, MessageRef, Span
from tests.adapters.slack.conftest import Stage, shown
from tests.doubles.slack.records import Message

SOURCE = MessageRef("web", "v1", "m1")
CARD = Card(
    ticket="KAAAAAA",
    status="waiting",
    title="KAAAAAA · Li",
    lines=("Status: waiting",),
    buttons=(
        (
            Button("claim:KAAAAAA", "Claim", "primary"),
            Button("note:KAAAAAA", "Note", form=True),
            Button("transfer:KAAAAAA", "Transfer…", form=True),
        ),
    ),
    opened_at=1.0,
)
NOON = 1.0


def opening(stage: Stage, action_id: str = "e1/0") -> OpenThread:
    return OpenThread(action_id, stage.desk_address, "web:v1", CARD)


async def opened(stage: Stage) -> tuple[Address, Message]:
    """A case's thread and card."""
    thread = await stage.channel.open_thread(opening(stage))
    card = stage.desk.message(thread.card_message or "")
    assert card is not None
    return thread.thread, card


def texts(stage: Stage) -> list[str]:
    return [event.message.text for event in stage.sink.of(MessageReceived)]


# ── what is heard ────────────────────────────────────────────────────────────────────────────


async def test_a_direct_message_is_heard_as_it_was_written(stage: Stage) -> None:
    await stage.start()
    said = stage.ann.say("my deposit & *co*", files=[("hash.png", b"\x89PNG\r\n\x1a\n")])
    (event,) = await stage.sink.next()
    assert isinstance(event, MessageReceived)
    message = event.message
    assert (message.id, message.address) == (said.ts, stage.at(stage.ann.dm))
    assert message.text == "my deposit & *co*"
    assert (message.sender.name, message.sender.locale) == ("Ann", "zh-CN")
    (file,) = message.attachments
    assert await stage.channel.fetch(file) == b"\x89PNG\r\n\x1a\n"


async def test_edits_deletions_and_reactions_are_heard(stage: Stage) -> None:
    await stage.start()
    first = stage.ann.say("one")
    stage.ann.edit(first, "won")
    stage.ann.react(first, "thumbsup")
    stage.ann.unreact(first, "thumbsup")
    stage.ann.delete(first)
    await stage.sink.next(5)
    (edit,) = stage.sink.of(MessageEdited)
    assert (edit.message.id, edit.message.text) == (first.ts, "won")
    changes = [(c.emoji, c.added, c.message_id) for c in stage.sink.of(ReactionChanged)]
    assert changes == [("👍", True, first.ts), ("👍", False, first.ts)]
    (gone,) = stage.sink.of(MessageDeleted)
    assert (gone.address, gone.message_id) == (stage.at(stage.ann.dm), first.ts)
    assert gone.sender is not None and gone.sender.id == stage.ann.id


async def test_what_was_answered_in_a_thread_is_deleted_all_the_same(stage: Stage) -> None:
    await stage.start()
    asked = stage.ann.say("my address is 12 High Street")
    stage.ann.say("no, wait", thread=asked)
    stage.ann.delete(asked)
    receipt = await stage.channel.send(Send("e/0", stage.at(stage.ann.dm), "hello"), None)
    ours = stage.ann.dm.message(receipt.message_ids[0])
    assert ours is not None
    answer = stage.ann.say("hello", thread=ours)
    await stage.channel.delete(Delete("e/1", stage.at(stage.ann.dm), SOURCE), ours.ts)
    stage.ann.say("the end")
    await stage.sink.until(lambda: "the end" in texts(stage))
    (gone,) = stage.sink.of(MessageDeleted)
    assert (gone.message_id, gone.sender and gone.sender.id) == (asked.ts, stage.ann.id)
    assert not stage.sink.of(MessageEdited)
    replies = {e.message.id: e.message.reply_to for e in stage.sink.of(MessageReceived)}
    assert replies[answer.ts] == ours.ts and replies[asked.ts] is None


async def test_a_preview_of_a_link_is_no_edit(stage: Stage) -> None:
    await stage.start()
    said = stage.ann.say("see https://example.org")
    stage.double.unfurl(said, "https://example.org")
    stage.ann.say("next")
    await stage.sink.next(2)
    assert not stage.sink.of(MessageEdited)


async def test_agents_are_heard_in_threads_of_the_desk_only(stage: Stage) -> None:
    await stage.start()
    place, card = await opened(stage)
    stage.lin.say("chatter", at=stage.desk)
    stage.lin.say("hello customer", thread=card)
    await stage.sink.next()
    (event,) = stage.sink.of(MessageReceived)
    assert (event.message.address, event.message.text) == (place, "hello customer")


async def test_a_press_on_the_card_is_heard_in_its_thread(stage: Stage) -> None:
    await stage.start()
    place, card = await opened(stage)
    delivery = stage.lin.press(card, "Claim")
    (event,) = await stage.sink.next()
    assert isinstance(event, ButtonPressed)
    assert (event.address, event.value) == (place, "claim:KAAAAAA")
    await delivery.done()
    assert delivery.acknowledged


async def test_slack_is_told_only_once_it_is_durable(stage: Stage) -> None:
    await stage.start()
    stage.sink.hold()
    said = stage.ann.say("wait")
    await stage.sink.until(lambda: stage.sink.begun)
    assert not stage.double.acknowledged(said)
    stage.sink.release()
    await stage.double.wait_for(lambda: stage.double.acknowledged(said))


async def test_a_note_and_a_transfer_are_written_in_forms(stage: Stage) -> None:
    await stage.start()
    place, card = await opened(stage)
    bo = stage.double.person("Bo")
    stage.lin.press(card, "Note")
    await stage.double.wait_for(lambda: stage.lin.views)
    await stage.lin.submit(value="be careful").done()
    stage.lin.press(card, "Transfer…")
    await stage.double.wait_for(lambda: stage.lin.views)
    await stage.lin.submit(value=bo.id).done()
    await stage.sink.next(2)
    note, transfer = (event.message for event in stage.sink.of(MessageReceived))
    assert (note.text, note.shown, note.address) == ("/note be careful", False, place)
    assert transfer.text == "/transfer @Bo"
    assert transfer.spans == (Span("mention", 10, 13, f"slack:{bo.id}"),)


async def test_who_gets_a_case_while_away_is_told_apart(stage: Stage) -> None:
    await stage.start()
    place, card = await opened(stage)
    bo, cy = stage.double.person("Bo"), stage.double.person("Cy")
    bo.set_presence("away")
    stage.lin.press(card, "Transfer…")
    await stage.double.wait_for(lambda: stage.lin.views)
    await stage.lin.submit(value=bo.id).done()
    stage.lin.say(f" /transfer <@{bo.id}>", thread=card)
    stage.lin.say(f" /transfer <@{cy.id}>", thread=card)
    stage.ann.say(f"hello <@{bo.id}>")
    await stage.sink.next(4)
    said = [e.message for e in stage.sink.of(MessageReceived)]
    away = (f"slack:{bo.id}",)
    assert [m.away for m in said if m.address == place and "Bo" in m.text] == [away, away]
    assert [m.away for m in said if m.address == place and "Cy" in m.text] == [()]
    (asked,) = [m for m in said if m.address == stage.at(stage.ann.dm)]
    assert asked.away == (), "nobody asks for the sake of a customer"


async def test_what_takes_longer_to_read_is_not_overtaken(stage: Stage) -> None:
    await stage.start()
    _, card = await opened(stage)
    bo = stage.double.person("Bo")
    held = stage.double.faults.add("users.getPresence", "delay")
    stage.lin.say(f" /transfer <@{bo.id}>", thread=card)
    stage.lin.say("this is for Bo", thread=card)
    stage.ann.say("elsewhere life goes on")
    await stage.sink.next()
    assert texts(stage) == ["elsewhere life goes on"]
    held.release()
    await stage.sink.next(3)
    assert texts(stage)[1:] == [" /transfer @Bo", "this is for Bo"]


async def test_shortcuts_on_messages_of_a_case_do_what_commands_do(stage: Stage) -> None:
    await stage.start()
    place, card = await opened(stage)
    message = stage.lin.say(". a note", thread=card)
    await stage.lin.message_shortcut(message, "case_claim").done()
    await stage.lin.message_shortcut(card, "case_close").done()
    await stage.lin.message_shortcut(message, "case_note").done()
    await stage.double.wait_for(lambda: stage.lin.views)
    await stage.lin.submit(value="be careful").done()
    await stage.sink.until(lambda: len(texts(stage)) == 4)
    assert texts(stage)[1:] == ["/claim", "/close", "/note be careful"]
    typed = [e.message for e in stage.sink.of(MessageReceived)][1:]
    assert {m.address for m in typed} == {place} and not any(m.shown for m in typed)


async def test_shortcuts_out_of_place_say_so_and_pass_nothing_on(stage: Stage) -> None:
    await stage.start()
    _, card = await opened(stage)
    elsewhere = stage.ann.say("hello", at=stage.entrance)
    for message, name in ((elsewhere, "case_close"), (card, "ask_support")):
        known = len(stage.double.ephemerals)
        await stage.lin.message_shortcut(message, name).done()
        await stage.double.wait_for(lambda known=known: len(stage.double.ephemerals) > known)
    assert not stage.sink.submitted


async def test_customers_are_heard_by_mention_in_an_entrance(stage: Stage) -> None:
    await stage.start()
    asked = stage.ann.say(f"{stage.double.mention} help me", at=stage.entrance)
    await stage.sink.next()
    stage.lin.say("me too", thread=asked)
    stage.ann.say("it is about a deposit", thread=asked)
    stage.ann.say("unrelated", at=stage.entrance)
    await stage.sink.until(lambda: "it is about a deposit" in texts(stage))
    place = Address("slack", f"{stage.entrance.id}/{asked.ts}")
    events = stage.sink.of(MessageReceived)
    assert len({event.id for event in events}) == 2, "told as a message and as a mention"
    heard = {(event.message.address, event.message.text) for event in events}
    assert heard == {(place, "help me"), (place, "it is about a deposit")}
    receipt = await stage.channel.send(Send("e/0", place, "here I am"), None)
    answer = stage.entrance.message(receipt.message_ids[0])
    assert answer is not None and answer.thread_ts == asked.ts


async def test_the_home_shortcuts_and_commands_lead_to_a_conversation(stage: Stage) -> None:
    await stage.start()
    stage.ann.open_home()
    home = await stage.double.wait_for(lambda: stage.ann.home)
    stage.ann.press(home, "转人工客服")
    await stage.sink.until(lambda: stage.sink.of(ButtonPressed))
    (press,) = stage.sink.of(ButtonPressed)
    assert (press.address, press.value) == (stage.at(stage.ann.dm), "person")
    stage.ann.global_shortcut("contact_support")
    stage.ann.command("/support", "my deposit is late")
    strange = stage.lin.say("is this a scam?", at=stage.entrance)
    stage.ann.message_shortcut(strange, "ask_support")
    await stage.sink.until(lambda: len(texts(stage)) == 3)
    assert sorted(texts(stage)) == ["/start", "is this a scam?", "my deposit is late"]
    places = {event.message.address for event in stage.sink.of(MessageReceived)}
    assert places == {stage.at(stage.ann.dm)}


async def test_events_over_http_are_heard_and_forged_ones_are_not(stage: Stage) -> None:
    await stage.start_http()
    said = stage.ann.say("over http")
    await stage.double.wait_for(lambda: stage.double.acknowledged(said))
    assert texts(stage) == ["over http"]
    stage.double.app.signing_secret = "somebody else's"
    stage.ann.say("forged")
    await stage.double.wait_for(lambda: stage.double.http.posts[-1].status == 401)
    assert texts(stage) == ["over http"]


async def test_what_slack_tries_again_over_http_is_the_same_event(stage: Stage) -> None:
    await stage.start_http()
    stage.sink.hold()
    said = stage.ann.say("once")
    await stage.sink.until(lambda: stage.sink.begun)
    assert stage.double.retry_events() == said.deliveries
    stage.sink.release()
    first, second = await stage.sink.next(2)
    assert first.id == second.id
    posts = stage.double.http.posts
    await stage.double.wait_for(lambda: [p for p in posts if "X-Slack-Retry-Num" in p.headers])


async def test_a_signed_request_of_long_ago_is_refused(stage: Stage) -> None:
    await stage.start_http()
    said = stage.ann.say("once")
    await stage.double.wait_for(lambda: stage.double.acknowledged(said))
    post = next(p for p in stage.double.http.posts if "once" in p.body)
    verifier = SignatureVerifier(stage.double.signing_secret)
    for age, status in ((0, 200), (299, 200), (301, 401)):
        signed = {"X-Slack-Request-Timestamp": str(int(time.time()) - age)}
        signature = verifier.generate_signature(
            timestamp=signed["X-Slack-Request-Timestamp"], body=post.body
        )
        signed["X-Slack-Signature"] = signature or ""
        headers = {k: v for k, v in post.headers.items() if not k.lower().startswith("x-slack")}
        async with (
            ClientSession() as http,
            http.post(post.url, data=post.body, headers={**headers, **signed}) as answer,
        ):
            assert answer.status == status
    assert len(texts(stage)) == 3
    assert len({event.id for event in stage.sink.submitted}) == 1


async def test_a_refreshed_or_broken_connection_loses_nothing(stage: Stage) -> None:
    await stage.start()
    stage.ann.say("one")
    await stage.sink.next(1)
    stage.double.sockets.disconnect("refresh_requested")
    stage.ann.say("two")
    await stage.sink.until(lambda: "two" in texts(stage))
    stage.double.sockets.drop()
    stage.ann.say("three")
    await stage.sink.until(lambda: "three" in texts(stage))
    assert list(dict.fromkeys(texts(stage))) == ["one", "two", "three"]


async def test_a_refused_token_is_told_in_plain_words(stage: Stage) -> None:
    stage.double.app.installed = False
    with pytest.raises(OperatorNeeded) as caught:
        await stage.channel.run(stage.sink)
    assert "channels.slack" in str(caught.value)


# ── what is said ─────────────────────────────────────────────────────────────────────────────


async def test_a_text_is_shown_with_its_formatting_and_pings_nobody(stage: Stage) -> None:
    text = "see *this* <@U123> <!channel> & that"
    action = Send("e/0", stage.at(stage.ann.dm), text, spans=(Span("bold", 0, 3),))
    receipt = await stage.channel.send(action, None)
    message = stage.ann.dm.message(receipt.message_ids[0])
    assert message is not None
    assert shown(message) == text
    assert "<" not in message.text
    assert message.metadata is not None
    assert message.metadata["event_payload"]["action"] == "e/0"


async def test_an_alarm_rings_for_the_channel_and_what_it_quotes_does_not(stage: Stage) -> None:
    thread, _ = await opened(stage)
    action = Send("e/1", thread, "P0: “<!channel> <@U123>”", rings=True)
    receipt = await stage.channel.send(action, None)
    message = stage.desk.message(receipt.message_ids[0])
    assert message is not None
    assert message.broadcast, "it is shown in the channel too"
    assert message.text.startswith("<!channel> ")
    assert message.text.count("<") == 1, "only our own mention is one"
    elements = [
        e for block in message.blocks for part in block["elements"] for e in part["elements"]
    ]
    assert elements[0] == {"type": "broadcast", "range": "channel"}
    assert all(e["type"] in ("broadcast", "text") for e in elements)
    quiet = await stage.channel.send(Send("e/2", thread, "no alarm"), None)
    other = stage.desk.message(quiet.message_ids[0])
    assert other is not None and not other.broadcast


async def test_an_earlier_try_is_found_by_its_metadata(stage: Stage) -> None:
    action = Send("e/0", stage.at(stage.ann.dm), "once\n\n" + "long " * 900)
    first = await stage.channel.send(action, None)
    assert len(first.message_ids) > 1
    assert await stage.channel.find(action, NOON) == first
    assert await stage.channel.find(Send("e/1", action.to, action.text), NOON) is None


async def test_a_long_text_changes_as_a_whole(stage: Stage) -> None:
    text = "\n".join(f"line {n} with some words" for n in range(200))
    place = stage.at(stage.ann.dm)
    receipt = await stage.channel.send(Send("e/0", place, text), None)
    assert len(receipt.message_ids) > 1
    await stage.channel.edit(Edit("e/1", place, SOURCE, "short now"), receipt.message_ids[0])
    assert [shown(m) for m in stage.ann.dm.messages] == ["short now"]
    await stage.channel.delete(Delete("e/2", place, SOURCE), receipt.message_ids[0])
    await stage.channel.delete(Delete("e/2", place, SOURCE), receipt.message_ids[0])
    assert not stage.ann.dm.messages


async def test_files_of_elsewhere_are_uploaded_and_known_by_their_message(stage: Stage) -> None:
    stage.shelf.files["web:1"] = b"bytes"
    file = Attachment("file", "说明.txt", "text/plain", 5, "web:1")
    place = stage.at(stage.ann.dm)
    receipt = await stage.channel.send(Send("e/0", place, "here", attachments=(file,)), None)
    text, upload = stage.ann.dm.messages
    assert receipt.message_ids == (text.ts, upload.ts)
    assert [(f.name, f.content) for f in upload.files] == [("说明.txt", b"bytes")]


async def test_reactions_and_marks_are_shown(stage: Stage) -> None:
    place, card = await opened(stage)
    note = stage.lin.say(". careful", thread=card)
    await stage.channel.mark_internal(MarkInternal("e/0", place, note.ts))
    await stage.channel.mark_internal(MarkInternal("e/0", place, note.ts))
    await stage.channel.react(React("e/1", place, SOURCE, "❤️"), note.ts)
    await stage.channel.react(React("e/2", place, SOURCE, "❤️", added=False), note.ts)
    assert {name for name, people in note.reactions.items() if people} == {"memo"}


async def test_what_is_no_place_or_not_ours_is_undeliverable(stage: Stage) -> None:
    with pytest.raises(Undeliverable) as caught:
        await stage.channel.send(Send("e/0", Address("slack", "C0NOWHERE1"), "hello?"), None)
    assert caught.value.reason == "not_found"
    stage.double.archive(stage.desk, stage.lin)
    with pytest.raises(Undeliverable) as caught:
        await stage.channel.send(Send("e/1", stage.desk_address, "hello?"), None)
    assert caught.value.reason == "forbidden"


# ── cases ────────────────────────────────────────────────────────────────────────────────────


async def test_a_case_is_a_thread_with_its_card(stage: Stage) -> None:
    first = await stage.channel.open_thread(opening(stage))
    stage.memory.facts.clear()
    assert await stage.channel.open_thread(opening(stage)) == first
    (card,) = [m for m in stage.desk.messages if not m.is_reply]
    assert card.labels == ["Claim", "Note", "Transfer…"]
    done = Card("KAAAAAA", "closed", "KAAAAAA · Li", ("Status: closed",))
    await stage.channel.update_card(UpdateCard("e3/0", first.thread, done, card.ts))
    await stage.channel.close_thread(CloseThread("e3/1", first.thread))
    assert "closed" in shown(card) and not card.labels


async def test_a_card_that_was_deleted_is_gone(stage: Stage) -> None:
    place, card = await opened(stage)
    stage.lin.delete(card)
    with pytest.raises(Undeliverable) as caught:
        await stage.channel.update_card(UpdateCard("e3/0", place, CARD, card.ts))
    assert caught.value.reason == "thread_gone"
