"""Checks requests, events, payloads and answers against Slack's descriptions and recordings."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from tests.doubles.slack.shapes import (
    ALWAYS,
    BARE,
    EVENT_SHAPES,
    EVERYWHERE,
    EXTRA_ARGUMENTS,
    EXTRA_METHODS,
    INSIDE,
    LOOSE_TYPES,
    NEWER_KEYS,
    TAKES_JSON,
    WRAPPER,
)

Json = dict[str, Any]

SPECS = Path(__file__).parents[1] / "specs"
STRUCTURED = {"blocks", "attachments", "view", "metadata", "files", "users", "channels"}
"""Arguments that are JSON: as a string in a form, as they are in a JSON body."""
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


@dataclass(frozen=True)
class Violation:
    """Something that breaks a description, and where."""

    where: str
    problem: str
    payload: Any = field(repr=False)


@cache
def shared_spec() -> "SlackSpec":
    """The descriptions, read once per process."""
    return SlackSpec()


class SlackSpec:
    """The reduced descriptions."""

    def __init__(self) -> None:
        described = json.loads((SPECS / "slack.json").read_text(encoding="utf-8"))
        self._methods: dict[str, Json] = described["methods"]
        self._wrapper = Draft7Validator(described["event_wrapper"])
        recorded = (SPECS / "slack-recordings.json").read_text(encoding="utf-8")
        self._recorded: dict[str, dict[str, Json]] = json.loads(recorded)

    # -- requests -----------------------------------------------------------------------------

    def knows(self, method: str) -> bool:
        return method in self._methods or method in EXTRA_METHODS

    def takes_json(self, method: str) -> bool:
        return method in TAKES_JSON or bool(self._methods.get(method, {}).get("json"))

    def check_request(self, method: str, given: Json) -> tuple[Json, list[str]]:
        """The arguments as they are meant, and everything that is wrong with them."""
        parameters = self._parameters(method)
        problems = [
            f"{method}: missing required field: {name}"
            for name, (_, required) in parameters.items()
            if required and given.get(name) in (None, "")
        ]
        meant: Json = {}
        for name, value in given.items():
            if name in parameters:
                try:
                    meant[name] = read_argument(name, parameters[name][0], value)
                except ValueError as wrong:
                    problems.append(f"{method}: {name}: {wrong}")
            elif name in EXTRA_ARGUMENTS.get(method, EVERYWHERE) | EVERYWHERE:
                meant[name] = read_argument(name, "any", value)
            else:
                problems.append(f"{method}: no argument {name!r}")
        return meant, problems

    def _parameters(self, method: str) -> dict[str, tuple[str, bool]]:
        if method in EXTRA_METHODS:
            return EXTRA_METHODS[method]
        described = self._methods[method]["parameters"]
        return {name: (one["type"], one["required"]) for name, one in described.items()}

    # -- what the double says -----------------------------------------------------------------

    def check_answer(self, method: str, answer: Json) -> list[str]:
        recorded = self._recorded["answers"].get(method)
        if recorded is None:
            return []
        problems = list(differences(recorded, answer, method))
        problems += missing(ALWAYS["answers"].get(method, []), answer, method)
        for name, keys in INSIDE.items():
            found = answer.get(name) if method not in BARE else None
            for one in found if isinstance(found, list) else [found]:
                if isinstance(one, dict):
                    problems += missing(keys, one, f"{method}.{name}")
        return problems

    def check_event(self, body: Json) -> list[str]:
        """A whole event_callback."""
        problems = [error.message for error in self._wrapper.iter_errors(body)]
        event = body["event"]
        shape = event_shape(event)
        recorded = self._recorded["events"].get(shape)
        if recorded is None:
            return [*problems, f"no recording of {shape}"]
        problems += differences(recorded, body, shape)
        problems += missing(WRAPPER, body, shape)
        return problems + missing(ALWAYS["events"][shape], event, f"{shape}.event")

    def check_payload(self, shape: str, payload: Json) -> list[str]:
        recorded = self._recorded["payloads"][shape]
        problems = list(differences(recorded, payload, shape))
        return problems + missing(ALWAYS["payloads"][shape], payload, shape)


def event_shape(event: Json) -> str:
    subtype = event.get("subtype")
    if event["type"] == "message" and subtype is not None:
        return EVENT_SHAPES.get(subtype, "Message")
    return "".join(part.title() for part in event["type"].split("_"))


def read_argument(name: str, kind: str, value: Any) -> Any:
    """An argument as it is meant; in a form everything is a string."""
    if name in STRUCTURED:
        return read_structured(value)
    if kind == "boolean" or isinstance(value, bool):
        if str(value).lower() not in ("true", "false", "1", "0"):
            raise ValueError(f"{value!r} is no boolean")
        return str(value).lower() in ("true", "1")
    if kind == "integer":
        return int(value)
    if kind == "number":
        float(value)
        return str(value)
    if kind == "string" and not isinstance(value, str):
        raise ValueError(f"{value!r} is no string")
    return value


def read_structured(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError("is no JSON") from None
    return value


def missing(keys: list[str], value: Json, where: str) -> list[str]:
    return [f"{where}: lacks {key!r}" for key in keys if key not in value]


def differences(recorded: Any, value: Any, where: str) -> list[str]:
    """Keys that were never recorded, and values of another type."""
    if value is None:
        return []
    if isinstance(recorded, str):
        kinds = TYPES.get(recorded)
        is_wrong = kinds is not None and (
            not isinstance(value, kinds) or (recorded == "number" and isinstance(value, bool))
        )
        return [f"{where}: {value!r} is no {recorded}"] if is_wrong else []
    if isinstance(recorded, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no array"]
        found = (differences(recorded[0], one, f"{where}[]") for one in value)
        return [problem for problems in found for problem in problems]
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no object"]
    problems: list[str] = []
    for key, one in value.items():
        if key in recorded and key not in LOOSE_TYPES:
            problems += differences(recorded[key], one, f"{where}.{key}")
        elif key not in recorded and key not in NEWER_KEYS and recorded:
            problems.append(f"{where}.{key}: never recorded")
    return problems
