"""`kefu faq`: what concerns the knowledge base."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from bot.commands import GROUPS, faq_accept, faq_bench, faq_check, faq_gaps, faq_sheets
from bot.commands.group import Commands, Group, config_path
from bot.commands.progress import bar
from bot.config import Config, ConfigError, load
from bot.encoder import EncoderMissing, open_encoder
from bot.knowledge import read_knowledge
from bot.learning import learn
from chat.phrases import Lang
from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError
from faq.language import detect
from handoff.wordings import wants_person

_BELOW: Final[tuple[Group, ...]] = (faq_bench, faq_check, faq_gaps, faq_accept, faq_sheets)


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu faq …` on the command line."""
    what = GROUPS["faq"]
    faq = commands.add_parser("faq", help=what, description=what)
    below = faq.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    what = "say what the bot would answer to a text, or to each line of standard input"
    ask = below.add_parser("ask", help=what, description=what, parents=[common])
    ask.add_argument("text", nargs="*", metavar="TEXT", help="a question; default: lines on stdin")
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.set_defaults(group=sys.modules[__name__])
    for group in _BELOW:
        group.add(below, common)


def run(options: argparse.Namespace) -> int:
    """Run `kefu faq ask`."""
    try:
        config = load(config_path(options))
        knowledge = read_learnt(config)
    except (ConfigError, KnowledgeBaseError, EncoderMissing) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    for line in _asked(options.text):
        print(_answer(knowledge, line, config.language, as_json=options.json), flush=True)  # noqa: T201
    return 0


def read_learnt(config: Config) -> KnowledgeBase:
    """The knowledge base as the running bot uses it.

    Raises KnowledgeBaseError, EncoderMissing, or OSError for a file that cannot be read.
    """
    encoder = open_encoder(config.faq.encoder, config.cache)
    base = read_knowledge(config, quick=True)
    return learn(
        base,
        encoder,
        config.faq.promised_precision,
        config.cache,
        lambda done, total: bar("reading phrasings", done, total),
    )


def _asked(words: Iterable[str]) -> Iterator[str]:
    text = " ".join(words)
    return iter([text]) if text else (line.rstrip("\n") for line in sys.stdin)


def _answer(knowledge: KnowledgeBase, text: str, default: Lang, *, as_json: bool) -> str:
    lang = detect(text, default)
    match = knowledge.match(text, lang)
    human = wants_person(text)
    best = match.candidates[0] if match.candidates else None
    if as_json:
        return json.dumps(
            {
                "q": text,
                "lang": lang,
                "decision": match.decision,
                "id": best.id if best else None,
                "confidence": round(match.confidence, 4),
                "candidates": [{"id": c.id, "score": c.score} for c in match.candidates],
                "human": human,
            },
            ensure_ascii=False,
        )
    named = ", ".join(f"{c.id} {c.score:.2f}" for c in match.candidates)
    said = f"{match.decision} ({match.confidence:.2f})" + (f": {named}" if named else "")
    return said + ("; asks for a person" if human else "")
