"""Encoders side by side: each knows what the others do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from faq.encoder import Floats, Vocabulary

Model: TypeAlias = Callable[[list[str]], Floats]
"""Turns texts into vectors, one a row."""


class SideBySide:
    """Encodes texts by several models; knows the common words that one of them knows."""

    def __init__(self, models: Sequence[tuple[Model, float]]) -> None:
        """Models, and what the vectors of each, of length 1 or less, are multiplied by."""
        self._models = models

    def __call__(self, texts: list[str]) -> Floats:
        """The vectors of texts: the numbers of each model after those of the one before."""
        found = [weight * np.asarray(model(texts)) for model, weight in self._models]
        return np.asarray(np.hstack(found), dtype=np.float32)

    def common_words(self) -> Sequence[str]:
        """See `faq.encoder.Vocabulary`."""
        for model, _ in self._models:
            if isinstance(model, Vocabulary):
                return model.common_words()
        return ()
