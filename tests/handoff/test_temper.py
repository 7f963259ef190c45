"""How being upset gathers and fades, and what it makes of the queue."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handoff.priority import most_urgent, queue_score
from handoff.temper import CALM_BELOW, HALF_LIFE_SECONDS, Temper, after_turn, has_had_enough

SCORES = st.floats(0, 1)
PRIORITIES = st.sampled_from([None, "P0", "P1", "P2", "P3"])


def _after(*scores: float, every: float = 60.0) -> Temper:
    temper = Temper()
    for turn, score in enumerate(scores):
        temper = after_turn(temper, score, 1000.0 + turn * every)
    return temper


@given(st.lists(st.floats(0, CALM_BELOW, exclude_max=True), max_size=60))
def test_calm_messages_never_add_up(scores: list[float]) -> None:
    assert not has_had_enough(_after(*scores))


def test_grumbling_again_and_again_is_enough() -> None:
    assert not has_had_enough(_after(0.65, 0.65))
    assert has_had_enough(_after(0.65, 0.65, 0.65, 0.65))


def test_grumbling_with_long_pauses_is_not() -> None:
    assert not has_had_enough(_after(*[0.65] * 8, every=4 * HALF_LIFE_SECONDS))


@given(st.lists(SCORES, max_size=20), SCORES, SCORES)
def test_a_more_upset_message_never_calms(scores: list[float], one: float, other: float) -> None:
    before = _after(*scores)
    low, high = sorted((one, other))
    at = before.at + 30
    assert after_turn(before, low, at).level <= after_turn(before, high, at).level


@given(st.lists(SCORES, max_size=30), st.floats(0, 1e6), st.floats(0, 1e6))
def test_time_only_soothes(scores: list[float], one: float, other: float) -> None:
    before = _after(*scores)
    soon, late = sorted((one, other))
    at_once, later = (after_turn(before, 0.0, before.at + wait) for wait in (soon, late))
    assert 0 <= later.level <= at_once.level <= before.level or before.level == 0


def test_a_clock_that_goes_back_does_no_harm() -> None:
    before = _after(0.9, 0.9)
    assert after_turn(before, 0.0, before.at - 1e6).level <= before.level


@given(PRIORITIES, PRIORITIES, st.floats(1e9, 4e9), st.floats(1e9, 4e9))
def test_the_queue_puts_the_gravest_first_and_then_who_came_first(
    one: str | None, other: str | None, came: float, came_too: float
) -> None:
    def rank(priority: str | None) -> int:
        return {"P0": 0, "P1": 1}.get(priority or "", 2)

    first = queue_score(one, came) < queue_score(other, came_too)  # type: ignore[arg-type]
    if rank(one) != rank(other):
        assert first is (rank(one) < rank(other))
    elif abs(came - came_too) > 1e-3:
        assert first is (came < came_too)


@given(PRIORITIES, PRIORITIES)
def test_the_more_urgent_of_two_does_not_depend_on_their_order(
    one: str | None, other: str | None
) -> None:
    urgent = most_urgent(one, other)  # type: ignore[arg-type]
    assert urgent == most_urgent(other, one)  # type: ignore[arg-type]
    assert urgent in (one, other)
    assert urgent is not None or one is other is None
