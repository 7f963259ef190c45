"""The files of training lines about danger, what only sounds like it and what is plain, by who
wrote them."""

from __future__ import annotations

from typing import Final

AUTHORS: Final = {"zh": 9, "en": 24}
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
)
"""The files of plain everyday lines."""
