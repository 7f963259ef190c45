"""What a customer sees when sending to their platform goes wrong; docs/reliability.md shows it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Fault: TypeAlias = Literal[
    "before_commit",
    "drop_before_commit",
    "commit_then_drop",
    "commit_then_5xx",
    "rate_limited",
    "delay",
    "refused",
]
Told: TypeAlias = Literal["duplicate", "reorder"]
Outcome: TypeAlias = Literal["once", "once, doubted", "twice, told", "told that it failed"]

FAULTS: Final[dict[Fault, str]] = {
    "before_commit": "the platform fails (5xx) and has done nothing",
    "drop_before_commit": "the connection breaks before the platform has done anything",
    "commit_then_drop": "the platform shows the message, but its answer is lost",
    "commit_then_5xx": "the platform shows the message, but answers with an error (5xx)",
    "rate_limited": "the platform asks us to slow down (429)",
    "delay": "the platform takes its time",
    "refused": "the customer takes no more messages from us",
}
TOLD: Final[dict[Told, tuple[str, str]]] = {
    "duplicate": ("tells us of a message twice", "once"),
    "reorder": ("tells us of two messages in the wrong order", "each once, as they were told"),
}
WORDS: Final[dict[Outcome, str]] = {
    "once": "once",
    "once, doubted": "once; the desk is told that it may be twice",
    "twice, told": "twice; the desk is told that it may be twice",
    "told that it failed": "not; the desk is told that it failed, and why",
}
EXPECTED: Final[dict[str, dict[Fault, Outcome]]] = {
    "telegram": {
        "before_commit": "once, doubted",
        "drop_before_commit": "once, doubted",
        "commit_then_drop": "twice, told",
        "commit_then_5xx": "twice, told",
        "rate_limited": "once",
        "delay": "once",
        "refused": "told that it failed",
    },
    "discord": {**dict.fromkeys(FAULTS, "once"), "refused": "told that it failed"},
    "slack": {**dict.fromkeys(FAULTS, "once"), "refused": "told that it failed"},
}
BEGIN: Final = "<!-- what customers see: written by the tests' table -->\n"
BEGIN_TOLD: Final = "<!-- what the desk sees: written by the tests' table -->\n"
END_TOLD: Final = "<!-- end of what the desk sees -->"
END: Final = "<!-- end of what customers see -->"


def markdown() -> str:
    """The table as it stands in the document."""
    platforms = list(EXPECTED)
    lines = ["| what goes wrong | " + " | ".join(p.capitalize() for p in platforms) + " |"]
    lines.append("| --- |" + " --- |" * len(platforms))
    for fault, words in FAULTS.items():
        outcomes = (WORDS[EXPECTED[platform][fault]] for platform in platforms)
        lines.append(f"| {words} | " + " | ".join(outcomes) + " |")
    return "\n".join(lines) + "\n"


def markdown_of_told() -> str:
    """The table of what is heard, as it stands in the document."""
    platforms = list(EXPECTED)
    lines = ["| the platform | " + " | ".join(p.capitalize() for p in platforms) + " |"]
    lines.append("| --- |" + " --- |" * len(platforms))
    for words, outcome in TOLD.values():
        lines.append(f"| {words} | " + " | ".join([outcome] * len(platforms)) + " |")
    return "\n".join(lines) + "\n"
