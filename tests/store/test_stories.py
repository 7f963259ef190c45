"""A story is kept line by line: what a commit changes of it is written, and nothing else."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as some
from msgspec import Raw, structs
from redis.asyncio import Redis

from bot.dialog.conversation import Decision
from bot.store import keys
from bot.store.store import Store
from bot.store.story_change import change_of
from handoff.ticket import STORY_LINES, Line, Story, remember, written
from tests.store.examples import CUSTOMER, conversation
from tests.store.examples import written as event

OWN = keys.keys_of(CUSTOMER.key)


def line(text: str) -> Line:
    return Line(role="customer", text=text, at=1.0)


def with_story(story: Story) -> Decision:
    return Decision(structs.replace(conversation(), story=story), ())


async def test_a_message_adds_a_line_and_pushes_the_oldest_out(store: Store, redis: Redis) -> None:
    story: Story = ()
    for number in range(STORY_LINES + 3):
        before, story = story, remember(story, line(f"line {number}"))
        assert await store.commit(event(f"e{number}"), number, with_story(story), before) == "OK"
    loaded, version = await store.load(CUSTOMER.key)
    assert loaded is not None and loaded.story == story
    assert len(story) == STORY_LINES == await redis.llen(OWN.story)
    assert version == STORY_LINES + 3
    body = await redis.hget(OWN.state, "b")
    assert body is not None and b"line" not in body


async def test_an_edited_line_is_kept(store: Store) -> None:
    story = written(line("one"), line("two"))
    assert await store.commit(event("e1"), 0, with_story(story), ()) == "OK"
    edited = written(line("one"), line("2"), line("three"))
    assert await store.commit(event("e2"), 1, with_story(edited), story) == "OK"
    loaded, _ = await store.load(CUSTOMER.key)
    assert loaded is not None and loaded.story == edited


async def test_a_story_that_stands_in_the_conversation_is_moved(store: Store, redis: Redis) -> None:
    """As earlier versions of Kefu wrote it."""
    old = structs.replace(conversation(), story=written(line("one"), line("two")))
    await redis.hset(OWN.state, mapping={"v": "4", "b": msgspec.json.encode(old), "s": "bot"})
    loaded, version = await store.load(CUSTOMER.key)
    assert (loaded, version) == (old, 4)
    new = remember(old.story, line("three"))
    assert await store.commit(event("e1"), 4, with_story(new), old.story) == "OK"
    loaded, _ = await store.load(CUSTOMER.key)
    assert loaded is not None and loaded.story == new
    assert await redis.llen(OWN.story) == 3


async def test_a_refused_commit_leaves_the_story_alone(store: Store, redis: Redis) -> None:
    story = written(line("one"))
    assert await store.commit(event("e1"), 0, with_story(story), ()) == "OK"
    more = remember(story, line("two"))
    assert await store.commit(event("e2"), 0, with_story(more), story) == "STALE"
    assert await store.commit(event("e1"), 1, with_story(more), story) == "DUP"
    assert await redis.llen(OWN.story) == 1


stories = some.lists(some.sampled_from("abc"), max_size=14).map(
    lambda texts: written(*map(line, texts))
)


@given(before=stories | some.none(), after=stories)
def test_a_change_makes_the_new_story_of_the_old_one(before: Story | None, after: Story) -> None:
    change = change_of(before, after)
    if change.kept_of is None:
        assert change.lines == after
        return
    assert before is not None and change.kept_of == len(before)
    assert (*before[change.dropped :], *change.lines) == after


def test_what_follows_is_not_written_anew() -> None:
    full = written(*(line(str(number)) for number in range(STORY_LINES)))
    change = change_of(full, remember(full, line("new")))
    assert (change.kept_of, change.dropped) == (STORY_LINES, 1)
    assert change.lines == (Raw(written(line("new"))[0]),)
    assert change_of(full, full).lines == ()
