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
        (entry("a", more="  valid_from: 2026-02-30\n"), "f.yaml:9: “2026-02-30” is no day; "),
        (entry("a", more="  valid_until: soon\n"), "f.yaml:9: “soon” is no day; write year-month"),
        (
            entry("a", more="  valid_from: 2026-03-01\n  valid_until: 2026-02-01\n"),
            "f.yaml:10: a ends before it begins (2026-03-01); ",
        ),
        (
            entry("a").replace("zh: 标题a", "zh: 标题a, English: x"),
            "f.yaml:4: “English” is no language; write zh, en or a code such as fr",
        ),
        (
            entry("a", more="  steps:\n    - {zh: 一, en: one, fr: un}\n    - {zh: 二, en: b}\n"),
            "f.yaml:11: “steps[1]” of a says nothing in “fr”; ",
        ),
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


def test_more_languages_may_be_written() -> None:
    text = entry("a").replace("en: Answer", "en: Answer, fr: Réponse")
    base = load({"f.yaml": text.replace("    en: [ask a]", "    en: [ask a]\n    fr: [où est-ce]")})
    assert base.get("a").answer["fr"] == "Réponse"
    assert base.match("où est-ce").candidates[0].id == "a"


def test_an_entry_holds_on_its_days_only() -> None:
    text = entry("a", more="  valid_from: 2026-02-01\n  valid_until: 2026-02-28\n") + entry(
        "b", "别的问题", "something else", "  related: [a]\n"
    )
    days = ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
    assert [list(load({"f.yaml": text}, day).entries) for day in days] == [
        *(["b"], ["a", "b"], ["a", "b"], ["b"])
    ]
    gone = load({"f.yaml": text}, "2026-03-01")
    assert gone.match("问a").candidates == ()
    assert gone.get("b").related == ()


def test_entries_of_different_days_may_be_asked_alike() -> None:
    text = entry("a", "同一句", "the same", "  valid_until: 2026-02-28\n") + entry(
        "b", "同一句", "the same", "  valid_from: 2026-03-01\n"
    )
    assert load({"f.yaml": text}, "2026-03-01").match("同一句").candidates[0].id == "b"
    assert len(problems(f=text.replace("2026-03-01", "2026-02-28"))) == 2
