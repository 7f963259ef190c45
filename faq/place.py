"""Where something of the knowledge base is written."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from faq.located import Document, InputError


class Place(Protocol):
    """Paths below it are written `title.zh` or `phrasings.en[3]`; the empty one is the place."""

    def wrong(self, below: str, problem: str, instead: str) -> InputError:
        """An error at a path below this place."""

    def where(self, below: str) -> str:
        """What a person looks for to find a path below this place, such as `file:line`."""


class InDocument(Struct, frozen=True):
    """A path in a YAML text."""

    document: Document
    path: str

    def wrong(self, below: str, problem: str, instead: str) -> InputError:
        """See `Place`."""
        return self.document.wrong(self._path(below), problem, instead)

    def where(self, below: str) -> str:
        """See `Place`: `file:line`."""
        return f"{self.document.file}:{self.document.line_of(self._path(below))}"

    def _path(self, below: str) -> str:
        return f"{self.path}.{below}" if below and self.path else below or self.path
