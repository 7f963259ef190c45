"""Whatever is wrong in a file is told with its line, in plain words; no file can hang us."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from faq import yaml_tree
from faq.located import Document, InputError, decode, line_of


class Web(msgspec.Struct, forbid_unknown_fields=True):
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 80
    host: str | None = None
    kind: Literal["page", "desk"] = "page"


class Shop(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    web: Web | None = None
    titles: dict[Literal["zh", "en"], str] = {}
    words: dict[Literal["zh", "en"], tuple[str, ...]] = {}
    open: bool = True


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(yaml_tree, "_LOADER", yaml.SafeLoader)


def error(text: str, type: type[object] = Shop) -> InputError:
    with pytest.raises(InputError) as caught:
        decode(text, "shop.yaml", type)
    return caught.value


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "problem", "instead"),
    [
        ("name: a\nwbe:\n  port: 1", 2, "“wbe” in the file is not known", "did you mean “web”?"),
        ("name: a\nweb:\n  prot: 1", 3, "“prot” in “web”", "did you mean “port”?"),
        ("name: a\nzzzzzz: 1", 2, "“zzzzzz”", "known here: name, web, titles, words, open"),
        ("name: a\nweb:\n  port: x", 3, "“web.port” is a text", "a whole number, such as 8080"),
        ("name: a\nweb:\n  port: 99999", 3, "“web.port” is out of range", "at most 65535"),
        ("name: a\nweb:\n  host: 5", 3, "“web.host” is a whole number", "in quotes"),
        ("name: a\n\nweb: []", 3, "“web” is a list", "'name: value'"),
        ("name: a\nweb:\n  kind: desks", 3, "“web.kind” is 'desks'", "choose one of: desk, page"),
        ("name: a\nopen: yes", 2, "“open” is a text", "write true or false"),
        ("web: {}", 1, "the file lacks “name”", "add a line “name: …”"),
        ("name: a\ntitles:\n  zh: x\n  en: 3", 4, "“titles.en” is a whole number", "in quotes"),
        ("name: a\ntitles:\n  zh: x\n  fr: y", 4, "“fr” in “titles”", "known here: en, zh"),
        ("name: a\nwords:\n  zh: [b]\n  en:\n    - c\n    - 4", 6, "“words.en[1]”", "in quotes"),
        ("name: a\nname: b", 2, "“name” stands here a second time", "keep one"),
        ("name: a\nweb: {port: 1, port: 2}", 2, "“port” stands here a second time", "keep one"),
        ("name: &x a\ntitles: {zh: *x}", 2, "an alias (*x)", "write the value out"),
        ("name: !!python/object/apply:os.getcwd []", 1, "a tag", "without it"),
        ("name: a\n? [b]\n: c", 2, "a key is not a simple text", "name: value"),
        ("name: a\n<<: {open: true}", 2, "“<<”", "known here"),
        ("name: a\n---\nname: b", 2, "a second document", "keep one"),
        ("name: a\nopen: [", 2, "not valid YAML", "check the indentation"),
        ('web: {}\nname: "a\nopen: true', 2, "not valid YAML", "quotes"),
        ("name: a\nopen:\n\t- b", 3, "not valid YAML", "check the indentation"),
        ("name: a\ntitles:\n  zh: \x07", 3, "U+0007", "save the file as UTF-8"),
        ("name: a\ntitles: {zh: \ud800}", 2, "U+D800", "save the file as UTF-8"),
        ("- a", 1, "the file is a list", "'name: value'"),
        ("", 1, "the file is empty", "'name: value'"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, problem: str, instead: str) -> None:
    found = error(text)
    assert (found.file, found.line) == ("shop.yaml", line)
    assert problem in found.problem
    assert instead in found.instead
    assert str(found) == f"shop.yaml:{line}: {found.problem}; {found.instead}"
    assert "\n" not in str(found)


def test_a_value_is_not_repeated_for_it_may_be_a_secret() -> None:
    assert "hunter2" not in str(error("name: a\nweb: {port: hunter2}"))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "{a: " * 50_000,
        "- " * 50_000,
        "? " * 50_000,
        "\n".join(" " * depth + "a:" for depth in range(200)),
        "a: " + "[" * 31 + "]" * 31,
        "a: &a [x]\n"
        + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abc", "bcd", strict=True)),
        "a: &a [*a]",
        "a: b\n" * 300_000,
    ],
    ids=["flow", "maps", "dashes", "questions", "indents", "too-deep", "bomb", "itself", "large"],
)
def test_a_bomb_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError):
        decode(text, "bomb.yaml", dict)


@pytest.mark.usefixtures("parser")
def test_as_deep_as_allowed_is_read() -> None:
    assert decode("[" * 30 + "]" * 30, "deep.yaml", list) != []


@pytest.mark.usefixtures("parser")
def test_words_mean_what_a_reader_expects() -> None:
    text = (
        "[no, yes, on, 2024-13-45, 12:30, 007x, 1_000, '5', " + "9" * 30 + ", 7, -2.5, true, ~, '']"
    )
    assert decode(text, "f", list) == [
        *("no", "yes", "on", "2024-13-45", "12:30", "007x", "1_000", "5", "9" * 30),
        *(7, -2.5, True, None, ""),
    ]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert decode("\ufeffname: a", "f", Shop).name == "a"


def test_a_path_leads_to_its_line_or_the_nearest_above() -> None:
    text = "a:\n  - b: 1\n    c:\n      d: 2\n  - e"
    assert [line_of(text, path) for path in ("", "a", "a[0].c.d", "a[0].c.x", "a[1]", "a[9]")] == [
        *(1, 1, 4, 3, 5, 1)
    ]


def test_items_of_an_empty_text_are_none_and_of_a_mapping_an_error() -> None:
    assert Document("# nothing yet\n", "f").items() == []
    assert Document("- a\n- b", "f").items() == ["[0]", "[1]"]
    with pytest.raises(InputError, match="f:1: the file is keys with values"):
        Document("a: b", "f").items()


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#?,% \n\t\x00é中"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        decode(text, "any.yaml", Shop)
    except InputError as found:
        assert 1 <= found.line <= text.count("\n") + 1
