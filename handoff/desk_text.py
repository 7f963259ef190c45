"""What an agent's line in a case's thread means."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chat.address import Person
from chat.message import Message

Intent: TypeAlias = Literal[
    "reply",
    "note",
    "claim",
    "takeover",
    "transfer",
    "link",
    "unlink",
    "close",
    "bot",
    "help",
    "unknown",
]

NOTE_PREFIXES = (".", "。", "．", "//")
_COMMANDS: dict[str, Intent] = {
    "/note": "note",
    "/claim": "claim",
    "/takeover": "takeover",
    "/transfer": "transfer",
    "/link": "link",
    "/unlink": "unlink",
    "/close": "close",
    "/bot": "bot",
    "/help": "help",
    "/start": "help",
}


class DeskLine(Struct, frozen=True):
    """An intent and, for replies and notes, the text without its prefix."""

    intent: Intent
    text: str


def read_desk_line(text: str) -> DeskLine:
    """Read an agent's line.

    Every line that starts with a dot, two slashes or a slash stays inside, also a mistyped
    command: it is safer to keep a reply back than to let a note out.
    """
    stripped = text.lstrip()
    for prefix in NOTE_PREFIXES:
        if stripped.startswith(prefix):
            return DeskLine("note", stripped[len(prefix) :].strip())
    if stripped.startswith("/"):
        word, _, rest = stripped.partition(" ")
        return DeskLine(_COMMANDS.get(word.lower(), "unknown"), rest.strip())
    return DeskLine("reply", text)


def named_person(message: Message, argument: str) -> Person | None:
    """Whom a line names: by a mention, as `<platform>:<id>`, or by an id of the same platform."""
    for span in message.spans:
        platform, _, person = (span.url or "").partition(":")
        if span.kind == "mention" and person:
            name = message.text[span.start : span.end].lstrip("@")
            return Person(platform, person, name, outside=span.url in message.outsiders)
    if not argument:
        return None
    platform, _, person = argument.partition(":")
    if person:
        return Person(platform, person, person)
    return Person(message.address.platform, argument.lstrip("@"), argument.lstrip("@"))
