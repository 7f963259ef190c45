"""A topic for each case: opened once, kept up to date, missed when it is gone."""

from typing import Any

import pytest

from adapters.telegram.channel import TelegramChannel
from chat.actions import (
    Button,
    Card,
    CloseThread,
    OpenThread,
    ReopenThread,
    Send,
    UpdateCard,
)
from chat.address import Address
from chat.channel import OpenedThread, RetryLater, Undeliverable
from chat.events import ButtonPressed, ThreadClosed
from tests.adapters.telegram.conftest import DESK, Stage
from tests.doubles.telegram_people import Topic
from tests.doubles.telegram_world import ALL_BOT_RIGHTS

CARD = Card(
    ticket="T1",
    status="waiting",
    title="T1 · 小明",
    lines=("状态:等待接入", "原因:客户要求真人客服"),
    buttons=((Button("claim:T1", "接入", "primary"),), (Button("close:T1", "关闭", "danger"),)),
)
OPEN = OpenThread("telegram:1:5/1", Address("telegram", str(DESK)), "telegram:7", CARD)


def topic_of(stage: Stage, opened: OpenedThread) -> Topic:
    assert opened.thread.thread is not None
    return stage.desk().topics[int(opened.thread.thread)]


def send(to: Address, text: str, **more: Any) -> Send:
    return Send("e/9", to=to, text=text, **more)


async def test_a_case_is_opened(stage: Stage) -> None:
    stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    topic = topic_of(stage, opened)
    assert (topic.name, opened.thread.channel) == ("T1 · 小明", str(DESK))
    (card,) = topic.messages
    assert opened.card_message == str(card.id)
    assert card.text == "T1 · 小明\n状态:等待接入\n原因:客户要求真人客服"
    assert card.buttons == [["接入"], ["关闭"]]
    assert card.entities[0] == {"type": "bold", "offset": 0, "length": 7}


async def test_a_long_title_is_cut_for_the_topic_only(stage: Stage) -> None:
    stage.desk()
    long = Card("T1", "waiting", "T1 · " + "名" * 200, ())
    opened = await stage.channel.open_thread(OpenThread("e/1", OPEN.desk, OPEN.conversation, long))
    topic = topic_of(stage, opened)
    assert len(topic.name) == 128
    assert topic.messages[0].text == long.title


@pytest.mark.parametrize("kind", ["before_commit", "drop_before_commit", "rate_limited"])
async def test_a_retry_takes_the_topic_that_is_there(stage: Stage, kind: str) -> None:
    desk = stage.desk()
    stage.double.faults.add("sendMessage", kind)
    with pytest.raises(RetryLater):
        await stage.channel.open_thread(OPEN)
    assert [len(topic.messages) for topic in desk.topics.values()] == [0]
    await stage.channel.close()
    stage.channel = stage.new_channel()
    opened = await stage.channel.open_thread(OPEN)
    assert [len(topic.messages) for topic in desk.topics.values()] == [1]
    assert await stage.channel.open_thread(OPEN) == opened
    assert [len(topic.messages) for topic in desk.topics.values()] == [1]


async def test_another_case_has_another_topic(stage: Stage) -> None:
    desk = stage.desk()
    await stage.channel.open_thread(OPEN)
    await stage.channel.open_thread(OpenThread("e/2", OPEN.desk, OPEN.conversation, CARD))
    assert len(desk.topics) == 2


async def test_a_topic_deleted_before_its_card_came_is_opened_anew(stage: Stage) -> None:
    desk = stage.desk()
    boss = desk.member(50, role="administrator")
    stage.double.faults.add("sendMessage", "before_commit")
    with pytest.raises(RetryLater):
        await stage.channel.open_thread(OPEN)
    (first,) = desk.topics.values()
    boss.delete(first)
    opened = await stage.channel.open_thread(OPEN)
    assert topic_of(stage, opened) is not first
    assert len(topic_of(stage, opened).visible) == 1


async def test_a_topic_whose_creation_was_not_answered_is_found_again(stage: Stage) -> None:
    desk = stage.desk()
    await stage.start()
    stage.double.faults.add("createForumTopic", "commit_then_drop")
    with pytest.raises(RetryLater) as later:
        await stage.channel.open_thread(OPEN)
    assert later.value.ambiguous
    await stage.double.until(lambda: desk.topics and not stage.double.updates.queued)
    opened = await stage.channel.open_thread(OPEN)
    assert list(desk.topics.values()) == [topic_of(stage, opened)]


async def test_the_store_being_away_makes_no_second_topic(stage: Stage) -> None:
    desk = stage.desk()
    stage.memory.failing_gets = [ConnectionError("no store")]
    stage.memory.failing_puts = [ConnectionError("no store") for _ in range(3)]
    for _ in range(4):
        with pytest.raises(RetryLater):
            await stage.channel.open_thread(OPEN)
    opened = await stage.channel.open_thread(OPEN)
    assert list(desk.topics.values()) == [topic_of(stage, opened)]


async def test_without_the_right_to_it(stage: Stage) -> None:
    stage.desk().set_bot_rights("can_delete_messages")
    with pytest.raises(Undeliverable) as never:
        await stage.channel.open_thread(OPEN)
    assert never.value.reason == "forbidden"


async def test_a_group_without_topics(stage: Stage) -> None:
    stage.desk().group.is_forum = False
    with pytest.raises(Undeliverable) as never:
        await stage.channel.open_thread(OPEN)
    assert never.value.reason == "unsupported"


# ── the card ─────────────────────────────────────────────────────────────────────────────────


def changed(opened: OpenedThread, line: str) -> UpdateCard:
    card = Card("T1", "open", CARD.title, (line,), ((Button("bot:T1", "交还"),),))
    return UpdateCard("e/3", to=opened.thread, card=card, message_id=opened.card_message)


async def test_a_card_is_redrawn(stage: Stage) -> None:
    stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    await stage.channel.update_card(changed(opened, "状态:处理中"))
    await stage.channel.update_card(changed(opened, "状态:处理中"))
    (card,) = topic_of(stage, opened).messages
    assert card.text == "T1 · 小明\n状态:处理中"
    assert card.buttons == [["交还"]]


async def test_a_card_that_is_gone_is_posted_anew_once(stage: Stage) -> None:
    stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    topic = topic_of(stage, opened)
    topic.messages[0].deleted = True
    await stage.channel.update_card(changed(opened, "a"))
    await stage.channel.update_card(changed(opened, "b"))
    (card,) = topic.visible
    assert (card.text, card.labels) == ("T1 · 小明\nb", ["交还"])


async def test_a_card_that_never_was_is_posted(stage: Stage) -> None:
    topic = stage.desk().member(50).create_topic("case")
    await stage.channel.update_card(UpdateCard("e/3", to=stage.in_topic(topic), card=CARD))
    assert len(topic.messages) == 1


async def test_a_press_on_a_card_that_telegram_no_longer_shows(stage: Stage) -> None:
    desk = stage.desk()
    await stage.start()
    opened = await stage.channel.open_thread(OPEN)
    agent = desk.member(50, "Bo")
    stage.double.world.on_update(
        "callback_query",
        {
            "id": "1",
            "from": agent.account.to_api(),
            "message": {
                "chat": desk.group.to_api(),
                "message_id": int(opened.card_message or 0),
                "date": 0,
            },
            "chat_instance": "1",
            "data": "claim:T1",
        },
    )
    await stage.sink.until(lambda: stage.sink.of(ButtonPressed))
    (press,) = stage.sink.of(ButtonPressed)
    assert (press.address, press.value) == (opened.thread, "claim:T1")


# ── closing ──────────────────────────────────────────────────────────────────────────────────


async def test_closing_and_reopening(stage: Stage) -> None:
    desk = stage.desk()
    await stage.start()
    opened = await stage.channel.open_thread(OPEN)
    topic = topic_of(stage, opened)
    for _ in range(2):
        await stage.channel.close_thread(CloseThread("e/4", opened.thread))
        assert topic.closed
    for _ in range(2):
        await stage.channel.reopen_thread(ReopenThread("e/5", opened.thread))
        assert not topic.closed
    last = desk.member(50).send(topic, "heard")
    await stage.double.until(lambda: stage.double.confirmed(last))
    assert stage.sink.of(ThreadClosed) == []


async def test_a_message_into_a_closed_topic_opens_it(stage: Stage) -> None:
    stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    topic = topic_of(stage, opened)
    stage.desk().member(50).close(topic)
    await stage.channel.send(send(opened.thread, "the customer is back"), None)
    assert not topic.closed
    assert topic.messages[-1].text == "the customer is back"


async def test_a_closed_topic_that_we_may_not_open(stage: Stage) -> None:
    stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    stage.desk().member(50).close(topic_of(stage, opened))
    stage.desk().set_bot_rights("can_delete_messages")
    with pytest.raises(Undeliverable) as never:
        await stage.channel.send(send(opened.thread, "hello"), None)
    assert never.value.reason == "forbidden"


async def test_a_topic_that_is_gone(stage: Stage) -> None:
    stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    stage.desk().member(50).delete(topic_of(stage, opened))
    channel: TelegramChannel = stage.channel
    for attempt in (
        lambda: channel.send(send(opened.thread, "hello"), None),
        lambda: channel.update_card(changed(opened, "x")),
        lambda: channel.close_thread(CloseThread("e/4", opened.thread)),
        lambda: channel.reopen_thread(ReopenThread("e/5", opened.thread)),
    ):
        with pytest.raises(Undeliverable) as never:
            await attempt()  # type: ignore[no-untyped-call]
        assert never.value.reason == "thread_gone"


async def test_what_telegram_posts_into_general_by_mistake_is_taken_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    stage.desk().member(50).delete(topic_of(stage, opened))
    actor = stage.double.bot
    monkeypatch.setattr(actor, "live_topic", lambda *_: desk.group.general)
    deliver = actor.deliver

    def into_general(params: Any, *rest: Any, **details: Any) -> Any:
        del params["message_thread_id"]
        return deliver(params, *rest, **details)

    monkeypatch.setattr(actor, "deliver", into_general)
    with pytest.raises(Undeliverable) as never:
        await stage.channel.send(send(opened.thread, "for the case only"), None)
    assert never.value.reason == "thread_gone"
    assert desk.general.visible == []


async def test_an_answer_to_a_message_in_another_topic(stage: Stage) -> None:
    agent = stage.desk().member(50)
    old, new = agent.create_topic("old"), agent.create_topic("new")
    there = agent.send(old, "before")
    await stage.channel.send(send(stage.in_topic(new), "after"), str(there.id))
    assert new.messages[-1].text == "after"


# ── the group moves ──────────────────────────────────────────────────────────────────────────


async def test_an_upgraded_group_is_followed_at_once_and_for_good(stage: Stage) -> None:
    desk = stage.desk()
    opened = await stage.channel.open_thread(OPEN)
    topic = topic_of(stage, opened)
    desk.migrate()
    receipt = await stage.channel.send(send(opened.thread, "after"), None)
    assert receipt.message_ids == (str(topic.messages[-1].id),)
    await stage.channel.close()
    stage.channel = stage.new_channel()
    refused = len(stage.double.calls_of("closeForumTopic"))
    await stage.channel.close_thread(CloseThread("e/4", opened.thread))
    assert topic.closed
    assert len(stage.double.calls_of("closeForumTopic")) == refused + 1
    assert topic.group.bot_rights == ALL_BOT_RIGHTS
