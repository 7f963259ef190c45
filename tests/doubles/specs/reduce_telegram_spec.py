"""Shrink the published Bot API description to what the Telegram double checks.

    python tests/doubles/specs/reduce_telegram_spec.py telegram-bot-api.full.json

writes ``telegram-bot-api.json`` beside this script. The prose goes; what the prose says about
lengths, ranges, fixed values and closed lists of values is kept as data.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

_LENGTH = re.compile(r"\b(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
_RANGE = re.compile(r"(?:Values between |; )(\d+)-(\d+)\b|between (\d+) and (\d+) if specified")
_COUNT = re.compile(r"\b(\d+)-(\d+)\b")
_FIXED = re.compile(r'(?:\bmust be ([a-z_]+)$|\balways "([^"]+)")')
_CLOSED_LIST = re.compile(
    r"(?:[Mm]ust be one of|[Cc]urrently,? can be|can be either|can be one of) \"(.*)", re.S
)


def limits_in(types: list[str], description: str) -> dict[str, Any]:
    """What the description demands of the value, beyond its type."""
    found: dict[str, Any] = {}
    if types[0].startswith("Array of"):
        if (count := _COUNT.search(description)) and int(count[1]) < int(count[2]):
            found["items"] = [int(count[1]), int(count[2])]
        return found
    if types == ["String"]:
        if length := _LENGTH.search(description):
            found[length[3].lower()] = [int(length[1]), int(length[2])]
        if fixed := _FIXED.search(description):
            found["equals"] = fixed[1] or fixed[2]
        elif closed := _CLOSED_LIST.search(description):
            found["one_of"] = re.findall(r'"([^"]+)"', '"' + closed[1])
    if types[0] in {"Integer", "Float"} and (span := _RANGE.search(description)):
        found["range"] = [int(span[1] or span[3]), int(span[2] or span[4])]
    return found


def reduced_fields(fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        field["name"]: {
            "types": field["types"],
            "required": field["required"],
            **limits_in(field["types"], field["description"]),
        }
        for field in fields
    }


def reduced(full: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": full["version"],
        "release_date": full["release_date"],
        "methods": {
            name: {"returns": method["returns"], "fields": reduced_fields(method.get("fields", []))}
            for name, method in full["methods"].items()
        },
        "types": {
            name: {"subtypes": kind["subtypes"]}
            if kind.get("subtypes")
            else {"fields": reduced_fields(kind.get("fields", []))}
            for name, kind in full["types"].items()
        },
    }


def main() -> None:
    full = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    small = reduced(full)
    lines = [
        f'"version": {json.dumps(small["version"])}',
        f'"release_date": {json.dumps(small["release_date"])}',
    ]
    for section in ("methods", "types"):
        entries = [
            f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}"
            for name, entry in small[section].items()
        ]
        lines.append(f'"{section}": {{\n' + ",\n".join(entries) + "\n}")
    target = HERE / "telegram-bot-api.json"
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
