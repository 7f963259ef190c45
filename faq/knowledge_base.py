"""The knowledge base: entries from files, checked, ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from chat.phrases import LANGS, Lang
from faq.entry import Entry
from faq.language import detect
from faq.located import InputError, decode, line_of
from faq.matching import MAYBE, MOST, Candidate, Match, Matcher, all_phrasings, decide
from faq.normal import normalise

_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


class KnowledgeBaseError(ValueError):
    """All that is wrong with the files; one `file:line: problem; instead` a line."""

    def __init__(self, problems: list[InputError]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class KnowledgeBase:
    """Entries by id, and the matcher over their phrasings."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries: Final = dict(entries)
        self._matcher = Matcher(all_phrasings(self.entries))

    def get(self, entry_id: str) -> Entry:
        """An entry. Raises KeyError."""
        return self.entries[entry_id]

    def match(self, text: str, lang: Lang | None = None) -> Match:
        """What to do with a question; `lang` is the customer's language, where it is known."""
        lang = lang or detect(text, "zh")
        exact = self._matcher.exact(text)
        if exact is not None:
            return Match("answer", lang, (Candidate(exact, 1.0),))
        ranked = self._matcher.rank(text)
        decision = decide(ranked, text)
        if decision == "handover":
            return Match("handover", lang)
        return Match(decision, lang, tuple(c for c in ranked[:MOST] if c.score >= MAYBE))


def load(files: Mapping[str, str]) -> KnowledgeBase:
    """A knowledge base from files (name to text), each a list of entries.

    Raises KnowledgeBaseError with everything that is wrong in any of them.
    """
    problems: list[InputError] = []
    entries: dict[str, Entry] = {}
    places: dict[str, tuple[str, str, int]] = {}
    for file, text in files.items():
        try:
            found = decode(text or "[]", file, tuple[Entry, ...])
        except InputError as error:
            problems.append(error)
            continue
        for index, entry in enumerate(found):
            if entry.id in entries:
                other, _, _ = places[entry.id]
                problems.append(
                    _wrong(
                        text,
                        file,
                        f"[{index}].id",
                        f"the id “{entry.id}” is taken in {other}",
                        "give this entry another id",
                    )
                )
                continue
            entries[entry.id] = entry
            places[entry.id] = (file, text, index)
    for entry in entries.values():
        file, text, index = places[entry.id]
        problems += _problems(entry, text, file, index, entries)
    problems += _repeated(entries, places)
    if problems:
        raise KnowledgeBaseError(problems)
    return KnowledgeBase(entries)


def _wrong(text: str, file: str, path: str, problem: str, instead: str) -> InputError:
    return InputError(file, line_of(text, path), problem, instead)


def _problems(
    entry: Entry, text: str, file: str, index: int, entries: Mapping[str, Entry]
) -> list[InputError]:
    found = []
    for name in ("id", "dept"):
        if not _NAME.fullmatch(getattr(entry, name)):
            found.append(
                _wrong(
                    text,
                    file,
                    f"[{index}].{name}",
                    f"“{getattr(entry, name)}” is no {name}",
                    "use small letters, digits, _ and dots, such as deposit.missing",
                )
            )
    for name, texts in (
        ("title", entry.title),
        ("answer", entry.answer),
        *((f"steps[{n}]", step) for n, step in enumerate(entry.steps)),
    ):
        for lang in LANGS:
            if not texts.get(lang, "").strip():
                found.append(
                    _wrong(
                        text,
                        file,
                        f"[{index}].{name}",
                        f"{entry.id} has no {name} in “{lang}”",
                        f"add a line “{lang}: …”",
                    )
                )
    for lang in LANGS:
        phrasings = entry.phrasings.get(lang, ())
        if not phrasings or any(not normalise(p) for p in phrasings):
            found.append(
                _wrong(
                    text,
                    file,
                    f"[{index}].phrasings.{lang}",
                    f"{entry.id} has no phrasings, or an empty one, in “{lang}”",
                    "write how customers ask this, a line each",
                )
            )
    for n, other in enumerate(entry.related):
        if other not in entries:
            found.append(
                _wrong(
                    text,
                    file,
                    f"[{index}].related[{n}]",
                    f"{entry.id} is related to “{other}”, which does not exist",
                    "name an entry's id, or take the line out",
                )
            )
    return found


def _repeated(
    entries: Mapping[str, Entry], places: Mapping[str, tuple[str, str, int]]
) -> list[InputError]:
    """Phrasings that stand in two entries: a question cannot mean both."""
    owner: dict[str, str] = {}
    found = []
    for entry in entries.values():
        file, text, index = places[entry.id]
        for lang, phrasings in entry.phrasings.items():
            for n, phrasing in enumerate(phrasings):
                other = owner.setdefault(normalise(phrasing), entry.id)
                if other != entry.id:
                    found.append(
                        _wrong(
                            text,
                            file,
                            f"[{index}].phrasings.{lang}[{n}]",
                            f"“{phrasing}” also stands in {other}",
                            "keep it in one of the two",
                        )
                    )
    return found
