"""What words mean by themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.faq.contrast import SHARPNESS, TAUGHT, slopes
from bot.word_meanings import read, write
from faq.encoder import unit
from faq.matching import Matcher
from faq.word_meanings import WordMeanings, key_of, keys_of

MEANINGS = read()
ALIKE = (
    ("my parcel never turned up", "nothing was delivered to me", "can I send the parcel back"),
    ("cancel my swimming lesson", "I can't make it to the pool class", "how deep is the pool"),
    ("房东不退押金", "退租以后押金一直没给我", "押金要交几个月的"),
    ("快递放错柜子了", "包裹不在我家那个柜", "快递柜怎么收费"),
)
"""A question, one that asks for the same, and one that shares its words; in no file of intents."""


def test_what_asks_for_the_same_is_nearer_than_what_shares_words() -> None:
    vectors = unit(MEANINGS([text for triple in ALIKE for text in triple])).reshape(-1, 3, 64)
    ahead = np.einsum("ij,ij->i", vectors[:, 0], vectors[:, 1] - vectors[:, 2])
    assert ahead.mean() > 0


def test_a_question_in_other_words_finds_its_entry() -> None:
    wordings = [
        ("lost", "my parcel never turned up"),
        ("return", "can I send the parcel back"),
        ("depth", "how deep is the pool"),
        ("lesson", "cancel my swimming class"),
    ]

    def encode(texts: list[str]) -> np.ndarray:
        return unit(MEANINGS(texts))

    encoder = type("Words", (), {"encode": staticmethod(encode), "telling": 0.5})()
    found = Matcher(wordings, encoder).closest("nothing was delivered to me", 1)
    assert found == ["lost"]


@given(st.lists(st.sampled_from(["fee", "key", "cat", "手续费", "钥匙"]), max_size=6))
def test_of_single_words_the_order_says_nothing(words: list[str]) -> None:
    single = {key_of(f"{word} ", loose=False) for word in ("fee", "key", "cat")}
    keys = np.array(sorted(single), dtype=np.uint32)
    rows = np.arange(len(keys) * 3, dtype=np.int8).reshape(-1, 3)
    known = WordMeanings(keys, rows, np.ones(len(keys), np.float32))
    one, other = known([" ".join(words), " ".join(reversed(words))])
    assert np.allclose(one, other)


@pytest.mark.parametrize("text", ["", "   ", "?!", "qqqxxz", "\x00"])
def test_what_is_not_known_says_nothing(text: str) -> None:
    keys = np.array([key_of("fee ", loose=False)], dtype=np.uint32)
    known = WordMeanings(keys, np.ones((1, 2), np.int8), np.ones(1, np.float32))
    assert not known([text]).any()
    assert known(["fee"]).all()


def test_letters_of_a_word_are_no_word() -> None:
    assert key_of("abc", loose=True) != key_of("abc", loose=False)
    assert key_of("abc", loose=True) in keys_of("abcd")


@given(st.integers(0, 1000), st.integers(1, 40))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, seed: int, n: int
) -> None:
    random = np.random.default_rng(seed)
    texts = [f"word{number}" for number in range(n)]
    keys = np.array([key_of(f"{text} ", loose=False) for text in texts], dtype=np.uint32)
    rows = random.normal(size=(n, 5)).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    expected = rows / lengths * np.minimum(lengths, 1) ** 2
    file = tmp_path_factory.mktemp("meanings") / "some.npz"
    write(keys, rows, file)
    found = read(file)(texts)
    assert np.abs(found - expected).max() <= np.abs(expected).max() / 50


def test_they_are_small() -> None:
    from importlib.resources import files

    assert Path(str(files("bot").joinpath("word_meanings.npz"))).stat().st_size < 2_000_000


def test_slopes_are_those_of_the_loss() -> None:
    random = np.random.default_rng(2)
    sums, taught = random.normal(size=(8, 5)), random.normal(size=(8, 6))
    of = np.array([0, 0, 1, 1, 2, 2, 3, 3])

    def loss(sums: np.ndarray) -> float:
        vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        centred = vectors - vectors.mean(axis=0)
        seen = centred / np.linalg.norm(centred, axis=1, keepdims=True)
        alike = seen @ seen.T
        wanted = taught - taught.mean(axis=0)
        wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
        odds = np.exp(SHARPNESS * alike)
        np.fill_diagonal(odds, 0)
        own = (odds * (of[:, None] == of)).sum(axis=1) / odds.sum(axis=1)
        return float(-np.log(own).mean() + TAUGHT * ((alike - wanted @ wanted.T) ** 2).mean())

    slope = slopes(sums, of, taught)
    step = slope * 1e-3 / (slope * slope).sum()
    assert np.isclose(loss(sums + step) - loss(sums - step), 2e-3, rtol=1e-3)
