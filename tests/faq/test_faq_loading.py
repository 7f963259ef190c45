"""The files of a knowledge base: all problems are told at once, each with its place."""

from __future__ import annotations

import pytest

from faq.knowledge_base import KnowledgeBaseError, load

ENTRY = """\
- id: {id}
  dept: funds
  urgency: normal
  title: {{zh: 标题{id}, en: Title {id}}}
  answer: {{zh: 答, en: Answer}}
  phrasings:
    zh: [{zh}]
    en: [{en}]
"""


def entry(id: str, zh: str = "", en: str = "", more: str = "") -> str:
    return ENTRY.format(id=id, zh=zh or f"问{id}", en=en or f"ask {id}") + more


def problems(**files: str) -> list[str]:
    with pytest.raises(KnowledgeBaseError) as caught:
        load({f"{name}.yaml": text for name, text in files.items()})
    assert str(caught.value).splitlines() == [str(each) for each in caught.value.problems]
    return [str(each) for each in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (entry("a") + entry("a"), "f.yaml:9: the id “a” is taken (f.yaml:1); "),
        (entry("A B"), "f.yaml:1: “A B” is no id; "),
        (entry("x" * 60), "f.yaml:1: “" + "x" * 60 + "” is no id; "),
        (entry("a").replace("funds", "Funds!"), "f.yaml:2: “Funds!” is no dept; "),
        (entry("a").replace("normal", "hihg"), "f.yaml:3: “[0].urgency” is 'hihg'; choose one of"),
        (entry("a").replace(", en: Title a", ""), "f.yaml:4: “title” of a says nothing in “en”; "),
        (entry("a").replace("zh: 答", "zh: ' '"), "f.yaml:5: “answer” of a says nothing in “zh”; "),
        (entry("a").replace("    zh: [问a]\n", ""), "f.yaml:6: a has no phrasings in “zh”; "),
        (entry("a", en="ask, '?! 😀'"), "f.yaml:8: a phrasing of a is empty; "),
        (entry("a", more="  related: [b]\n"), "f.yaml:9: a is related to “b”, which does not"),
        (entry("a", more="  related: [a]\n"), "f.yaml:9: a is related to itself; "),
        (entry("a", more="  steps:\n    - {zh: 一}\n"), "f.yaml:10: “steps[0]” of a says nothing"),
        (entry("a", more="  step: []\n"), "f.yaml:9: the key “step” in “[0]” is not known; did"),
        (entry("a", en="Same!") + entry("b", en="same"), "f.yaml:16: “same” also stands in a; "),
        (entry("a") + entry("b", zh="标题a"), "f.yaml:15: “标题a” also stands in a; "),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, says: str) -> None:
    found = problems(f=text)
    assert len(found) == 1
    assert found[0].startswith(says)


def test_all_mistakes_of_all_files_are_told_at_once() -> None:
    found = problems(
        one=entry("a").replace("dept", "depth") + entry("b").replace("normal", "never"),
        two="- [",
        three=entry("c", more="  related: [nobody]\n"),
    )
    assert [each.split(": ")[0] for each in found] == [
        *("one.yaml:2", "one.yaml:11", "two.yaml:1", "three.yaml:9")
    ]


def test_the_same_id_in_two_files_names_the_first() -> None:
    assert "taken (one.yaml:1)" in problems(one=entry("a"), two=entry("a", "别的", "other"))[0]


def test_an_empty_file_has_no_entries() -> None:
    base = load({"none.yaml": "", "notes.yaml": "# later\n", "one.yaml": entry("a")})
    assert list(base.entries) == ["a"]
    assert base.get("a").dept == "funds"
    with pytest.raises(KeyError):
        base.get("b")


def test_a_base_without_entries_hands_over() -> None:
    assert load({}).match("充值没到账").decision == "handover"
