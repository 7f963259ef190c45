"""A fault of ours while an event is handled, on the real store: its words reach a person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.dialog.conversation import Settings, State
from bot.inbox import Inbox
from bot.store.keys import PARTITIONS
from bot.store.store import Store
from chat.actions import OpenThread
from chat.address import Address
from chat.phrases import Lang
from handoff.mood import Mood, Vector
from handoff.ticket import lines_of
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.store.examples import CUSTOMER, written

SETTINGS = Settings(desk=Address("desk", "g"))


class Stumbling:
    """A mood model that fails at certain words."""

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        if "stumble" in text:
            raise ZeroDivisionError
        return Mood(0.0, False, "calm", None, "")


@pytest.fixture
def inbox(store: Store) -> Iterator[Inbox]:
    yield Inbox(store, SETTINGS, KNOWLEDGE, Stumbling())


async def test_a_message_that_cannot_be_handled_opens_a_case(inbox: Inbox, store: Store) -> None:
    await inbox.submit(written("e1", "please do not stumble over this"))
    found, _ = await store.load(CUSTOMER.key)
    assert found is not None and found.state is State.OPENING
    assert found.ticket is not None and found.ticket.cause == "fault"
    assert "stumble" in lines_of(found.story)[0].text
    everything = await store.read_outbox(dict.fromkeys(range(PARTITIONS), b"0"), 0)
    assert any(isinstance(entry.action, OpenThread) for entry in everything)


async def test_it_is_done_once_and_the_next_is_handled(inbox: Inbox, store: Store) -> None:
    event = written("e1", "please do not stumble over this")
    await inbox.submit(event)
    await inbox.submit(event)
    await inbox.submit(written("e2", "more"))
    found, version = await store.load(CUSTOMER.key)
    assert found is not None and found.ticket is not None
    assert version == 2
    assert [held.message.text for held in found.ticket.held] == ["more"]
