"""How well questions that ask the same are put together, where the base does not know them.

    python -m bench.faq.clusters [dev|unseen] [--encoder use|none]

The entries are hidden by halves: the questions of one half, and those out of scope, are put
together by a base that only has the other half. Questions are known by the entry that should
answer them; those out of scope each by themselves, which counts their translations as mistakes.
B-cubed precision, recall and F1 (Bagga and Baldwin, 1998).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bot.encoder import open_encoder
from bot.knowledge import read_knowledge
from faq.clustering import Clusters

QUESTIONS = Path(__file__).parent / "questions"
_FOREIGN = 100


def read(half: str) -> list[tuple[str, str]]:
    """Questions with what they ask for."""
    asked = [json.loads(line) for line in (QUESTIONS / f"{half}.jsonl").open(encoding="utf-8")]
    strange = [
        json.loads(line) for line in (QUESTIONS / f"oos_{half}.jsonl").open(encoding="utf-8")
    ]
    own = [(line["q"], line["ids"][0]) for line in asked]
    return own + [(line["q"], f"? {n}") for n, line in enumerate(strange[:_FOREIGN])]


def b_cubed(clusters: Sequence[Sequence[int]], wanted: Sequence[str]) -> tuple[float, float]:
    """Precision and recall, the mean over all questions."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for each in wanted:
        sizes[each] += 1
    precision = recall = 0.0
    for cluster in clusters:
        for row in cluster:
            alike = sum(wanted[other] == wanted[row] for other in cluster)
            precision += alike / len(cluster)
            recall += alike / sizes[wanted[row]]
    return precision / len(wanted), recall / len(wanted)


def main() -> None:
    """Measure both halves of the entries and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("half", nargs="?", choices=("dev", "unseen"), default="dev")
    options.add_argument("--encoder", choices=("use", "none"), default="use")
    given = options.parse_args()
    base = read_knowledge(quick=True)
    questions = read(given.half)
    with tempfile.TemporaryDirectory() as folder:
        encoder = open_encoder(given.encoder, Path(folder))
        for start in (0, 1):
            hidden = set(sorted(base.entries)[start::2])
            known = [(entry, text) for entry, text in base.wordings() if entry not in hidden]
            asked = [(q, id) for q, id in questions if id in hidden or id.startswith("?")]
            found = Clusters([q for q, _ in asked], known, encoder).found()
            precision, recall = b_cubed(found, [id for _, id in asked])
            f1 = 2 * precision * recall / (precision + recall)
            print(
                f"{given.half}, {given.encoder}, half {start + 1}: {len(asked)} questions, "
                f"{len(found)} clusters, precision {precision:.3f}, recall {recall:.3f}, "
                f"F1 {f1:.3f}"
            )


if __name__ == "__main__":
    main()
