"""Makes a set for `kefu faq bench` of intents: one wording of each is asked of the others.

python -m bench.faq.held_out bench/faq/intents/zh4.jsonl [--shortest] > FILE
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main() -> None:
    """Read a file of intents, print the set."""
    parser = argparse.ArgumentParser(description="Make a set for `kefu faq bench` of intents.")
    parser.add_argument("intents", type=Path)
    parser.add_argument(
        "--shortest", action="store_true", help="the shortest wording is asked, not the last"
    )
    options = parser.parse_args()
    base, asked = [], []
    for number, row in enumerate(options.intents.read_text("utf-8").splitlines()):
        wordings = json.loads(row)["q"]
        kept = min(wordings, key=len) if options.shortest else wordings[-1]
        asked.append([kept, str(number)])
        base += [[text, str(number)] for text in wordings if text != kept]
    json.dump({"train": base, "test": asked, "oos": []}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
