"""Checks requests, answers and events against Discord's own description of its API."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SPEC_FILE = Path(__file__).parent.parent / "specs" / "discord.json"
INT32 = range(-(2**31), 2**31)
# Clients send it with a forum's thread, and the description does not know it.
UNDESCRIBED = frozenset({"use_nested_fields"})
EVENT_SCHEMAS: dict[str, dict[str, str]] = {
    # What an event's payload is; "" is the payload itself, anything else one of its fields.
    "READY": {"user": "UserResponse"},
    "GUILD_CREATE": {"roles[]": "GuildRoleResponse", "members[]": "GuildMemberResponse"},
    "GUILD_MEMBER_ADD": {"": "GuildMemberResponse"},
    "GUILD_MEMBERS_CHUNK": {"members[]": "GuildMemberResponse"},
    "CHANNEL_CREATE": {"": "GuildChannelResponse"},
    "CHANNEL_UPDATE": {"": "GuildChannelResponse"},
    "CHANNEL_DELETE": {"": "GuildChannelResponse"},
    "THREAD_CREATE": {"": "ThreadResponse"},
    "THREAD_UPDATE": {"": "ThreadResponse"},
    "MESSAGE_CREATE": {"": "MessageResponse"},
    "MESSAGE_UPDATE": {"": "MessageResponse"},
    "MESSAGE_REACTION_ADD": {"emoji": "MessageReactionEmojiResponse"},
    "MESSAGE_REACTION_REMOVE": {"emoji": "MessageReactionEmojiResponse"},
    "INTERACTION_CREATE": {
        "message": "MessageResponse",
        "user": "UserResponse",
        "member": "GuildMemberResponse",
    },
}

formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def is_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@formats.checks("int32")
def is_int32(value: object) -> bool:
    return not isinstance(value, int) or value in INT32


class Violation(NamedTuple):
    """Something that breaks the description."""

    where: str
    problem: str
    payload: Any

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    id: str
    method: str
    path: str
    query: dict[str, Any]
    request: dict[str, Any] | None
    answers: dict[str, dict[str, Any] | None]

    @property
    def segments(self) -> list[str]:
        return self.path.strip("/").split("/")

    @property
    def usual_status(self) -> int:
        return min(map(int, self.answers))

    def fits(self, segments: list[str]) -> dict[str, str] | None:
        """The path's parameters, if it is a path of this operation."""
        if len(segments) != len(self.segments):
            return None
        found: dict[str, str] = {}
        for mine, given in zip(self.segments, segments, strict=True):
            if mine.startswith("{"):
                found[mine.strip("{}")] = given
            elif mine != given:
                return None
        return found


class DiscordSpec:
    """The description, as `specs/reduce_discord_spec.py` left it."""

    def __init__(self, file: Path = SPEC_FILE) -> None:
        described = json.loads(file.read_text(encoding="utf-8"))
        self.operations = {
            name: Operation(name, **operation)
            for name, operation in described["operations"].items()
        }
        # Fixed words come before parameters: "@me" is not somebody's id.
        self._by_precision = sorted(
            self.operations.values(), key=lambda operation: operation.path.count("{")
        )
        schemas = {"schemas": described["schemas"]}
        # The description says that these codes are numbers; Discord documents and sends words.
        schemas["schemas"]["InnerErrors"]["properties"]["_errors"]["items"] = {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        }
        asked = copy.deepcopy(schemas)
        # Discord also takes numbers for snowflakes and for sets of permissions, and clients use it.
        asked["schemas"]["SnowflakeType"] = {
            "anyOf": [asked["schemas"]["SnowflakeType"], {"type": "integer", "minimum": 0}]
        }
        for name in ("ApplicationCommandCreateRequest", "ApplicationCommandUpdateRequest"):
            permissions = asked["schemas"][name]["properties"]["default_member_permissions"]
            permissions["type"] = [*permissions["type"], "string"]
        self._registry: Registry[Any] = Registry().with_resources(
            [
                ("told:", DRAFT202012.create_resource(schemas)),
                ("asked:", DRAFT202012.create_resource(asked)),
            ]
        )
        self._validators: dict[str, Draft202012Validator] = {}

    def operation_at(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation behind a request, and the parameters in its path."""
        segments = path.strip("/").split("/")
        for operation in self._by_precision:
            if operation.method == method:
                found = operation.fits(segments)
                if found is not None:
                    return operation, found
        return None

    # -- what is checked ----------------------------------------------------------------------

    def check_query(
        self, operation: Operation, query: Mapping[str, str]
    ) -> tuple[dict[str, Any], list[str]]:
        """A query's values by their types, and what is wrong with them."""
        values: dict[str, Any] = {}
        problems = []
        for name, text in query.items():
            if name in UNDESCRIBED:
                continue
            if name not in operation.query:
                problems.append(f"query: no parameter {name!r}")
                continue
            schema = operation.query[name]["schema"]
            values[name] = typed(text, schema)
            problems += self._problems(
                "told:", f"query {operation.id} {name}", schema, values[name]
            )
        problems += [
            f"query: {name!r} is missing"
            for name, parameter in operation.query.items()
            if parameter["required"] and name not in query
        ]
        return values, problems

    def check_request(self, operation: Operation, body: Any, kind: str | None = None) -> list[str]:
        """What is wrong with a request's body; `kind` names the only schema of a union to take."""
        if operation.request is None:
            return [] if body in (None, {}) else [f"{operation.id} takes no body"]
        schema = {"$ref": f"#/schemas/{kind}"} if kind else operation.request
        return list(self._problems("asked:", f"request {operation.id} {kind}", schema, body))

    def check_answer(self, operation: Operation, status: int, answer: Any) -> list[str]:
        """What is wrong with the double's own answer."""
        if str(status) not in operation.answers:
            return [f"{operation.id} never answers {status}"]
        schema = operation.answers[str(status)]
        if schema is None:
            return [] if answer is None else [f"{operation.id} answers {status} without a body"]
        return list(self._problems("told:", f"answer {operation.id} {status}", schema, answer))

    def check_refusal(self, status: int, body: Any) -> list[str]:
        name = "RatelimitedResponse" if status == 429 else "ErrorResponse"
        return self.check_object(name, body)

    def check_object(self, name: str, value: Any) -> list[str]:
        schema = {"$ref": f"#/schemas/{name}"}
        return list(self._problems("told:", f"object {name}", schema, value))

    def check_event(self, event: str, payload: Mapping[str, Any]) -> list[str]:
        """What is wrong with a gateway event, as far as the description knows its parts."""
        problems = []
        for field, name in EVENT_SCHEMAS.get(event, {}).items():
            value = payload if not field else payload.get(field.removesuffix("[]"))
            if value is None:
                continue
            for part in value if field.endswith("[]") else [value]:
                problems += self.check_object(name, part)
        return problems

    def _problems(self, side: str, name: str, schema: dict[str, Any], value: Any) -> Iterator[str]:
        validator = self._validators.get(side + name)
        if validator is None:
            validator = self._validators[side + name] = Draft202012Validator(
                with_base(schema, side), registry=self._registry, format_checker=formats
            )
        for error in validator.iter_errors(value):
            worst = best_match([error])
            yield f"{worst.json_path}: {worst.message[:500]}"


def with_base(schema: Any, base: str) -> Any:
    """A schema whose references point into one of the two sets of schemas."""
    if isinstance(schema, list):
        return [with_base(part, base) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: base + value if key == "$ref" else with_base(value, base)
        for key, value in schema.items()
    }


def typed(text: str, schema: dict[str, Any]) -> Any:
    """A query's text as the value that its schema asks for."""
    types = schema.get("type", "string")
    if "boolean" in types and text.lower() in {"0", "1", "true", "false"}:
        return text.lower() in {"1", "true"}
    if "integer" in types and re.fullmatch(r"-?\d+", text):
        return int(text)
    return text
