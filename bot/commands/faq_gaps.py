"""`kefu faq gaps`: what customers ask and the knowledge base does not answer."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs

from bot.commands.files import replace
from bot.commands.group import Commands, config_path
from bot.commands.progress import bar
from bot.config import Config, ConfigError, load
from bot.encoder import EncoderMissing, open_encoder
from bot.knowledge import read_knowledge
from bot.learning import learn
from chat.phrases import LANGS
from faq.drafting import write_drafts
from faq.gap_text import told
from faq.gaps import Found, Gap, Happening, find_gaps
from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError

_EXAMPLES: Final = 5
_DAY: Final = 24 * 3600.0


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu faq gaps` on the command line."""
    what = (
        "say what customers asked and the knowledge base did not answer, put together by likeness, "
        "with what agents answered; --draft proposes entries for you to review"
    )
    gaps = commands.add_parser("gaps", help=what, description=what, parents=[common])
    gaps.add_argument(
        "--since", type=_positive, default=30, metavar="DAYS", help="how far back; default: 30"
    )
    gaps.add_argument(
        "--min-count",
        type=_positive,
        default=2,
        metavar="N",
        help="leave out what fewer customers asked; default: 2",
    )
    gaps.add_argument("--lang", choices=LANGS, help="only questions in this language")
    gaps.add_argument("--json", action="store_true", help="one JSON object a line")
    gaps.add_argument(
        "--draft",
        type=Path,
        metavar="PATH",
        help="write drafts to a new YAML file, or to one in a folder; nothing is taken into use",
    )
    gaps.set_defaults(group=sys.modules[__name__])


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def run(options: argparse.Namespace) -> int:
    """Print what was found; 1 when something cannot be read or written."""
    # It loads SQLAlchemy, which no other command needs.
    from bot.archive.database import ArchiveUnavailable

    try:
        config = load(config_path(options))
        draft = _draft_file(options.draft)
        base = read_knowledge(config, quick=True)
        happenings = _read(config, time.time() - options.since * _DAY)
        if options.lang:
            happenings = [each for each in happenings if each.lang == options.lang]
        found = _find(config, base, happenings) if happenings else Found(())
        wide = [gap for gap in found.gaps if gap.customers >= options.min_count]
        _print(found, wide, options)
        if draft is not None and wide:
            replace(draft, write_drafts(wide, base.entries, str(draft)).encode())
            print(  # noqa: T201
                f"drafts: {draft}; review them, then: kefu faq accept {draft}", file=sys.stderr
            )
    except (ConfigError, KnowledgeBaseError, EncoderMissing, ArchiveUnavailable) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _draft_file(path: Path | None) -> Path | None:
    """The file to write, which is not there yet."""
    if path is None:
        return None
    if path.is_dir():
        path = path / f"gaps-{date.today().isoformat()}.yaml"
    if path.exists():
        raise FileExistsError(0, "the file is there already; name another", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(0, "there is no such folder", str(path.parent))
    return path


def _read(config: Config, since: float) -> list[Happening]:
    from bot.archive.database import open_to_read
    from bot.archive.reading import unanswered

    archive = open_to_read(config.archive_url)
    return [] if archive is None else unanswered(archive, since)


def _find(config: Config, base: KnowledgeBase, happenings: list[Happening]) -> Found:
    encoder = open_encoder(config.faq.encoder, config.cache)
    promised = config.faq.promised_precision
    learnt = learn(
        base, encoder, promised, config.cache, lambda done, all: bar("reading phrasings", done, all)
    )
    return find_gaps(happenings, learnt, encoder, lambda done, all: bar("comparing", done, all))


def _print(found: Found, wide: list[Gap], options: argparse.Namespace) -> None:
    if options.json:
        for gap in wide:
            shown = structs.replace(gap, examples=gap.examples[:20])
            print(msgspec.json.encode(shown).decode())  # noqa: T201
        return
    for number, gap in enumerate(wide, start=1):
        first, *rest = told(gap, _EXAMPLES)
        print(f"{number:>3}. {first}")  # noqa: T201
        for line in rest:
            print(f"     {line}")  # noqa: T201
        print()  # noqa: T201
    for line in _summary(found, wide, options):
        print(line)  # noqa: T201


def _summary(found: Found, wide: list[Gap], options: argparse.Namespace) -> list[str]:
    days = f"in the last {options.since} days" if options.since > 1 else "in the last day"
    narrow = len(found.gaps) - len(wide)
    lines = []
    if wide:
        lines.append(f"{len(wide)} {'gap' if len(wide) == 1 else 'gaps'} {days}")
    elif found.gaps or found.answered_now or found.wordless:
        lines.append(f"No gap {days} that {options.min_count} customers or more have met.")
    else:
        lines.append(
            f"Nothing {days} stayed without an answer, as far as the archive knows. "
            "It fills while Kefu runs."
        )
    for count, what in (
        (narrow, f"met by fewer than {options.min_count} customers (--min-count)"),
        (found.answered_now, "answered by now"),
        (found.wordless, "without a telling word"),
        (found.beyond, "too rare to be compared"),
    ):
        if count:
            lines.append(f"left out: {count:,} {what}")
    return lines
