"""Keeps the transition table in ARCHITECTURE.md true: `python -m bot.architecture FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bot.dialog.transitions import markdown

BEGIN: Final = "<!-- transitions: written by `make transitions` -->\n"
END: Final = "<!-- end of transitions -->"


def with_table(text: str) -> str:
    """The document with the table as the code has it. Raises ValueError without the marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}{markdown()}{END}{after}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
