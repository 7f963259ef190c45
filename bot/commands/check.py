"""`kefu check`: looks at the settings and the knowledge base."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.commands.group import config_path, log_as_asked
from bot.config import Config, ConfigError, load
from bot.knowledge import read_knowledge, read_written
from bot.norms import read_norms
from bot.online import look
from faq.knowledge_base import KnowledgeBaseError
from faq.located import InputError
from faq.near_duplicates import near_duplicates


def check(options: argparse.Namespace) -> int:
    """Say what is wrong; the exit code."""
    log_as_asked(options)
    path = config_path(options)
    try:
        config = load(path)
        knowledge = read_knowledge(config, quick=True)
        read_norms(config.desk.norms)
    except (ConfigError, KnowledgeBaseError, InputError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(f"{path}: well\nknowledge base: {len(knowledge.entries)} entries, well")  # noqa: T201
    for found in near_duplicates(read_written(config)):
        print(f"warning: {found}", file=sys.stderr)  # noqa: T201
    return _ask_platforms(config) if options.online else 0


def _ask_platforms(config: Config) -> int:
    found = asyncio.run(look(config))
    for platform, findings in found.items():
        if not findings:
            print(f"{platform}: well")  # noqa: T201
        for finding in findings:
            print(f"{platform}: {finding.problem}; {finding.remedy}", file=sys.stderr)  # noqa: T201
    return 1 if any(found.values()) else 0
