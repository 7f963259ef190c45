"""Log lines: for people, or as JSON for machines. Never a token, never what a customer wrote."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Final

_TOKEN: Final = re.compile(r"\d{3,}(?::|%3A)[\w-]{20,}|xox[a-z]-[\w-]+|xapp-[\w-]+")
_NOISY: Final = ("httpx", "httpcore", "aiohttp.access", "asyncio")


class _Redacted(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return _TOKEN.sub("<token>", json.dumps(line, ensure_ascii=False))


def set_up(level: str, *, as_json: bool) -> None:
    """Send log lines of `level` (a logging level's name) and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _Json() if as_json else _Redacted("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
