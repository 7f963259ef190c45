"""Kefu's mood beside two sentiment lexicons, on the lines kept aside, in one run.

    pip install '.[compare]' && python -m bench.mood.compare [--encoder use|none]

VADER (English, https://github.com/cjhutto/vaderSentiment) and snownlp (Chinese,
https://github.com/isnowfy/snownlp) tell how negative a text is; the AUC is of that.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from snownlp import SnowNLP
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bot.commands.mood import auc, meaning_of
from bot.config import Config
from bot.hearing import read_mood
from handoff.mood import Vector

LINES = Path(__file__).parent / "lines"
SETS = {
    lang: [f"aside_{lang}_easy", f"aside_{lang}_hard", f"aside2_{lang}"] for lang in ("zh", "en")
}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Compare with VADER and snownlp.")
    parser.add_argument("--encoder", choices=("use", "none"), default="use")
    options = parser.parse_args()
    meaning = meaning_of(Config(), options.encoder)
    for lang, names in SETS.items():
        for name in names:
            _compare(lang, name, meaning)


def _compare(lang: str, name: str, meaning: Callable[[str], Vector | None]) -> None:
    model = read_mood()
    if model is None:
        raise SystemExit("there is no mood table")
    text = (LINES / f"{name}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    upset = np.array([row["emotional"] for row in rows])
    heard = [model.assess(row["q"], row["lang"], meaning(row["q"])).score for row in rows]
    other = _vader if lang == "en" else _snownlp
    negative = [other(row["q"]) for row in rows]
    print(
        f"{name}: kefu {auc(np.array(heard), upset):.3f}, "
        f"{other.__name__[1:]} {auc(np.array(negative), upset):.3f}"
    )


_ANALYSER = SentimentIntensityAnalyzer()


def _vader(text: str) -> float:
    return -float(_ANALYSER.polarity_scores(text)["compound"])


def _snownlp(text: str) -> float:
    return -float(SnowNLP(text).sentiments) if text.strip() else 0.0


if __name__ == "__main__":
    main()
