"""The built-in knowledge base, learnt once by whoever asks it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import faq
from faq.knowledge_base import KnowledgeBase
from faq.written import read_files

CONTENT = Path(faq.__file__).parent / "content"
ENTRIES = read_files(
    {path.name: path.read_text(encoding="utf-8") for path in sorted(CONTENT.glob("*.yaml"))}
).entries


@cache
def built_in() -> KnowledgeBase:
    """It, with all that it learns."""
    return KnowledgeBase(ENTRIES)
