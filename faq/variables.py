"""What differs from company to company stands in answers as `{{ fees.btc_withdraw }}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct
from rapidfuzz import process

from faq.entry import Entry, Texts
from faq.located import Document, InputError
from faq.place import InDocument, Place

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_VARIABLE: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*\}\}")
_BROKEN: Final = re.compile(r"\{\{.{0,40}|.{0,40}\}\}|\{\s*[a-z][a-z0-9_]*\.[a-z0-9_.]+\s*\}")
_LANGUAGES: Final = ("zh", "en")
_CLOSE: Final = 60
"""How alike, of 100, a known name must be to be proposed."""


class Value(Struct, frozen=True):
    """A text that stands for a variable: one for all languages, or one for each."""

    place: Place
    text: str | Texts

    def in_language(self, lang: str) -> str | None:
        """The text in a language; None where there is none."""
        return self.text if isinstance(self.text, str) else self.text.get(lang)


def read_values(document: Document, problems: list[InputError]) -> dict[str, Value]:
    """The values in a file by their dotted names; what is wrong with them joins the problems."""
    found: dict[str, Value] = {}
    try:
        whole = {} if document.is_empty else document.decode("", dict[str, Any])
    except InputError as error:
        problems.append(error)
        return found
    for name, value in _leaves("", whole):
        place = InDocument(document, name)
        wrong = _wrong_value(name, value, place)
        if wrong is None:
            found[name] = Value(place, value)
        else:
            problems.append(wrong)
    return found


def _leaves(above: str, keyed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in keyed.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict) and value and not (value.keys() & {*_LANGUAGES}):
            yield from _leaves(name, value)
        else:
            yield name, value


def _wrong_value(name: str, value: Any, place: Place) -> InputError | None:
    if not _NAME.fullmatch(name):
        return place.wrong(
            "", f"“{name}” is no name", "use small letters, digits and _, such as fees.btc_withdraw"
        )
    if isinstance(value, bool | int | float):
        return place.wrong(
            "", f"“{name}” is a number", "put it in quotes, so that it is shown as you write it"
        )
    texts = {"": value} if isinstance(value, str) else value
    if not isinstance(texts, dict) or not texts:
        return place.wrong("", f"“{name}” is no text", "write a text, or a line for zh and for en")
    for lang in () if isinstance(value, str) else _LANGUAGES:
        if lang not in texts:
            return place.wrong("", f"“{name}” says nothing in “{lang}”", f"add a line “{lang}: …”")
    for lang, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            return place.wrong(lang, f"“{name}” is empty or no text", "write a text in quotes")
        if "{{" in text or "}}" in text:
            return place.wrong(
                lang, f"“{name}” has a variable in it", "write out what it stands for"
            )
    return None


def names_in(text: str) -> set[str]:
    """The variables that a text uses."""
    return set(_VARIABLE.findall(text))


def texts_of(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """All texts of an entry: path, language, text."""
    parts = [("title", entry.title), ("answer", entry.answer)]
    parts += [(f"steps[{index}]", step) for index, step in enumerate(entry.steps)]
    for name, texts in parts:
        for lang, text in texts.items():
            yield f"{name}.{lang}", lang, text
    for lang, phrasings in entry.phrasings.items():
        for index, text in enumerate(phrasings):
            yield f"phrasings.{lang}[{index}]", lang, text


def check_variables(
    entry: Entry, place: Place, values: Mapping[str, Value]
) -> Iterator[InputError]:
    """Variables that are misspelt or mean nothing in their language."""
    for path, lang, text in texts_of(entry):
        broken = _BROKEN.search(_VARIABLE.sub("", text))
        if broken:
            yield place.wrong(
                path,
                f"“{broken[0].strip()}” is no variable",
                "write {{ name }} with two braces on each side, small letters, digits, _ and dots",
            )
        for name in sorted(names_in(text)):
            if name not in values:
                yield place.wrong(path, f"there is no value for “{name}”", _instead(name, values))
            elif values[name].in_language(lang) is None:
                where = values[name].place.where("")
                yield place.wrong(
                    path, f"“{name}” ({where}) says nothing in “{lang}”", f"add “{lang}: …” there"
                )


def _instead(name: str, known: Iterable[str]) -> str:
    near = process.extractOne(name, list(known), score_cutoff=_CLOSE)
    add = f"add a line for {name} to values.yaml"
    return f"did you mean “{near[0]}”? Or {add}" if near else add


def check_used(values: Mapping[str, Value], entries: Iterable[Entry]) -> Iterator[InputError]:
    """Values that no entry uses: often a misspelt name, or a fee that nobody is told any more."""
    used = {name for entry in entries for _, _, text in texts_of(entry) for name in names_in(text)}
    for name, value in values.items():
        if name not in used:
            yield value.place.wrong(
                "", f"no entry uses “{name}”", f"delete it, or write {{{{ {name} }}}} in an entry"
            )


def filled(entry: Entry, values: Mapping[str, Value]) -> Entry:
    """The entry with its variables replaced; those without a value stay as they are."""

    def fill(text: str, lang: str) -> str:
        def say(found: re.Match[str]) -> str:
            value = values.get(found[1])
            said = value.in_language(lang) if value else None
            return found[0] if said is None else said

        return _VARIABLE.sub(say, text) if "{{" in text else text

    def fill_all(texts: Texts) -> Texts:
        return {lang: fill(text, lang) for lang, text in texts.items()}

    return Entry(
        id=entry.id,
        dept=entry.dept,
        urgency=entry.urgency,
        title=fill_all(entry.title),
        answer=fill_all(entry.answer),
        phrasings={
            lang: tuple(fill(text, lang) for text in phrasings)
            for lang, phrasings in entry.phrasings.items()
        },
        steps=tuple(fill_all(step) for step in entry.steps),
        related=entry.related,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
    )
