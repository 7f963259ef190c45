"""The desk's group keeps the id that the rest of Kefu knows, whatever Telegram renames it to."""

from __future__ import annotations

import logging

from adapters.telegram.facts import Facts
from chat.channel import Undeliverable

log = logging.getLogger(__name__)


class DeskGroup:
    """The group's configured id and its present one, which changes when it is upgraded."""

    def __init__(self, configured: str | None, facts: Facts) -> None:
        self._facts = facts
        self._loaded = configured is None
        self.configured = configured
        self.present = int(configured) if configured is not None else None

    async def load(self) -> None:
        """Learn what an earlier process remembered. Raises RetryLater."""
        if self._loaded:
            return
        remembered = await self._facts.get(f"moved:{self.configured}")
        self._loaded = True
        if remembered is not None:
            self.present = int(remembered)

    async def move(self, new: int) -> None:
        """The group has a new id. Raises RetryLater when that cannot be remembered."""
        if new == self.present:
            return
        await self._facts.put(f"moved:{self.configured}", str(new))
        self.present = new
        log.warning("the desk group was upgraded; Telegram now calls it %s", new)

    async def chat_id(self, channel: str) -> int:
        """The present id of a chat. Raises RetryLater, or Undeliverable for what is no id."""
        if channel == self.configured:
            await self.load()
            if self.present is not None:
                return self.present
        try:
            return int(channel)
        except ValueError:
            raise Undeliverable("not_found", f"{channel!r} is no chat id") from None
