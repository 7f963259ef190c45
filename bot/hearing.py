"""Reads the model by which the moods of messages are heard."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Final, cast

from handoff.concern import Assessor

log = logging.getLogger(__name__)

_MODEL: Final = "handoff.mood.model"
_DANGER: Final = "handoff.mood.danger"


def read_mood() -> Assessor | None:
    """The model that comes with the program; None, and a word in the log, where it was left out."""
    table = files("handoff").joinpath("mood", "table.bin")
    danger = files("handoff").joinpath("mood", "danger.bin")
    if find_spec(_MODEL) is None or not table.is_file() or not danger.is_file():
        log.warning("there is no mood model, so nobody is handed over for their mood")
        return None
    detector = import_module(_DANGER).DangerDetector(danger.read_bytes())
    return cast(Assessor, import_module(_MODEL).MoodModel(table.read_bytes(), detector))
