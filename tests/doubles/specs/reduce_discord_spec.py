"""Shrink the published description of Discord's HTTP API to what the Discord double checks.

    python tests/doubles/specs/reduce_discord_spec.py path/to/the/published/openapi.json

writes ``discord.json`` beside this script: the operations that the double answers, and the schemas
that these operations and the gateway's events need. The prose goes; lists of named constants
become enums.
"""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REF = "#/components/schemas/"

OPERATIONS = frozenset(
    [
        "get_gateway",
        "get_bot_gateway",
        "get_my_user",
        "get_user",
        "create_dm",
        "get_my_oauth2_application",
        "get_my_application",
        "get_application",
        "list_application_commands",
        "bulk_set_application_commands",
        "create_application_command",
        "get_application_command",
        "update_application_command",
        "delete_application_command",
        "list_guild_application_commands",
        "bulk_set_guild_application_commands",
        "create_guild_application_command",
        "get_guild_application_command",
        "update_guild_application_command",
        "delete_guild_application_command",
        "get_guild",
        "list_guild_channels",
        "create_guild_channel",
        "list_guild_roles",
        "list_guild_members",
        "get_guild_member",
        "get_active_guild_threads",
        "get_channel",
        "update_channel",
        "delete_channel",
        "trigger_typing_indicator",
        "list_messages",
        "create_message",
        "get_message",
        "update_message",
        "delete_message",
        "bulk_delete_messages",
        "list_pins",
        "create_pin",
        "delete_pin",
        "deprecated_list_pins",
        "deprecated_create_pin",
        "deprecated_delete_pin",
        "add_my_message_reaction",
        "delete_my_message_reaction",
        "delete_user_message_reaction",
        "list_message_reactions_by_emoji",
        "delete_all_message_reactions",
        "create_thread",
        "create_thread_from_message",
        "list_public_archived_threads",
        "list_private_archived_threads",
        "list_thread_members",
        "get_thread_member",
        "add_thread_member",
        "delete_thread_member",
        "join_thread",
        "leave_thread",
        "create_interaction_response",
        "execute_webhook",
        "get_original_webhook_message",
        "update_original_webhook_message",
        "delete_original_webhook_message",
        "get_webhook_message",
        "update_webhook_message",
        "delete_webhook_message",
    ]
)
# What only the gateway's events and the errors are made of.
ALSO_NEEDED = ("ErrorResponse", "RatelimitedResponse", "GuildMemberResponse", "GuildRoleResponse")
PROSE = frozenset({"description", "title", "example", "examples", "deprecated", "contentEncoding"})


def reduced(schema: Any) -> Any:
    """A schema without prose, and with shorter references and enums."""
    if isinstance(schema, list):
        return [reduced(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    small: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            small[key] = {name: reduced(part) for name, part in value.items()}
        elif key == "$ref":
            small[key] = "#/schemas/" + value.removeprefix(REF)
        elif key not in PROSE and not key.startswith("x-"):
            small[key] = reduced(value)
    union = small.get("oneOf")
    if union and all(set(part) == {"const"} for part in union):
        del small["oneOf"]
        small["enum"] = [part["const"] for part in union]
    return small


def json_schema(content: dict[str, Any] | None) -> Any:
    schema = (content or {}).get("application/json", {}).get("schema")
    return None if schema is None else reduced(schema)


def reduced_operation(
    method: str, path: str, operation: dict[str, Any], shared: list[Any]
) -> dict[str, Any]:
    request = operation.get("requestBody")
    return {
        "method": method.upper(),
        "path": path,
        "query": {
            parameter["name"]: {
                "required": parameter.get("required", False),
                "schema": reduced(parameter["schema"]),
            }
            for parameter in shared + operation.get("parameters", [])
            if parameter["in"] == "query"
        },
        "request": None if request is None else json_schema(request["content"]),
        "answers": {
            status: json_schema(answer.get("content"))
            for status, answer in operation["responses"].items()
            if status.startswith("2")
        },
    }


def references(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(references, schema))
    if not isinstance(schema, dict):
        return set()
    named = {schema["$ref"].removeprefix("#/schemas/")} if "$ref" in schema else set()
    return named.union(*map(references, schema.values()))


def main() -> None:
    full = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    operations = {
        operation["operationId"]: reduced_operation(
            method, path, operation, methods.get("parameters", [])
        )
        for path, methods in full["paths"].items()
        for method, operation in methods.items()
        if method != "parameters" and operation["operationId"] in OPERATIONS
    }
    if missing := OPERATIONS - operations.keys():
        raise SystemExit(f"not in the description: {sorted(missing)}")
    schemas: dict[str, Any] = {}
    wanted = references(list(operations.values())) | set(ALSO_NEEDED)
    while wanted:
        name = wanted.pop()
        schemas[name] = reduced(full["components"]["schemas"][name])
        wanted |= references(schemas[name]) - schemas.keys()
    lines = [f'"version": {json.dumps(full["info"]["version"])}']
    for section, entries in (
        ("operations", operations),
        ("schemas", dict(sorted(schemas.items()))),
    ):
        written = [
            f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}"
            for name, entry in entries.items()
        ]
        lines.append(f'"{section}": {{\n' + ",\n".join(written) + "\n}")
    target = HERE / "discord.json"
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
