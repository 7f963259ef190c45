"""Service norms: what an agent's reply must not say, and what is shown to the agent who says it.

The rules are an operator's (`norms.yaml`); this module reads replies with them.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from chat.phrases import Lang

_CLAUSE: Final = re.compile(r"[。！？；，\n]|[!?;,](?=\s|$)|\.(?=\s|$)")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")


class Norm(Struct, frozen=True):
    """One rule. A clause that `says` something and is not excused by `unless` breaks it.

    `never`: a reply that breaks it may not be sent at all. `hint` is a better idea, by language.
    """

    id: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    hint: dict[str, str]
    never: bool = False


class Capitals(Struct, frozen=True):
    """The rule against shouting: `words` or more words in capitals, and most of all letters.

    `allowed` are words that are written so, such as KYC.
    """

    words: int
    allowed: frozenset[str]
    hint: dict[str, str]


class Norms(Struct, frozen=True):
    """All rules, in the order in which they are looked at."""

    rules: tuple[Norm, ...] = ()
    capitals: Capitals | None = None


NO_NORMS: Final = Norms()


class Breach(Struct, frozen=True):
    """A norm's id and the words that break it."""

    norm: str
    phrase: str
    never: bool
    hint: dict[str, str]

    def advice(self, lang: Lang) -> str:
        """What to write instead."""
        return self.hint[lang]


def check(text: str, norms: Norms) -> Breach | None:
    """The gravest breach in a reply: one that may never be sent before any other."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    found: Breach | None = None
    for rule in norms.rules:
        if found is not None and not rule.never:
            continue
        phrase = _broken_in(clauses, rule)
        if phrase is not None:
            found = Breach(rule.id, phrase, rule.never, rule.hint)
            if rule.never:
                return found
    return found or _shouting(text, norms.capitals)


def _broken_in(clauses: list[str], rule: Norm) -> str | None:
    for clause in clauses:
        said = rule.says.search(clause)
        if said and not (rule.unless and rule.unless.search(clause)):
            return said[0].strip()
    return None


def _shouting(text: str, capitals: Capitals | None) -> Breach | None:
    if capitals is None:
        return None
    words = [word for word in _WORD.findall(text) if word not in capitals.allowed]
    loud = [word for word in words if word.isupper()]
    letters = sum(map(len, words))
    if len(loud) < capitals.words or 2 * sum(map(len, loud)) < letters:
        return None
    return Breach("capitals", " ".join(loud[:8]), never=False, hint=capitals.hint)
