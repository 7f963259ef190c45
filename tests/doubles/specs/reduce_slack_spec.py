"""Shrink Slack's published descriptions and recordings to what the Slack double checks.

    python tests/doubles/specs/reduce_slack_spec.py path/to/slack

takes the folder with ``slack_web_openapi_v2.json``, ``slack_common_event_wrapper_schema.json``
and ``json-logs/``, and writes ``slack.json`` (MIT, slackapi/slack-api-specs) and
``slack-recordings.json`` (MIT, slackapi/java-slack-sdk) beside this script. All prose goes.
"""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def words(text: str) -> list[str]:
    return text.split()


METHODS = words(
    """auth.test bots.info chat.delete chat.getPermalink chat.postEphemeral
        chat.postMessage chat.update conversations.history conversations.info
        conversations.join conversations.list conversations.members conversations.open
        conversations.replies files.delete files.info reactions.add reactions.get
        reactions.remove users.getPresence users.info users.list views.open
        views.publish views.push views.update"""
)
NEWER_METHODS = [
    "apps.connections.open",
    "files.completeUploadExternal",
    "files.getUploadURLExternal",
]
EVENTS = words(
    """AppHomeOpened AppMention AppUninstalled ChannelArchive ChannelLeft
        ChannelUnarchive FileDeleted FileShared GroupArchive GroupLeft GroupUnarchive
        MemberJoinedChannel MemberLeftChannel Message MessageChanged
        MessageChannelArchive MessageChannelUnarchive MessageDeleted MessageFileShare
        MessageThreadBroadcast ReactionAdded ReactionRemoved TokensRevoked UserChange"""
)
PAYLOADS = [
    "interactive-components/BlockActionPayload",
    "interactive-components/MessageShortcutPayload",
    "slash-commands/SlashCommandPayload",
    "views/ViewClosedPayload",
    "views/ViewSubmissionPayload",
]
OPEN = {
    *words("""attachments blocks event_payload icons metadata room shares state values root"""),
    *["assistant_app_thread", "properties", "enterprise_user", "latest", "title_blocks"],
    "function_data",
}
"""Whose insides are not kept: any block, any attachment, or nothing that the double shows."""
NAMES = {str: "string", bool: "boolean", int: "number", float: "number"}


def method_of(description: dict[str, Any]) -> dict[str, Any]:
    (operation,) = description.values()
    return {
        "json": "application/json" in operation.get("consumes", []),
        "parameters": {
            parameter["name"]: {
                "type": parameter["type"],
                "required": bool(parameter.get("required")),
            }
            for parameter in operation["parameters"]
            if parameter["name"] != "token"
        },
    }


def without_prose(schema: Any) -> Any:
    if isinstance(schema, list):
        return [without_prose(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    dropped = {"examples", "$schema"}
    if isinstance(schema.get("title"), str):
        dropped |= {"title", "description"}
    return {name: without_prose(one) for name, one in schema.items() if name not in dropped}


def skeleton(recorded: Any) -> Any:
    """The keys and types of what was recorded."""
    if isinstance(recorded, dict):
        return {
            name: type_name(one) if name in OPEN else skeleton(one)
            for name, one in recorded.items()
        }
    if isinstance(recorded, list):
        return [skeleton(recorded[0])] if recorded else "array"
    return type_name(recorded)


def type_name(recorded: Any) -> str:
    if isinstance(recorded, list):
        return "array"
    return "object" if isinstance(recorded, dict) else NAMES.get(type(recorded), "null")


def write(name: str, sections: dict[str, dict[str, Any]]) -> None:
    """One entry on a line, so that a renewal shows what changed."""
    parts = []
    for section, entries in sections.items():
        lines = [
            f"{json.dumps(key)}: {json.dumps(one, separators=(',', ':'))}"
            for key, one in entries.items()
        ]
        parts.append(f"{json.dumps(section)}: {{\n" + ",\n".join(lines) + "\n}")
    (HERE / name).write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1])

    def read(name: str) -> Any:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    paths = read("slack_web_openapi_v2.json")["paths"]
    wrapper = without_prose(read("slack_common_event_wrapper_schema.json"))
    write(
        "slack.json",
        {
            "methods": {name: method_of(paths[f"/{name}"]) for name in METHODS},
            "event_wrapper": wrapper,
        },
    )
    answers: dict[str, Any] = {}
    for name in [*METHODS, *NEWER_METHODS]:
        if (folder / f"json-logs/api/{name}.json").exists():
            answers[name] = skeleton(read(f"json-logs/api/{name}.json"))
    write(
        "slack-recordings.json",
        {
            "answers": answers,
            "events": {
                name: skeleton(read(f"json-logs/events/{name}Payload.json")) for name in EVENTS
            },
            "payloads": {
                name.rpartition("/")[2]: skeleton(read(f"json-logs/app-backend/{name}.json"))
                for name in PAYLOADS
            },
        },
    )


if __name__ == "__main__":
    main()
