"""Emoji on messages, both ways."""

from __future__ import annotations

import pytest

from chat.actions import React, Send
from chat.channel import Undeliverable
from chat.events import ReactionChanged
from chat.message import MessageRef
from tests.adapters.telegram.conftest import Stage

SOURCE = MessageRef("discord", "1", "2")


async def test_a_customers_reaction_is_heard_and_so_is_its_end(stage: Stage) -> None:
    await stage.start()
    ann = stage.customer()
    receipt = await stage.channel.send(Send("e/0", stage.at(ann), "hello"), None)
    shown = ann.messages[-1]
    ann.react(shown, "👍")
    ann.react(shown)
    events = await stage.sink.next(2)
    assert all(isinstance(event, ReactionChanged) for event in events)
    changes = stage.sink.of(ReactionChanged)
    assert [(c.emoji, c.added) for c in changes] == [("👍", True), ("👍", False)]
    assert {c.message_id for c in changes} == set(receipt.message_ids)
    assert len({c.id for c in changes}) == 2


async def test_our_reaction_is_seen(stage: Stage) -> None:
    ann = stage.customer()
    said = ann.send("thank you")
    action = React("e/0", stage.at(ann), SOURCE, "❤\ufe0f")
    await stage.channel.react(action, str(said.id))
    (call,) = stage.double.calls_of("setMessageReaction")
    assert call["reaction"] == [{"type": "emoji", "emoji": "❤"}]


async def test_an_emoji_that_telegram_does_not_take_is_undeliverable(stage: Stage) -> None:
    ann = stage.customer()
    said = ann.send("thank you")
    with pytest.raises(Undeliverable) as caught:
        await stage.channel.react(React("e/0", stage.at(ann), SOURCE, "🧾"), str(said.id))
    assert caught.value.reason == "unsupported"
    assert not stage.double.calls_of("setMessageReaction")
