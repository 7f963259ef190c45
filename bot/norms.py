"""Reads the service norms: what an agent's reply must not say."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

from chat.phrases import Lang
from faq.located import Document, InputError
from handoff.norms import Capitals, Norm, Norms


class _Rule(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    says: tuple[str, ...]
    hint: dict[Lang, str]
    unless: tuple[str, ...] = ()
    never: bool = False


class _Capitals(Struct, frozen=True, forbid_unknown_fields=True):
    words: int
    hint: dict[Lang, str]
    allowed: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    norms: tuple[_Rule, ...] = ()
    capitals: _Capitals | None = None


def read_norms(path: str | None) -> Norms:
    """The rules in a file, or the built-in ones. Raises InputError."""
    file = Path(path) if path else Path(str(files("handoff"))) / "norms.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(file), 1, f"the file cannot be read: {error}", "name another"
        ) from None
    return parse_norms(text, str(path or file.name))


def parse_norms(text: str, file: str) -> Norms:
    """The rules in a YAML text. Raises InputError."""
    document = Document(text or "{}", file)
    said = document.decode("", _File)
    rules = tuple(_norm(document, f"norms[{index}]", rule) for index, rule in enumerate(said.norms))
    capitals = None
    if said.capitals is not None:
        hint = _both(document, "capitals.hint", said.capitals.hint)
        capitals = Capitals(said.capitals.words, frozenset(said.capitals.allowed), hint)
    return Norms(rules, capitals)


def _norm(document: Document, path: str, rule: _Rule) -> Norm:
    if not rule.says:
        raise document.wrong(f"{path}.says", "the rule finds nothing", "write what it looks for")
    says = _joined(document, f"{path}.says", rule.says)
    unless = _joined(document, f"{path}.unless", rule.unless) if rule.unless else None
    hint = _both(document, f"{path}.hint", rule.hint)
    return Norm(rule.id, says, unless, hint, never=rule.never)


def _joined(document: Document, path: str, patterns: tuple[str, ...]) -> re.Pattern[str]:
    for index, pattern in enumerate(patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            raise document.wrong(
                f"{path}[{index}]",
                f"“{pattern}” is not a regular expression: {error}",
                "escape signs such as ( ) [ ] ? * + with a backslash",
            ) from None
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _both(document: Document, path: str, hint: dict[Lang, str]) -> dict[str, str]:
    for lang in ("zh", "en"):
        if lang not in hint:
            raise document.wrong(path, f"there is no {lang} hint", f"add {lang}: …")
    return {str(lang): text for lang, text in hint.items()}
