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

from bench.mood.about_danger import ASKED, FILES, PLAIN, wordings
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


def reported(lang: str) -> list[Path]:
    """The files that have lines of a language for reporting."""
    aside = [*LINES.glob(f"aside*_{lang}*.jsonl"), LINES / f"ordinary_{lang}.jsonl"]
    return sorted(file for file in aside if not file.name.endswith(".second.jsonl"))


def near_to_reported(name: str, lang: str, found: list[str]) -> np.ndarray:
    """Which texts of a file are near to lines for reporting; says how many."""
    every = np.zeros(len(found), dtype=bool)
    for aside in reported(lang):
        hit = near(found, texts(aside))
        print(f"{name}: {hit.sum()} of {len(hit)} lines are near to one of {aside.name}")
        every |= hit
    return every


def without(rows: list[str], drop: set[str]) -> list[str]:
    """Rows without those lines. Intents stay, as more is learnt from them, but are marked as such
    that no plain line is learnt from."""
    kept = []
    for row in rows:
        read = json.loads(row)
        if isinstance(read["q"], str):
            kept += [] if read["q"] in drop else [row]
        else:
            marked = json.dumps(read | {"plain": False}, ensure_ascii=False)
            kept.append(row if drop.isdisjoint(read["q"]) else marked)
    return kept


def main() -> None:
    """Count, and drop where it is asked for."""
    parser = argparse.ArgumentParser(description="Count training lines near to lines kept aside.")
    parser.add_argument("--drop", action="store_true", help="take them out of the training lines")
    options = parser.parse_args()
    lines = [LINES / name for name in ("zh.jsonl", "en.jsonl", *PLAIN, *FILES)]
    for file in (*lines, *ASKED):
        rows = file.read_text(encoding="utf-8").splitlines()
        found = wordings(file) if file in ASKED else [json.loads(row)["q"] for row in rows]
        lang = file.stem[:2] if file in ASKED else file.stem[-2:]
        hit = near_to_reported(file.name, lang, found)
        if options.drop and hit.any():
            drop = {text for text, near_by in zip(found, hit, strict=True) if near_by}
            file.write_text("\n".join(without(rows, drop)) + "\n", encoding="utf-8")
            print(f"{file.name}: {hit.sum()} dropped")


if __name__ == "__main__":
    main()
