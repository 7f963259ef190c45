"""The bot's queue of updates, and long polling over it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.doubles.telegram_errors import ApiError, polled_by_another
from tests.doubles.telegram_faults import FaultTable

# What a bot gets that has not said what it wants.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(eq=False)
class QueuedUpdate:
    """An update that waits to be confirmed.

    It stays until it has been delivered as often as `owed`, confirmed or not; while `held` it waits
    for the update that is to overtake it.
    """

    update: dict[str, Any]
    type: str
    owed: int = 0
    delivered: int = 0
    held: bool = False

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class UpdateQueue:
    """Updates in order, each kept until the bot asks for a later one."""

    def __init__(
        self,
        all_types: frozenset[str],
        faults: FaultTable,
        check: Callable[[dict[str, Any]], None],
        changed: Callable[[], None],
        first_id: int = 700_000_001,
    ) -> None:
        self._types_by_default = all_types - NOT_BY_DEFAULT
        self._faults = faults
        self._check = check
        self._changed = changed
        self._next_id = first_id
        self._poll: asyncio.Future[None] | None = None
        self._added = asyncio.Event()
        self.wanted: list[str] = []
        self.queued: list[QueuedUpdate] = []
        self.all: list[dict[str, Any]] = []
        self.confirmed_below = 0

    def add(self, update_type: str, payload: dict[str, Any]) -> int | None:
        """Queue an update; None if the bot has not asked for this type."""
        if update_type not in (self.wanted or self._types_by_default):
            return None
        update = {"update_id": self._next_id, update_type: payload}
        self._next_id += 1
        self._check(update)
        entry = QueuedUpdate(update, update_type)
        fault = self._faults.for_update(update_type, payload)
        if fault is not None and fault.kind == "duplicate":
            entry.owed = 2
        elif fault is not None and fault.kind == "reorder":
            entry.owed = 1
            entry.held = True
        if self.queued and self.queued[-1].held:
            self.queued[-1].held = False
            self.queued.insert(-1, entry)
        else:
            self.queued.append(entry)
        self.all.append(update)
        self._added.set()
        if self._poll is not None and not self._poll.done() and self.ready():
            self._poll.set_result(None)
        return entry.id

    def ready(self) -> list[QueuedUpdate]:
        """What can be delivered now, in the order of delivery."""
        return [entry for entry in self.queued if not entry.held]

    def confirm(self, offset: int) -> None:
        """Forget what lies below an offset; a negative one keeps that many from the end."""
        if offset < 0:
            self.queued = self.queued[offset:]
            return
        self.confirmed_below = max(self.confirmed_below, offset)
        self.queued = [
            entry for entry in self.queued if entry.id >= offset or entry.delivered < entry.owed
        ]
        self._changed()

    def remove(self, entry: QueuedUpdate) -> None:
        """Forget one update that a webhook has taken."""
        if entry.delivered >= entry.owed and entry in self.queued:
            self.queued.remove(entry)
            self.confirmed_below = max(self.confirmed_below, entry.id + 1)

    def take(self, limit: int) -> list[dict[str, Any]]:
        """The updates for one answer."""
        batch = self.ready()[:limit]
        for entry in batch:
            entry.delivered += 1
        return [entry.update for entry in batch]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """One getUpdates; a later one ends it with a conflict."""
        self.end_poll(polled_by_another())
        self.confirm(offset)
        if not self.ready() and seconds > 0:
            mine = self._poll = asyncio.get_running_loop().create_future()
            self._changed()
            try:
                async with asyncio.timeout(seconds):
                    await mine
            except TimeoutError:
                pass
            finally:
                if self._poll is mine:
                    self._poll = None
                    self._changed()
        return self.take(limit)

    @property
    def is_polled(self) -> bool:
        """Whether somebody waits in getUpdates now."""
        return self._poll is not None and not self._poll.done()

    async def wait_for_ready(self) -> list[QueuedUpdate]:
        """What can be delivered, as soon as there is something."""
        while not (ready := self.ready()):
            self._added.clear()
            await self._added.wait()
        return ready

    def end_poll(self, refusal: ApiError | None = None) -> None:
        """Let a waiting getUpdates answer: with nothing, or with a refusal."""
        if self._poll is None or self._poll.done():
            return
        if refusal is None:
            self._poll.set_result(None)
        else:
            self._poll.set_exception(refusal)
