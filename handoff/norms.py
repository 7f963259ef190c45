"""Service norms: what an agent's reply must not say, and what is shown to the agent who says it.

The rules are an operator's (`norms.yaml`); this module reads replies with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from string import ascii_uppercase
from typing import Final

from msgspec import Struct

from chat.phrases import Lang
from chat.traditional import SIMPLIFIED

_SENTENCE: Final = re.compile(r"[。！？\n]+|[!?]+(?=\s|$)|\.+(?=\s|$)")
_CLAUSE: Final = re.compile(r"[；，]|[;,](?=\s|$)|\s[-–—]+\s|——?|…+|\.\.+")
_WORD: Final = re.compile(r"(?<![\w@/])[A-Za-z]{2,}(?!\w)")
_FULL_WIDTH: Final = {
    wide: wide - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ", "％％")
    for wide in range(ord(first), ord(last) + 1)
}
_SAME: Final = str.maketrans({"您": "你", "妳": "你", "’": "'", "‘": "'", "\u00a0": " "})


_QUOTED: Final = re.compile(
    # One that is not closed on its line is none; an apostrophe is none where letters stand around.
    r"“[^“”\n]{1,300}”|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|\"[^\"\n]{1,300}\""
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,300}'(?!\w)"
)
_SAYS: Final = re.compile(r"[^\W_]")
_SMALL: Final = {ord(letter): letter.lower() for letter in ascii_uppercase}
_HAN: Final = re.compile("[\u3400-\u9fff]")


def folded(text: str) -> str:
    """One form for script, width, quotes and 您; every character keeps its place."""
    return text.translate(SIMPLIFIED).translate(_FULL_WIDTH).translate(_SAME)


def unquoted(text: str) -> str:
    """A folded text with blanks for what it quotes; every character keeps its place. Where nothing
    is said besides, it is no quotation but what the agent says."""
    rest = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    return rest if _SAYS.search(rest) else text


class Patterns(Struct, frozen=True):
    """Regular expressions of what is looked for, in small letters and `folded`; `han` only where a
    text is Chinese. They are compiled when they are first needed."""

    any: str | None = None
    han: str | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """What is found first."""
        found = _compiled(self.any).search(text) if self.any else None
        if found is None and self.han is not None and _HAN.search(text):
            found = _compiled(self.han).search(text)
        return found

    def prepare(self) -> None:
        """Compile them; raises re.error where they are wrong."""
        for expression in (self.any, self.han):
            if expression:
                _compiled(expression)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


NOTHING: Final = Patterns()


class Norm(Struct, frozen=True):
    """One rule. A part of a sentence that `says` something and is not excused by `unless` breaks
    it; so does a whole sentence that says something `across` its parts. The patterns are for
    `folded` text.

    `never`: a reply that breaks it may not be sent at all; what it quotes counts too. `hint` is a
    better idea, by language.
    """

    id: str
    says: Patterns
    unless: Patterns
    hint: dict[str, str]
    never: bool = False
    across: Patterns = NOTHING


class Capitals(Struct, frozen=True):
    """The rule against shouting: `words` or more words in capitals that are most of all letters or
    stand in a row, or nothing but capitals.

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


def prepare(norms: Norms) -> None:
    """Compile all that the rules look for: some tenths of a second, which nobody should wait for
    who has sent a reply."""
    for rule in norms.rules:
        for patterns in (rule.says, rule.across, rule.unless):
            patterns.prepare()


class Breach(Struct, frozen=True):
    """A norm's id and the words that break it."""

    norm: str
    phrase: str
    never: bool
    hint: dict[str, str]

    def advice(self, lang: Lang) -> str:
        """What to write instead."""
        return self.hint[lang]


class _Part(Struct, frozen=True):
    """A stretch of the folded text and where it begins."""

    text: str
    at: int


def check(text: str, norms: Norms) -> Breach | None:
    """The gravest breach in a reply: one that may never be sent before any other. Quoted words,
    mostly the customer's, break only what may never be broken."""
    form = folded(text)
    own = unquoted(form)
    whole, parted = _parted(form), _parted(own)
    found: Breach | None = None
    for rule in norms.rules:
        if found is not None and not rule.never:
            continue
        sentences, clauses = whole if rule.never else parted
        place = _broken_in(clauses, rule.says, rule.unless)
        if place is None:
            place = _broken_in(sentences, rule.across, rule.unless)
        if place is not None:
            found = Breach(rule.id, text[place].strip(), rule.never, rule.hint)
            if rule.never:
                return found
    return found or _shouting(own, norms.capitals)


def _parted(form: str) -> tuple[list[_Part], list[_Part]]:
    """The sentences of a folded text, and their clauses."""
    sentences = _parts([_Part(form.translate(_SMALL), 0)], _SENTENCE)
    return sentences, _parts(sentences, _CLAUSE)


def _parts(wholes: Iterable[_Part], border: re.Pattern[str]) -> list[_Part]:
    found = []
    for whole in wholes:
        begin = 0
        for match in (*border.finditer(whole.text), None):
            end = match.start() if match else len(whole.text)
            # The border stays with what it ends: it tells a question.
            piece = whole.text[begin : match.end() if match else end]
            if whole.text[begin:end].strip():
                found.append(_Part(piece, whole.at + begin))
            begin = match.end() if match else end
    return found


def _broken_in(parts: list[_Part], says: Patterns, unless: Patterns) -> slice | None:
    for part in parts:
        said = says.search(part.text)
        if said and not unless.search(part.text):
            return slice(part.at + said.start(), part.at + said.end())
    return None


def _shouting(text: str, capitals: Capitals | None) -> Breach | None:
    if capitals is None:
        return None
    words = [word for word in _WORD.findall(text) if word not in capitals.allowed]
    loud = [word for word in words if word.isupper()]
    longest = row = 0
    for word in words:
        row = row + 1 if word.isupper() else 0
        longest = max(longest, row)
    most = 2 * sum(map(len, loud)) >= sum(map(len, words))
    only = len(loud) >= 2 and not any(letter.islower() for letter in text)
    if only or longest > capitals.words or (most and len(loud) >= capitals.words):
        return Breach("capitals", " ".join(loud[:8]), never=False, hint=capitals.hint)
    return None
