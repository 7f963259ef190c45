"""The reference for work in memory: python-telegram-bot takes updates in, and stores nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from bench.figures import Run

_TOKEN = "1:bench"
_ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class _NoNetwork(BaseRequest):
    """Answers `getMe`, all that an application asks before it starts."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        return 200, json.dumps({"ok": True, "result": _ME}).encode()


class TelegramDispatch:
    """An application with one handler for messages."""

    def __init__(self) -> None:
        request = _NoNetwork()
        self._handled = 0
        self._update = 0
        self._application = (
            Application.builder()
            .token(_TOKEN)
            .updater(None)
            .request(request)
            .get_updates_request(request)
            .build()
        )
        self._application.add_handler(MessageHandler(filters.TEXT, self._handle))

    async def _handle(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        self._handled += update.effective_message is not None

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[None]:
        """Start and stop the application."""
        async with self._application:
            yield

    async def measure(self, updates: int, text: str, people: int) -> Run:
        """Parse and dispatch so many updates of so many people."""
        bot = self._application.bot
        first = self._handled
        began = perf_counter()
        for _ in range(updates):
            self._update += 1
            update = Update.de_json(_update(self._update, self._update % people, text), bot)
            await self._application.process_update(update)
        took = perf_counter() - began
        if self._handled - first != updates:
            raise RuntimeError("the reference did not handle every update")
        return Run(conversations=people, messages=updates, seconds=took)


def _update(number: int, person: int, text: str) -> dict[str, Any]:
    """An update as `getUpdates` gives it."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_760_000_000,
            "chat": {"id": 1000 + person, "type": "private", "first_name": "小王"},
            "from": {
                "id": 1000 + person,
                "is_bot": False,
                "first_name": "小王",
                "language_code": "zh-hans",
            },
            "text": text,
        },
    }
