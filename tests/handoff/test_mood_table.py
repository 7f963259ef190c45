"""How the tables are made: what is laid out is found, the same lines give the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.mood.slots import laid_out
from handoff.mood.model import MoodModel
from handoff.mood.slots import Slots, Sought, TwoSlots


@given(st.integers(0, 2**32), st.integers(1, 120_000))
@settings(max_examples=5, deadline=None)
def test_what_is_laid_out_is_found_again(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    hashes, others = random.integers(0, 2**64 - 1, (2, count), dtype=np.uint64)
    hashes = np.unique(hashes)
    weights = random.integers(1, 127, len(hashes)).astype(np.int8)
    slots, held = laid_out(hashes, weights)
    found = Slots.of(slots).weights_of(Sought.of(hashes))
    # Two hashes may share a place and a mark by chance; no more than that goes wrong.
    assert (found[held] == weights[held]).mean() >= 0.98
    assert (Slots.of(slots).weights_of(Sought.of(others)) == 0).mean() >= 0.98 or count < 1_000
    # A few find no place in so many moves, though there is room.
    assert held.sum() >= 0.99 * min(len(hashes), 86_000)
    assert not held.all() or len(hashes) <= 86_600


@given(st.integers(0, 2**32), st.integers(0, 3_000))
@settings(max_examples=5, deadline=None)
def test_two_tables_say_together_what_each_says_alone(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    hashes = random.integers(0, 2**64 - 1, count, dtype=np.uint64)
    weights = random.integers(-127, 128, (2, count)).astype(np.int8)
    one, other = (
        Slots.of(laid_out(hashes[part], weights[number, part])[0])
        for number, part in enumerate((slice(0, count // 2), slice(count // 3, count)))
    )
    sought = Sought.of(hashes)
    found = TwoSlots.of(one, other).weights_of(sought)
    assert found[0].tolist() == one.weights_of(sought).tolist()
    assert found[1].tolist() == other.weights_of(sought).tolist()
    assert not Slots.empty().weights_of(sought).any()


def test_the_same_lines_give_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="training needs `pip install 'kefu[train]'`")
    from bench.mood import train

    tables = []
    for name in ("one", "other"):
        out = tmp_path / name
        train.train(out, None, train.Data(every=9))
        tables.append(out.read_bytes())
    assert tables[0] == tables[1]
    assert MoodModel(tables[0]).assess("WHERE IS MY MONEY", "en").score > 0


def test_units_learn_what_no_sum_could() -> None:
    from bench.mood.perceptron import Perceptron

    random = np.random.default_rng(3)
    vectors = random.normal(0, 1, (16_000, 8)) / 8**0.5
    labels = vectors[:, 0] * vectors[:, 1] > 0
    learnt, again = (Perceptron(vectors, labels, np.ones(16_000), 16) for _ in range(2))
    new = random.normal(0, 1, (1_000, 8)) / 8**0.5
    right = (learnt.of(new) > 0) == (new[:, 0] * new[:, 1] > 0)
    assert right.mean() > 0.85
    assert (learnt.of(new) == again.of(new)).all()
