"""How short questions are read after the topic before them:

python -m bench.follow_ups bench/faq/questions/follow_ups_dev.jsonl [--encoder none]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec

import faq
from bot.encoder import open_encoder
from bot.learning import learn
from chat.phrases import Lang
from faq.knowledge_base import KnowledgeBase, load
from faq.match import Match

OUTCOMES = ("right", "wrong", "offered", "offered else", "not answered")


class Pair(msgspec.Struct, frozen=True):
    """A question after an answer. `kind`: a follow-up, a complete question, or one that the base
    does not answer."""

    before: str
    asked: str
    q: str
    lang: Lang
    ids: list[str]
    kind: str


def outcome(match: Match, ids: list[str]) -> str:
    """What became of a question."""
    found = [candidate.id for candidate in match.candidates]
    match match.decision:
        case "answer":
            return "right" if found[0] in ids else "wrong"
        case "suggest":
            return "offered" if set(found) & set(ids) else "offered else"
        case _:
            return "not answered"


def measure(base: KnowledgeBase, pairs: list[Pair]) -> Counter[tuple[str, str, str, str]]:
    """How often each outcome was, by kind, language and whether the topic before was known."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for pair in pairs:
        alone = base.match(pair.q, pair.lang)
        after = base.match_after(pair.q, pair.lang, pair.before, pair.asked)
        found[pair.kind, pair.lang, "alone", outcome(alone, pair.ids)] += 1
        found[pair.kind, pair.lang, "after", outcome(after, pair.ids)] += 1
    return found


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--encoder", choices=("use", "e5", "none"), default="use")
    parser.add_argument("--promised", type=float, default=0.95)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    content = Path(faq.__file__).parent / "content"
    base = load({p.name: p.read_text(encoding="utf-8") for p in sorted(content.glob("*.yaml"))})
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        base = learn(base, open_encoder(options.encoder, cache), options.promised, cache)
        for file in options.files:
            lines = file.read_text(encoding="utf-8").splitlines()
            pairs = [msgspec.json.decode(line, type=Pair) for line in lines]
            found = measure(base, pairs)
            print(f"{file.stem}, {len(pairs)} pairs\n")
            print(f"| kind | language | read | {' | '.join(OUTCOMES)} |")
            print("| --- " * (3 + len(OUTCOMES)) + "|")
            for kind, lang, read in dict.fromkeys(key[:3] for key in sorted(found)):
                counts = " | ".join(str(found[kind, lang, read, each]) for each in OUTCOMES)
                print(f"| {kind} | {lang} | {read} | {counts} |")
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
