"""A simulation that never fails proves nothing: planted bugs must be noticed, and by the
invariant that is there for them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.scenarios.simulation.invariants import (
    ALWAYS,
    WHERE_PLATFORMS_COUNT,
    WHERE_THEY_DO_NOT,
    violations,
)
from tests.scenarios.simulation.mutations import MUTATIONS, WHERE_MESSAGES_REPEAT, Mutation
from tests.scenarios.simulation.run import draw_plan, simulate
from tests.scenarios.simulation.server import Connection

SEEDS = range(120)


def _noticed(connection: Connection, mutation: Mutation, *, deduplicates: bool) -> bool:
    """Whether one of the invariants meant for it notices the bug; says what did otherwise."""
    others: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        mutation.plant(patch)
        for seed in SEEDS:
            outcome = simulate(connection, draw_plan(seed, deduplicates=deduplicates))
            wrong = violations(outcome)
            if set(wrong) & set(mutation.noticed_by):
                return True
            others.update(wrong.keys())
    print(f"{mutation.name}: noticed only by {dict(others)}")
    return False


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_planted_bug_is_noticed(mutation: Mutation, connection: Connection) -> None:
    assert _noticed(connection, mutation, deduplicates=True)


@pytest.mark.parametrize("mutation", WHERE_MESSAGES_REPEAT, ids=lambda m: m.name)
def test_planted_bug_is_noticed_where_messages_repeat(
    mutation: Mutation, connection: Connection
) -> None:
    assert _noticed(connection, mutation, deduplicates=False)


def test_every_invariant_has_a_bug_that_it_notices() -> None:
    covered = {
        name for mutation in (*MUTATIONS, *WHERE_MESSAGES_REPEAT) for name in mutation.noticed_by
    }
    invariants = {i.__name__ for i in (*ALWAYS, *WHERE_PLATFORMS_COUNT, *WHERE_THEY_DO_NOT)}
    assert invariants == covered
