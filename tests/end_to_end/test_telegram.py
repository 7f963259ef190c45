"""The whole loop on Telegram: the real program and client, a double for Telegram's servers."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chat.phrases import say
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_world import ChatMessage
from tests.running import Program

DESK = -1001234567890


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        double.forum(DESK, "Support")
        yield double
        assert double.violations == []


@pytest.fixture
async def program(tmp_path: Path, telegram: TelegramDouble) -> AsyncIterator[Program]:
    settings: dict[str, object] = {
        "channels": {
            "web": {"port": 0},
            "telegram": {"token": telegram.token, "api_base": telegram.url},
        },
        "desk": {"channel": f"telegram:{DESK}", "language": "zh"},
    }
    async with Program(tmp_path, settings) as running:
        yield running


def last(messages: list[ChatMessage]) -> str:
    return messages[-1].text or ""


def found(messages: list[ChatMessage], words: str) -> ChatMessage | None:
    """The first message with certain words."""
    return next((m for m in messages if words in (m.text or "")), None)


def lines(message: ChatMessage) -> list[str]:
    """What a message says; customers' words may share one."""
    return (message.text or "").split("\n")


async def handed_over(telegram: TelegramDouble) -> tuple:  # type: ignore[type-arg]
    """A customer who asked for a person, the topic, and an agent who claimed the case."""
    wang = telegram.user(7, "小王", "zh-hans")
    wang.send("转人工")
    desk = telegram.group(DESK)
    topic = await telegram.until(lambda: desk.open_topics[0])
    lin = desk.member(9, "Lin")
    card = await telegram.until(lambda: topic.messages[0])
    lin.press(card, say("desk.button.claim", "zh"))
    joined = say("customer.joined", "zh", agent="Lin")
    await telegram.until(lambda: last(wang.messages) == joined)
    return wang, topic, lin


async def test_ask_be_answered_ask_for_a_person_and_talk(
    telegram: TelegramDouble, program: Program
) -> None:
    wang = telegram.user(7, "小王", "zh-hans")
    desk = telegram.group(DESK)
    wang.send("/start")
    await telegram.until(lambda: "Tokenim" in last(wang.messages))
    wang.send("充值没到账怎么办")
    await telegram.until(
        lambda: say("customer.button.not_helped", "zh") in wang.messages[-1].labels
    )
    wang.press(wang.messages[-1], say("customer.button.not_helped", "zh"))
    topic = await telegram.until(lambda: desk.open_topics[0])
    await telegram.until(lambda: "第 1 位" in last(wang.messages))
    await telegram.until(
        lambda: any("充值没到账怎么办" in (m.text or "") for m in topic.messages[1:])
    )

    lin, bo = desk.member(9, "Lin"), desk.member(8, "Bo")
    lin.press(topic.messages[0], say("desk.button.claim", "zh"))
    joined = say("customer.joined", "zh", agent="Lin")
    await telegram.until(lambda: last(wang.messages) == joined)
    lin.send(topic, "您好，请发一下交易哈希")
    await telegram.until(lambda: last(wang.messages) == "您好，请发一下交易哈希")
    wang.send("0xabc")
    await telegram.until(lambda: last(topic.messages) == "0xabc")
    lin.send(topic, ". 看起来是合约转账")
    bo.send(topic, "我也这么觉得")
    kept = say("desk.kept_inside", "zh", agent="Lin")
    await telegram.until(lambda: last(topic.messages) == kept)
    lin.send(topic, "/close")
    thanks = say("customer.closed", "zh")
    await telegram.until(lambda: last(wang.messages).startswith(thanks))
    wang.send("还是没到")
    await telegram.until(lambda: last(topic.messages) == "还是没到")
    assert len(desk.topics) == 1
    told = " ".join(message.text or "" for message in wang.messages)
    assert "合约转账" not in told
    assert "我也这么觉得" not in told


async def test_steps_are_walked_through_until_one_does_not_work(
    telegram: TelegramDouble, program: Program
) -> None:
    wang = telegram.user(7, "小王", "zh-hans")
    wang.send("怎么注册账号")
    walk, on = say("customer.button.walk", "zh"), say("customer.button.next", "zh")
    failed = say("customer.button.failed", "zh")
    await telegram.until(lambda: walk in wang.messages[-1].labels)
    wang.press(wang.messages[-1], walk)
    await telegram.until(lambda: say("customer.step", "zh", n=1, of=4) in last(wang.messages))
    first = wang.messages[-1]
    wang.press(first, on)
    await telegram.until(lambda: say("customer.step", "zh", n=2, of=4) in last(wang.messages))
    again = wang.press(first, on)
    await telegram.until(lambda: again.answered)
    wang.send("上一步")
    await telegram.until(lambda: last(wang.messages) == first.text)
    wang.send("好了")
    await telegram.until(lambda: say("customer.step", "zh", n=2, of=4) in last(wang.messages))
    assert sum("第 2 步" in (m.text or "") for m in wang.messages) == 2
    second = wang.messages[-1]
    wang.press(second, failed)
    topic = await telegram.until(lambda: telegram.group(DESK).open_topics[0])
    card = await telegram.until(lambda: topic.messages[0])
    assert say("desk.cause.step_failed", "zh") in (card.text or "")
    assert "2/4" in (card.text or "")
    await telegram.until(lambda: "第 1 位" in last(wang.messages))
    told = len(wang.messages)
    late = wang.press(second, on)
    await telegram.until(lambda: late.answered)
    assert len(wang.messages) == told


async def test_files_replies_and_edits_go_both_ways(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    photo = wang.send_photo(b"\xff\xd8\xff picture", "截图")
    await telegram.until(lambda: topic.messages[-1].file_bytes == b"\xff\xd8\xff picture")
    relayed = topic.messages[-1]
    lin.send(topic, "收到", reply_to=relayed.id)
    await telegram.until(lambda: last(wang.messages) == "收到")
    assert wang.messages[-1].reply_to == photo.id
    lin.edit(topic.messages[-1].id, "收到，谢谢")
    await telegram.until(lambda: last(wang.messages) == "收到，谢谢")
    wrong = wang.send("哈希 0x1")
    await telegram.until(lambda: last(topic.messages) == "哈希 0x1")
    wang.edit(wrong.id, "哈希 0x2")
    changed = say("desk.customer_edited_from", "zh", old="哈希 0x1", new="哈希 0x2")
    await telegram.until(lambda: last(topic.messages) == changed)


async def test_a_deleted_topic_comes_back_with_its_story(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    wang.send("用的是TRC20网络")
    await telegram.until(lambda: last(topic.messages) == "用的是TRC20网络")
    desk = telegram.group(DESK)
    lin.delete(topic)
    wang.send("昨天下午转的")
    again = await telegram.until(lambda: desk.open_topics[0])
    await telegram.until(lambda: last(again.messages) == "昨天下午转的")
    story = "\n".join(message.text or "" for message in again.messages)
    assert story.count("用的是TRC20网络") == 1
    lin.send(again, "我在")
    await telegram.until(lambda: last(wang.messages) == "我在")


async def test_who_blocked_us_is_told_to_the_agent(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    wang.block()
    lin.send(topic, "在吗")
    reason = say("reason.blocked", "zh")
    told = say("desk.not_delivered", "zh", text="在吗", reason=reason)
    await telegram.until(lambda: last(topic.messages) == told)


async def test_a_killed_program_loses_and_repeats_no_event(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    for round_ in range(3):
        for n in range(5):
            wang.send(f"提问 {round_}.{n}")
            lin.send(topic, f"回复 {round_}.{n}")
        await program.stop(signal.SIGKILL)
        await program.start()
    wang.send("最后")
    # At a message a second for each chat this takes a while.
    await telegram.until(lambda: any("最后" in lines(m) for m in topic.messages), timeout=60)
    lin.send(topic, "最后一句")
    await telegram.until(lambda: any(m.text == "最后一句" for m in wang.messages), timeout=60)
    for messages, who in ((topic.messages, "提问"), (wang.messages, "回复")):
        shown = [line for m in messages if m.from_bot for line in lines(m)]
        heard = [line for line in shown if line.startswith(f"{who} ")]
        expected = [f"{who} {r}.{n}" for r in range(3) for n in range(5)]
        # Telegram cannot recognise a repeated message, so a kill between its taking one and our
        # noting that may repeat it; nothing may be missing or out of order.
        assert list(dict.fromkeys(heard)) == expected
        assert len(heard) <= len(expected) + 3


async def test_a_lost_answer_repeats_the_message_and_tells_the_desk(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    telegram.faults.add("sendMessage", "commit_then_drop", where={"chat_id": 7})
    reply = lin.send(topic, "请稍等")
    told = say("desk.maybe_twice", "zh", text="请稍等")
    await telegram.until(lambda: last(topic.messages) == told)
    assert [m.text for m in wang.messages].count("请稍等") == 2
    lin.edit(reply, "马上就好")
    await telegram.until(lambda: last(topic.messages) == say("desk.copy_may_remain", "zh"))


async def test_slow_down_is_honoured_and_nothing_is_lost(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    telegram.faults.add("sendMessage", "rate_limited", where={"chat_id": 7}, retry_after=1)
    lin.send(topic, "一")
    lin.send(topic, "二")
    await telegram.until(lambda: last(wang.messages) == "二")
    assert [m.text for m in wang.messages][-2:] == ["一", "二"]


async def test_a_held_reply_is_sent_once_on_a_press_in_the_topic(
    telegram: TelegramDouble, program: Program
) -> None:
    wang, topic, lin = await handed_over(telegram)
    lin.send(topic, "今天一定到账")
    hint = await telegram.until(lambda: found(topic.messages, "✋"))
    lin.press(hint, say("desk.button.send", "zh"))
    await telegram.until(lambda: last(wang.messages) == "今天一定到账")
    lin.press(hint, say("desk.button.send", "zh"))
    await telegram.until(lambda: last(topic.messages) == say("desk.send_refused", "zh"))
    lin.send(topic, "请把助记词发给我")
    held = await telegram.until(lambda: found(topic.messages, say("desk.held_never", "zh")))
    assert not held.buttons
    wang.send("/verify")
    await telegram.until(lambda: "Lin" in last(wang.messages))
    texts = [m.text or "" for m in wang.messages]
    assert texts.count("今天一定到账") == 1
    assert not any("发给我" in text for text in texts)
