"""How well the detector of danger hears labelled lines, and how often it is mistaken.

    python -m bench.mood.danger [--encoder] FILE.jsonl...

Lines are as in `bench/mood/lines`, or have `text` and `lang` alone and are then taken to be about
no danger. Only counts are printed, unless `--false` asks for lines that were wrongly taken for it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

import numpy as np
from scipy.stats import beta

from chat.phrases import Lang
from handoff.mood.danger import Alarm, DangerDetector
from handoff.mood.features import folded, grams_of, shortened

Line: TypeAlias = tuple[str, Lang, bool]


def upper_bound(found: int, of: int) -> float:
    """The share that is exceeded with a chance of 5 % at most (Clopper and Pearson, 1934)."""
    return 1.0 if found >= of else float(beta.ppf(0.95, found + 1, of - found))


def read(file: Path) -> list[Line]:
    """Text, language, whether it is danger."""
    if file.suffix == ".json":
        sets = json.loads(file.read_text(encoding="utf-8"))
        return [(text, "en", False) for text, _ in sets["train"] + sets["test"]] + [
            (text, "en", False) for text in sets["oos"]
        ]
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        (line.get("q") or line["text"], line["lang"], line.get("priority") == "P0")
        for line in lines
    ]


def measure(name: str, lines: Sequence[Line], heard: list[Alarm | None]) -> None:
    danger = np.array([line[2] for line in lines])
    for degree, rings in (
        ("P0", np.array([alarm is not None and alarm.sure for alarm in heard])),
        ("P0 or may be", np.array([alarm is not None for alarm in heard])),
    ):
        said = [f"{name:<28} {degree:<13}"]
        if danger.any():
            said.append(f"recall {rings[danger].sum()} of {danger.sum()}")
            said.append(f"({100 * rings[danger].mean():.1f} %)")
        false, of = int(rings[~danger].sum()), int((~danger).sum())
        if of:
            said.append(f"false {false} of {of:,}: {1000 * false / of:.2f} per 1,000,")
            said.append(f"with 95 % not above {1000 * upper_bound(false, of):.2f}")
        print(" ".join(said))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the detector of danger.")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--encoder", action="store_true", help="with the sentence's vector")
    parser.add_argument("--false", action="store_true", help="print what was wrongly taken for it")
    options = parser.parse_args()
    detector = DangerDetector(files("handoff").joinpath("mood", "danger.bin").read_bytes())
    for file in options.files:
        lines = read(file)
        vectors: Sequence[np.ndarray | None] = [None] * len(lines)
        if options.encoder:
            from bench.mood.vectors import encode

            vectors = list(encode([text for text, _, _ in lines]))
        forms = [folded(shortened(text)) for text, _, _ in lines]
        said = detector.said_in(forms, grams_of(forms, forms))
        heard = [
            detector.hear(form, each, lang, vector)
            for form, each, (_, lang, _), vector in zip(forms, said, lines, vectors, strict=True)
        ]
        measure(file.stem, lines, heard)
        if options.false:
            for (text, _, danger), alarm in zip(lines, heard, strict=True):
                if alarm and not danger:
                    print("  P0" if alarm.sure else "  may be", text)


if __name__ == "__main__":
    main()
