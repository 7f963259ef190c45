"""What is wrong in a knowledge base is told with file and line, all of it at once."""

from __future__ import annotations

import pytest

from faq.knowledge_base import KnowledgeBaseError, load

GOOD = """\
- id: a.one
  dept: general
  urgency: normal
  title: {zh: 一, en: One}
  answer: {zh: 答一, en: Answer one}
  phrasings:
    zh: [第一个问题]
    en: [the first question]
"""


def problems(**files: str) -> list[str]:
    with pytest.raises(KnowledgeBaseError) as caught:
        load({f"{name}.yaml": text for name, text in files.items()})
    return str(caught.value).splitlines()


def test_a_good_file_loads() -> None:
    assert list(load({"a.yaml": GOOD}).entries) == ["a.one"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("urgency: normal", "urgency: soon", 3, "soon"),
        ("urgency: normal", "urgncy: normal", 3, "urgency"),
        ("dept: general", "dept: 3", 2, "text"),
        ("answer: {zh: 答一, en: Answer one}", "answer: {zh: 答一}", 5, "en"),
        ("    en: [the first question]", "    en: []", 8, "en"),
        ("  dept: general\n", "", 1, "dept"),
        ("id: a.one", "id: 'A one'", 1, "A one"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, says: str) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    found = problems(a=text)
    assert any(p.startswith(f"a.yaml:{line}: ") and says in p for p in found), found


def test_all_files_are_told_of_at_once() -> None:
    found = problems(a=GOOD.replace("urgency: normal", "urgency: soon"), b="- [", c="x: 1")
    assert {p.partition(":")[0] for p in found} == {"a.yaml", "b.yaml", "c.yaml"}


def test_an_id_that_is_taken() -> None:
    found = problems(a=GOOD, b=GOOD.replace("问题", "提问").replace("question", "query"))
    assert any(p.startswith("b.yaml:1: ") and "a.one" in p for p in found)


def test_a_phrasing_in_two_entries() -> None:
    found = problems(a=GOOD, b=GOOD.replace("a.one", "b.two"))
    assert any(p.startswith("b.yaml:") and "第一个问题" in p for p in found)


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "[" * 10_000,
        "!!python/object/apply:os.system ['true']",
        "- " * 20_000,
    ],
)
def test_yaml_bombs_are_refused(bomb: str) -> None:
    (found, *_) = problems(a=bomb)
    assert found.startswith("a.yaml:1: ") or found.startswith("a.yaml:2: ")
