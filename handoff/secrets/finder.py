"""Looks for every kind of secret in a text, and says what is left without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, get_args

from msgspec import Struct, structs

from chat.message import Message, SecretKind, Span
from chat.phrases import LANGS, say
from handoff.secrets import private_keys, said, seed_words
from handoff.secrets.api_keys import find_api_keys
from handoff.secrets.contacts import find_contacts
from handoff.secrets.finding import GRAVE, NOTHING_KNOWN, Context, Finding
from handoff.secrets.fold import fold
from handoff.secrets.numbers import find_numbers
from handoff.secrets.private_keys import find_private_keys
from handoff.secrets.said import announced, find_awaited, find_said
from handoff.secrets.seed_phrases import find_seeds
from handoff.secrets.seed_words import Before, SeedLists
from handoff.word_groups import WordGroups

_TOLD: Final = WordGroups(keys=private_keys.WORDS, seeds=seed_words.WORDS, codes=said.WORDS)
_OF_KEYS, _OF_SEEDS, _OF_CODES = map(_TOLD.bit, ("keys", "seeds", "codes"))
# What is known by its shape has three digits, with no more than a sign between them, or numbers
# in a row, an at sign, sixteen letters of keys together, or a heading.
_DIGIT_OR_AT: Final = re.compile(r"[\d@]")
_NUMBERS: Final = re.compile(r"\d(?:[ -]?\d[ -]?\d|\s*,\s*\d)|@")
_RUN: Final = re.compile(r"[0-9A-Za-z_+/=:.-]{16}")
_HEADING: Final = "PRIVATE KEY"

REMEMBERED: Final = 600.0
"""How long an earlier message helps to understand the next one, in seconds."""


class Redacted(Struct, frozen=True, gc=False):
    """A text without its secrets, and the kinds that were taken out, each once."""

    text: str
    kinds: tuple[SecretKind, ...] = ()


def marker(kind: SecretKind) -> str:
    """What stands where a secret stood, in both languages: nobody knows who will read it."""
    return f"[{' / '.join(say(f'secret.{kind}', lang) for lang in LANGS)}]"


_MARKERS: Final = re.compile(
    "|".join(re.escape(fold(marker(kind)).text.lower()) for kind in get_args(SecretKind))
)


class Finder:
    """Finds secrets. `shown` are kinds that are found but left where they are by `redact`."""

    def __init__(self, lists: SeedLists, shown: Iterable[SecretKind] = ()) -> None:
        self._lists = lists
        self._shown = frozenset(shown)
        self._contacts = not self._shown >= {"phone", "email"}

    def find(self, text: str) -> tuple[Finding, ...]:
        """Secrets in a text by itself, in order, none over another."""
        return self.find_after(text, NOTHING_KNOWN, 0.0)[0]

    def redact(self, text: str) -> Redacted:
        """The text with a marker in each secret's place."""
        return cut_out(text, self.find(text))

    def find_after(
        self, text: str, before: Context, at: float
    ) -> tuple[tuple[Finding, ...], Context]:
        """Secrets in a text that comes after others of the same sender, and what it says about the
        next one. `at` is in seconds since the epoch."""
        folded = fold(text)
        plain = folded.text
        lower = plain.lower()
        recent = before is not NOTHING_KNOWN
        # What was taken out before says what it was, which is not the customer speaking of it.
        told = _MARKERS.sub(" ", lower) if "[" in lower else lower
        words_told = _TOLD.of(told)
        spoken = bool(
            (words_told & _OF_KEYS and private_keys.is_spoken_of(told))
            or (words_told & _OF_SEEDS and seed_words.is_spoken_of(told))
        )
        announced_before = recent and 0 <= at - before.keys_at <= REMEMBERED
        spoken_of = spoken or (announced_before and before.keys_at > 0)
        words = before.words if recent and at - before.words_at <= REMEMBERED else 0
        earlier = Before(words, before.marks if words else 0)
        seeds = find_seeds(plain, lower, self._lists, spoken_of=spoken_of, before=earlier)
        found = [*seeds.findings]
        shaped = _may_be_shaped(plain)
        if shaped:
            found += find_private_keys(plain, spoken_of=spoken_of)
            found += find_api_keys(plain)
            found += find_numbers(plain)
        if words_told & _OF_CODES:
            found += find_said(plain)
        if before.awaited and at - before.awaited_at <= REMEMBERED:
            found += find_awaited(plain, before.awaited)
        if shaped and self._contacts:
            found += [f for f in find_contacts(plain) if f.kind not in self._shown]
        if seeds.findings:
            words, earlier = max(words, 3), Before()
        grave = any(finding.kind in GRAVE for finding in found)
        keys_at = at if spoken and not grave and _announces(plain) else 0.0
        awaited = announced(plain)
        after = before
        if seeds.findings or seeds.rare or awaited or before.awaited or keys_at != before.keys_at:
            after = Context(
                words=words + seeds.rare,
                marks=earlier.marks | seeds.marks,
                words_at=at if seeds.findings or seeds.rare else before.words_at,
                keys_at=keys_at,
                awaited=awaited,
                awaited_at=at,
            )
        placed = _apart(found) if found else ()
        if folded.places is not None:
            placed = tuple(Finding(f.kind, *folded.place(f.start, f.end)) for f in placed)
        return placed, after


def _may_be_shaped(text: str) -> bool:
    """Whether anything in a folded text can be known by its shape. Most messages have nothing."""
    if _DIGIT_OR_AT.search(text) and _NUMBERS.search(text):
        return True
    return _RUN.search(text) is not None or _HEADING in text


_OPEN_END: Final = re.compile(
    r"(?:[:=]|\bis|\bare|\bhere|\bbelow|是|为|為|如下|下面|[发發][给給]?[你您]|[给給][你您])\W*$",
    re.IGNORECASE,
)
_NOTHING_MORE: Final = re.compile(
    r"\W*(?:(?:here|this|it|the|my|is|'s|s|wallet|of|这|這|是|就是|我|的|钱包|錢包|给|給|你|您|看)\W*)*"
    r"(?:private\W?key|secret\W?key|seed(?:\W?phrase)?|mnemonic|recovery\W?phrase|私[钥鑰]|助[记記][词詞])\W*",
    re.IGNORECASE,
)


def _announces(text: str) -> bool:
    """Whether a message that speaks of a key says that it comes next."""
    return _OPEN_END.search(text) is not None or _NOTHING_MORE.fullmatch(text) is not None


def _apart(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """In order; those that overlap become one, of the kind that was looked for first."""
    apart: list[Finding] = []
    order = {id(finding): index for index, finding in enumerate(found)}
    for finding in sorted(found, key=lambda f: (f.start, order[id(f)])):
        last = apart[-1] if apart else None
        if last is not None and finding.start < last.end:
            first = min(last, finding, key=lambda f: _RANK[f.kind])
            apart[-1] = Finding(first.kind, last.start, max(last.end, finding.end))
        else:
            apart.append(finding)
    return tuple(apart)


_RANK: Final[dict[SecretKind, int]] = {
    "seed": 0,
    "private_key": 1,
    "api_key": 2,
    "id_number": 3,
    "card": 4,
    "password": 5,
    "code": 6,
    "email": 7,
    "phone": 8,
}


def cut_out(text: str, findings: Sequence[Finding]) -> Redacted:
    """The text with a marker in the place of each finding."""
    if not findings:
        return Redacted(text)
    parts, end = [], 0
    for finding in findings:
        parts += [text[end : finding.start], marker(finding.kind)]
        end = finding.end
    parts.append(text[end:])
    return Redacted("".join(parts), tuple(dict.fromkeys(f.kind for f in findings)))


def without(
    message: Message, findings: Sequence[Finding], redact: Callable[[str], Redacted]
) -> Message:
    """A message without what was found in its text, and without secrets in the names and links
    that it carries; `removed` says what went."""
    text = cut_out(message.text, findings)
    kinds = list(text.kinds)

    def clean(part: str) -> str:
        redacted = redact(part)
        kinds.extend(redacted.kinds)
        return redacted.text

    attachments = message.attachments and tuple(
        structs.replace(file, name=clean(file.name)) if file.name else file
        for file in message.attachments
    )
    sender = message.sender
    if sender.name and (name := clean(sender.name)) != sender.name:
        sender = structs.replace(sender, name=name)
    spans = message.spans
    if spans:
        spans = tuple(span for span in spans if not span.url or clean(span.url) == span.url)
        spans = _moved(spans, findings)
    return structs.replace(
        message,
        text=text.text,
        spans=spans,
        attachments=attachments,
        sender=sender,
        removed=tuple(dict.fromkeys(kinds)),
    )


def _moved(spans: tuple[Span, ...], findings: Sequence[Finding]) -> tuple[Span, ...]:
    """Formatting over the new text; what began or ended inside a secret takes its whole marker."""
    if not findings:
        return spans

    def place(at: int, *, is_end: bool) -> int:
        shift = 0
        for finding in findings:
            length = len(marker(finding.kind))
            if at >= finding.end:
                shift += length - (finding.end - finding.start)
            elif at > finding.start or (at == finding.start and not is_end):
                return finding.start + shift + (length if is_end else 0)
        return at + shift

    return tuple(
        structs.replace(
            span, start=place(span.start, is_end=False), end=place(span.end, is_end=True)
        )
        for span in spans
    )
