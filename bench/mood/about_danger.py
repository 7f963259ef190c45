"""The files of training lines about danger, what only sounds like it and what is plain, by who
wrote them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

AUTHORS: Final = {"zh": 15, "en": 31}
"""How many files of each language there are."""
FILES: Final = [
    f"danger{number if number > 1 else ''}_{lang}.jsonl"
    for number in range(1, max(AUTHORS.values()) + 1)
    for lang, last in AUTHORS.items()
    if number <= last
]
"""In the order in which they are learnt."""
PLAIN: Final = (
    "plain_zh.jsonl",
    "plain_en.jsonl",
    "plain2_en.jsonl",
    "plain3_en.jsonl",
    "plain2_zh.jsonl",
    "plain4_en.jsonl",
    "plain5_en.jsonl",
    "plain6_en.jsonl",
    "plain3_zh.jsonl",
    "plain7_en.jsonl",
)
"""The files of plain everyday lines."""

INTENTS: Final = Path(__file__).parents[1] / "faq" / "intents"
ASKED: Final = tuple(
    INTENTS / f"{name}.jsonl" for name in ("en", "zh", "en2", "zh2", "en4", "zh4", "en5")
)
"""The files of what people ask other desks, which is nearly all plain. Those of the third authors
are not learnt from, so that it can be counted how often they ring."""


def wordings(file: Path) -> list[str]:
    """All wordings of a file of intents, save those of which one is near to a line for reporting,
    or might make a reader ask "are you safe?"."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [text for row in rows if row.get("plain", True) for text in row["q"]]
