"""`kefu run`: answers customers until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import nullcontext
from pathlib import Path

from bot.commands.group import config_path, log_as_asked
from bot.config import Config, ConfigError, load
from bot.memory import grow
from bot.store.embedded import EmbeddedServer, begun


def run(options: argparse.Namespace) -> int:
    """Run until stopped; the exit code."""
    grow()
    try:
        config = load(config_path(options))
    except ConfigError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    # The store starts while everything else is loaded.
    own = config.store.url == "embedded"
    with begun(Path(config.data) / "valkey") if own else nullcontext() as server:
        return _run(config, options, server)


def _run(config: Config, options: argparse.Namespace, server: EmbeddedServer | None) -> int:
    log_as_asked(options)
    from bot.hearing import read_mood
    from bot.knowledge import read_knowledge
    from bot.knowledge_watch import fingerprint
    from bot.norms import read_norms
    from bot.run import CannotRun
    from bot.run import run as run_all
    from faq.knowledge_base import KnowledgeBaseError
    from faq.located import InputError

    try:
        looked = fingerprint(config)
        knowledge = read_knowledge(config, quick=True)
        norms = read_norms(config.desk.norms)
    except (KnowledgeBaseError, InputError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    mood = read_mood() if config.mood.enabled else None
    try:
        asyncio.run(run_all(config, knowledge, mood, norms, looked, server))
    except KeyboardInterrupt:
        return 0
    except CannotRun as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0
