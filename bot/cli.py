"""The `kefu` command. What it does beside running and checking is in `bot.commands`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from bot.commands import GROUPS

LEVELS: Final = ("debug", "info", "warning", "error")


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The command line, as far as it is needed for these arguments."""
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
    for name, what in GROUPS.items():
        if name in arguments:
            import_module(f"bot.commands.{name}").add(commands, common)
        else:
            commands.add_parser(name, help=what)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code: 0 well, 1 something to mend, 2 misused."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parser(arguments).parse_args(arguments)
    # What a command does not need is not loaded: it would take longer than the command.
    match options.command:
        case "version":
            from importlib.metadata import version

            print(f"kefu {version('kefu')}")  # noqa: T201
            return 0
        case "run":
            from bot.commands.run import run

            return run(options)
        case "check":
            from bot.commands.check import check

            return check(options)
        case _:
            from bot.commands.group import Group, log_as_asked

            log_as_asked(options)
            group: Group = options.group
            return group.run(options)
