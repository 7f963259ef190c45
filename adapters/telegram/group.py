"""The desk's groups keep the ids that the rest of Kefu knows, whatever Telegram renames them to."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from adapters.telegram.facts import Facts
from chat.channel import Undeliverable

log = logging.getLogger(__name__)


class DeskGroup:
    """A group's configured id and its present one, which changes when it is upgraded."""

    def __init__(self, configured: str, facts: Facts) -> None:
        self._facts = facts
        self._loaded = False
        self.configured = configured
        self.present = int(configured)

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
        log.warning("a desk group was upgraded; Telegram now calls it %s", new)


class DeskGroups:
    """All groups of the desk's, by the ids that the operator configured, the main one first."""

    def __init__(self, configured: Sequence[str], facts: Facts) -> None:
        self._groups = {channel: DeskGroup(channel, facts) for channel in configured}

    async def load(self) -> None:
        """Learn what an earlier process remembered. Raises RetryLater."""
        for group in self._groups.values():
            await group.load()

    def get(self, channel: str) -> DeskGroup | None:
        """The group that is called so."""
        return self._groups.get(channel)

    @property
    def present(self) -> tuple[tuple[str, int], ...]:
        """What we call each, and what Telegram does."""
        return tuple((channel, group.present) for channel, group in self._groups.items())

    async def chat_id(self, channel: str) -> int:
        """The present id of a chat. Raises RetryLater, or Undeliverable for what is no id."""
        group = self.get(channel)
        if group is not None:
            await group.load()
            return group.present
        try:
            return int(channel)
        except ValueError:
            raise Undeliverable("not_found", f"{channel!r} is no chat id") from None
