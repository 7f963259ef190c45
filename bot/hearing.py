"""Hears the moods of messages, many at once where many are there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Protocol

from chat.phrases import Lang
from handoff.concern import Assessor
from handoff.mood import Mood, Vector

if TYPE_CHECKING:
    from handoff.mood.impression import Impression

log = logging.getLogger(__name__)

_MODEL: Final = "handoff.mood.model"
_DANGER: Final = "handoff.mood.danger"
_MOST: Final = 64
"""Messages that are heard before anything else may happen: some milliseconds."""


class Model(Protocol):
    """`handoff.mood.model.MoodModel`."""

    def impressions(self, texts: Sequence[str]) -> list[Impression]: ...

    def assess(
        self,
        text: str,
        lang: Lang,
        vector: Vector | None = None,
        impression: Impression | None = None,
    ) -> Mood: ...


class Hearing:
    """Hears moods. Messages that are ready in the same moment are heard together: ten cost three
    times as much as one. A lone one does not wait."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._waiting: list[tuple[str, asyncio.Future[Impression | None]]] = []

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        """See `handoff.concern.Assessor`."""
        return self.model.assess(text, lang, vector)

    async def ahead_of(self, text: str) -> Assessor:
        """What assesses a text from an impression that is there already."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._hear_all)
        impression: asyncio.Future[Impression | None] = loop.create_future()
        self._waiting.append((text, impression))
        return _Heard(self.model, text, await impression)

    def _hear_all(self) -> None:
        ready, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._hear_all)
        impressions: Sequence[Impression | None]
        try:
            impressions = self.model.impressions([text for text, _ in ready])
        except Exception:
            # Whose message it is will be found when each is assessed; the others must not suffer.
            impressions = [None] * len(ready)
        for (_, future), impression in zip(ready, impressions, strict=True):
            if not future.done():
                future.set_result(impression)


class _Heard:
    """Assesses one text from its impression, any other one anew."""

    __slots__ = ("_impression", "_model", "_text")

    def __init__(self, model: Model, text: str, impression: Impression | None) -> None:
        self._model, self._text, self._impression = model, text, impression

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        impression = self._impression if text == self._text else None
        return self._model.assess(text, lang, vector, impression)


def read_mood() -> Hearing | None:
    """The model that comes with the program; None, and a word in the log, where it was left out."""
    table = files("handoff").joinpath("mood", "table.bin")
    danger = files("handoff").joinpath("mood", "danger.bin")
    if find_spec(_MODEL) is None or not table.is_file() or not danger.is_file():
        log.warning("there is no mood model, so nobody is handed over for their mood")
        return None
    detector = import_module(_DANGER).DangerDetector(danger.read_bytes())
    return Hearing(import_module(_MODEL).MoodModel(table.read_bytes(), detector))
