"""Drafts what would fill gaps, for an editor to review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from chat.phrases import LANGS, Lang
from faq.clustering import key_of
from faq.entry import Entry, Texts
from faq.gap_text import NEAR, told
from faq.gaps import Example, Gap
from faq.language import detect
from faq.normal import normalise
from faq.parts import is_one_word, syllable
from faq.writing import inline, printable, to_yaml

_SHOWN: Final = 12
_PHRASINGS_MOST: Final = 12
_TITLE_LENGTH: Final = 40
_ID_LENGTH: Final = 40
_ID_WORDS: Final = 4

_DULL_WORDS: Final = (
    "a an and any are as at be but by can could do does for from have how i if in is it me my need "
    "of on or please so some the this to want was we what when where which who why will with would "
    "you your xlink xhash xaddress xamount"
)
_DULL: Final = frozenset(_DULL_WORDS.split())
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_BRACES: Final = re.compile(r"\{[{\s]*|[}\s]*\}")

HEADING: Final = """\
# Drafts of answers that customers looked for in vain. Nothing here is in use.
# Read each one and mend it: the words are customers' and agents' own. Fill in what is missing,
# write “reviewed: yes”, and run: kefu faq accept {file}
# What you do not want you delete, or leave at “reviewed: no”.
"""


def write_drafts(gaps: Iterable[Gap], known: Mapping[str, Entry], file: str) -> str:
    """The text of a file; `known` are the base's entries. Reading it takes nothing into use."""
    taken = set(known)
    pieces = [HEADING.format(file=file)]
    for gap in gaps:
        comment = "".join(f"# {printable(line)}\n" for line in told(gap, _SHOWN))
        pieces.append(comment + _body(gap, known, taken))
    return "\n".join(pieces)


def _body(gap: Gap, known: Mapping[str, Entry], taken: set[str]) -> str:
    phrasings = _phrasings(gap.examples)
    match gap.remedy:
        case "entry":
            entry = _entry(gap, phrasings, known, taken)
            taken.add(entry.id)
            first, _, rest = to_yaml([entry]).partition("\n")
            return f"{first}\n  reviewed: no\n{rest}"
        case "phrasing" if any(phrasings.values()):
            return "\n".join(_for_entry(gap.nearest, phrasings)) + "\n"
    # An answer is mended where it stands.
    return ""


def _entry(
    gap: Gap,
    phrasings: Mapping[Lang, tuple[str, ...]],
    known: Mapping[str, Entry],
    taken: set[str],
) -> Entry:
    near = known.get(gap.nearest) if gap.chance >= NEAR else None
    titles: Texts = {
        lang: _title([e.text for e in gap.examples if _lang(e) == lang]) for lang in LANGS
    }
    answers: Texts = dict.fromkeys(LANGS, "")
    for reply in reversed(gap.replies):
        answers[detect(reply, "zh")] = _harmless(reply.strip())
    return Entry(
        id=_id(gap, taken),
        dept=near.dept if near else "general",
        urgency="normal",
        title=titles,
        answer=answers,
        phrasings={lang: phrasings.get(lang, ()) for lang in LANGS},
    )


def _for_entry(entry: str, phrasings: Mapping[Lang, tuple[str, ...]]) -> Iterator[str]:
    yield f"- phrasings_for: {inline(entry)}"
    yield "  reviewed: no"
    yield "  phrasings:"
    for lang, texts in phrasings.items():
        if texts:
            yield f"    {lang}:"
            yield from (f"      - {inline(text)}" for text in texts)


def _lang(example: Example) -> Lang:
    """That of the words; a customer may write in another than they chose."""
    return detect(example.text, example.lang)


def _phrasings(examples: Sequence[Example]) -> dict[Lang, tuple[str, ...]]:
    """Customers' own words by language; no single words, as these fit many topics."""
    found: dict[Lang, list[str]] = {lang: [] for lang in LANGS}
    for example in examples:
        text = " ".join(_harmless(example.text).split())
        own = found[_lang(example)]
        if len(own) < _PHRASINGS_MOST and not is_one_word(normalise(text)):
            own.append(text)
    return {lang: tuple(texts) for lang, texts in found.items()}


def _title(texts: Sequence[str]) -> str:
    """The shortest of the commonest, as a title is short."""
    short = min((" ".join(_harmless(t).split()) for t in texts[:5]), key=len, default="")
    title = short.rstrip("?？!！.。~ ")
    title = title if len(title) <= _TITLE_LENGTH else f"{title[: _TITLE_LENGTH - 1]}…"
    return title[:1].upper() + title[1:]


def _harmless(text: str) -> str:
    """Braces would be a variable."""
    return _BRACES.sub(lambda found: "(" if "{" in found[0] else ")", text)


def _id(gap: Gap, taken: set[str]) -> str:
    """A name of the commonest words, English before Chinese."""
    ordered = sorted(gap.examples, key=lambda each: _HAN.search(each.text) is not None)
    key = key_of(ordered[0].text)
    words = [word for word in re.findall(r"[a-z0-9]+", key) if word not in _DULL]
    if not words:
        words = [syllable(char).lstrip("~") for char in _HAN.findall(key)]
        words = [word for word in words if re.fullmatch("[a-z]+", word)]
    name = "new." + ("_".join(words[:_ID_WORDS])[:_ID_LENGTH].strip("_") or "question")
    number = 1
    found = name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found
