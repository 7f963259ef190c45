"""What a gap is, in words for an editor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from faq.gaps import Gap, Outcome

NEAR: Final = 0.2
"""The chance from which on an entry is worth a look."""

_LONGEST: Final = 120
_REPLIES_MOST: Final = 3

_OUTCOMES: Final[dict[Outcome, str]] = {
    "missed": "found nothing",
    "refused": "refused what was offered",
    "not_helped": "were not helped by the answer",
    "step_failed": "had a step that did not work",
    "asked": "asked a person",
    "taken": "picked it from an offer",
}


def told(gap: Gap, examples: int) -> list[str]:
    """Some lines; the first says what would mend it, for how many. At most so many examples."""
    langs = ", ".join(f"{lang} {count}" for lang, count in gap.langs.items())
    who = f"{_customers(gap.customers)} ({langs})"
    match gap.remedy:
        case "entry":
            first = f"{who}: no entry answers this"
        case "phrasing":
            first = f"{who}: {gap.nearest} may answer this, but is not found by these words"
        case "answer":
            first = f"{who}: the answer of {gap.nearest} does not help"
    lines = [first, "; ".join(f"{n} {_OUTCOMES[what]}" for what, n in gap.outcomes.items())]
    for example in gap.examples[:examples]:
        times = f" ({example.customers})" if example.customers > 1 else ""
        lines.append(f"  {_short(example.text)}{times}")
    more = len(gap.examples) - examples
    if more > 0:
        lines.append(f"  and {more} more")
    if gap.remedy == "entry" and gap.chance >= NEAR:
        lines.append(f"nearest entry: {gap.nearest} ({gap.chance:.2f})")
    for reply in gap.replies[:_REPLIES_MOST]:
        lines.append(f"agents answered: {_short(reply)}")
    return lines


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"


def _short(text: str) -> str:
    line = " / ".join(part for part in _parts(text) if part)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _parts(text: str) -> Iterable[str]:
    return (" ".join(part.split()) for part in text.splitlines())
