"""How far a customer is in a guided procedure."""

from __future__ import annotations

import hashlib
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from faq.entry import Entry

OFFERED_FOR: Final = 3600.0
WALKED_FOR: Final = 24 * 3600.0
"""How long words, unlike buttons, are taken for being about the procedure."""

_TWICE_WITHIN: Final = 30.0

Standing: TypeAlias = Literal["offered", "walking", "left", "walked", "over"]


class Guide(Struct, frozen=True, omit_defaults=True):
    """The procedure of an entry that somebody is walked through, and when that last moved.

    `step` is the one they were shown, from 1; 0 while it is only offered, one more than `of` when
    they have done the last. `seen` tells the steps up to there from what they are after an edit;
    `text` is the step as it was shown. `lang` is a further language that it is shown in. `left`:
    they asked something else meanwhile. `listed`: all steps were shown at once.
    """

    entry: str
    of: int
    at: float
    step: int = 0
    seen: str = ""
    text: str = ""
    lang: str = ""
    left: bool = False
    listed: bool = False


def can_be_walked(entry: Entry) -> bool:
    """Whether there is something to be walked through; one step is part of the answer."""
    return len(entry.steps) > 1


def mark_of(entry: Entry, step: int) -> str:
    """Tells the steps up to one from what they were before an edit."""
    words = "\n".join(
        f"{number} {lang} {text}"
        for number, texts in enumerate(entry.steps[:step])
        for lang, text in sorted(texts.items())
    )
    return hashlib.blake2s(words.encode(), digest_size=6).hexdigest()


def has_changed(guide: Guide | None, entry: Entry) -> bool:
    """Whether the steps that were shown so far have been edited since. After an old button nothing
    is known of what was shown."""
    if guide is None or guide.entry != entry.id or guide.step == 0:
        return False
    step = min(guide.step, guide.of)
    return step > len(entry.steps) or bool(guide.seen and guide.seen != mark_of(entry, step))


def standing(guide: Guide, at: float) -> Standing:
    """Where somebody is in it; `over` when words are not about it any more."""
    since = at - guide.at
    if guide.step == 0:
        return "offered" if 0 <= since <= OFFERED_FOR and not guide.left else "over"
    if not 0 <= since <= WALKED_FOR:
        return "over"
    if guide.left:
        return "left"
    return "walking" if guide.step <= guide.of else "walked"


def is_walking(guide: Guide | None, at: float) -> bool:
    """Whether somebody is amid the steps."""
    return guide is not None and standing(guide, at) == "walking"


def is_offered(guide: Guide | None, entry: str, at: float) -> bool:
    """Whether somebody was offered to be walked through the steps of this entry just now."""
    return (
        guide is not None
        and guide.entry == entry
        and not guide.listed
        and standing(guide, at) == "offered"
    )


def was_just_shown(guide: Guide | None, entry: str, step: int, at: float) -> bool:
    """Whether a button that leads there was pressed twice."""
    return (
        guide is not None
        and guide.entry == entry
        and guide.step == step
        and not guide.left
        and 0 <= at - guide.at < _TWICE_WITHIN
    )
