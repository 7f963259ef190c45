"""One run: a plan from the seed, the chaos, the calm after it, and what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from bot.dialog.conversation import State
from tests.scenarios.simulation import partitions
from tests.scenarios.simulation.chance import draw_rates
from tests.scenarios.simulation.clock import NeverRests, VirtualLoop
from tests.scenarios.simulation.invariants import violations
from tests.scenarios.simulation.mishaps import befall
from tests.scenarios.simulation.outcome import Look, Outcome, look_into_store, take_down
from tests.scenarios.simulation.people import Customer
from tests.scenarios.simulation.process import owned_tasks
from tests.scenarios.simulation.server import Connection
from tests.scenarios.simulation.world import Plan, World

CHAOS_SECONDS = 40.0
SETTLE_SECONDS = 600.0
REMINDER_CYCLE = 45.0
TRACE_TAIL = 60


def draw_plan(seed: int, *, deduplicates: bool = True, albums: bool = False) -> Plan:
    """The shape of the run of a seed."""
    random = Random(f"{seed}/plan")
    return Plan(
        seed=seed,
        rates=draw_rates(random),
        customers=random.choice((1, 2, 3)),
        agents=random.choice((1, 2, 2)),
        actions=random.choice((8, 12, 16)),
        processes=random.choice((1, 1, 2)),
        deduplicates=deduplicates,
        albums=albums,
        vanishing_threads=random.choice((0, 0, 1, 2)),
        desk_outages=random.choice((0, 0, 1)),
        freezes=random.choice((0, 0, 1, 2)),
        kills=random.choice((0, 1, 3)),
        blocks=random.choice((0, 0, 0, 1)),
        outages=random.choice((0, 1, 2)),
    )


def simulate(connection: Connection, plan: Plan) -> Outcome:
    """Run a plan to its end."""
    loop = VirtualLoop()
    loop.set_task_factory(owned_tasks)
    asyncio.set_event_loop(loop)
    with partitions.few(), _complaints(loop) as complaints:
        try:
            world = loop.run_until_complete(_prepare(plan, loop, connection))
            looks: list[Look] = []
            try:
                settled = loop.run_until_complete(_live(world, looks))
            except NeverRests:
                settled = False
            looks.append(look_into_store(world))
            return take_down(world, complaints, looks, settled=settled)
        finally:
            _end(loop)
            asyncio.set_event_loop(None)


def check_seeds(
    connection: Connection,
    seeds: range,
    *,
    deduplicates: bool,
    albums: bool = False,
    whole_trace: bool = False,
) -> None:
    """Run seeds. Raises AssertionError with the seed and its trace when a promise is broken."""
    for seed in seeds:
        outcome = simulate(connection, draw_plan(seed, deduplicates=deduplicates, albums=albums))
        wrong = violations(outcome)
        if wrong or whole_trace:
            trace = outcome.history.trace
            print(f"seed {seed}: {outcome.plan}")
            print("\n".join(trace if whole_trace else trace[-TRACE_TAIL:]))
        assert not wrong, f"seed {seed}: " + "; ".join(
            f"{name}: {found[0]}" for name, found in wrong.items()
        )


async def _prepare(plan: Plan, loop: VirtualLoop, connection: Connection) -> World:
    return World(plan, loop, connection)


async def _live(world: World, looks: list[Look]) -> bool:
    """The chaos and the calm; whether everything came to rest."""
    world.start()
    looking = asyncio.ensure_future(_look_now_and_then(world, looks))
    living = [asyncio.ensure_future(p.live(world.plan.actions)) for p in world.people]
    await asyncio.gather(befall(world, CHAOS_SECONDS), *living)
    looking.cancel()
    world.note("people", "calm")
    world.chance.calm = True
    for process in world.living():
        process.thaw()
    # A reminder proves to a waiting case whether its card is still there, and a message does so
    # to a case that somebody has.
    settled = await world.become_quiet(SETTLE_SECONDS)
    await asyncio.sleep(REMINDER_CYCLE)
    settled = settled and await world.become_quiet(SETTLE_SECONDS)
    for person in world.people:
        if isinstance(person, Customer):
            conversation = world.history.current.get(person.place.key)
            if conversation is not None and conversation.state is not State.BOT:
                person.write(person.place, "{}")
    return settled and await world.become_quiet(SETTLE_SECONDS)


async def _look_now_and_then(world: World, looks: list[Look]) -> None:
    while True:
        await asyncio.sleep(3.0)
        looks.append(look_into_store(world))


def _end(loop: VirtualLoop) -> None:
    """Drop whatever still runs; nothing of it counts any more."""
    loop.rewind()
    for _ in range(50):
        left = [task for task in asyncio.all_tasks(loop) if not task.done()]
        if not left:
            break
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.wait(left, timeout=1.0))
    loop.close()


@contextmanager
def _complaints(loop: VirtualLoop) -> Iterator[list[str]]:
    """What the program logs as its own fault, and exceptions that nobody took."""
    found: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info[1] if record.exc_info else None
            found.append(f"{record.name}: {record.getMessage()} {error!r}")

    def unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if "exception" in context:
            found.append(f"{context['message']}: {context['exception']!r}")

    logger = logging.getLogger("bot")
    listener = Listener(logging.ERROR)
    before = logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    loop.set_exception_handler(unhandled)
    try:
        yield found
    finally:
        logger.removeHandler(listener)
        logger.level, logger.propagate = before
