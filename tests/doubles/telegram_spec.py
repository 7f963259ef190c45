"""Checks Bot API requests, answers and updates against the machine-readable description.

Nothing here knows about the world behind the API: a request is judged by its fields alone.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SPEC_FILE = Path(__file__).parent / "specs" / "telegram-bot-api.json"

# The description gives these in prose only.
CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
PARSE_MODES = frozenset({"HTML", "MarkdownV2", "Markdown"})
BUTTON_DECORATION = frozenset({"text", "icon_custom_emoji_id", "style"})
TEXT_WITH_ENTITIES = (
    ("text", "entities"),
    ("caption", "caption_entities"),
    ("quote", "quote_entities"),
)

# How Telegram itself words what the description forbids; anything else is answered in our words.
TELEGRAM_WORDING = {
    ("text", "missing"): "message text is empty",
    ("text", "short"): "message text is empty",
    ("text", "long"): "message is too long",
    ("caption", "long"): "message caption is too long",
    ("chat_id", "missing"): "chat_id is empty",
    ("callback_data", "short"): "BUTTON_DATA_INVALID",
    ("callback_data", "long"): "BUTTON_DATA_INVALID",
    ("name", "short"): "TOPIC_TITLE_EMPTY",
}


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that came as a part of a multipart request."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that breaks the description, and where."""

    path: str
    what: str
    telegram_says: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


@dataclass(frozen=True, slots=True)
class Violation:
    """A problem as the double recorded it: in which request, answer or update it was."""

    where: str
    problem: str
    payload: Any = None

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


class UnreadableField(ValueError):
    """A form field that cannot be read as any of its types."""


def utf16_length(text: str) -> int:
    """The length of a text as Telegram counts offsets: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


class TelegramSpec:
    """The Bot API description, with a check for each thing that crosses the wire."""

    def __init__(self, path: Path = SPEC_FILE) -> None:
        described = json.loads(path.read_text(encoding="utf-8"))
        self.version: str = described["version"]
        self.methods: dict[str, Any] = described["methods"]
        self.types: dict[str, Any] = described["types"]
        self.update_types = frozenset(self.types["Update"]["fields"]) - {"update_id"}
        # The closed list of field values that are fixed for a type tells the subtypes apart.
        self._fixed = {
            name: {
                field_name: rule["equals"]
                for field_name, rule in described_type.get("fields", {}).items()
                if "equals" in rule
            }
            for name, described_type in self.types.items()
        }

    # -- requests -----------------------------------------------------------------------------

    def check_request(
        self, method: str, form: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Read the fields of a request; returns their values and what is wrong with them.

        A form's fields are texts, so objects and numbers in them are read as JSON; a JSON body's
        fields have their types already.
        """
        if method not in self.methods:
            return dict(form), [Problem(method, "is no method of the Bot API")]
        rules = self.methods[method]["fields"]
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        attached = {name for name, value in form.items() if isinstance(value, UploadedFile)}
        for name, raw in form.items():
            if name not in rules:
                if name not in attached:
                    problems.append(Problem(f"{method}.{name}", "is no field of the method"))
                continue
            try:
                values[name] = read_form_field(rules[name]["types"], raw)
            except UnreadableField as unreadable:
                problems.append(Problem(f"{method}.{name}", str(unreadable)))
        problems += self._check_fields(method, rules, values, set(form))
        problems += self._check_uploads(method, rules, values, attached)
        problems += self._check_meaning(method, values)
        return values, problems

    def _check_uploads(
        self, method: str, rules: Mapping[str, Any], values: Mapping[str, Any], attached: set[str]
    ) -> Iterator[Problem]:
        referred = set(attachments_named_in(values))
        for name in sorted(referred - attached):
            yield Problem(f"{method}: attach://{name}", "no such part in the request")
        for name in sorted(attached - referred - set(rules)):
            yield Problem(f"{method}.{name}", "uploaded, but neither a field nor referred to")

    def _check_meaning(self, method: str, values: Mapping[str, Any]) -> Iterator[Problem]:
        if method == "sendChatAction" and values.get("action") not in CHAT_ACTIONS:
            yield Problem(
                "sendChatAction.action",
                f"{values.get('action')!r} is no chat action",
                "wrong parameter action in request",
            )
        if (mode := values.get("parse_mode")) is not None and mode not in PARSE_MODES:
            yield Problem(f"{method}.parse_mode", f"{mode!r} is no mode", "unsupported parse_mode")
        if method in {"getUpdates", "setWebhook"}:
            for wanted in values.get("allowed_updates") or ():
                if wanted not in self.update_types:
                    yield Problem(f"{method}.allowed_updates", f"{wanted!r} is no type of update")
        if method == "setMyCommands":
            for command in values.get("commands") or ():
                text = command.get("command", "") if isinstance(command, dict) else ""
                if not re.fullmatch(r"[a-z0-9_]{1,32}", text):
                    yield Problem(f"{method}.commands", f"{text!r}", "BOT_COMMAND_INVALID")

    # -- answers and updates ------------------------------------------------------------------

    def check_answer(self, method: str, result: Any) -> list[Problem]:
        """What is wrong with the result that a method returned."""
        return self.check_union(self.methods[method]["returns"], result, f"{method}()")

    def check_update(self, update: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with an update."""
        problems = self.check("Update", dict(update), "update")
        contents = self.update_types & set(update)
        if len(contents) != 1:
            problems.append(Problem("update", f"carries {sorted(contents)}, not exactly one thing"))
        return problems

    # -- values -------------------------------------------------------------------------------

    def check_union(self, types: list[str], value: Any, path: str) -> list[Problem]:
        """What is wrong with a value that may be of any of these types."""
        complaints = []
        for kind in types:
            complaint = self.check(kind, value, path)
            if not complaint:
                return []
            complaints.append(complaint)
        return min(complaints, key=len)

    def check(self, kind: str, value: Any, path: str) -> list[Problem]:
        """What is wrong with a value that must be of this type."""
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [Problem(path, f"{brief(value)} is not an array")]
            inner = kind.removeprefix("Array of ")
            return [
                problem
                for index, item in enumerate(value)
                for problem in self.check(inner, item, f"{path}[{index}]")
            ]
        if kind in SCALARS:
            return [] if SCALARS[kind](value) else [Problem(path, f"{brief(value)} is no {kind}")]
        described = self.types[kind]
        if "subtypes" in described:
            return self._check_subtypes(kind, described["subtypes"], value, path)
        if not isinstance(value, dict):
            return [Problem(path, f"{brief(value)} is no {kind}")]
        problems = [
            Problem(f"{path}.{name}", f"is no field of {kind}")
            for name in value
            if name not in described["fields"]
        ]
        problems += self._check_fields(path, described["fields"], value, set(value))
        if kind == "InlineKeyboardButton" and len(set(value) - BUTTON_DECORATION) != 1:
            problems.append(Problem(path, "a button does exactly one thing", "BUTTON_TYPE_INVALID"))
        return problems

    def _check_subtypes(
        self, kind: str, subtypes: list[str], value: Any, path: str
    ) -> list[Problem]:
        if not isinstance(value, dict):
            return self.check_union(
                [name for name in subtypes if name not in self.types] or [subtypes[0]], value, path
            )
        candidates = [
            name
            for name in subtypes
            if all(
                value.get(field_name) == fixed
                for field_name, fixed in self._fixed.get(name, {}).items()
            )
        ]
        if not candidates:
            return [Problem(path, f"{brief(value)} is none of the kinds of {kind}")]
        return self.check_union(candidates, value, path)

    def _check_fields(
        self, path: str, rules: Mapping[str, Any], values: Mapping[str, Any], given: set[str]
    ) -> list[Problem]:
        problems = [
            Problem(f"{path}.{name}", "is required", TELEGRAM_WORDING.get((name, "missing")))
            for name, rule in rules.items()
            if rule["required"] and name not in given
        ]
        for name, value in values.items():
            if name not in rules:
                continue
            rule = rules[name]
            complaint = self.check_union(rule["types"], value, f"{path}.{name}")
            if not complaint:
                # How long a text with markup is shows only once the markup has been read.
                marked_up = "parse_mode" in values and name in {"text", "caption"}
                complaint = limit_problems({} if marked_up else rule, name, value, f"{path}.{name}")
            problems += complaint
        problems += entity_problems(values, path)
        return problems

    def check_text(self, method: str, name: str, text: str) -> list[Problem]:
        """Whether a text is within its limits, once its markup has been read."""
        rules = self.methods[method]["fields"] if method in self.methods else {}
        rule = rules.get(name) or self.types["InputMediaPhoto"]["fields"][name]
        return limit_problems(rule, name, text, f"{method}.{name}")


SCALARS: dict[str, Callable[[Any], bool]] = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "InputFile": lambda value: isinstance(value, UploadedFile),
}


def read_form_field(types: list[str], raw: Any) -> Any:
    """The value that a form's field stands for."""
    if not isinstance(raw, str):
        return raw
    if "Integer" in types and re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if "String" in types or "InputFile" in types:
        return raw
    if types == ["Boolean"]:
        if raw.lower() not in {"true", "false"}:
            raise UnreadableField(f"{raw!r} is neither true nor false")
        return raw.lower() == "true"
    try:
        return json.loads(raw)
    except ValueError:
        raise UnreadableField(f"{brief(raw)} cannot be read as {' or '.join(types)}") from None


def limit_problems(rule: Mapping[str, Any], name: str, value: Any, path: str) -> list[Problem]:
    """Whether a value of the right type is also long, large and listed as it should be."""
    problems = []
    sizes: dict[str, Callable[[], int]] = {
        "characters": lambda: utf16_length(value),
        "bytes": lambda: len(value.encode()),
        "items": lambda: len(value),
        "range": lambda: value,
    }
    for limit, measure in sizes.items():
        if limit not in rule:
            continue
        low, high = rule[limit]
        if (size := measure()) < low or size > high:
            fault = "short" if size < low else "long"
            problems.append(
                Problem(
                    path,
                    f"{size} is outside {low}-{high} ({limit})",
                    TELEGRAM_WORDING.get((name, fault)),
                )
            )
    if "equals" in rule and value != rule["equals"]:
        problems.append(Problem(path, f"{value!r} must be {rule['equals']!r}"))
    if "one_of" in rule and value not in rule["one_of"]:
        problems.append(Problem(path, f"{value!r} is not among the values allowed"))
    return problems


def entity_problems(values: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Entities must lie within their text."""
    for text_name, entities_name in TEXT_WITH_ENTITIES:
        entities = values.get(entities_name)
        text = values.get(text_name)
        if not isinstance(entities, list) or not isinstance(text, str):
            continue
        length = utf16_length(text)
        for entity in entities:
            if not isinstance(entity, dict):
                continue
            start, size = entity.get("offset", 0), entity.get("length", 0)
            if not (isinstance(start, int) and isinstance(size, int)):
                continue
            if start < 0 or size < 1 or start + size > length:
                yield Problem(
                    f"{path}.{entities_name}",
                    f"{entity.get('type')} at {start}+{size} is outside of a text of {length}",
                )


def attachments_named_in(value: Any) -> Iterator[str]:
    """The names in every ``attach://name`` inside a value."""
    if isinstance(value, str) and value.startswith("attach://"):
        yield value.removeprefix("attach://")
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from attachments_named_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from attachments_named_in(inner)


def brief(value: Any) -> str:
    """A value as a complaint shows it."""
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."
