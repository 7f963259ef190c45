"""One form for what means the same to a reader: width, case, script, punctuation, emoji."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from faq.traditional import SIMPLIFIED

LONGEST: Final = 1000
"""Characters of a question that are looked at."""

_HIDDEN: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'’]")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_HAN_GAP: Final = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


def normalise(text: str) -> str:
    """Lower case, half width, simplified where the table knows it, words with single spaces."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    text = _HIDDEN.sub("", text).translate(SIMPLIFIED).lower()
    return _HAN_GAP.sub("", _NOT_WORD.sub(" ", text).strip())
