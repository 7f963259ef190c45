"""How likely an answer is to be right, and from where on the bot dares to give it."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq.encoder import Floats
from faq.match import Decision

OUT_OF_SCOPE: Final = 0.2
"""The share of questions that nothing in the base answers, as it is reckoned with."""

_FOREIGN_MOST: Final = 0.025
_COVERED: Final = 0.9
"""The chance of being right from which on a foreign question is taken to be answered."""
_LIKELY: Final = 0.5
"""The lowest chance from which on anything is answered, though a base of a few entries, which has
few trials, could keep its promise with worse."""
_PENALTY: Final = 1.0
_STEPS: Final = 25


TrialKind: TypeAlias = Literal["own", "hidden", "near", "foreign"]


class Trial(Struct, frozen=True):
    """A question whose answer is known, asked of a base that had never seen it.

    `kind`: the right entry was there to be found, or was hidden, or the question belongs to no
    base, though it may be near to it in its words. `right` is whether the right entry came first,
    `offered` whether it was among the first three.
    """

    signs: Floats
    kind: TrialKind
    right: bool
    offered: bool


class Confidence(Struct, frozen=True):
    """Turns a ranking's signs into the chance that its best entry is right.

    A logistic regression over standardised signs.
    """

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def of(self, signs: Floats) -> float:
        """The chance, 0 to 1."""
        score = float((signs - self.mean) / self.scale @ self.weights) + self.bias
        return float(1 / (1 + np.exp(-score)))


class Calibration(Struct, frozen=True):
    """When to answer and when to offer.

    `confidence` gives the chance that the best entry is right; from `answer` on it is given.
    `offer` gives the chance that the right one is among the first three; from `suggest` on they
    are offered.
    """

    confidence: Confidence
    answer: float
    offer: Confidence
    suggest: float = 0.5

    def decide(self, signs: Floats) -> Decision:
        """What a ranking with these signs is worth."""
        if self.confidence.of(signs) >= self.answer:
            return "answer"
        return "suggest" if self.offer.of(signs) >= self.suggest else "handover"


def weights_of(trials: list[Trial]) -> NDArray[np.float64]:
    """What each trial counts, so that questions out of scope have their share: half of them near
    to what the base knows, half far from it."""
    count = Counter(trial.kind for trial in trials)
    far = OUT_OF_SCOPE / 2 if count["foreign"] else 0.0
    near = (OUT_OF_SCOPE - far) / 2 if count["near"] else 0.0
    shares = {
        "own": 1 - OUT_OF_SCOPE,
        "hidden": OUT_OF_SCOPE - far - near,
        "near": near,
        "foreign": far,
    }
    each = {kind: shares[kind] / number * len(trials) for kind, number in count.items()}
    return np.array([each[trial.kind] for trial in trials])


def calibrate(trials: list[Trial], promised: float) -> Calibration:
    """What the trials allow, so that `promised` of the answers are right.

    Raises ValueError when there are no trials.
    """
    if not trials:
        raise ValueError("nothing was tried")
    trials = foreign_indeed(trials)
    signs = np.array([trial.signs for trial in trials], dtype=np.float64)
    counts = weights_of(trials)
    right = np.array([trial.right for trial in trials], dtype=np.float64)
    offered = np.array([trial.offered for trial in trials], dtype=np.float64)
    confidence = _fit(signs, right, counts)
    chances = np.array([confidence.of(trial.signs) for trial in trials])
    foreign = np.array([trial.kind == "foreign" for trial in trials])
    answer = max(threshold(chances, counts, promised), _above(chances[foreign]), _LIKELY)
    return Calibration(confidence, answer, _fit(signs, offered, counts))


def foreign_indeed(trials: list[Trial]) -> list[Trial]:
    """The trials without those foreign questions that the base answers by all that its own wordings
    show, if they are more than chance lets by: what the weather will be is not foreign to a base
    about everyday things, which would dare nothing if it were held against it."""
    own = [trial for trial in trials if trial.kind != "foreign"]
    if not any(trial.right for trial in own) or all(trial.right for trial in own):
        return trials
    signs = np.array([trial.signs for trial in own], dtype=np.float64)
    right = np.array([trial.right for trial in own], dtype=np.float64)
    confidence = _fit(signs, right, weights_of(own))
    indeed = [
        trial
        for trial in trials
        if trial.kind != "foreign" or confidence.of(trial.signs) < _COVERED
    ]
    by_chance = _FOREIGN_MOST * (len(trials) - len(own))
    return indeed if len(trials) - len(indeed) > by_chance else trials


def _above(foreign: NDArray[np.float64]) -> float:
    """The chance that no more than one in forty of the foreign questions passes."""
    let_by = int(len(foreign) * _FOREIGN_MOST)
    return float(np.nextafter(np.sort(foreign)[::-1][let_by], 2)) if len(foreign) else 0.0


def _fit(
    signs: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> Confidence:
    """The chance of being right as the trials show it, by Newton's method.

    Every sign speaks for an answer or not at all: one that a few trials turn around is left out.
    """
    mean, scale = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    rows = np.column_stack([(signs - mean) / scale, np.ones(len(signs))])
    used = np.ones(rows.shape[1], dtype=bool)
    while True:
        weights = np.zeros(rows.shape[1])
        weights[used] = _regress(rows[:, used], right, counts)
        against = weights < 0
        against[-1] = False
        if not against.any():
            break
        used &= ~against
    return Confidence(
        mean.astype(np.float32),
        scale.astype(np.float32),
        weights[:-1].astype(np.float32),
        float(weights[-1]),
    )


def _regress(
    rows: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weights of a logistic regression; the last column is the bias."""
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[-1] = 1e-3
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (chance - right)) + penalty * weights
        bend = (rows.T * (counts * chance * (1 - chance))) @ rows + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def threshold(chances: NDArray[np.float64], counts: NDArray[np.float64], promised: float) -> float:
    """The lowest chance from which on at least `promised` of the answers can be expected to be
    right; above 1 if no threshold keeps the promise. A base tried with a fifth of its wordings
    held out knows less than the whole, which leaves something in reserve."""
    order = np.argsort(-chances, kind="stable")
    given = np.cumsum(counts[order])
    enough = np.flatnonzero(np.cumsum((counts * chances)[order]) / given >= promised)
    return float(chances[order][enough[-1]]) if len(enough) else 1.01
