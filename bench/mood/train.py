"""Trains the mood model's table from the lines beside this file.

    python -m bench.mood.train [--out FILE] [--no-encoder] [--folds-only]

The same lines give the same table. Thresholds and links come from cross-validation on the training
lines, in blocks of neighbouring lines, as neighbours are alike; the lines held aside are not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.svm import LinearSVC

from bench.mood.quadratic import Quadratic, quantised
from bench.mood.seen import Seen, Vocabulary
from bench.mood.slots import laid_out
from bench.mood.vectors import kept_vectors
from handoff.mood.model import KINDS, VERSION, Header, Link, packed

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "handoff" / "mood" / "table.bin"
LANGS = ("zh", "en")
KIND_BITS = 12
DIMENSIONS = 512
SQUARES = 24
FOLDS = 5
BLOCK = 25
"""Neighbouring lines that are in one fold together."""
LOOKALIKES_WEIGHT = 0.15
"""Of the lines about danger and those that only sound like it: they are many, and of one kind."""
FALSE_ALARMS = 0.06
"""Of calm training lines, half of which look alarming, as cross-validated."""
ORDINARY_ALARMS = 0.02
"""Of the ordinary money problems for tuning, as cross-validated; fewer once all are learnt."""


def lines(name: str) -> list[dict]:
    """The lines of a file."""
    text = (HERE / "lines" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


class Data:
    """All that is trained with. Thresholds are chosen with all but the lines about danger."""

    def __init__(self, every: int = 1) -> None:
        """`every`: one of how many lines is taken, for a trial."""
        own = [line for lang in LANGS for line in lines(lang)[::every]]
        about_danger = [
            line
            for name in ("danger", "danger2", "danger3")
            for lang in LANGS
            for line in lines(f"{name}_{lang}")[::every]
        ]
        ordinary = [
            line for lang in LANGS for line in lines(f"ordinary_{lang}") if line["half"] == "tuning"
        ]
        rows = own + about_danger + ordinary
        self.texts = [line["q"] for line in rows]
        self.lang = np.array([line["lang"] for line in rows])
        self.upset = np.array([line["emotional"] for line in rows])
        self.kinds = np.array([line["class"] for line in rows])
        at = np.arange(len(rows))
        self.own = at < len(own)
        self.ordinary = at >= len(own) + len(about_danger)
        self.weight = np.where(self.own | self.ordinary, 1.0, LOOKALIKES_WEIGHT)
        self.fold = np.random.default_rng(1).permutation(len(rows) // BLOCK + 1)[at // BLOCK]
        self.fold %= FOLDS


def fit_upset(seen: Seen, data: Data, train: np.ndarray):
    """The vocabulary, its weights, the rules' weights and the bias of the upset head."""
    vocabulary = Vocabulary(seen, train)
    both = sparse.hstack(
        [vocabulary.matrix(seen, train), sparse.csr_matrix(seen.rules[train])], format="csr"
    )
    model = LinearSVC(C=2.0, random_state=0, max_iter=5000)
    model.fit(both, data.upset[train], sample_weight=data.weight[train])
    weights = model.coef_[0]
    count = len(vocabulary.hashes)
    return vocabulary, weights[:count], weights[count:], float(model.intercept_[0])


def quadratic_of(vectors: np.ndarray, data: Data, train: np.ndarray) -> Quadratic:
    """The vector's upset head; lines about danger and empty vectors do not make it."""
    rows = train[(np.abs(vectors[train]).max(axis=1) > 0) & (data.own | data.ordinary)[train]]
    return Quadratic(vectors[rows], data.upset[rows], None, SQUARES)


def link(name: str, data: Data, rows: np.ndarray, total, aside) -> Link:
    """Calibrated on held-out sums; the threshold keeps both kinds of false alarms as rare as is
    wanted."""
    both = np.stack([total] if aside is None else [total, aside], axis=1)
    fit = rows & data.own
    model = LogisticRegression(C=100.0).fit(both[fit], data.upset[fit])
    score = model.predict_proba(both)[:, 1]
    calm, ordinary = score[fit & ~data.upset], score[rows & data.ordinary]
    threshold = max(
        float(np.quantile(calm, 1 - FALSE_ALARMS)),
        float(np.quantile(ordinary, 1 - ORDINARY_ALARMS, method="higher")) + 1e-4,
    )
    upset = score[fit & data.upset]
    at = {rate: float(np.quantile(calm, 1 - rate)) for rate in (0.01, 0.05)}
    recalls = ", ".join(f"recall at {r:.0%} {(upset > t).mean():.3f}" for r, t in at.items())
    print(
        f"{name}: auc {roc_auc_score(data.upset[fit], score[fit]):.4f}, {recalls}; "
        f"threshold {threshold:.3f}: recall {(upset >= threshold).mean():.3f}, false alarms "
        f"{(calm >= threshold).mean():.3f}, ordinary {(ordinary >= threshold).mean():.4f}"
    )
    coefficients = model.coef_[0]
    return Link(
        float(coefficients[0]),
        0.0 if aside is None else float(coefficients[1]),
        float(model.intercept_[0]),
        threshold,
    )


def links(seen: Seen, data: Data, vectors: np.ndarray | None):
    """The links of both languages without and with vectors, by cross-validation."""
    total, aside = np.zeros(len(data.texts)), np.zeros(len(data.texts))
    for fold in range(FOLDS):
        train, test = np.flatnonzero(data.fold != fold), np.flatnonzero(data.fold == fold)
        vocabulary, weights, rules, bias = fit_upset(seen, data, train)
        total[test] = vocabulary.matrix(seen, test) @ weights + seen.rules[test] @ rules + bias
        if vectors is not None:
            aside[test] = quadratic_of(vectors, data, train).of(vectors[test])
    plain, with_vector = {}, {}
    for lang in LANGS:
        rows = data.lang == lang
        plain[lang] = link(f"{lang} without the encoder", data, rows, total, None)
        if vectors is not None:
            rows &= np.abs(vectors).max(axis=1) > 0
            with_vector[lang] = link(f"{lang} with the encoder", data, rows, total, aside)
    return plain, with_vector or plain


def fit_kinds(seen: Seen, data: Data, rows: np.ndarray, known: np.ndarray) -> LinearSVC:
    """The class heads, eight rows of weights, which go by the hashes that are known."""
    labels = np.array([KINDS.index(kind) for kind in data.kinds[rows]])
    model = LinearSVC(C=1.5, random_state=0, max_iter=5000)
    hashed = seen.hashed(KIND_BITS, rows, known)
    return model.fit(hashed, labels, sample_weight=data.weight[rows])


def try_kinds(seen: Seen, data: Data, heard: np.ndarray) -> None:
    """Print how often the class of an upset line is found, cross-validated."""
    right, own = 0, heard[data.own[heard]]
    for fold in range(FOLDS):
        known = Vocabulary(seen, np.flatnonzero(data.fold != fold)).hashes
        model = fit_kinds(seen, data, heard[data.fold[heard] != fold], known)
        test = own[data.fold[own] == fold]
        found = model.predict(seen.hashed(KIND_BITS, test, known))
        right += int((np.array(KINDS)[found] == data.kinds[test]).sum())
    print(f"the class of an upset line, by the heads alone: {right / len(own):.3f} right")


def train(out: Path | None, vectors: np.ndarray | None, data: Data) -> None:
    """Train, and write the table if it is to be written."""
    seen = Seen(data.texts)
    plain, with_vector = links(seen, data, vectors)
    heard = np.flatnonzero(np.isin(data.kinds, KINDS))
    try_kinds(seen, data, heard)
    if out is None:
        return
    every = np.arange(len(data.texts))
    vocabulary, weights, rules, bias = fit_upset(seen, data, every)
    table, scale = quantised(vocabulary.rarity * weights)
    slots, held = laid_out(vocabulary.hashes, table)
    kind_model = fit_kinds(seen, data, heard, vocabulary.hashes[held])
    print(f"{len(held):,} hashes, {held.sum():,} of them, the heaviest, have a slot")
    kind_tables = [quantised(row) for row in kind_model.coef_]
    straight, straight_scale, vector_bias = np.zeros(DIMENSIONS, np.int8), 1.0, 0.0
    squares = [(np.zeros(DIMENSIONS, np.int8), 1.0) for _ in range(SQUARES)]
    signs = np.zeros(SQUARES)
    vector_kinds = [(np.zeros(DIMENSIONS, np.int8), 1.0) for _ in KINDS]
    if vectors is not None:
        quadratic = quadratic_of(vectors, data, every)
        straight, straight_scale = quantised(quadratic.straight)
        squares = [quantised(row) for row in quadratic.rows]
        signs, vector_bias = quadratic.signs, quadratic.bias
        labels = np.array([KINDS.index(kind) for kind in data.kinds[heard]])
        heads = LinearSVC(C=1.0, random_state=0).fit(
            vectors[heard], labels, sample_weight=data.weight[heard]
        )
        vector_kinds = [quantised(row) for row in heads.coef_]
    header = Header(
        version=VERSION,
        kind_bits=KIND_BITS,
        dimensions=DIMENSIONS,
        squares=SQUARES,
        scale=scale,
        kind_scales=tuple(scale for _, scale in kind_tables),
        vector_scale=straight_scale,
        square_scales=tuple(scale for _, scale in squares),
        square_signs=tuple(signs.tolist()),
        vector_kind_scales=tuple(scale for _, scale in vector_kinds),
        bias=bias,
        kind_bias=tuple(kind_model.intercept_.tolist()),
        vector_bias=vector_bias,
        rules={name: round(float(each), 4) for name, each in zip(Seen.RULES, rules, strict=True)},
        plain=plain,
        with_vector=with_vector,
    )
    arrays = [slots, np.stack([row for row, _ in kind_tables], axis=1), straight]
    arrays += [row for row, _ in squares]
    arrays.append(np.stack([row for row, _ in vector_kinds], axis=1))
    content = packed(header, arrays)
    out.write_bytes(content)
    print(f"{out.name}: {len(content):,} bytes; rules {header.rules}")


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description="Train the mood model's table.")
    parser.add_argument("--out", type=Path, default=OUT, help="default: handoff/mood/table.bin")
    parser.add_argument("--no-encoder", action="store_true", help="leave the vector's head empty")
    parser.add_argument("--vectors", type=Path, help="keep the encoder's vectors in this file")
    parser.add_argument("--folds-only", action="store_true", help="cross-validate, write nothing")
    options = parser.parse_args()
    data = Data()
    vectors = None if options.no_encoder else kept_vectors(data.texts, options.vectors)
    train(None if options.folds_only else options.out, vectors, data)


if __name__ == "__main__":
    main()
