"""Which of the two languages a text is in."""

from __future__ import annotations

import re
from typing import Final

from chat.phrases import Lang

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")


def detect(text: str, default: Lang) -> Lang:
    """The language of a text; the default where it has no words of either.

    A Chinese character says about as much as a word, and Chinese customers mix in English terms
    (USDT, KYC), so Chinese wins unless words clearly prevail.
    """
    text = text[:1000]
    han = len(_HAN.findall(text))
    words = len(_WORD.findall(text))
    if not han and not words:
        return default
    if not han:
        return "en" if words > 1 or default == "en" or len(text.strip()) > 5 else default
    return "zh" if han * 2 >= words else "en"
