"""Reads the knowledge base's files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from faq.knowledge_base import KnowledgeBase, load


def read_knowledge(folder: str | None) -> KnowledgeBase:
    """The base in a folder of YAML files, or the built-in one.

    Raises faq.knowledge_base.KnowledgeBaseError, or OSError for a file that cannot be read.
    """
    place = Path(folder) if folder else Path(str(files("faq"))) / "content"
    texts = {
        str(path) if folder else path.name: path.read_text(encoding="utf-8")
        for path in sorted(place.glob("**/*.yaml"))
    }
    return load(texts)
