"""Reads the service norms: what an agent's reply must not say."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Final

from msgspec import Struct

from chat.phrases import Lang
from faq.located import Document, InputError
from handoff.norms import Capitals, Norm, Norms, Patterns, folded

_SHIPPED: Final = "norms.yaml"
_NAME: Final = re.compile(r"\{([^\W\d]\w*)\}")
_CAPITAL: Final = re.compile(r"(\\.)|([A-Z])")
_LATIN: Final = re.compile(r"[A-Za-z]")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_ESCAPE: Final = "escape signs such as ( ) [ ] ? * + with a backslash"
_GAPS: Final = ((" ... ", ".{0,40}?"), (" .. ", ".{0,12}?"))


class _Rule(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    hint: dict[Lang, str]
    says: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    never: bool = False


class _Capitals(Struct, frozen=True, forbid_unknown_fields=True):
    words: int
    hint: dict[Lang, str]
    allowed: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, tuple[str, ...]] = {}
    norms: tuple[_Rule, ...] = ()
    capitals: _Capitals | None = None
    extends: bool = False


def read_norms(path: str | None) -> Norms:
    """The rules in a file, or the built-in ones. Raises InputError."""
    file = Path(path) if path else Path(str(files("handoff"))) / _SHIPPED
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(file), 1, f"the file cannot be read: {error}", "name another"
        ) from None
    return parse_norms(text, str(path or file.name))


def parse_norms(text: str, file: str) -> Norms:
    """The rules in a YAML text, after the built-in ones where it `extends` them: a rule with the
    id of a built-in one replaces it. Raises InputError."""
    document = Document(text or "{}", file)
    said = document.decode("", _File)
    sources = [(document, said)]
    if said.extends:
        shipped = Document((Path(str(files("handoff"))) / _SHIPPED).read_text("utf-8"), _SHIPPED)
        sources.insert(0, (shipped, shipped.decode("", _File)))
    words = _words_of(sources)
    rules: dict[str, Norm] = {}
    capitals = None
    for source, part in sources:
        for index, rule in enumerate(part.norms):
            # One that takes another's place stands after the others.
            rules.pop(rule.id, None)
            rules[rule.id] = _norm(source, f"norms[{index}]", rule, words)
        if part.capitals is not None:
            hint = _both(source, "capitals.hint", part.capitals.hint)
            capitals = Capitals(part.capitals.words, frozenset(part.capitals.allowed), hint)
    return Norms(tuple(rules.values()), capitals)


def _words_of(sources: list[tuple[Document, _File]]) -> dict[str, str]:
    """Each list as one expression; it may name those before it. Lists of the same name in several
    sources are one."""
    names = dict.fromkeys(name for _, part in sources for name in part.words)
    words: dict[str, str] = {}
    for name in names:
        latin: list[str] = []
        other: list[str] = []
        for document, part in sources:
            if name in part.words:
                _add(document, name, part.words[name], words, latin, other)
        if latin:
            other.append(f"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])")
        words[name] = f"(?:{'|'.join(other)})"
    return words


def _add(
    document: Document,
    name: str,
    entries: tuple[str, ...],
    words: dict[str, str],
    latin: list[str],
    other: list[str],
) -> None:
    path = f"words.{name}"
    if not entries:
        raise document.wrong(path, "the list is empty", "write words, or take it away")
    parts = _expressions(document, path, entries, words)
    for index, (part, entry) in enumerate(zip(parts, entries, strict=True)):
        # Ours are compiled in the rules that name them, which tests do.
        if document.file != _SHIPPED:
            _compile(document, f"{path}[{index}]", part, entry)
        (latin if _is_latin(entry) else other).append(part)


def _is_latin(entry: str) -> bool:
    return bool(_LATIN.search(_NAME.sub("", entry))) and not _HAN.search(entry)


def _norm(document: Document, path: str, rule: _Rule, words: dict[str, str]) -> Norm:
    if not rule.says and not rule.across:
        raise document.wrong(f"{path}.says", "the rule finds nothing", "write what it looks for")
    says, across, unless = (
        _patterns(document, f"{path}.{key}", patterns, words)
        for key, patterns in (
            ("says", rule.says),
            ("across", rule.across),
            ("unless", rule.unless),
        )
    )
    hint = _both(document, f"{path}.hint", rule.hint)
    return Norm(rule.id, says, unless, hint, never=rule.never, across=across)


def _patterns(
    document: Document, path: str, written: tuple[str, ...], words: dict[str, str]
) -> Patterns:
    parts = _expressions(document, path, written, words)
    patterns = Patterns(
        _one([part for part in parts if not _HAN.search(part)]),
        _one([part for part in parts if _HAN.search(part)]),
    )
    if document.file == _SHIPPED:
        # Ours are known to be right: the start need not wait for them.
        return patterns
    try:
        patterns.prepare()
        return patterns
    except re.error as error:
        for index, (part, pattern) in enumerate(zip(parts, written, strict=True)):
            _compile(document, f"{path}[{index}]", part, pattern)
        raise document.wrong(path, f"the patterns do not go together: {error}", _ESCAPE) from None


def _one(parts: list[str]) -> str | None:
    return "|".join(f"(?:{part})" for part in parts) if parts else None


def _compile(document: Document, path: str, part: str, pattern: str) -> None:
    try:
        re.compile(part)
    except re.error as error:
        problem = f"“{pattern}” is not a regular expression: {error}"
        raise document.wrong(path, problem, _ESCAPE) from None


def _expressions(
    document: Document, path: str, written: tuple[str, ...], words: dict[str, str]
) -> list[str]:
    """Patterns with their gaps and the words that they name. Raises InputError."""
    found = []
    for index, pattern in enumerate(written):
        for name in _NAME.findall(pattern):
            if name not in words:
                problem = f"no words are called {{{name}}}"
                raise document.wrong(
                    f"{path}[{index}]", problem, "write the list under `words`, above"
                )
        small = _CAPITAL.sub(lambda match: match[1] or match[2].lower(), folded(pattern))
        for gap, any_signs in _GAPS:
            small = small.replace(gap, any_signs)
        found.append(_NAME.sub(lambda match: words[match[1]], small))
    return found


def _both(document: Document, path: str, hint: dict[Lang, str]) -> dict[str, str]:
    for lang in ("zh", "en"):
        if lang not in hint:
            raise document.wrong(path, f"there is no {lang} hint", f"add {lang}: …")
    return {str(lang): text for lang, text in hint.items()}
