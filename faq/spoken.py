"""In which language an entry answers a question, where it knows more than Chinese and English."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz

from chat.phrases import LANGS
from faq.entry import Entry
from faq.normal import normalise

_ALIKE: Final = 60
"""How alike, of 100, a question and a wording must be to be of one language."""


def language_of(entry: Entry, question: str, otherwise: str) -> str:
    """The language of the wording that is nearest to the question, if the entry answers in it and
    the assistant does not speak it anyway; `otherwise` in all other cases."""
    if entry.answer.keys() <= {*LANGS}:
        return otherwise
    asked = normalise(question)
    best, nearest = float(_ALIKE), otherwise
    for lang in entry.answer:
        for text in filter(None, (entry.title.get(lang), *entry.phrasings.get(lang, ()))):
            alike = fuzz.ratio(asked, normalise(text))
            if alike > best:
                best, nearest = alike, lang
    return otherwise if nearest in LANGS else nearest
