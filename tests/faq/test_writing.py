"""What is written as YAML, or as a table, reads back as the same entries."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.entry import Entry
from faq.located import Document, InputError
from faq.sheet import from_table, to_table
from faq.writing import to_yaml

LANGUAGES = ("zh", "en", "fr")
WORDS = st.sampled_from(
    [
        *(
            "yes",
            "no",
            "null",
            "~",
            "007",
            "1.5",
            "2026-01-01",
            "a: b",
            "a #b",
            "- x",
            "'q'",
            '"q"',
        ),
        *("{{ fees.btc }}", "[x]", "{y}", "*a", "&b", "!c", "|", ">-", "%d", "@e", "`f`", "?", ":"),
        *(
            "=1+1",
            "+1",
            "-1",
            "@cmd",
            "'=1",
            "''=x",
            "＝1",
            "提币",
            "费用，怎么算？",
            "😀",
            "\\n",
            "---",
        ),
        *("trailing:", "_x000D_", "_x0041_", "a,b;c", "word", "another", "one more", "é", "#"),
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
PARAGRAPHS = st.lists(st.one_of(LINE, st.just("")), min_size=1, max_size=4).map(
    lambda lines: "\n".join(["first", *lines, "last"]) if len(lines) > 1 else lines[0] or "x"
)
ID = st.from_regex(r"[a-z]{1,6}(\.[a-z0-9_]{1,6})?", fullmatch=True)
DAY = st.none() | st.just("2026-12-31")


def by_language(texts: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({"zh": texts, "en": texts}, optional={"fr": texts})


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Entry]:
    found = {}
    for id in draw(st.lists(ID, min_size=1, max_size=3, unique=True)):
        steps = draw(st.lists(st.tuples(LINE, LINE, LINE), max_size=3))
        langs = draw(st.sampled_from([LANGUAGES[:2], LANGUAGES]))
        found[id] = msgspec.convert(
            {
                "id": id,
                "dept": draw(ID),
                "urgency": draw(st.sampled_from(["normal", "high", "critical"])),
                "title": draw(by_language(LINE)),
                "answer": draw(by_language(PARAGRAPHS)),
                "phrasings": draw(by_language(st.lists(LINE, min_size=1, max_size=3))),
                "steps": [dict(zip(langs, step, strict=False)) for step in steps],
                "related": draw(st.lists(ID, max_size=2)),
                "valid_from": draw(DAY),
                "valid_until": draw(DAY),
            },
            Entry,
        )
    return found


def read(text: str) -> dict[str, Entry]:
    document = Document(text, "f.yaml")
    found = (document.decode(path, Entry) for path in document.items())
    return {entry.id: entry for entry in found}


@given(entries())
@settings(max_examples=300, deadline=None)
def test_yaml_reads_back(known: dict[str, Entry]) -> None:
    assert read(to_yaml(known.values())) == known


@given(st.text(max_size=60).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
@settings(max_examples=500, deadline=None)
def test_any_text_reads_back_from_yaml(text: str) -> None:
    texts = {"zh": text, "en": text * 5}
    entry = Entry("a", "b", "normal", texts, texts, {"zh": (text,)}, (texts,))
    assert read(to_yaml([entry]))["a"] == entry


@given(entries())
def test_a_table_reads_back(known: dict[str, Entry]) -> None:
    files = dict.fromkeys(known, "some/file.yaml")
    problems: list[InputError] = []
    sheet = from_table(list(to_table(known, files)), "t", {}, problems)
    assert problems == []
    assert sheet.entries == known
    assert sheet.files == files


def test_yaml_is_as_people_write_it() -> None:
    entry = Entry(
        id="fees.withdraw",
        dept="funds",
        urgency="normal",
        title={"zh": "提币手续费", "en": "Fees: what they are"},
        answer={"zh": "一、看页面。\n二、再提。", "en": " ".join(["long"] * 30)},
        phrasings={"zh": ("手续费是多少",), "en": ("what's the fee", "no", "#1 fee")},
        steps=({"zh": "打开", "en": "Open “Assets”"},),
        related=("fees.gas",),
        valid_until="2026-12-31",
    )
    assert to_yaml([entry]) == (
        """\
- id: fees.withdraw
  dept: funds
  urgency: normal
  valid_until: 2026-12-31
  title:
    zh: 提币手续费
    en: "Fees: what they are"
  answer:
    zh: |-
      一、看页面。
      二、再提。
    en: >-
      long long long long long long long long long long long long long long long long long long long
      long long long long long long long long long long long
  steps:
    - zh: 打开
      en: Open “Assets”
  phrasings:
    zh:
      - 手续费是多少
    en:
      - what's the fee
      - no
      - "#1 fee"
  related: [fees.gas]
"""
    )


HEADINGS = (
    *("file", "id", "dept", "urgency", "title.zh", "title.en", "answer.zh", "answer.en"),
    *("phrasings.zh", "phrasings.en", "steps.zh", "steps.en", "related"),
)
ROW = ("", "a.b", "x", "normal", "题", "T", "答", "A", "问一\n\n 问二 ", "ask", "", "", "")


def problems_of(*rows: tuple[str, ...]) -> list[str]:
    problems: list[InputError] = []
    from_table(rows, "t.xlsx, sheet knowledge", {}, problems)
    return [str(problem) for problem in problems]


def changed(**cells: str) -> tuple[str, ...]:
    named = {name.replace("_", "."): text for name, text in cells.items()}
    return tuple(named.get(name, cell) for name, cell in zip(HEADINGS, ROW, strict=True))


def test_lines_of_a_cell_are_read_as_a_person_means_them() -> None:
    problems: list[InputError] = []
    row = changed(steps_zh="一\n  接着一\n\n二", steps_en="one\r\ntwo", related="c.d， e.f")
    sheet = from_table([HEADINGS, row, ("", "", ""), ()], "t", {}, problems)
    assert problems == []
    found = sheet.entries["a.b"]
    assert found.phrasings["zh"] == ("问一", "问二")
    assert found.steps == ({"zh": "一\n接着一", "en": "one"}, {"zh": "二", "en": "two"})
    assert found.related == ("c.d", "e.f")
    assert sheet.files == {"a.b": "a.yaml"}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((), ["row 1: there is no column “id”"]),
        (((*HEADINGS[:-1], "realted"), ROW), ["row 1, column realted: the column is not known"]),
        (((*HEADINGS, "id"), ROW), ["row 1, column id: the column stands there twice"]),
        (
            (HEADINGS, changed(urgency="soon")),
            ["row 2, column urgency: “soon” is no urgency; choose one of: normal, high, critical"],
        ),
        ((HEADINGS, ROW, ROW), ["row 3, column id: the id “a.b” is taken (t.xlsx, sheet know"]),
        (
            (HEADINGS, changed(steps_zh="一\n二", steps_en="one")),
            ["row 2, column steps.en: there are 1 steps here and 2 in another language"],
        ),
        ((HEADINGS, changed(file="../x.yaml")), ["row 2, column file: “../x.yaml” is no file"]),
        ((HEADINGS, changed(file="/etc/x.yaml")), ["row 2, column file: "]),
        ((HEADINGS, changed(file="values.yaml")), ["row 2, column file: "]),
        ((HEADINGS, changed(file=".x.yaml")), ["row 2, column file: "]),
    ],
)
def test_a_mistake_names_row_and_column(rows: tuple[tuple[str, ...], ...], says: list[str]) -> None:
    found = problems_of(*rows)
    assert all(problem.startswith("t.xlsx, sheet knowledge, row ") for problem in found)
    for each in says:
        assert any(f"t.xlsx, sheet knowledge, {each}" in problem for problem in found), found
