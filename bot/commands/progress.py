"""A progress bar on standard error, where people watch."""

from __future__ import annotations

import sys
from typing import Final

_WIDTH: Final = 30


def bar(what: str, done: int, total: int) -> None:
    """Draw how much of something is done; nothing when nobody watches."""
    if not sys.stderr.isatty():
        return
    filled = _WIDTH * done // max(total, 1)
    end = "\n" if done >= total else ""
    line = f"\r{what} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {total:,}"
    print(line, end=end, file=sys.stderr, flush=True)  # noqa: T201
