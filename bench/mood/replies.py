"""How many agents' replies against the norms are held, and how many fine ones.

python -m bench.mood.replies [--half tuning|reporting] [--show]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from bot.norms import read_norms
from handoff.norms import check

FILE = Path(__file__).parent / "lines" / "replies.jsonl"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure the norms for agents' replies.")
    parser.add_argument("--half", choices=("tuning", "reporting"), default="reporting")
    parser.add_argument("--show", action="store_true", help="print what was got wrong")
    options = parser.parse_args()
    norms = read_norms(None)
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["half"] == options.half]
    for row in rows:
        breach = check(row["text"], norms)
        row["held"] = breach.norm if breach else None
        row["phrase"] = breach.phrase if breach else ""
    for lang in ("zh", "en"):
        breaking = [row for row in rows if row["lang"] == lang and row["breaks"]]
        fine = [row for row in rows if row["lang"] == lang and not row["breaks"]]
        held, same = _count(breaking), sum(row["held"] == row["breaks"] for row in breaking)
        print(
            f"{lang}: {held} of {len(breaking)} replies against the norms held, {same} by the norm "
            f"they break; {_count(fine)} of {len(fine)} fine ones held"
        )
    if options.show:
        for row in rows:
            if bool(row["held"]) != bool(row["breaks"]):
                held = f"{row['held']} ({row['phrase']})" if row["held"] else "-"
                print(f"  {row['breaks'] or 'fine'}, held: {held}: {row['text']}")


def _count(rows: Iterable[dict]) -> int:
    return sum(bool(row["held"]) for row in rows)


if __name__ == "__main__":
    main()
