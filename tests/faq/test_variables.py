"""What differs from company to company is filled in from values.yaml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError, load
from faq.written import read_files

ENTRY = """\
- id: a
  dept: funds
  urgency: normal
  title: {{zh: 费用, en: Fees}}
  answer:
    zh: '{zh}'
    en: '{en}'
  phrasings:
    zh: [问]
    en: [ask]
"""


def base(zh: str, en: str, values: str) -> KnowledgeBase:
    return load({"f.yaml": ENTRY.format(zh=zh, en=en), "answers/values.yaml": values})


def problems(zh: str, en: str, values: str) -> list[str]:
    with pytest.raises(KnowledgeBaseError) as caught:
        base(zh, en, values)
    return [str(problem) for problem in caught.value.problems]


def test_a_variable_is_replaced_in_all_texts() -> None:
    text = ENTRY.format(zh="收 {{fees.btc}}", en="It is {{ fees.btc }}, {{  fees.btc  }}.")
    text = text.replace("en: Fees", "en: '{{ n }} fees'")
    text += "  steps:\n    - {zh: '{{ n }} 步', en: 'step {{ n }}'}\n"
    found = load({"f.yaml": text, "values.yaml": "n: '1'\nfees: {btc: 0.0005 BTC}"}).get("a")
    assert found.answer == {"zh": "收 0.0005 BTC", "en": "It is 0.0005 BTC, 0.0005 BTC."}
    assert found.title["en"] == "1 fees"
    assert found.steps[0] == {"zh": "1 步", "en": "step 1"}


def test_a_value_may_differ_by_language() -> None:
    values = "hours:\n  zh: 每天 9 点到 21 点\n  en: 9 am to 9 pm\n"
    found = base("{{ hours }}在", "We are here {{ hours }}.", values).get("a")
    assert found.answer == {"zh": "每天 9 点到 21 点在", "en": "We are here 9 am to 9 pm."}


@pytest.mark.parametrize(
    ("zh", "values", "says"),
    [
        ("{{ fees.bct }}", "fees:\n  btc: x\nb: {{}}", None),
        (
            "{{ fees.bct }}{{ fees.btc }}",
            "fees:\n  btc: x\n",
            "f.yaml:6: there is no value for “fees.bct”; did you mean “fees.btc”? Or add a line",
        ),
        ("{{ hours }}", "", "f.yaml:6: there is no value for “hours”; add a line for hours to val"),
        ("{{ }}", "", "f.yaml:6: “{{ }}” is no variable; write {{ name }}"),
        ("{{ Fees }}", "", "f.yaml:6: “{{ Fees }}” is no variable; "),
        ("{{ fees.btc }", "", "f.yaml:6: “{{ fees.btc }” is no variable; "),
        ("fees.btc }}", "", "f.yaml:6: “fees.btc }}” is no variable; "),
        ("{ fees.btc }", "", "f.yaml:6: “{ fees.btc }” is no variable; "),
        ("{{ a | upper }}", "", "f.yaml:6: “{{ a | upper }}” is no variable; "),
        (
            "{{ a.__class__ }}",
            "",
            "f.yaml:6: there is no value for “a.__class__”; ",
        ),
        ("x", "a: y\nold: z", "values.yaml:1: no entry uses “a”; delete it, or write {{ a }} in"),
        ("{{ a }}", "a: 0.10", "values.yaml:1: “a” is a number; put it in quotes"),
        ("{{ a }}", "a: true", "values.yaml:1: “a” is a number; put it in quotes"),
        ("{{ a }}", "a:", "values.yaml:1: “a” is no text; "),
        ("{{ a }}", "a: [x]", "values.yaml:1: “a” is no text; "),
        ("{{ a }}", "a:\n  zh: x", "values.yaml:1: “a” says nothing in “en”; add a line"),
        ("{{ a }}", "a:\n  zh: x\n  en: 5", "values.yaml:3: “a” is empty or no text; "),
        ("{{ a }}", "a: '{{ a }}'", "values.yaml:1: “a” has a variable in it; "),
        ("{{ a }}", "A b: x", "values.yaml:1: “A b” is no name; use small letters"),
        ("{{ a }}", "- a", "values.yaml:1: the file is a list; "),
        ("{{ a }}", "a: [", "values.yaml:1: this is not valid YAML"),
    ],
)
def test_a_mistake_is_told_where_it_stands(zh: str, values: str, says: str | None) -> None:
    found = problems(zh, "x", values)
    if says is not None:
        assert any(problem.removeprefix("answers/").startswith(says) for problem in found), found
    assert all("\n" not in problem for problem in found)


def test_a_language_without_the_value_is_told() -> None:
    text = ENTRY.format(zh="x", en="x").replace("zh: 费用", "zh: 费用, fr: '{{ a }}'")
    with pytest.raises(KnowledgeBaseError, match=r"“a” \(values.yaml:1\) says nothing in “fr”"):
        load({"f.yaml": text, "values.yaml": "a: {zh: x, en: y}"})


def test_own_values_prevail_and_the_brand_over_all() -> None:
    files = {
        "f.yaml": ENTRY.format(zh="{{ brand }} {{ a }} {{ b }}", en="{{ brand }}"),
        "values.yaml": "brand: Old\na: 1 BTC\nb: 2 BTC",
    }
    found = read_files(files, {"own.yaml": "a: 3 BTC"}, brand="New").entries["a"]
    assert found.answer == {"zh": "New 3 BTC 2 BTC", "en": "New"}


def test_a_value_is_text_and_nothing_else() -> None:
    """No format, no expression, no second round."""
    value = "{0.__class__} %s ${HOME} \\\\1"
    found = base("{{ a }}", "{{ a }}", f"a: '{value}'").get("a")
    assert found.answer["zh"] == value


@given(st.text(alphabet=st.sampled_from("{} ab.|_%中\n"), max_size=30))
def test_any_text_is_filled_or_refused(text: str) -> None:
    import json

    entry = ENTRY.format(zh="x", en="x").replace("zh: 'x'", f"zh: {json.dumps('x' + text)}")
    try:
        found = load({"f.yaml": entry, "values.yaml": ""}).get("a")
    except KnowledgeBaseError as error:
        assert error.problems
    else:
        assert found.answer["zh"] == "x" + text
        assert "{{" not in text and "}}" not in text
