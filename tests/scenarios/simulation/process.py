"""One simulated Kefu process: the real parts, a link to the store, and a way to die."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Coroutine, Mapping
from random import Random
from typing import Any

from bot.dialog.conversation import Settings
from bot.inbox import Inbox
from bot.lease import Lease
from bot.outbox import Outbox, Patience
from bot.store.commands import GroupedCommands
from bot.store.store import Store
from bot.timers import Timers
from chat.channel import Channel
from faq.knowledge_base import KnowledgeBase
from handoff.concern import Assessor
from tests.scenarios.simulation.chance import Chance
from tests.scenarios.simulation.clock import VirtualLoop
from tests.scenarios.simulation.history import History
from tests.scenarios.simulation.link import SharedServer, StoreLink

OWNER: contextvars.ContextVar[Process] = contextvars.ContextVar("process")
PATIENCE = Patience(first=0.2, factor=2.0, most=4.0, give_up=3600.0)


class WatchedStore(Store):
    """Remembers since which step each task knows who owns a conversation."""

    def __init__(self, commands: GroupedCommands, history: History) -> None:
        super().__init__(commands)
        self._history = history
        self.looked: dict[asyncio.Task[Any], int] = {}

    async def ownership(self, conversation: str) -> tuple[str, str]:
        """See Store."""
        began = self._history.step
        found = await super().ownership(conversation)
        task = asyncio.current_task()
        assert task is not None
        self.looked[task] = began
        return found

    def last_look(self) -> int:
        """The step at which the present task began to look; -1 if it never did, or not again."""
        task = asyncio.current_task()
        return self.looked.pop(task, -1) if task else -1


class Process:
    """Inbox, outbox and timers with caches of their own. Once dead it does nothing any more."""

    def __init__(
        self,
        name: str,
        *,
        loop: VirtualLoop,
        server: SharedServer,
        history: History,
        chance: Chance,
        settings: Settings,
        knowledge: KnowledgeBase,
        mood: Assessor,
        on_death: Callable[[Process], None],
    ) -> None:
        self.name = name
        self.dead = False
        self._loop = loop
        self._history = history
        self._on_death = on_death
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._tasks: dict[asyncio.Task[Any], None] = {}
        self._context = contextvars.copy_context()
        self._context.run(OWNER.set, self)
        link: Any = StoreLink(server, self, chance)
        self.store = WatchedStore(GroupedCommands(link, link), history)
        self.inbox = Inbox(self.store, settings, knowledge, mood)
        self._random = Random(name)

    def start(self, channels: Mapping[str, Channel], *, leased: bool) -> None:
        """Begin to deliver and to fire timers; as one of several only while the lease is held."""
        lease = Lease(self.store, "courier", self.name)
        outbox = Outbox(
            self.store,
            self.inbox,
            channels,
            clock=self._loop.wall,
            random=self._random,
            patience=PATIENCE,
            lease=lease if leased else None,
        )
        timers = Timers(self.store, self.inbox, clock=self._loop.wall)
        self.inbox.on_typing = outbox.show_typing

        async def courier() -> None:
            async with asyncio.TaskGroup() as group:
                group.create_task(outbox.run())
                group.create_task(timers.run())

        if leased:
            self.spawn(lease.run(courier))
        else:
            self.spawn(courier())

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run something inside this process; what it starts belongs to the process too."""
        return self._loop.create_task(work, context=self._context)

    def adopt(self, task: asyncio.Task[Any]) -> None:
        """Every task that was started inside this process ends with it."""
        self._tasks[task] = None
        task.add_done_callback(lambda done: self._tasks.pop(done, None))

    async def running(self) -> None:
        """Wait while frozen. The dead get no further than here."""
        while not self._thawed.is_set() and not self.dead:
            await self._thawed.wait()
        if self.dead:
            raise asyncio.CancelledError

    def freeze(self) -> None:
        """Nothing leaves the process until it is thawed, as under a long pause."""
        self._history.note(self._loop.time(), self.name, "freezes")
        self._thawed.clear()

    def thaw(self) -> None:
        """Go on."""
        self._thawed.set()

    def die(self, why: str) -> None:
        """Crash: nothing that runs in the process has any further effect."""
        if self.dead:
            return
        self.dead = True
        self._history.note(self._loop.time(), self.name, f"DIES {why}")
        self._thawed.set()
        for task in list(self._tasks):
            task.cancel()
        self._on_death(self)


def owned_tasks(loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> asyncio.Task[Any]:
    """A task factory that gives every task to the process in which it was started."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **options)
    context = options.get("context")
    process = context.get(OWNER) if context is not None else OWNER.get(None)
    if process is not None:
        process.adopt(task)
    return task
