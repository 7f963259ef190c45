"""When a group takes no more topics, cases open in the next one and are heard there."""

from __future__ import annotations

import pytest
from msgspec import structs

from adapters.telegram.channel import TelegramChannel
from chat.actions import Button, Card, OpenThread, Send, UpdateCard
from chat.address import Address
from chat.channel import Undeliverable
from chat.events import ButtonPressed, MessageReceived
from tests.adapters.telegram.conftest import DESK, NOW, Stage

SPARE = -1009876543210
CARD = Card(
    ticket="KAAAAAA",
    status="waiting",
    title="KAAAAAA · Li",
    lines=("Status: waiting",),
    buttons=((Button("claim:KAAAAAA", "Claim"),),),
)


def opening(number: int = 1) -> OpenThread:
    return OpenThread(f"e{number}/0", Address("telegram", str(DESK)), "web:v1", CARD)


@pytest.fixture
async def worn(stage: Stage) -> Stage:
    """A desk whose first group lets the bot open no topic."""
    settings = structs.replace(stage.settings, spare_chats=(str(SPARE),))
    await stage.channel.close()
    stage.channel = TelegramChannel(
        settings, files=stage.shelf, memory=stage.memory, clock=lambda: NOW
    )
    stage.desk().set_bot_rights()
    stage.double.forum(SPARE, "Support 2")
    return stage


async def test_a_case_opens_in_the_next_group_and_lives_there(worn: Stage) -> None:
    opened = await worn.channel.open_thread(opening())
    assert opened.thread.channel == str(SPARE)
    await worn.start()
    (topic,) = worn.double.group(SPARE).open_topics
    lin = worn.double.group(SPARE).member(9, "Lin")
    lin.press(topic.messages[0], "Claim")
    lin.send(topic, "hello")
    await worn.sink.next(2)
    (press,), (said,) = worn.sink.of(ButtonPressed), worn.sink.of(MessageReceived)
    assert press.address == said.message.address == opened.thread
    await worn.channel.send(Send("e2/0", opened.thread, "from the customer"), None)
    done = structs.replace(CARD, status="closed", lines=("Status: closed",), buttons=())
    await worn.channel.update_card(UpdateCard("e3/0", opened.thread, done, opened.card_message))
    assert topic.messages[-1].text == "from the customer"
    assert "closed" in (topic.messages[0].text or "")


async def test_opening_it_again_finds_it_there(worn: Stage) -> None:
    first = await worn.channel.open_thread(opening())
    assert await worn.channel.open_thread(opening()) == first
    assert len(worn.double.group(SPARE).open_topics) == 1


async def test_a_worn_group_is_not_asked_for_every_case(worn: Stage) -> None:
    for number in range(3):
        await worn.channel.open_thread(opening(number))
    asked = [call["chat_id"] for call in worn.double.calls_of("createForumTopic")]
    assert asked == [DESK, SPARE, SPARE, SPARE]


async def test_when_no_group_takes_it_the_desk_cannot_be_reached(worn: Stage) -> None:
    worn.double.group(SPARE).set_bot_rights()
    with pytest.raises(Undeliverable) as caught:
        await worn.channel.open_thread(opening())
    assert caught.value.reason == "forbidden"
