"""Writes the English words that people write to support, from our own lines.

    python -m bench.faq.words

The lines are those for training beside `bench/mood`; nothing that is kept for reporting is read.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from pathlib import Path
from typing import Final

from faq.normal import normalise

LINES: Final = Path(__file__).parents[1] / "mood" / "lines"
NAMES: Final = ("", "ordinary_", "plain_", "danger_", "danger2_", "danger3_")
OUT: Final = Path(__file__).parents[2] / "faq" / "english.py"
LEAST: Final = 2
"""Lines that have a word; what one has alone may be a slip."""
_WORD: Final = re.compile(r"(?<![a-z0-9'])[a-z]{2,}(?![a-z0-9'])")

_HEAD: Final = '''"""English words that people write to support, the most common first.

Written by `python -m bench.faq.words` from the lines beside `bench/mood`, which are our own.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
'''
_TAIL: Final = '''
"""

ENGLISH: Final = {word: place for place, word in enumerate(_WORDS.split())}
"""Each word with its place among them."""
'''


def lines() -> list[str]:
    """The English lines for training."""
    found = []
    for name in NAMES:
        for written in (LINES / f"{name}en.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(written)
            if row.get("half") != "reporting":
                found.append(row["q"])
    return found


def main() -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    for line in lines():
        counts.update(set(_WORD.findall(normalise(line))))
    common = sorted(
        (word for word, count in counts.items() if count >= LEAST),
        key=lambda word: (-counts[word], word),
    )
    OUT.write_text(_HEAD + textwrap.fill(" ".join(common), 99) + _TAIL, encoding="utf-8")
    print(f"{OUT.name}: {len(common):,} words")


if __name__ == "__main__":
    main()
