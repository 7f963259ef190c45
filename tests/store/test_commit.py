"""What one commit does and what it refuses to do, on a real server."""

from __future__ import annotations

import asyncio

import pytest
from msgspec import structs
from redis.asyncio import Redis

from bot.dialog.conversation import State
from bot.store import keys
from bot.store.store import Link, Store
from chat.actions import ShowTyping, Speaker
from chat.address import Address
from handoff.ticket import place_of
from tests.store.examples import (
    CUSTOMER,
    DESK,
    conversation,
    decision,
    fact,
    ref,
    say,
    set_timer,
    written,
)

EVERYBODY = float("inf")
OWN = keys.keys_of(CUSTOMER.key)


async def _everything(redis: Redis) -> dict[bytes, bytes]:
    """All that the server holds, to compare."""
    return {key: await redis.dump(key) for key in sorted(await redis.keys("*"))}


async def _waiting_texts(store: Store) -> list[str]:
    entries = await store.read_outbox(dict.fromkeys(range(keys.PARTITIONS), b"0"), 0)
    return [getattr(entry.action, "text", "") for entry in entries]


async def test_a_conversation_is_kept_with_its_version(store: Store) -> None:
    assert await store.load(CUSTOMER.key) == (None, 0)
    new = conversation(State.WAITING, opened_at=5.0)
    assert await store.commit(written("e1"), 0, decision(then=new)) == "OK"
    assert await store.load(CUSTOMER.key) == (new, 1)


async def test_an_event_counts_once(store: Store, redis: Redis) -> None:
    assert await store.commit(written("e1"), 0, decision(say("e1"))) == "OK"
    before = await _everything(redis)
    assert await store.commit(written("e1"), 1, decision(say("e1", text="again"))) == "DUP"
    assert await _everything(redis) == before


async def test_an_event_is_known_for_longer_than_any_platform_repeats_it(
    store: Store, redis: Redis
) -> None:
    assert await store.commit(written("e1"), 0, decision(say("e1"))) == "OK"
    assert await redis.ttl(OWN.seen_prefix + "e1") > 24 * 3600


async def test_an_old_version_is_refused(store: Store, redis: Redis) -> None:
    assert await store.commit(written("e1"), 0, decision(say("e1"))) == "OK"
    before = await _everything(redis)
    stale = decision(say("e2"), set_timer(5.0), fact("x"), then=conversation(State.HUMAN))
    assert await store.commit(written("e2"), 0, stale) == "STALE"
    assert await store.commit(written("e2"), 7, stale) == "STALE"
    assert await _everything(redis) == before
    assert await store.commit(written("e2"), 1, stale) == "OK"


async def test_one_of_many_racing_commits_wins(store: Store) -> None:
    outcomes = await asyncio.gather(
        *(store.commit(written(f"e{n}"), 0, decision(say(f"e{n}"))) for n in range(20))
    )
    assert sorted(outcomes) == ["OK"] + ["STALE"] * 19
    assert len(await _waiting_texts(store)) == 1


async def test_everything_is_written_in_one_step(store: Store, redis: Redis) -> None:
    new = conversation(State.WAITING, opened_at=12.5)
    whole = decision(
        say("e1", 0, "one"), set_timer(99.5), say("e1", 2, "two"), fact("a"), fact("b"), then=new
    )
    assert await store.commit(written("e1"), 0, whole) == "OK"
    assert await _waiting_texts(store) == ["one", "two"]
    assert await redis.xlen(keys.RECORDS[OWN.partition]) == 2
    assert await redis.zscore(keys.TIMERS[OWN.partition], f"{CUSTOMER.key}\nwaiting") == 99.5
    assert await redis.zscore(keys.QUEUES[OWN.partition], CUSTOMER.key) == 12.5
    assert await redis.ttl(OWN.seen_prefix + "e1") > 24 * 3600


async def test_typing_is_never_stored(store: Store) -> None:
    typing = ShowTyping("e1/0", CUSTOMER, Speaker("agent", "Lin"))
    assert await store.commit(written("e1"), 0, decision(typing)) == "OK"
    assert await _waiting_texts(store) == []


async def test_all_keys_of_a_commit_share_a_slot(store: Store, redis: Redis) -> None:
    """Otherwise a Cluster would refuse the script."""
    new = conversation(State.WAITING, opened_at=1.0)
    await store.commit(written("e1"), 0, decision(say("e1"), set_timer(1.0), fact("a"), then=new))
    written_keys = await redis.keys("*")
    slots = {await redis.execute_command("CLUSTER", "KEYSLOT", key) for key in written_keys}
    assert len(written_keys) == 6
    assert len(slots) == 1


@pytest.mark.parametrize(
    ("state", "queued"),
    [(State.OPENING, True), (State.WAITING, True), (State.HUMAN, False), (State.BOT, False)],
)
async def test_the_queue_holds_who_waits(store: Store, state: State, queued: bool) -> None:
    await store.commit(written("e0"), 0, decision(then=conversation(State.WAITING, opened_at=10.0)))
    assert await store.ahead(EVERYBODY) == 1
    ticket = None if state is State.BOT else 10.0
    await store.commit(written("e1"), 1, decision(then=conversation(state, opened_at=ticket)))
    assert await store.ahead(EVERYBODY) == (1 if queued else 0)


async def test_the_queue_counts_who_came_before_in_every_partition(store: Store) -> None:
    for n in range(40):
        customer = Address("web", f"v{n}")
        waiting = conversation(State.WAITING, opened_at=float(n), customer=customer)
        event = written(f"e{n}", customer=customer)
        assert await store.commit(event, 0, decision(then=waiting)) == "OK"
    assert await store.ahead(EVERYBODY) == 40
    assert await store.ahead(0.0) == 0
    assert await store.ahead(25.0) == 25


async def test_the_urgent_are_counted_before_others(store: Store) -> None:
    """P0 before P1 before everybody else, each in the order in which they came."""
    places = {}
    for n, priority in enumerate((None, "P3", "P1", "P2", "P0", "P1")):
        customer = Address("web", f"v{n}")
        waiting = conversation(State.WAITING, opened_at=100.0 + n, customer=customer)
        assert waiting.ticket is not None
        ticket = structs.replace(waiting.ticket, priority=priority)
        waiting = structs.replace(waiting, ticket=ticket)
        await store.commit(written(f"e{n}", customer=customer), 0, decision(then=waiting))
        places[n] = place_of(ticket)
    ahead = {n: await store.ahead(place) for n, place in places.items()}
    assert sorted(ahead, key=lambda n: ahead[n]) == [4, 2, 5, 0, 1, 3]
    assert sorted(ahead.values()) == list(range(6))


async def test_the_owner_is_known_when_something_is_sent(store: Store) -> None:
    assert await store.ownership(CUSTOMER.key) == ("bot", "")
    await store.commit(written("e1"), 0, decision(then=conversation(State.WAITING, opened_at=1.0)))
    assert await store.ownership(CUSTOMER.key) == ("waiting", "K1")


async def test_deliveries_are_read_in_order_and_forgotten_with_their_links(
    store: Store, redis: Redis
) -> None:
    await store.commit(written("e1"), 0, decision(say("e1", 0, "one"), say("e1", 1, "two")))
    entries = await store.read_outbox({OWN.partition: b"0"}, 0)
    assert [entry.action.id for entry in entries] == ["e1/0", "e1/1"]
    assert await store.read_outbox({OWN.partition: entries[0].id}, 0) == entries[1:]
    link = Link(CUSTOMER.key, ref(DESK, "a9"), ref(CUSTOMER, "w3"))
    await store.outbox_done(OWN.partition, [entries[0].id], [link])
    assert await store.read_outbox({OWN.partition: b"0"}, 0) == entries[1:]
    assert await store.counterpart(CUSTOMER.key, ref(DESK, "a9"), CUSTOMER) == "w3"
    assert await store.counterpart(CUSTOMER.key, ref(CUSTOMER, "w3"), DESK) == "a9"
    assert await store.counterpart(CUSTOMER.key, ref(DESK, "a8"), CUSTOMER) is None
    assert await store.counterpart("web:other", ref(DESK, "a9"), CUSTOMER) is None
    assert await redis.ttl(OWN.links) > 30 * 24 * 3600


async def test_routes_and_memory(store: Store) -> None:
    assert await store.find_route(DESK) is None
    await store.set_route(DESK, CUSTOMER.key)
    assert await store.find_route(DESK) == CUSTOMER.key
    assert await store.find_route(Address("tg", "-100", "8")) is None
    assert await store.get("group") is None
    await store.put("group", "-200")
    assert await store.get("group") == "-200"
