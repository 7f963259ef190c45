"""ARCHITECTURE.md shows the transition table as the code has it."""

from pathlib import Path

import pytest

from bot.architecture import with_table
from bot.dialog.transitions import TABLE

DOCUMENT = Path(__file__).parents[2] / "ARCHITECTURE.md"


def test_the_table_in_the_document_is_the_table_in_the_code() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_table(text) == text, "run `make transitions`"


def test_a_changed_table_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    monkeypatch.delitem(TABLE, next(iter(TABLE)))
    assert with_table(text) != text


def test_every_row_names_a_handler() -> None:
    from bot.dialog.engine import HANDLERS

    assert {row.handler for row in TABLE.values()} == set(HANDLERS)
