"""Whether training lines are (nearly) lines of the sets kept aside. Prints counts, never a line.

    python -m bench.mood.overlap [--drop]

Two lines are near where they share six in ten of their character trigrams or more.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

from bench.mood.about_danger import FILES, PLAIN
from handoff.mood.features import folded

LINES = Path(__file__).parent / "lines"
NEAR = 0.6


def trigrams(text: str) -> set[str]:
    """Character trigrams of a line without signs and spaces."""
    bare = f" {''.join(letter for letter in folded(text) if letter.isalnum())} "
    return {bare[i : i + 3] for i in range(max(1, len(bare) - 2))}


def near(left: list[str], right: list[str]) -> np.ndarray:
    """Which of the left lines are near to one of the right (Jaccard)."""
    sets = [trigrams(text) for text in (*left, *right)]
    vocabulary = {gram: i for i, gram in enumerate(sorted(set().union(*sets)))}
    rows = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
    columns = np.array([vocabulary[gram] for each in sets for gram in sorted(each)])
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)))
    sizes = np.array([len(each) for each in sets], dtype=float)
    shared = (matrix[: len(left)] @ matrix[len(left) :].T).toarray()
    union = sizes[: len(left), None] + sizes[None, len(left) :] - shared
    return np.asarray((shared / union).max(axis=1) >= NEAR)


def texts(file: Path) -> list[str]:
    """The messages of a file; of one that is partly for tuning, those for reporting."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [row["q"] for row in rows if row.get("half") != "tuning"]


def main() -> None:
    """Count, and drop where it is asked for."""
    parser = argparse.ArgumentParser(description="Count training lines near to lines kept aside.")
    parser.add_argument("--drop", action="store_true", help="take them out of the training lines")
    options = parser.parse_args()
    for file in (LINES / name for name in ("zh.jsonl", "en.jsonl", *PLAIN, *FILES)):
        lang = file.stem[-2:]
        written = file.read_text(encoding="utf-8").splitlines()
        found = np.zeros(len(written), dtype=bool)
        reported = [*LINES.glob(f"aside*_{lang}*.jsonl"), LINES / f"ordinary_{lang}.jsonl"]
        for aside in sorted(reported):
            if aside.name.endswith(".second.jsonl"):
                continue
            hit = near(texts(file), texts(aside))
            print(f"{file.name}: {hit.sum()} of {len(hit)} lines are near to one of {aside.name}")
            found |= hit
        if options.drop and found.any():
            kept = [line for line, drop in zip(written, found, strict=True) if not drop]
            file.write_text("\n".join(kept) + "\n", encoding="utf-8")
            print(f"{file.name}: {found.sum()} dropped")


if __name__ == "__main__":
    main()
