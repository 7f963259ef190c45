"""How a platform hands its events over: in order, again until it is told 'received'."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chat.events import Event
from tests.scenarios.simulation.chance import Chance

if TYPE_CHECKING:
    from tests.scenarios.simulation.world import World


@dataclass(slots=True)
class Feed:
    """The events of one chat or thread. `window`: how many are under way at once."""

    world: World
    name: str
    chance: Chance
    window: int
    events: list[Event] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    deliveries: int = 0
    _next: int = 0
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, event: Event) -> None:
        """Something happened on the platform."""
        self.events.append(event)
        self.world.note("people", f"{self.name}: {event.id} {_gist(event)}")
        self._more.set()

    @property
    def drained(self) -> bool:
        """Whether everything was received."""
        return self._next == len(self.events)

    async def run(self) -> None:
        """Hand over until cancelled."""
        while True:
            if self.drained:
                self._more.clear()
                await self._more.wait()
            await self.chance.hesitate()
            process = await self.world.process_for_delivery()
            window = self.events[self._next : self._next + self.window]
            self.deliveries += len(window)
            tasks = [process.spawn(process.inbox.submit(event)) for event in window]
            await asyncio.wait(tasks)
            received = [not task.cancelled() and task.exception() is None for task in tasks]
            self.acknowledged.update(
                event.id for event, yes in zip(window, received, strict=True) if yes
            )
            done = received.index(False) if False in received else len(received)
            self._next += done
            if self.chance.happens(self.chance.rates.redeliver):
                self._next = max(0, self._next - self.chance.random.randint(1, 4))


def _gist(event: Event) -> str:
    message = getattr(event, "message", None)
    told = message.text if message is not None else getattr(event, "value", "")
    return f"{type(event).__name__} {told!r}"
