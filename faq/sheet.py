"""The knowledge base as a table that a support lead edits in a spreadsheet: one row an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, cast, get_args

from msgspec import Struct
from rapidfuzz import process

from chat.phrases import LANGS
from faq.entry import Entry, Texts, Urgency
from faq.input_error import InputError
from faq.place import Place
from faq.written import is_values

_BEFORE: Final = ("file", "id", "dept", "urgency", "valid_from", "valid_until", "related")
_TEXTS: Final = ("title", "answer", "phrasings", "steps")
_NEEDED: Final = (
    *("id", "dept", "urgency"),
    *(f"{kind}.{lang}" for kind in _TEXTS[:3] for lang in LANGS),
)
_FILE: Final = re.compile(r"\w[\w-]*(/\w[\w-]*)*\.ya?ml")
_STEP: Final = re.compile(r"steps\[(\d+)\]\.(.+)")
_LINE: Final = re.compile(r"(.+)\[(\d+)\]")
_CLOSE: Final = 60
"""How alike, of 100, a known column must be to be proposed."""

Cells = tuple[str, ...]
Wrong = Callable[[str, str, str], InputError]


class CellError(InputError):
    """Something wrong in a cell; `str()` names file, sheet, row and column in one line."""

    def __init__(self, source: str, row: int, column: str, problem: str, instead: str) -> None:
        super().__init__(source, row, problem, instead)
        where = f"{source}, row {row}, column {column}" if column else f"{source}, row {row}"
        self.args = (f"{where}: {problem}; {instead}",)


class InRow(Struct, frozen=True):
    """The place of an entry in a table; `source` names the file, and its sheet if it has any."""

    source: str
    row: int

    def wrong(self, below: str, problem: str, instead: str) -> CellError:
        """See `faq.place.Place`."""
        return CellError(self.source, self.row, _column(below), problem, instead)

    def where(self, below: str) -> str:
        """See `faq.place.Place`."""
        return f"{self.source}, row {self.row}, column {_column(below or 'id')}"


def _column(path: str) -> str:
    if step := _STEP.fullmatch(path):
        return f"steps.{step[2]} (line {int(step[1]) + 1})"
    if line := _LINE.fullmatch(path):
        return f"{line[1]} (line {int(line[2]) + 1})"
    return path


class Sheet(Struct, frozen=True):
    """What a table holds: entries by id, where each stands, and the file that it is kept in."""

    entries: dict[str, Entry]
    places: dict[str, Place]
    files: dict[str, str]


# ── to a table ───────────────────────────────────────────────────────────────────────────────


def to_table(entries: Mapping[str, Entry], files: Mapping[str, str]) -> Iterator[Cells]:
    """A row of headings, then a row for each entry; `files` says by id where each is kept."""
    langs = tuple(
        dict.fromkeys(
            (
                *LANGS,
                *(lang for entry in entries.values() for lang in (*entry.title, *entry.answer)),
                *(lang for entry in entries.values() for lang in entry.phrasings),
                *(lang for entry in entries.values() for step in entry.steps for lang in step),
            )
        )
    )
    yield (*_BEFORE, *(f"{kind}.{lang}" for kind in _TEXTS for lang in langs))
    for entry in entries.values():
        yield (
            files[entry.id],
            entry.id,
            entry.dept,
            entry.urgency,
            entry.valid_from or "",
            entry.valid_until or "",
            ", ".join(entry.related),
            *(entry.title.get(lang, "").strip() for lang in langs),
            *(_tidy(entry.answer.get(lang, "")) for lang in langs),
            *(_phrasings(entry.phrasings.get(lang, ())) for lang in langs),
            *(_steps(entry.steps, lang) for lang in langs),
        )


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _phrasings(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def _steps(steps: Iterable[Texts], lang: str) -> str:
    """A line each; what goes on over several is set in."""
    told = [_tidy(step[lang]) for step in steps if lang in step]
    lines = (line for text in told for line in _set_in(text))
    return "\n".join(lines)


def _set_in(text: str) -> Iterator[str]:
    for number, line in enumerate(filter(None, map(str.strip, text.split("\n")))):
        yield f"  {line}" if number else line


# ── from a table ─────────────────────────────────────────────────────────────────────────────


def from_table(
    rows: Iterable[Sequence[str]], source: str, files: Mapping[str, str], problems: list[InputError]
) -> Sheet:
    """The entries of a table; what is wrong joins the problems.

    `files` says where known entries are kept, for rows that do not say it.
    """
    sheet = Sheet({}, {}, {})
    numbered = enumerate(rows, start=1)
    headings = [cell.strip() for cell in next(numbered, (1, ()))[1]]
    wrong_headings = list(_wrong_headings(headings, source))
    problems += wrong_headings
    if wrong_headings:
        return sheet
    for number, row in numbered:
        texts = [cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row]
        cells = dict(zip(headings, texts, strict=False))
        if not any(texts):
            continue
        place = InRow(source, number)
        entry = _entry(cells, place, problems)
        if entry is None:
            continue
        if entry.id in sheet.entries:
            first = sheet.places[entry.id].where("id")
            problems.append(
                place.wrong(
                    "id", f"the id “{entry.id}” is taken ({first})", "delete one of the two rows"
                )
            )
            continue
        file = cells.get("file") or files.get(entry.id) or f"{entry.id.partition('.')[0]}.yaml"
        if not _FILE.fullmatch(file) or is_values(file):
            problems.append(
                place.wrong(
                    "file",
                    f"“{file}” is no file for entries",
                    "write a name such as account.yaml, or leave it empty",
                )
            )
            continue
        sheet.entries[entry.id] = entry
        sheet.places[entry.id] = place
        sheet.files[entry.id] = file
    return sheet


def _wrong_headings(headings: Sequence[str], source: str) -> Iterator[CellError]:
    known = [*_BEFORE, *(f"{kind}.{lang}" for kind in _TEXTS for lang in LANGS)]
    for needed in _NEEDED:
        if needed not in headings:
            yield CellError(
                source, 1, "", f"there is no column “{needed}”", "write its name in the first row"
            )
    for index, heading in enumerate(headings):
        kind, _, lang = heading.partition(".")
        name = heading or f"number {index + 1}"
        if heading in headings[:index] and heading:
            yield CellError(source, 1, name, "the column stands there twice", "delete one of them")
        elif heading and heading not in _BEFORE and not (kind in _TEXTS and lang):
            near = process.extractOne(heading, known, score_cutoff=_CLOSE)
            instead = f"did you mean “{near[0]}”?" if near else "delete the column"
            yield CellError(source, 1, name, "the column is not known", instead)


def _entry(cells: Mapping[str, str], place: InRow, problems: list[InputError]) -> Entry | None:
    urgency = cells["urgency"]
    if urgency not in get_args(Urgency):
        choices = ", ".join(get_args(Urgency))
        problems.append(
            place.wrong("urgency", f"“{urgency}” is no urgency", f"choose one of: {choices}")
        )
        return None
    steps = {lang: _read_steps(cell) for lang, cell in _by_language(cells, "steps")}
    counts = {lang: len(told) for lang, told in steps.items()}
    most = max(counts.values(), default=0)
    for lang in (*LANGS, *counts):
        if most and counts.get(lang, 0) != most:
            problems.append(
                place.wrong(
                    f"steps.{lang}",
                    f"there are {counts.get(lang, 0)} steps here and {most} in another language",
                    "write a line for each step; set in the lines that go on with one",
                )
            )
            return None
    return Entry(
        id=cells["id"],
        dept=cells["dept"],
        urgency=cast(Urgency, urgency),
        title=dict(_by_language(cells, "title")),
        answer={lang: _tidy(cell) for lang, cell in _by_language(cells, "answer")},
        phrasings={
            lang: tuple(filter(None, map(str.strip, cell.split("\n"))))
            for lang, cell in _by_language(cells, "phrasings")
        },
        steps=tuple({lang: told[index] for lang, told in steps.items()} for index in range(most)),
        related=tuple(re.findall(r"[^\s,，、;；]+", cells.get("related", ""))),
        valid_from=cells.get("valid_from") or None,
        valid_until=cells.get("valid_until") or None,
    )


def _by_language(cells: Mapping[str, str], kind: str) -> Iterator[tuple[str, str]]:
    for heading, cell in cells.items():
        if cell and heading.startswith(f"{kind}."):
            yield heading.removeprefix(f"{kind}."), cell


def _read_steps(cell: str) -> list[str]:
    told: list[str] = []
    for line in cell.split("\n"):
        if line.startswith(("  ", "\t", "\u3000")) and told and line.strip():
            told[-1] += f"\n{line.strip()}"
        elif line.strip():
            told.append(line.strip())
    return told
