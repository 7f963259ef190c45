"""No published limit is exceeded, in virtual time, whatever is asked for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.limits import EVERYWHERE as DISCORD
from adapters.slack.limits import POSTS as SLACK
from adapters.telegram.limits import GROUP, PRIVATE
from chat.pacing import Limit, Pace

LIMITS = st.lists(
    st.builds(
        Limit,
        st.sampled_from(["channel", "platform"]),
        st.integers(1, 5),
        st.floats(0.5, 60, allow_nan=False),
    ),
    min_size=1,
    max_size=3,
)


def most_in_window(times: list[float], seconds: float) -> int:
    """The most that fall into any window of so many seconds, its end left out."""
    times = sorted(times)
    first = most = 0
    for last, time in enumerate(times):
        while times[first] <= time - seconds + 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


@given(LIMITS, st.lists(st.tuples(st.floats(0, 3), st.integers(0, 2)), max_size=60))
def test_no_window_holds_more_than_it_may(
    limits: list[Limit], asked: list[tuple[float, int]]
) -> None:
    pace, now = Pace(), 1000.0
    said: list[tuple[str, float]] = []
    for pause, channel in asked:
        now += pause
        expected = pace.wait(str(channel), limits, now)
        wait = pace.reserve(str(channel), limits, now)
        assert wait == expected >= 0
        said.append((str(channel), now + wait))
    for limit in limits:
        for channel in {name for name, _ in said} if limit.scope == "channel" else {None}:
            times = [at for name, at in said if channel in (None, name)]
            assert most_in_window(times, limit.seconds) <= limit.count


@pytest.mark.parametrize(
    ("limits", "chats"),
    [(GROUP, 1), (PRIVATE, 60), ((SLACK,), 5), ((DISCORD,), 60)],
    ids=["a group", "private chats", "Slack", "Discord"],
)
def test_ten_minutes_of_ten_times_too_much(limits: tuple[Limit, ...], chats: int) -> None:
    """A burst of ten times what the platform allows, for ten minutes."""
    chance, pace = random.Random(7), Pace()
    allowed = min(
        limit.count / limit.seconds * (chats if limit.scope == "channel" else 1) for limit in limits
    )
    said: dict[str, list[float]] = {}
    now = 0.0
    while now < 600:
        now += chance.expovariate(10 * allowed)
        chat = f"-{chance.randrange(chats)}"
        said.setdefault(chat, []).append(now + pace.reserve(chat, limits, now))
    for limit in limits:
        if limit.scope == "channel":
            assert all(most_in_window(at, limit.seconds) <= limit.count for at in said.values())
        else:
            everything = [at for times in said.values() for at in times]
            assert most_in_window(everything, limit.seconds) <= limit.count


def test_turns_come_in_the_order_in_which_they_are_asked_for() -> None:
    pace, limits = Pace(), (Limit("channel", 1, 1.0),)
    assert [pace.reserve("a", limits, 0.0) for _ in range(4)] == [0.0, 1.0, 2.0, 3.0]
    assert pace.reserve("b", limits, 0.0) == 0.0
