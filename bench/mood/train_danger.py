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

from bench.mood.about_danger import ASKED, FILES, PLAIN, wordings
from bench.mood.averaged import Averaged
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
    says_too_little,
)
from handoff.mood.danger_words import classes_in, pairs_of
from handoff.mood.features import folded, grams_of, shortened
from handoff.mood.said_plainly import said_plainly
from handoff.mood.together import Layer, keys_of

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "handoff" / "mood" / "danger.bin"
FAQ = HERE.parent / "faq"
LANGS: tuple[Lang, ...] = ("zh", "en")
FOLDS = 4
BLOCK = 250
"""Neighbouring lines that are in one fold together."""
SHUFFLED = ("danger28_en", "danger30_en", "danger14_zh", "danger15_zh", "plain3_zh")
"""Files whose neighbours are no longer those that were written together: one block each."""
UNITS = 128
SEEN_AT_LEAST = 2
MEANINGS = 65_536
MEANT_AT_LEAST = 3
NUMBERS = 8
TOGETHER_UNITS = 32
"""Words and pairs of words that are given a meaning, the most frequent ones; lines that have one;
numbers of a meaning; and units over their sum."""
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
"""How many may ring of plain everyday lines, of calm lines, half of which look alarming, of upset
ones, and of those written to sound like danger."""
FALSE_ASKED: dict[Lang, dict[bool, float]] = {
    "zh": {True: 0.003, False: 0.004},
    "en": {True: 0.002, False: 0.004},
}
"""How many may ring of what other desks are asked, with a vector and without: words alone tell
danger from other stories less well."""
FALSE_MAYBE = {"plain": 0.004, "calm": 0.008}
"""How many may be taken for what may be danger; of what other desks are asked, twice as many as may
ring."""
UNSURE = {"plain": 0.01, "asked": 0.015}
"""How many, heard by words alone, are near enough to danger for a vector to be computed."""
WITH_PLAIN = ("danger3", "danger4", "danger5")
"""The files of lines about danger that have plain lines too."""
ALARMING = ("plain4_en", "plain5_en", "plain6_en", "plain3_zh", "plain7_en")
"""The files of plain lines whose authors were told to write them in words that elsewhere alarm.
They count as written to sound like danger."""
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
    files += [FAQ / "questions" / f"{name}.jsonl" for name in ("dev", "oos_dev")]
    found: list[Line] = []
    for file in files:
        rows = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines()]
        rows = [row for row in rows if row.get("half") != "reporting"]
        first = found[-1].block + 1 if found else 0
        size = len(rows) if file.stem in SHUFFLED else BLOCK
        found += [
            Line(row["q"], row["lang"], kind_of(row, file.stem), first + at // size)
            for at, row in enumerate(rows)
        ]
    for file in ASKED:
        first = found[-1].block + 1
        found += [
            Line(text, file.stem[:2], "asked", first + at // BLOCK)
            for at, text in enumerate(wordings(file))
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
        return "alike" if file.startswith(ALARMING) else "plain"
    if not file.startswith("danger"):
        return "upset" if upset else "calm"
    if upset:
        return "alike, upset"
    form = folded(shortened(row["q"]))
    spoken = classes_in(grams_of([form], [form]).of_words())
    return "calm" if file.startswith(WITH_PLAIN) and EVERYDAY.issuperset(spoken) else "alike"


class Seen:
    """What the detector sees of texts, as sparse rows: n-grams' hashes, classes of words."""

    def __init__(self, texts: list[str]) -> None:
        forms = [folded(shortened(text)) for text in texts]
        grams = [grams_of([form], [form]) for form in forms]
        hashes = [each.of_words() for each in grams]
        ends = np.cumsum([0] + [len(each) for each in hashes])
        self.ids, at = np.unique(np.concatenate(hashes), return_inverse=True)
        values = np.repeat(1 / np.sqrt(np.diff(ends)), np.diff(ends))
        self.grams = sparse.csr_matrix((values, at, ends), shape=(len(texts), len(self.ids)))
        short = [keys_of(each.short_words()) for each in grams]
        ends = np.cumsum([0] + [len(each) for each in short])
        self.keys, at = np.unique(np.concatenate(short), return_inverse=True)
        ones = np.ones(len(at), dtype=np.float32)
        self.short = sparse.csr_matrix((ones, at, ends), shape=(len(texts), len(self.keys)))
        spoken = [
            ["+".join(pair) for pair in pairs_of(classes_in(each.of_words()))] for each in grams
        ]
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


class Meant(NamedTuple):
    """What words mean together: which keys are known, and what is made of them."""

    keys: np.ndarray
    learnt: Averaged

    def of(self, seen: Seen, rows: np.ndarray) -> np.ndarray:
        """The sums of rows."""
        return self.learnt.of(seen.short[rows][:, self.keys])


def fit_meanings(seen: Seen, danger: np.ndarray, source: np.ndarray, rows: np.ndarray) -> Meant:
    count = seen.short[rows].getnnz(axis=0)
    keys = np.flatnonzero(count >= MEANT_AT_LEAST)
    keys = np.sort(keys[np.argsort(-count[keys], kind="stable")[:MEANINGS]])
    weights = weights_of(danger, source)[rows]
    fed = seen.short[rows][:, keys]
    return Meant(keys, Averaged(fed, danger[rows], weights, NUMBERS, TOGETHER_UNITS))


def fit_vectors(
    vectors: np.ndarray, danger: np.ndarray, source: np.ndarray, rows: np.ndarray
) -> Perceptron:
    rows = rows[np.abs(vectors[rows]).max(axis=1) > 0]
    return Perceptron(vectors[rows], danger[rows], weights_of(danger, source)[rows], UNITS)


def most_of(score: np.ndarray, source: np.ndarray, false: dict[str, float]) -> float:
    """The lowest score that no more than these shares of each kind reach."""
    return float(
        max(np.quantile(score[source == kind], 1 - share) for kind, share in false.items())
    )


def link(
    danger: np.ndarray,
    sums: list[np.ndarray],
    source: np.ndarray,
    silent: np.ndarray,
    asked: float,
) -> DangerLink:
    """Calibrated on held-out sums: of the words, of what they mean together and, if there is one,
    of the vector. `source` says what each line is, `silent` which say too little to ring; of what
    other desks are asked the share `asked` may ring."""
    beside = np.stack(sums, axis=1)
    own = source != "elsewhere"
    model = LogisticRegression(C=100.0).fit(beside[own], danger[own])
    words, together, *rest = model.coef_[0].tolist()
    vector = rest[0] if rest else 0.0
    score = np.where(silent, -np.inf, model.decision_function(beside))
    maybe = most_of(score, source, FALSE_MAYBE | {"asked": 2 * asked})
    sure = max(maybe, most_of(score, source, FALSE_SURE | {"asked": asked}))
    unsure = min(maybe, most_of(score, source, UNSURE))
    for name, least in (("sure", sure), ("at least maybe", maybe), ("unsure", unsure)):
        false = ", ".join(
            f"{each} {int((score[source == each] >= least).sum())} of {(source == each).sum():,}"
            for each in (*FALSE_SURE, "asked", "elsewhere")
        )
        recall = (score[danger] >= least).mean()
        print(f"  {name} from {least:.2f}: recall {recall:.3f}; false: {false}")
    return DangerLink(words, together, vector, float(model.intercept_[0]), maybe, sure, unsure)


def train(out: Path, vectors_file: Path | None, elsewhere: Path | None) -> None:
    data = lines(elsewhere)
    texts = [line.text for line in data]
    lang, source, block = (np.array([line[i] for line in data]) for i in (1, 2, 3))
    danger = source == "danger"
    silent = np.array([says_too_little(folded(shortened(text))) for text in texts])
    seen, vectors = Seen(texts), kept_vectors(texts, vectors_file)
    total, meant, aside = np.zeros((3, len(data)))
    fold = np.random.default_rng(1).permutation(block[-1] + 1)[block] % FOLDS
    for number in range(FOLDS):
        rows, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        total[test] = fit_words(seen, danger, source, rows).of(seen, test)
        meant[test] = fit_meanings(seen, danger, source, rows).of(seen, test)
        aside[test] = fit_vectors(vectors, danger, source, rows).of(vectors[test])
    plain, with_vector = {}, {}
    for name in LANGS:
        rows = lang == name
        print(
            f"{name}, cross-validated: {danger[rows].sum()} of danger, {(~danger[rows]).sum()} not"
        )
        own = [each[rows] for each in (total, meant, aside)]
        print(" without the encoder")
        shares = FALSE_ASKED[name]
        plain[name] = link(danger[rows], own[:2], source[rows], silent[rows], shares[False])
        print(" with the encoder")
        with_vector[name] = link(danger[rows], own, source[rows], silent[rows], shares[True])
    every = np.arange(len(data))
    words = fit_words(seen, danger, source, every)
    slots, held = laid_out(seen.ids[words.grams], words.weights)
    together = fit_meanings(seen, danger, source, every)
    meanings, meaning_scale = quantised(together.learnt.meanings)
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
        meanings=len(together.keys),
        layer=Layer(
            scale=meaning_scale,
            rows=tuple(tuple(row) for row in together.learnt.layer.astype(float).round(5).tolist()),
            biases=tuple(together.learnt.biases.astype(float).round(5).tolist()),
            weights=tuple(together.learnt.weights.astype(float).round(5).tolist()),
            bias=round(together.learnt.bias, 5),
        ),
        plain=plain,
        with_vector=with_vector,
    )
    assert len(straight) == DIMENSIONS
    numbers = [slots, straight, *(row for row, _ in layer), seen.keys[together.keys], meanings]
    content = packed(header, numbers)
    out.write_bytes(content)
    print(
        f"{out.name}: {len(content):,} bytes; {held.sum():,} n-grams, "
        f"{len(together.keys):,} meanings"
    )


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
