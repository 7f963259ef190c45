"""Log lines: for people, or as JSON for machines. Never a token, never what a customer wrote."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

_TOKEN: Final = re.compile(r"\d{3,}(?::|%3A)[\w-]{20,}|xox[a-z]-[\w-]+|xapp-[\w-]+")
_NOISY: Final = ("httpx", "httpcore", "aiohttp.access", "asyncio")


_WORDY: Final = ("telegram", "discord", "slack_bolt", "slack_sdk", "redis")
"""Libraries that write whole messages into their log when asked for everything."""


class _Redacted(logging.Formatter):
    def __init__(self, redact: Callable[[str], str], form: str | None = None) -> None:
        super().__init__(form)
        self._redact = redact

    def clean(self, text: str) -> str:
        return self._redact(_TOKEN.sub("<token>", text))

    def format(self, record: logging.LogRecord) -> str:
        return self.clean(super().format(record))


class _Json(_Redacted):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.clean(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self.clean(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up(level: str, *, as_json: bool, redact: Callable[[str], str] = str) -> None:
    """Send log lines of `level` (a logging level's name) and above to standard error; `redact`
    takes out of them what must not be there."""
    handler = logging.StreamHandler(sys.stderr)
    form = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    handler.setFormatter(_Json(redact) if as_json else _Redacted(redact, form))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _WORDY:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
