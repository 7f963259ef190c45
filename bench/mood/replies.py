"""How many agents' replies against the norms are held, and how many fine ones.

python -m bench.mood.replies [FILE.jsonl] [--half tuning|reporting] [--show]

A line: `{"text", "lang", "breaks"}`, or `"q"` for `"text"` and `"norm"` for `"breaks"`, which is
null where the reply is fine. A file whose lines have no `half` is taken as a whole.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from bot.norms import read_norms
from handoff.norms import check

FILE = Path(__file__).parent / "lines" / "replies.jsonl"
NAMES = {"caps": "capitals"}
"""What other files call our norms."""


class Reply(Struct, frozen=True):
    """A reply, the norm it breaks, the norm it is held for, and the words that are why."""

    text: str
    lang: str
    breaks: str | None
    held: str | None
    phrase: str


def replies(file: Path, half: str) -> list[Reply]:
    """The replies of a file, read with the rules that are shipped."""
    norms = read_norms(None)
    found = []
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        if row.get("half", half) != half:
            continue
        said = row["breaks"] if "breaks" in row else row["norm"]
        text = row["text"] if "text" in row else row["q"]
        breach = check(text, norms)
        held, phrase = (breach.norm, breach.phrase) if breach else (None, "")
        found.append(Reply(text, row["lang"], NAMES.get(said, said), held, phrase))
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure the norms for agents' replies.")
    parser.add_argument("file", type=Path, nargs="?", default=FILE)
    parser.add_argument("--half", choices=("tuning", "reporting"), default="reporting")
    parser.add_argument("--show", action="store_true", help="print what was got wrong")
    options = parser.parse_args()
    rows = replies(options.file, options.half)
    for lang in ("zh", "en"):
        breaking = [row for row in rows if row.lang == lang and row.breaks]
        fine = [row for row in rows if row.lang == lang and not row.breaks]
        same = sum(_same(row) for row in breaking)
        print(
            f"{lang}: {_held(breaking)} of {len(breaking)} replies against the norms held, {same} "
            f"by the norm they break; {_held(fine)} of {len(fine)} fine ones held"
        )
        for norm in sorted({row.breaks for row in breaking if row.breaks}):
            of = [row for row in breaking if row.breaks == norm]
            print(f"  {norm}: {_held(of)} of {len(of)}")
        for norm, count in Counter(row.held for row in fine if row.held).items():
            print(f"  fine, held for {norm}: {count}")
    if options.show:
        for row in rows:
            if bool(row.held) != bool(row.breaks):
                held = f"{row.held} ({row.phrase})" if row.held else "-"
                print(f"  {row.breaks or 'fine'}, held: {held}: {row.text}")


def _held(rows: Sequence[Reply]) -> int:
    return sum(row.held is not None for row in rows)


def _same(row: Reply) -> bool:
    return row.held == row.breaks or {row.held, row.breaks} == {"secret", "enter_secret"}


if __name__ == "__main__":
    main()
