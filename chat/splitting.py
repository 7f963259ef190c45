"""Cuts a long text into messages, at sense where there is some."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, TypeAlias

from chat.rich import Rich, cut

_SENTENCE_ENDS: Final = "。！？!?…"
_CLAUSE_ENDS: Final = "，；、：,;:"
_CLOSING: Final = "”’」』）)】》\"'"
_JOINER: Final = "\u200d"

Break: TypeAlias = Callable[[str, int], bool]
"""Whether a text may be cut before the character at an index, which is inside of it."""


def split(rich: Rich, limit: int) -> list[Rich]:
    """The text in pieces of at most `limit` UTF-16 units.

    Nothing but blank pieces is left out, since Telegram refuses those. Formatting is cut along.
    """
    pieces = []
    start = 0
    while (end := _reach(rich.text, start, limit)) < len(rich.text):
        end = _best_break(rich.text, start, end)
        pieces.append(cut(rich, start, end))
        start = end
    pieces.append(cut(rich, start, len(rich.text)))
    return [piece for piece in pieces if piece.text.strip()]


def _reach(text: str, start: int, limit: int) -> int:
    """The furthest end of a piece that begins at `start`."""
    end, length = start, 0
    while end < len(text):
        length += 2 if text[end] > "\uffff" else 1
        if length > limit:
            break
        end += 1
    return end


def _best_break(text: str, start: int, end: int) -> int:
    middle = start + (end - start) // 2
    for fits in (_after_paragraph, _after_line, _after_sentence, _after_clause, _after_space):
        if found := _last(text, fits, middle, end):
            return found
    for fits in (_between_words, _between_characters):
        if found := _last(text, fits, start, end):
            return found
    return end


def _last(text: str, fits: Break, after: int, end: int) -> int | None:
    """The last place in `after < place <= end` where the text may be cut so."""
    for place in range(end, after, -1):
        if fits(text, place):
            return place
    return None


def _after_paragraph(text: str, place: int) -> bool:
    return text[place - 2 : place] == "\n\n" and text[place] != "\n"


def _after_line(text: str, place: int) -> bool:
    return text[place - 1] == "\n"


def _after_sentence(text: str, place: int) -> bool:
    before = text[max(place - 4, 0) : place].rstrip(_CLOSING)
    if not before or text[place] in _SENTENCE_ENDS + _CLOSING:
        return False
    if before[-1] in "。！？…":
        return True
    if not text[place - 1].isspace():
        return False
    return before.rstrip()[-1:] in ("!", "?", ".", *_SENTENCE_ENDS)


def _after_clause(text: str, place: int) -> bool:
    last = text[place - 1]
    if last in "，；、：":
        return True
    return last.isspace() and text[place - 2 : place - 1] in tuple(_CLAUSE_ENDS)


def _after_space(text: str, place: int) -> bool:
    return text[place - 1].isspace() and not text[place].isspace()


def _between_words(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before.isspace() or after.isspace():
        return True
    if not _between_characters(text, place):
        return False
    return _is_ideograph(before) or _is_ideograph(after)


def _is_ideograph(character: str) -> bool:
    """Scripts that are written without spaces between words."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _between_characters(text: str, place: int) -> bool:
    """Not inside of what a reader sees as one character (Unicode Annex 29, the common cases)."""
    before, after = text[place - 1], text[place]
    if before == _JOINER or after == _JOINER or (before, after) == ("\r", "\n"):
        return False
    if unicodedata.combining(after) or "\ufe00" <= after <= "\ufe0f" or after == "\u20e3":
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    return not (_is_flag_half(after) and _flag_halves_before(text, place) % 2)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, place: int) -> int:
    first = place
    while first > 0 and _is_flag_half(text[first - 1]):
        first -= 1
    return place - first
