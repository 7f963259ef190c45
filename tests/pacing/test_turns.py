"""Turns in several places at once, in virtual time."""

from __future__ import annotations

import asyncio

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.turns import Turns
from chat.pacing import Limit
from tests.bot.test_pacing import most_in_window
from tests.scenarios.simulation.clock import VirtualLoop

EVERYWHERE = Limit("platform", 4, 1.0)
LIMITS = {
    "narrow": (Limit("channel", 1, 1.0),),
    "other": (Limit("channel", 1, 1.0), EVERYWHERE),
    "wide": (Limit("channel", 3, 10.0), EVERYWHERE),
    "whole": (EVERYWHERE,),
}
PLACES = st.sampled_from([("narrow",), ("other",), ("wide",), ("whole",), ("narrow", "wide")])
ASKED = st.lists(st.tuples(st.floats(0, 20), PLACES, st.integers(1, 3)), max_size=40)


def in_virtual_time(
    asked: list[tuple[float, tuple[str, ...], int]],
) -> tuple[dict[str, list[float]], list[float]]:
    """When each place was used, and the whole platform."""
    loop = VirtualLoop()
    everywhere: list[float] = []
    used: dict[str, list[float]] = {place: [] for place in LIMITS}

    async def use(turns: Turns, at: float, places: tuple[str, ...], times: int) -> None:
        await asyncio.sleep(at)
        for _ in range(times):
            await turns.take(*places)
            for place in places:
                used[place].append(loop.time())
            if any(EVERYWHERE in LIMITS[place] for place in places):
                everywhere.append(loop.time())

    async def all_of_them() -> None:
        turns = Turns(LIMITS.__getitem__)
        await asyncio.gather(*(use(turns, *one) for one in asked))

    try:
        loop.run_until_complete(all_of_them())
    finally:
        loop.close()
    return used, everywhere


@given(ASKED)
@example([(1.0, ("wide",), 2), (1e-6, ("whole",), 3)])
def test_no_limit_of_any_place_is_exceeded(
    asked: list[tuple[float, tuple[str, ...], int]],
) -> None:
    used, everywhere = in_virtual_time(asked)
    for place, limits in LIMITS.items():
        for limit in limits:
            if limit.scope == "channel":
                assert most_in_window(used[place], limit.seconds) <= limit.count
    assert most_in_window(everywhere, 1.0) <= EVERYWHERE.count
    assert sum(map(len, used.values())) == sum(len(p) * n for _, p, n in asked)


def test_who_waits_for_a_full_channel_keeps_no_other_waiting() -> None:
    asked = [(0.0, ("wide",), 30), (1.0, ("whole",), 4)]
    used, _ = in_virtual_time(asked)
    assert used["whole"] == [1.0, 1.0, 1.0, 1.0]
