"""Teaches a knowledge base its own wordings: their meanings, and how far it can be trusted."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from bot.encoder import KeptEncoder
from faq.calibration import Calibration, Confidence
from faq.hold_out import calibrated
from faq.knowledge_base import KnowledgeBase
from faq.matching import Matcher

log = logging.getLogger(__name__)

Tick = Callable[[int, int], None]

_EDITION: Final = 15
"""Raised whenever the matcher changes, so that old calibrations are not used."""


class _Kept(msgspec.Struct, frozen=True):
    """A calibration as it is written to disk."""

    confidence: tuple[list[float], list[float], list[float], float]
    answer: float
    offer: tuple[list[float], list[float], list[float], float]
    suggest: float


def learn(
    base: KnowledgeBase,
    encoder: KeptEncoder | None,
    promised: float,
    cache: Path,
    tick: Tick = lambda done, total: None,
) -> KnowledgeBase:
    """The same base with a matcher that has learnt it. Takes seconds, more for a large base.

    What is found of how far it can be trusted is kept in the folder `cache`. `tick` is told how
    far each part of the work is; what it raises ends it.
    """
    matcher = learnt(list(base.wordings()), encoder, promised, cache, tick)
    return base.with_matcher(matcher)


def learnt(
    wordings: list[tuple[str, str]],
    encoder: KeptEncoder | None,
    promised: float,
    cache: Path,
    tick: Tick = lambda done, total: None,
) -> Matcher:
    """A matcher over pairs of an entry's id and a text, tried and calibrated."""
    matcher = Matcher(wordings, encoder, tick=tick)
    file = _file(wordings, encoder, promised, cache)
    calibration = _read(file)
    if calibration is None:
        calibration = calibrated(matcher, promised, tick)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(_written(calibration)))
    if encoder is not None:
        encoder.save()
        encoder.warm_up()
    return matcher.with_calibration(calibration)


def is_learnt(
    wordings: list[tuple[str, str]], encoder: KeptEncoder | None, promised: float, cache: Path
) -> bool:
    """Whether what `learnt` would have to find is kept already."""
    return _file(wordings, encoder, promised, cache).exists()


def _file(
    wordings: list[tuple[str, str]], encoder: KeptEncoder | None, promised: float, cache: Path
) -> Path:
    return cache / f"calibration-{_digest(wordings, encoder, promised)}.json"


def _digest(wordings: list[tuple[str, str]], encoder: KeptEncoder | None, promised: float) -> str:
    about = (_EDITION, encoder.name if encoder else "none", promised, sorted(wordings))
    return hashlib.blake2b(msgspec.json.encode(about), digest_size=12).hexdigest()


def _read(file: Path) -> Calibration | None:
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=_Kept)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        log.warning("%s cannot be read (%s); the base is tried anew", file, error)
        return None
    return Calibration(
        _confidence(kept.confidence), kept.answer, _confidence(kept.offer), kept.suggest
    )


def _confidence(kept: tuple[list[float], list[float], list[float], float]) -> Confidence:
    mean, scale, weights = (np.array(row, dtype=np.float32) for row in kept[:3])
    return Confidence(mean, scale, weights, kept[3])


def _written(found: Calibration) -> _Kept:
    def rows(each: Confidence) -> tuple[list[float], list[float], list[float], float]:
        return each.mean.tolist(), each.scale.tolist(), each.weights.tolist(), each.bias

    return _Kept(rows(found.confidence), found.answer, rows(found.offer), found.suggest)
