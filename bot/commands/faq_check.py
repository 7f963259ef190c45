"""`kefu faq check`: what a knowledge base can be trusted with, and which entries collide."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import Final

import numpy as np

from bot.commands.group import Commands, config_path
from bot.commands.progress import bar
from bot.config import ConfigError, load
from bot.encoder import EncoderMissing, open_encoder
from bot.knowledge import read_knowledge, read_written
from faq.hold_out import HeldOut, held_out
from faq.knowledge_base import KnowledgeBaseError
from faq.matching import Matcher
from faq.near_duplicates import near_duplicates

_COLLISIONS: Final = 12


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu faq check` on the command line."""
    what = (
        "hold out the base's own phrasings and say how many would be answered, asked back and "
        "handed over, and which entries collide"
    )
    check = commands.add_parser("check", help=what, description=what, parents=[common])
    check.set_defaults(group=sys.modules[__name__])


def run(options: argparse.Namespace) -> int:
    """Check and print; 1 when the base or the settings cannot be read."""
    try:
        config = load(config_path(options))
        base = read_knowledge(config, quick=True)
        written = read_written(config)
        encoder = open_encoder(config.faq.encoder, config.cache)
    except (ConfigError, KnowledgeBaseError, EncoderMissing) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    matcher = Matcher(
        base.wordings(), encoder, tick=lambda done, total: bar("reading phrasings", done, total)
    )
    promised = config.faq.promised_precision
    found = held_out(matcher, promised, lambda done, total: bar("asking", done, total))
    encoder.save()
    print(f"{len(base.entries)} entries, {len(found)} phrasings held out, {promised:g} promised\n")  # noqa: T201
    for line in _decisions(found):
        print(line)  # noqa: T201
    for line in _collisions(found):
        print(line)  # noqa: T201
    for pair in near_duplicates(written):
        print(f"warning: {pair}", file=sys.stderr)  # noqa: T201
    return 0


def _decisions(found: list[HeldOut]) -> list[str]:
    def share(which: str, *, hidden: bool) -> float:
        mine = [each for each in found if each.hidden == hidden]
        return 100 * float(np.mean([each.decision == which for each in mine])) if mine else 0.0

    own = [each for each in found if not each.hidden and each.decision == "answer"]
    right = 100 * float(np.mean([each.found == each.entry for each in own])) if own else 0.0
    return [
        f"{'':<14}{'held out':>12}{'entry hidden':>16}",
        *(
            f"{name:<14}{share(which, hidden=False):>10.1f} %{share(which, hidden=True):>14.1f} %"
            for name, which in (
                ("answered", "answer"),
                ("asked back", "suggest"),
                ("handed over", "handover"),
            )
        ),
        f"\nof the answers to phrasings held out, {right:.1f} % were right",
    ]


def _collisions(found: list[HeldOut]) -> list[str]:
    pairs: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for each in found:
        if not each.hidden and each.found not in (each.entry, ""):
            pair = (min(each.entry, each.found), max(each.entry, each.found))
            pairs[pair] += 1
            example.setdefault(pair, each.text)
    if not pairs:
        return ["\nno entries collide"]
    told = ["\nentries that collide (phrasings of one for which the other is found):"]
    for (one, other), times in sorted(pairs.items(), key=lambda x: (-x[1], x[0]))[:_COLLISIONS]:
        told.append(f"  {times:>3}  {one}  {other}   such as “{example[one, other]}”")
    return told
