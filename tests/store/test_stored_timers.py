"""Timers are set, replaced, cancelled and fire once, whoever finds them and however often."""

from __future__ import annotations

import asyncio

from bot.store import keys
from bot.store.store import DueTimer, Store
from bot.timers import Timers
from chat.events import Event, TimerFired
from tests.store.examples import (
    CUSTOMER,
    cancel_timer,
    decision,
    fired,
    say,
    set_timer,
    written,
)

PARTITION = keys.partition_of(CUSTOMER.key)


def due(at: float, name: str = "waiting") -> DueTimer:
    return DueTimer(CUSTOMER.key, name, at)


async def test_timers_are_due_in_order_and_not_early(store: Store) -> None:
    await store.commit(written("e1"), 0, decision(set_timer(20.0, "b"), set_timer(10.0, "a")))
    assert await store.due_timers(PARTITION, 9.99) == []
    assert await store.due_timers(PARTITION, 10.0) == [due(10.0, "a")]
    assert await store.due_timers(PARTITION, 30.0) == [due(10.0, "a"), due(20.0, "b")]


async def test_a_timer_of_the_same_name_replaces_the_earlier_one(store: Store) -> None:
    await store.commit(written("e1"), 0, decision(set_timer(10.0)))
    await store.commit(written("e2"), 1, decision(set_timer(50.0)))
    assert await store.due_timers(PARTITION, 30.0) == []
    assert await store.due_timers(PARTITION, 50.0) == [due(50.0)]


async def test_a_cancelled_timer_is_gone(store: Store) -> None:
    await store.commit(written("e1"), 0, decision(set_timer(10.0), set_timer(11.0, "other")))
    await store.commit(written("e2"), 1, decision(cancel_timer()))
    assert await store.due_timers(PARTITION, 99.0) == [due(11.0, "other")]


async def test_a_timer_fires_once(store: Store) -> None:
    await store.commit(written("e1"), 0, decision(set_timer(10.0)))
    assert await store.commit(fired(10.0), 1, decision(say("t"))) == "OK"
    assert await store.due_timers(PARTITION, 99.0) == []
    assert await store.commit(fired(10.0), 2, decision(say("t"))) == "DUP"


async def test_firing_may_set_the_timer_again(store: Store) -> None:
    await store.commit(written("e1"), 0, decision(set_timer(10.0)))
    assert await store.commit(fired(10.0), 1, decision(set_timer(20.0))) == "OK"
    assert await store.due_timers(PARTITION, 99.0) == [due(20.0)]


async def test_a_timer_that_was_cancelled_or_set_anew_has_no_effect(store: Store) -> None:
    """It was found due, and while its event waited for its turn somebody else was faster."""
    await store.commit(written("e1"), 0, decision(set_timer(10.0)))
    await store.commit(written("e2"), 1, decision(set_timer(50.0)))
    assert await store.commit(fired(10.0), 2, decision(say("t"))) == "DUP"
    assert await store.due_timers(PARTITION, 99.0) == [due(50.0)]
    await store.commit(written("e3"), 2, decision(cancel_timer()))
    assert await store.commit(fired(50.0), 3, decision(say("t"))) == "DUP"
    assert await store.read_outbox({PARTITION: b"0"}, 0) == []


async def test_times_survive_to_the_last_bit(store: Store) -> None:
    at = 1_700_000_000.1 + 0.2
    await store.commit(written("e1"), 0, decision(set_timer(at)))
    (found,) = await store.due_timers(PARTITION, at)
    assert found.at == at
    assert await store.commit(fired(found.at), 1, decision()) == "OK"
    assert await store.due_timers(PARTITION, at + 1) == []


async def test_every_look_makes_the_same_event(store: Store) -> None:
    await store.commit(written("e1"), 0, decision(set_timer(10.0)))
    heard: list[Event] = []

    class Sink:
        async def submit(self, event: Event) -> None:
            heard.append(event)

        async def hint(self, event: Event) -> None:
            raise AssertionError

    now = 11.0
    timers = Timers(store, Sink(), clock=lambda: now)
    await timers.fire_due()
    now = 12.0
    await asyncio.gather(timers.fire_due(), timers.fire_due())
    assert {event.id for event in heard} == {fired(10.0).id}
    assert all(isinstance(e, TimerFired) and e.due == 10.0 for e in heard)
    assert len(heard) == 3
