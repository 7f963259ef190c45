"""The platforms, the people and the processes of one run."""

from __future__ import annotations

import asyncio
from random import Random

from msgspec import Struct

from bot.dialog.conversation import Settings, State
from bot.store import keys
from chat.address import Address, Person
from chat.channel import Channel
from chat.events import Event
from handoff.lookalikes import Official
from tests.scenarios.simulation.chance import Chance, Rates
from tests.scenarios.simulation.channels import (
    AlbumCustomerChannel,
    AlbumDeskChannel,
    CustomerChannel,
    DeskChannel,
)
from tests.scenarios.simulation.clock import VirtualLoop
from tests.scenarios.simulation.feeds import Feed
from tests.scenarios.simulation.history import History
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.scenarios.simulation.link import SharedServer
from tests.scenarios.simulation.moods import MOODS
from tests.scenarios.simulation.norms import NORMS
from tests.scenarios.simulation.partitions import COUNT
from tests.scenarios.simulation.people import Agent, Customer, Said
from tests.scenarios.simulation.platforms import Platform
from tests.scenarios.simulation.process import Process
from tests.scenarios.simulation.server import Connection

SETTINGS = Settings(
    desk=Address("desk", "g"),
    reminders=(15.0, 25.0, 40.0),
    reopen_within=600.0,
    retry_open_after=3.0,
    norms=NORMS,
    official=Official("Tokenim", ("tokenim.com",)),
)


class Plan(Struct, frozen=True):
    """The shape of one run."""

    seed: int
    rates: Rates
    customers: int = 1
    agents: int = 1
    actions: int = 12
    processes: int = 1
    deduplicates: bool = True
    albums: bool = False
    vanishing_threads: int = 0
    desk_outages: int = 0
    freezes: int = 0
    kills: int = 0
    blocks: int = 0
    outages: int = 0


class World:
    """Everything there is."""

    def __init__(self, plan: Plan, loop: VirtualLoop, connection: Connection) -> None:
        self.plan = plan
        self.loop = loop
        self.history = History()
        self.server = SharedServer(connection, self.history, loop)
        self.chance = Chance(f"{plan.seed}/chance", plan.rates)
        self.random = Random(f"{plan.seed}/people")
        self.customers = Platform("cust", self.history, deduplicates=plan.deduplicates)
        self.desk = Platform("desk", self.history, deduplicates=plan.deduplicates)
        self.said: list[Said] = []
        self.taken_back: set[str] = set()
        self.presses: dict[str, tuple[Person, str]] = {}
        self.unwanted_threads: list[str] = []
        self.deaths = 0
        self._numbers = 0
        self._feeds: dict[Address, Feed] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._slots: list[Process | None] = []
        self._born = asyncio.Event()
        self._started = 0
        self.people: list[Customer | Agent] = [
            Customer(self, Person("cust", f"c{n}", f"客户{n}"), self.random)
            for n in range(plan.customers)
        ]
        self.people += [
            Agent(self, Person("desk", f"a{n}", f"Agent{n}"), self.random)
            for n in range(plan.agents)
        ]

    # ── what people need ─────────────────────────────────────────────────────────────────────

    def now(self) -> float:
        """Seconds since the epoch."""
        return self.loop.wall()

    def note(self, who: str, what: str) -> None:
        """Add a line to the trace."""
        self.history.note(self.loop.time(), who, what)

    def next_number(self) -> int:
        """A number that grows with everything written."""
        self._numbers += 1
        return self._numbers

    def put(self, place: Address, event: Event) -> None:
        """Something happened at a place."""
        feed = self._feeds.get(place)
        if feed is None:
            window = self.chance.random.choice((1, 1, 3, 8))
            feed = self._feeds[place] = Feed(self, place.key, self.chance, window)
            self._tasks.append(self.loop.create_task(feed.run()))
        feed.put(event)

    async def hint(self, event: Event) -> None:
        """Somebody types."""
        process = next((p for p in self._slots if p and not p.dead), None)
        if process is not None:
            process.spawn(process.inbox.hint(event))

    # ── processes ────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Start as many processes as planned."""
        for slot in range(self.plan.processes):
            self._slots.append(None)
            self._start_process(slot)

    def _start_process(self, slot: int) -> None:
        self._started += 1
        process = Process(
            f"p{slot}.{self._started}",
            loop=self.loop,
            server=self.server,
            history=self.history,
            chance=self.chance,
            settings=SETTINGS,
            knowledge=KNOWLEDGE,
            mood=MOODS,
            on_death=self._on_death,
        )
        channels: dict[str, Channel] = {
            "cust": (AlbumCustomerChannel if self.plan.albums else CustomerChannel)(
                self, process, self.customers, self.chance
            ),
            "desk": (AlbumDeskChannel if self.plan.albums else DeskChannel)(
                self, process, self.desk, self.chance
            ),
        }
        process.start(channels, leased=self.plan.processes > 1)
        self._slots[slot] = process
        self._born.set()
        self._born = asyncio.Event()

    def _on_death(self, process: Process) -> None:
        self.deaths += 1
        slot = self._slots.index(process)
        self._slots[slot] = None
        pause = self.chance.random.choice((0.0, 0.1, 3.0))
        self.loop.call_later(pause, self._start_process, slot)

    async def process_for_delivery(self) -> Process:
        """A living process to hand an event to."""
        while True:
            living = self.living()
            if living:
                return self.chance.random.choice(living)
            await self._born.wait()

    def living(self) -> list[Process]:
        """The processes that run."""
        return [p for p in self._slots if p is not None and not p.dead]

    # ── the course of things ─────────────────────────────────────────────────────────────────

    @property
    def feeds(self) -> list[Feed]:
        """All feeds."""
        return list(self._feeds.values())

    def is_quiet(self) -> bool:
        """Whether everything was received and delivered, and no case is being opened."""
        execute = self.server.execute
        return (
            all(feed.drained for feed in self._feeds.values())
            and not any(execute("world", "XLEN", key) for key in keys.OUTBOXES[:COUNT])
            and not any(c.state is State.OPENING for c in self.history.current.values())
        )

    async def become_quiet(self, seconds: float) -> bool:
        """Wait for that; False when it takes too long."""
        until = self.loop.time() + seconds
        while not self.is_quiet():
            if self.loop.time() > until:
                return False
            await asyncio.sleep(0.5)
        return True
