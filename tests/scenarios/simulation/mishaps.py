"""What befalls the world at large: threads vanish, the desk is down, processes are killed."""

from __future__ import annotations

import asyncio
from random import Random

from tests.scenarios.simulation.people import Customer
from tests.scenarios.simulation.world import World


async def befall(world: World, seconds: float) -> None:
    """Let everything planned happen at some moment within so many seconds."""
    random = Random(f"{world.plan.seed}/mishaps")
    plan = world.plan
    planned = (
        [_delete_thread] * plan.vanishing_threads
        + [_refuse_threads] * plan.desk_outages
        + [_freeze] * plan.freezes
        + [_kill] * plan.kills
        + [_block] * plan.blocks
        + [_cut_off] * plan.outages
    )
    moments = sorted((random.uniform(0.0, seconds), n) for n in range(len(planned)))
    tasks = []
    for moment, n in moments:
        await asyncio.sleep(max(0.0, moment - world.loop.time()))
        tasks.append(asyncio.ensure_future(planned[n](world, random)))
    if tasks:
        await asyncio.wait(tasks)


async def _delete_thread(world: World, random: Random) -> None:
    live = [thread for thread in world.desk.threads.values() if thread.live]
    if live:
        thread = random.choice(live)
        world.note("people", f"{thread.address.key} is deleted")
        world.desk.vanish(thread)


async def _refuse_threads(world: World, random: Random) -> None:
    world.note("people", "the desk refuses new threads")
    world.desk.refuses_threads = True
    await asyncio.sleep(random.uniform(1.0, 12.0))
    world.desk.refuses_threads = False


async def _freeze(world: World, random: Random) -> None:
    living = world.living()
    if living:
        process = random.choice(living)
        process.freeze()
        await asyncio.sleep(random.choice((0.5, 3.0, 15.0)))
        process.thaw()


async def _kill(world: World, random: Random) -> None:
    living = world.living()
    if living:
        random.choice(living).die("killed")


async def _block(world: World, random: Random) -> None:
    customers = [p for p in world.people if isinstance(p, Customer)]
    chat = random.choice(customers).chat
    world.note("people", f"{chat.address.key} blocks us")
    chat.blocked = True
    await asyncio.sleep(random.uniform(1.0, 10.0))
    chat.blocked = False


async def _cut_off(world: World, random: Random) -> None:
    platform = random.choice((world.customers, world.customers, world.desk))
    world.note("people", f"{platform.name} cannot be reached")
    platform.unreachable = True
    await asyncio.sleep(random.uniform(2.0, 12.0))
    platform.unreachable = False
