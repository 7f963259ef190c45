"""Pauses between retries grow, stay within bounds and are spread."""

from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import Patience


@given(attempt=st.integers(1, 10_000), jitter=st.floats(0, 1, exclude_max=True))
def test_a_pause_is_at_least_half_its_step_and_never_above_the_most(
    attempt: int, jitter: float
) -> None:
    patience = Patience()
    step = min(patience.most, patience.first * patience.factor ** min(attempt - 1, 30))
    assert step / 2 <= patience.pause(attempt, jitter) <= step <= patience.most


@given(attempt=st.integers(1, 50))
def test_pauses_never_shrink(attempt: int) -> None:
    patience = Patience()
    assert patience.pause(attempt, 0.5) <= patience.pause(attempt + 1, 0.5)
