"""The `kefu` command. What it does beside running and checking is in `bot.commands`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bot import log
from bot.commands import faq, mood
from bot.commands.group import Group, config_path
from bot.config import Config, ConfigError, load
from bot.hearing import read_mood
from bot.knowledge import read_knowledge, read_written
from bot.knowledge_watch import Fingerprint, fingerprint
from bot.norms import read_norms
from bot.online import look
from bot.redaction import Redaction
from bot.run import CannotRun, run
from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError
from faq.located import InputError
from faq.near_duplicates import near_duplicates
from handoff.norms import Norms

LEVELS: Final = ("debug", "info", "warning", "error")

GROUPS: Final[tuple[Group, ...]] = (faq, mood)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--config", type=Path, metavar="FILE", help="default: config.yaml")
    common.add_argument("--log-level", choices=LEVELS, help="default: info")
    common.add_argument("--json-logs", action="store_true", help="one JSON object a line")
    top = argparse.ArgumentParser(
        prog="kefu",
        description="A support desk that lives in the chat apps people already use.",
        parents=[common],
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, what in (
        ("run", "answer customers until stopped"),
        ("check", "check the settings and the knowledge base; exit 1 if something is wrong"),
        ("version", "print the version"),
    ):
        command = commands.add_parser(name, help=what, description=what, parents=[common])
        if name == "check":
            command.add_argument(
                "--online",
                action="store_true",
                help="also ask the platforms: tokens, permissions, the shared channel",
            )
    for group in GROUPS:
        group.add(commands, common)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code: 0 well, 1 something to mend, 2 misused."""
    options = parser().parse_args(arguments)
    if options.command == "version":
        print(f"kefu {version('kefu')}")  # noqa: T201
        return 0
    log.set_up(
        getattr(options, "log_level", "info"),
        as_json=getattr(options, "json_logs", False),
        redact=Redaction().log_line,
    )
    if hasattr(options, "group"):
        group: Group = options.group
        return group.run(options)
    path = config_path(options)
    try:
        config = load(path)
        looked = fingerprint(config)
        knowledge = read_knowledge(config, quick=True)
        norms = read_norms(config.desk.norms)
    except (ConfigError, KnowledgeBaseError, InputError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    if options.command == "check":
        print(f"{path}: well\nknowledge base: {len(knowledge.entries)} entries, well")  # noqa: T201
        for found in near_duplicates(read_written(config)):
            print(f"warning: {found}", file=sys.stderr)  # noqa: T201
        return _ask_platforms(config) if options.online else 0
    return _run(config, knowledge, norms, looked)


def _ask_platforms(config: Config) -> int:
    found = asyncio.run(look(config))
    for platform, findings in found.items():
        if not findings:
            print(f"{platform}: well")  # noqa: T201
        for finding in findings:
            print(f"{platform}: {finding.problem}; {finding.remedy}", file=sys.stderr)  # noqa: T201
    return 1 if any(found.values()) else 0


def _run(config: Config, knowledge: KnowledgeBase, norms: Norms, looked: Fingerprint) -> int:
    mood = read_mood() if config.mood.enabled else None
    try:
        asyncio.run(run(config, knowledge, mood, norms, looked))
    except KeyboardInterrupt:
        return 0
    except CannotRun as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0
