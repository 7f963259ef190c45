"""Writes docs/fidelity.md from what the adapters declare."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from adapters.discord.fidelity import FIDELITY as DISCORD
from adapters.slack.fidelity import FIDELITY as SLACK
from adapters.telegram.fidelity import FIDELITY as TELEGRAM
from adapters.web.fidelity import FIDELITY as WEB
from chat.fidelity import FEATURES, Fidelity, Level, carried

PLATFORMS: Final[dict[str, Fidelity]] = {
    "web": WEB,
    "Telegram": TELEGRAM,
    "Discord": DISCORD,
    "Slack": SLACK,
}
_MARKS: Final[dict[Level, str]] = {
    "native": "●",
    "other": "◐",
    "text": "T",
    "note": "✎",
    "none": "—",
}
_HEAD: Final = """# What gets across

Made by `make fidelity` from what each adapter declares. Tests ask the platforms' doubles whether
the declarations are true, and whether this page is up to date.

| mark | meaning |
| --- | --- |
| ● | as what it is |
| ◐ | as something else that holds the same: a file, a picture, separate messages |
| T | in words |
| ✎ | not shown, but whoever would believe that it was is told in the conversation |
| — | the platform has nothing of the kind, or tells bots nothing of it |

Long text is split at sense, never inside a word. What cannot be carried at all (too large, blocked,
a refused permission) is always told to whoever would believe that it arrived.

"""


def markdown() -> str:
    """The whole page: one table for each platform that people write on."""
    parts = [_HEAD]
    for source, heard in PLATFORMS.items():
        parts.append(f"## From {source} to\n\n")
        parts.append("| | " + " | ".join(PLATFORMS) + " |\n")
        parts.append("| --- |" + " --- |" * len(PLATFORMS) + "\n")
        for feature in FEATURES:
            marks = (_MARKS[carried(feature, heard, shown)] for shown in PLATFORMS.values())
            parts.append(f"| {feature} | " + " | ".join(marks) + " |\n")
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
