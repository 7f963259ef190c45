"""Nothing is confirmed before it is durable, and nothing stops the polling for good."""

import logging
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from adapters.telegram import parse as parse_module
from adapters.telegram import updates
from adapters.telegram.channel import TelegramChannel, TelegramSettings, TokenRefused
from chat.address import Address
from chat.channel import (
    AlbumChannel,
    Channel,
    EditChannel,
    FileChannel,
    MarkChannel,
    ThreadChannel,
    TypingChannel,
)
from chat.events import ButtonPressed, MessageEdited, MessageReceived, ThreadClosed
from tests.adapters.telegram.conftest import DESK, NOW, Stage
from tests.doubles.telegram_updates import QueuedUpdate

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])


def other_program(stage: Stage) -> Bot:
    """Somebody else with the same token."""
    return Bot(stage.double.token, base_url=stage.double.api_base)


def texts(stage: Stage) -> list[str]:
    return [event.message.text for event in stage.sink.of(MessageReceived)]


def test_the_channel_has_every_ability(stage: Stage) -> None:
    channel: Channel = stage.channel
    assert (channel.name, channel.deduplicates) == ("telegram", False)
    for ability in (
        ThreadChannel,
        EditChannel,
        AlbumChannel,
        MarkChannel,
        TypingChannel,
        FileChannel,
    ):
        assert isinstance(stage.channel, ability)


async def test_start(stage: Stage) -> None:
    await stage.start()
    scope = {"type": "all_private_chats"}
    lists = stage.double.calls_of("setMyCommands")
    assert [call["scope"] for call in lists] == [scope] * 3
    assert [call.get("language_code") for call in lists] == [None, "en", "zh"]
    for call in lists:
        assert [c["command"] for c in call["commands"]] == [
            "start",
            "help",
            "agent",
            "verify",
            "language",
        ]
    assert lists[2]["commands"][2]["description"] == "联系真人客服"
    assert stage.double.calls_of("deleteWebhook") == [{"drop_pending_updates": False}]
    (poll,) = stage.double.calls_of("getUpdates")
    assert poll["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "message_reaction",
    ]


async def test_what_waited_before_the_start_is_heard(stage: Stage) -> None:
    ann = stage.double.user(7, "Ann")
    ann.send("are you there?")
    await stage.start()
    await stage.sink.next()
    assert texts(stage) == ["are you there?"]


async def test_it_is_confirmed_only_after_the_commit(stage: Stage) -> None:
    await stage.start()
    stage.sink.hold()
    sent = stage.customer().send("hello")
    await stage.sink.until(lambda: stage.sink.begun)
    await stage.let_others_work()
    assert not stage.double.confirmed(sent)
    assert len(stage.double.calls_of("getUpdates")) == 1
    stage.sink.release()
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert texts(stage) == ["hello"]


async def test_what_was_not_committed_comes_again_after_a_crash(stage: Stage) -> None:
    await stage.start()
    stage.sink.hold()
    sent = stage.customer().send("hello")
    (first,) = await stage.sink.until(lambda: list(stage.sink.begun))
    await stage.let_others_work()
    await stage.stop()
    assert not stage.double.confirmed(sent)
    stage.sink.release()
    await stage.restart()
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert [event.id for event in stage.sink.submitted] == [first.id]
    assert first.id == f"telegram:{stage.settings.bot_id}:{sent.update_ids[0]}"


async def test_a_batch_is_submitted_in_order_without_waiting_in_between(stage: Stage) -> None:
    ann, bob = stage.customer(7), stage.customer(8)
    sent = [(ann if n % 2 else bob).send(str(n)) for n in range(20)]
    stage.sink.hold()
    await stage.start()
    await stage.sink.until(lambda: len(stage.sink.begun) == 20)
    assert [e.message.text for e in stage.sink.begun if isinstance(e, MessageReceived)] == [
        str(n) for n in range(20)
    ]
    assert not stage.double.confirmed(sent[0])
    stage.sink.release()
    await stage.double.until(lambda: all(stage.double.confirmed(one) for one in sent))


async def test_a_failing_sink_makes_the_batch_come_again(stage: Stage) -> None:
    stage.sink.failing.append(RuntimeError("a fault of ours"))
    await stage.start()
    sent = stage.customer().send("hello")
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert texts(stage) == ["hello"]


async def test_an_update_that_we_cannot_read_is_skipped(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def parse(update: Update, *rest: Any) -> Any:
        if update.message and update.message.text == "poison":
            raise ValueError("as if")
        return parse_module.parse(update, *rest)

    monkeypatch.setattr(updates, "parse", parse)
    ann = stage.customer()
    ann.send("before")
    poison = ann.send("poison")
    after = ann.send("after")
    await stage.start()
    await stage.double.until(lambda: stage.double.confirmed(after))
    assert texts(stage) == ["before", "after"]
    assert str(poison.update_ids[0]) in caplog.text


async def test_an_update_that_the_library_cannot_read_is_skipped(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.unforgiven = lambda where: where != "answer getUpdates"
    stage.double.spec.check_answer = lambda *_: []  # type: ignore[method-assign]
    ann = stage.customer()
    ann.send("before")
    broken = {"update_id": 700_000_050, "message": {"text": "my seed phrase"}}
    stage.double.updates.queued.append(QueuedUpdate(broken, "message"))
    stage.double.updates._next_id = 700_000_051
    after = ann.send("after")
    try:
        await stage.start()
        await stage.double.until(lambda: stage.double.confirmed(after))
    finally:
        del stage.double.spec.check_answer  # type: ignore[method-assign]
    assert texts(stage) == ["before", "after"]
    assert "700000050" in caplog.text
    assert "seed phrase" not in caplog.text


async def test_another_program_that_polls(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.start()
    async with other_program(stage) as other:
        await other.get_updates(timeout=0)
    sent = stage.customer().send("still there?")
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert texts(stage) == ["still there?"]
    assert "another program polls Telegram with this bot's token" in caplog.text


async def test_a_webhook_set_by_another_program_is_taken_off(stage: Stage) -> None:
    await stage.start()
    async with other_program(stage) as bot:
        await bot.set_webhook("https://127.0.0.1:1/hook")
        stage.double.faults.add("deleteWebhook", "before_commit")
        stage.double.updates.end_poll()
        sent = stage.customer().send("hello")
        await stage.double.until(lambda: stage.double.confirmed(sent))
        assert (await bot.get_webhook_info()).url == ""


@pytest.mark.parametrize(
    "kind", ["before_commit", "drop_before_commit", "commit_then_drop", "commit_then_5xx"]
)
async def test_trouble_with_the_network_passes(stage: Stage, kind: str) -> None:
    stage.double.faults.add("*", kind, nth=1, times=12)
    await stage.start()
    sent = stage.customer().send("hello")
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert set(texts(stage)) == {"hello"}


async def test_being_told_to_poll_more_slowly(stage: Stage) -> None:
    stage.double.faults.add("getUpdates", "rate_limited", retry_after=1)
    await stage.start()
    sent = stage.customer().send("hello")
    await stage.double.until(lambda: stage.double.confirmed(sent))


async def test_the_server_goes_away_and_comes_back(stage: Stage) -> None:
    await stage.start()
    await stage.double.stop()
    await stage.double.start()
    sent = stage.customer().send("hello")
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert texts(stage) == ["hello"]


async def test_a_wrong_token_is_said_in_plain_words(stage: Stage) -> None:
    settings = TelegramSettings(token="123456789:AAwrong", api_base=stage.double.url)
    channel = TelegramChannel(settings, files=stage.shelf, memory=stage.memory, clock=lambda: NOW)
    with pytest.raises(TokenRefused, match="@BotFather"):
        await channel.run(stage.sink)
    await channel.close()


async def test_the_token_is_in_no_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await stage.start()
    sent = stage.customer().send("my private words")
    await stage.double.until(lambda: stage.double.confirmed(sent))
    await stage.double.stop()
    await stage.double.start()
    again = stage.customer().send("more")
    await stage.double.until(lambda: stage.double.confirmed(again))
    assert stage.double.token.partition(":")[2] not in caplog.text
    assert "my private words" not in caplog.text


async def test_a_press_is_answered_after_the_commit(stage: Stage) -> None:
    await stage.start()
    ann = stage.customer()
    async with other_program(stage) as bot:
        shown = await bot.send_message(ann.id, "choose", reply_markup=KEYBOARD)
    stage.sink.hold()
    press = ann.press(shown.message_id, "A")
    await stage.sink.until(lambda: stage.sink.begun)
    await stage.let_others_work()
    assert not press.answered
    stage.sink.release()
    await stage.double.until(lambda: press.answered)
    (event,) = stage.sink.of(ButtonPressed)
    assert (event.value, event.address, event.at) == ("a", Address("telegram", "7"), NOW)
    assert event.message_id == str(shown.message_id)


async def test_an_answer_that_fails_does_no_harm(stage: Stage) -> None:
    stage.double.faults.add("answerCallbackQuery", "before_commit")
    await stage.start()
    ann = stage.customer()
    async with other_program(stage) as bot:
        shown = await bot.send_message(ann.id, "choose", reply_markup=KEYBOARD)
    ann.press(shown.message_id, "A")
    sent = ann.send("and then?")
    await stage.double.until(lambda: stage.double.confirmed(sent))


async def test_a_customer_is_heard_with_files_edits_and_commands(stage: Stage) -> None:
    await stage.start()
    ann = stage.customer()
    first = ann.send("first")
    ann.edit(first, "first, corrected")
    ann.send("second", reply_to=first, quote="first")
    ann.send_photo(b"one", "look", album="a1")
    ann.send_photo(b"two", album="a1")
    ann.send("/help@kefu_test_bot")
    ann.send_sticker("🙏")
    ann.send_contact("+861", "王")
    ann.block()
    await stage.sink.next(8)
    (edit,) = stage.sink.of(MessageEdited)
    assert (edit.message.id, edit.message.text) == (str(first.id), "first, corrected")
    heard = [event.message for event in stage.sink.of(MessageReceived)]
    assert heard[1].reply_to == str(first.id)
    assert heard[2].album == heard[3].album == "a1"
    assert [one.attachments[0].kind for one in heard[2:4]] == ["photo", "photo"]
    assert heard[4].text == "/help"
    assert heard[5].attachments[0].name == "🙏"
    assert heard[6].text == "[名片] 王 +861"


async def test_agents_are_heard_in_topics_only(stage: Stage) -> None:
    await stage.start()
    agent = stage.desk().member(50, "Bo")
    topic = agent.create_topic("case")
    agent.send(None, "in General")
    agent.send(topic, "in the topic")
    stage.double.group(-77).member(50).send(None, "elsewhere")
    agent.rename(topic, "renamed")
    agent.close(topic)
    await stage.sink.until(lambda: stage.sink.of(ThreadClosed))
    (closed,) = stage.sink.of(ThreadClosed)
    assert closed.thread == stage.in_topic(topic)
    assert closed.sender.name == "Bo"
    assert texts(stage) == ["in the topic"]


async def test_an_upgraded_group_keeps_its_old_id_for_us(stage: Stage) -> None:
    desk = stage.desk()
    agent = desk.member(50, "Bo")
    topic = agent.create_topic("case")
    await stage.start()
    agent.send(topic, "before")
    moved = desk.migrate()
    member = moved.member(50)
    member.send(topic, "after")
    await stage.sink.next(2)
    await stage.double.until(lambda: not stage.double.updates.queued)
    await stage.restart()
    member.send(topic, "after a restart")
    await stage.sink.next(3)
    heard = stage.sink.of(MessageReceived)
    assert [event.message.text for event in heard] == ["before", "after", "after a restart"]
    assert {event.message.address for event in heard} == {stage.in_topic(topic)}
    assert str(moved.id) in stage.memory.facts.values()
    assert str(DESK) != str(moved.id)


async def test_a_move_that_cannot_be_remembered_is_not_confirmed(stage: Stage) -> None:
    desk = stage.desk()
    await stage.start()
    stage.memory.failing_puts.append(ConnectionError("no store"))
    moved = desk.migrate()
    notice = desk.group.messages_by_id[desk.group.next_message_id - 1]
    await stage.double.until(lambda: stage.double.confirmed(notice))
    assert str(moved.id) in stage.memory.facts.values()
