"""What a group of commands offers to the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Protocol, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Group(Protocol):
    """A module of `bot.commands`.

    `add` puts the group's commands on the command line and sets their default `group` to the
    module; `common` has the options that every command takes. `run` gives the exit code: 0 well,
    1 something to mend, 2 misused.
    """

    def add(self, commands: Commands, common: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


def config_path(options: argparse.Namespace) -> Path:
    """The settings' file that was named, or the usual one."""
    path: Path = getattr(options, "config", Path("config.yaml"))
    return path


def log_as_asked(options: argparse.Namespace) -> None:
    """Write log lines as the options say, without secrets."""
    from bot import log
    from bot.redaction import Redaction

    log.set_up(
        getattr(options, "log_level", "info"),
        as_json=getattr(options, "json_logs", False),
        redact=Redaction().log_line,
    )
