"""Trains the detector of danger from the lines beside this file.

    python -m bench.mood.train_danger [--elsewhere FILE] [--out FILE] [--vectors FILE]

The same lines give the same bytes. `--elsewhere`: English talk about other things, such as the
training part of GoEmotions; every eighth line is used. Links and thresholds come from
cross-validation in blocks of neighbouring lines, as neighbours are alike and look-alikes stand near
what they look like; the lines held aside are not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bench.mood.about_danger import FILES, PLAIN
from bench.mood.perceptron import Perceptron
from bench.mood.quadratic import quantised
from bench.mood.slots import MOST, laid_out
from bench.mood.vectors import kept_vectors
from chat.phrases import Lang
from handoff.mood.danger import (
    DIMENSIONS,
    VERSION,
    DangerHeader,
    DangerLink,
    packed,
)
from handoff.mood.danger_words import pairs_of, said_plainly, spoken_in
from handoff.mood.features import folded, grams_of, shortened

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "handoff" / "mood" / "danger.bin"
QUESTIONS = HERE.parent / "faq" / "questions"
LANGS: tuple[Lang, ...] = ("zh", "en")
FOLDS = 4
BLOCK = 250
"""Neighbouring lines that are in one fold together."""
UNITS = 64
SEEN_AT_LEAST = 2
CLASS_SCALE = 0.25
"""How much more slowly what is said of a class is learnt than what is said of an n-gram."""
DANGER_WEIGHT = 3.0
ELSEWHERE_EVERY = 8
ELSEWHERE_WEIGHT = 0.3
FALSE_SURE = {
    "plain": 0.002,
    "calm": 0.003,
    "upset": 0.04,
    "alike": 0.03,
    "alike, upset": 0.1,
}
"""How many may ring of plain everyday lines, of calm ones, half of which look alarming, of upset
ones, and of those written to sound like danger."""
FALSE_MAYBE = {"plain": 0.004, "calm": 0.008}
"""How many may be taken for what may be danger."""
WITH_PLAIN = ("danger3", "danger4", "danger5")
"""The files of lines about danger that have plain lines too."""
EVERYDAY = frozenset(["asks", "me", "trade"])
"""What plain lines between those about danger speak of, if of anything. They count as calm."""


class Line(NamedTuple):
    """A line; `kind` is danger, or what else it is; lines of one `block` are neighbours."""

    text: str
    lang: str
    kind: str
    block: int


def lines(elsewhere: Path | None) -> list[Line]:
    """All that is trained with."""
    names = [f"{name}{lang}.jsonl" for name in ("", "ordinary_") for lang in LANGS]
    files = [HERE / "lines" / name for name in (*FILES, *names, *PLAIN)]
    files += [QUESTIONS / f"{name}.jsonl" for name in ("dev", "oos_dev")]
    found: list[Line] = []
    for file in files:
        rows = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines()]
        rows = [row for row in rows if row.get("half") != "reporting"]
        first = found[-1].block + 1 if found else 0
        found += [
            Line(row["q"], row["lang"], kind_of(row, file.stem), first + at // BLOCK)
            for at, row in enumerate(rows)
        ]
    if elsewhere:
        first = found[-1].block + 1
        for at, row in enumerate(elsewhere.read_text("utf-8").splitlines()[::ELSEWHERE_EVERY]):
            text = json.loads(row)["text"]
            if not said_plainly(folded(text)):
                found.append(Line(text, "en", "elsewhere", first + at // BLOCK))
    return found


def kind_of(row: dict, file: str) -> str:
    """What a line of a file is."""
    if row.get("class") == "danger":
        return "danger"
    upset = row.get("emotional", False)
    if file.startswith("plain") and not upset:
        return "plain"
    if not file.startswith("danger"):
        return "upset" if upset else "calm"
    if upset:
        return "alike, upset"
    spoken = spoken_in(folded(shortened(row["q"]))).classes
    return "calm" if file.startswith(WITH_PLAIN) and EVERYDAY.issuperset(spoken) else "alike"


class Seen:
    """What the detector sees of texts, as sparse rows: n-grams' hashes, classes of words."""

    def __init__(self, texts: list[str]) -> None:
        forms = [folded(shortened(text)) for text in texts]
        hashes = [grams_of([form], [form]).of_words() for form in forms]
        ends = np.cumsum([0] + [len(each) for each in hashes])
        self.ids, at = np.unique(np.concatenate(hashes), return_inverse=True)
        values = np.repeat(1 / np.sqrt(np.diff(ends)), np.diff(ends))
        self.grams = sparse.csr_matrix((values, at, ends), shape=(len(texts), len(self.ids)))
        spoken = [["+".join(each) for each in pairs_of(spoken_in(form).classes)] for form in forms]
        self.names = sorted({name for names in spoken for name in names})
        place = {name: index for index, name in enumerate(self.names)}
        columns = [place[name] for names in spoken for name in names]
        ends = np.cumsum([0] + [len(names) for names in spoken])
        ones = np.full(len(columns), CLASS_SCALE)
        self.classes = sparse.csr_matrix((ones, columns, ends), (len(texts), len(self.names)))

    def common(self, rows: np.ndarray) -> np.ndarray:
        """The n-grams that several of these rows have."""
        return np.flatnonzero(self.grams[rows].getnnz(axis=0) >= SEEN_AT_LEAST)

    def matrix(self, grams: np.ndarray) -> sparse.csr_matrix:
        """A column for each of these n-grams and each class."""
        return sparse.hstack([self.grams[:, grams], self.classes], format="csr")


class Words(NamedTuple):
    """What is learnt of words: the n-grams that weigh most, their weights in steps of `scale`, and
    the weights of classes."""

    grams: np.ndarray
    weights: np.ndarray
    scale: float
    classes: np.ndarray
    bias: float

    def of(self, seen: Seen, rows: np.ndarray) -> np.ndarray:
        """The sums of rows."""
        by_gram = seen.grams[rows][:, self.grams] @ (self.scale * self.weights)
        return by_gram + seen.classes[rows] @ self.classes + self.bias


def weights_of(danger: np.ndarray, source: np.ndarray) -> np.ndarray:
    weights = np.where(danger, DANGER_WEIGHT, 1.0)
    weights[source == "elsewhere"] = ELSEWHERE_WEIGHT
    return weights


def fit_words(seen: Seen, danger: np.ndarray, source: np.ndarray, rows: np.ndarray) -> Words:
    model = LinearSVC(C=2.0, random_state=0, tol=1e-3, max_iter=10_000, intercept_scaling=3.0)
    grams = seen.common(rows)
    model.fit(
        seen.matrix(grams)[rows], danger[rows], sample_weight=weights_of(danger, source)[rows]
    )
    weights, scale = quantised(model.coef_[0][: len(grams)])
    heaviest = np.sort(np.argsort(-np.abs(weights.astype(int)), kind="stable")[:MOST])
    classes = model.coef_[0][len(grams) :]
    return Words(grams[heaviest], weights[heaviest], scale, classes, float(model.intercept_[0]))


def fit_vectors(
    vectors: np.ndarray, danger: np.ndarray, source: np.ndarray, rows: np.ndarray
) -> Perceptron:
    rows = rows[np.abs(vectors[rows]).max(axis=1) > 0]
    return Perceptron(vectors[rows], danger[rows], weights_of(danger, source)[rows], UNITS)


def most_of(score: np.ndarray, source: np.ndarray, false: dict[str, float]) -> float:
    """The lowest score that no more than these shares of each kind reach."""
    bounds = [np.quantile(score[source == kind], 1 - share) for kind, share in false.items()]
    return float(max(bounds))


def link(
    danger: np.ndarray, total: np.ndarray, aside: np.ndarray | None, source: np.ndarray
) -> DangerLink:
    """Calibrated on held-out sums; `source` says what each line is."""
    both = np.stack([total] if aside is None else [total, aside], axis=1)
    own = source != "elsewhere"
    model = LogisticRegression(C=100.0).fit(both[own], danger[own])
    table = float(model.coef_[0][0])
    vector = 0.0 if aside is None else float(model.coef_[0][1])
    score = model.decision_function(both)
    maybe = most_of(score, source, FALSE_MAYBE)
    sure = max(maybe, most_of(score, source, FALSE_SURE))
    for name, least in (("sure", sure), ("at least maybe", maybe)):
        false = ", ".join(
            f"{each} {int((score[source == each] >= least).sum())} of {(source == each).sum():,}"
            for each in (*FALSE_SURE, "elsewhere")
        )
        recall = (score[danger] >= least).mean()
        print(f"  {name} from {least:.2f}: recall {recall:.3f}; false: {false}")
    return DangerLink(table, vector, float(model.intercept_[0]), maybe, sure)


def train(out: Path, vectors_file: Path | None, elsewhere: Path | None) -> None:
    data = lines(elsewhere)
    texts = [line.text for line in data]
    lang, source, block = (np.array([line[i] for line in data]) for i in (1, 2, 3))
    danger = source == "danger"
    seen, vectors = Seen(texts), kept_vectors(texts, vectors_file)
    total, aside = np.zeros(len(data)), np.zeros(len(data))
    fold = np.random.default_rng(1).permutation(block[-1] + 1)[block] % FOLDS
    for number in range(FOLDS):
        rows, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        total[test] = fit_words(seen, danger, source, rows).of(seen, test)
        aside[test] = fit_vectors(vectors, danger, source, rows).of(vectors[test])
    plain, with_vector = {}, {}
    for name in LANGS:
        rows = lang == name
        print(
            f"{name}, cross-validated: {danger[rows].sum()} of danger, {(~danger[rows]).sum()} not"
        )
        print(" without the encoder")
        plain[name] = link(danger[rows], total[rows], None, source[rows])
        print(" with the encoder")
        with_vector[name] = link(danger[rows], total[rows], aside[rows], source[rows])
    every = np.arange(len(data))
    words = fit_words(seen, danger, source, every)
    slots, held = laid_out(seen.ids[words.grams], words.weights)
    units = fit_vectors(vectors, danger, source, every)
    straight, vector_scale = quantised(units.straight)
    layer = [quantised(row) for row in units.rows]
    header = DangerHeader(
        version=VERSION,
        scale=words.scale,
        vector_scale=vector_scale,
        bias=words.bias,
        vector_bias=round(units.bias, 5),
        unit_scales=tuple(scale for _, scale in layer),
        unit_biases=tuple(units.biases.round(5).tolist()),
        unit_weights=tuple(units.weights.round(5).tolist()),
        classes={
            name: round(CLASS_SCALE * float(weight), 3)
            for name, weight in zip(seen.names, words.classes, strict=True)
            if abs(CLASS_SCALE * weight) >= 0.0005
        },
        plain=plain,
        with_vector=with_vector,
    )
    assert len(straight) == DIMENSIONS
    content = packed(header, [slots, straight, *(row for row, _ in layer)])
    out.write_bytes(content)
    print(f"{out.name}: {len(content):,} bytes; {held.sum():,} n-grams")


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the detector of danger.")
    parser.add_argument("--out", type=Path, default=OUT, help="default: handoff/mood/danger.bin")
    parser.add_argument("--elsewhere", type=Path, help="lines of English talk, as JSON with text")
    parser.add_argument(
        "--vectors", type=Path, help="keep vectors in this file, for trials: the bytes may differ"
    )
    options = parser.parse_args()
    train(options.out, options.vectors, options.elsewhere)


if __name__ == "__main__":
    main()
