"""Puts the parts together and keeps them running until the process is told to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from adapters.web.channel import WebChannel
from bot.archive.fact import Keeping
from bot.archive.writer import writer_of
from bot.channels import build_platforms, build_web, shares_events
from bot.config import Config
from bot.dialog.conversation import CRISIS_LINES, Settings
from bot.encoder import EncoderMissing, KeptEncoder, open_encoder
from bot.files import Files
from bot.inbox import Inbox
from bot.journal import RedisJournal
from bot.knowledge import read_knowledge
from bot.knowledge_watch import Fingerprint, KnowledgeWatch, fingerprint
from bot.learning import is_learnt, learn
from bot.learning_apart import learn_apart
from bot.lease import Lease, run_while_held
from bot.memory import give_back, settle
from bot.official import official_of
from bot.outbox import Outbox
from bot.redaction import Redaction
from bot.store.commands import GroupedCommands
from bot.store.connect import open_redis
from bot.store.embedded import AlreadyRunning, EmbeddedServer
from bot.store.store import Store
from bot.tasks import together
from bot.timers import Timers
from chat.channel import Channel, OperatorNeeded
from faq.knowledge_base import KnowledgeBase
from handoff.concern import Assessor
from handoff.norms import Norms, prepare

log = logging.getLogger(__name__)


class CannotRun(Exception):
    """Something outside stands in the way; the message says what, and what to do."""


async def run(
    config: Config,
    knowledge: KnowledgeBase,
    mood: Assessor | None,
    norms: Norms,
    looked: Fingerprint | None = None,
    server: EmbeddedServer | None = None,
) -> None:
    """Run until SIGTERM or cancellation. `knowledge` is as its files were when they `looked` so;
    an embedded `server` may have begun to start.

    Raises CannotRun.
    """
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine runs in a task
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        await _run(config, knowledge, mood, norms, looked, server)
    except asyncio.CancelledError:
        log.info("stopped")
    except (AlreadyRunning, EncoderMissing, OperatorNeeded, OSError) as error:
        raise CannotRun(_explain(error, config)) from error


def _explain(error: Exception, config: Config) -> str:
    match error:
        case AlreadyRunning():
            return f"another Kefu uses {config.data}; stop it, or set another data: folder"
        case EncoderMissing() | OperatorNeeded():
            return str(error)
        case OSError(errno=errno.EADDRINUSE):
            port = config.channels.web.port if config.channels.web else ""
            return (
                f"port {port} is in use by another program; stop it, or set another "
                "channels.web.port"
            )
        case _:
            return f"cannot start: {error}"


async def _run(
    config: Config,
    knowledge: KnowledgeBase,
    mood: Assessor | None,
    norms: Norms,
    looked: Fingerprint | None,
    server: EmbeddedServer | None,
) -> None:
    directory = Path(config.data) / "valkey"
    async with AsyncExitStack() as stack:
        redis = await stack.enter_async_context(open_redis(config.store.url, directory, server))
        store = Store(GroupedCommands(redis))
        encoder = open_encoder(config.faq.encoder, config.cache)
        inbox = Inbox(
            store, _settings(config, norms), knowledge, mood, redaction=Redaction(config.secrets)
        )
        stack.push_async_callback(inbox.close)
        channels: dict[str, Channel] = {}
        files = Files(channels)
        owner = _owner(config)
        watch = KnowledgeWatch(
            config,
            partial(_read_learnt, config, encoder, [(looked, knowledge)]),
            partial(setattr, inbox, "knowledge"),
        )
        with suppress(NotImplementedError, AttributeError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, watch.reload)
        works: list[Callable[[], Coroutine[Any, Any, None]]] = []
        web = build_web(config, RedisJournal(redis), files)
        if web is not None:
            channels[web.name] = web
            web.facts = lambda: {"knowledge": watch.state}
            works += [partial(web.run, inbox), partial(_announce, web, config)]

        async def prepare_to_listen() -> None:
            if mood is not None:
                await asyncio.to_thread(mood.assess, "", config.language)
            await asyncio.sleep(_UNTIL_CALM)
            await asyncio.to_thread(prepare, norms)
            await asyncio.to_thread(give_back)

        # These take the processor for a while, so whoever waits to be served goes first.
        works.append(partial(_after, web.ready if web else None, watch.run))
        works.append(partial(_after, web.ready if web else None, prepare_to_listen))
        for channel in build_platforms(config, files, store):
            stack.push_async_callback(channel.close)
            channels[channel.name] = channel
            listen = partial(channel.run, inbox)
            if shares_events(config, channel.name):
                listen = partial(run_while_held, store, channel.name, owner, listen)
            works.append(listen)
        lease = Lease(store, "courier", owner)
        outbox = Outbox(
            store,
            inbox,
            channels,
            clock=time.time,
            random=random.Random(),  # noqa: S311
            lease=lease,
        )
        inbox.on_typing = outbox.show_typing
        timers = Timers(store, inbox, clock=time.time)

        async def courier() -> None:
            await together([outbox.run, timers.run])

        works.append(partial(lease.run, courier))
        keeping = Keeping(config.archive.keep_days, config.archive.keep_texts_days)
        archive = writer_of(store, config.archive_url, keeping, time.time)
        works.append(partial(run_while_held, store, "archive", owner, archive.run))
        settle()
        await together(works)


_UNTIL_CALM: Final = 5.0
"""Seconds after the start when first questions have their answer."""


async def _after(ready: asyncio.Event | None, work: Callable[[], Awaitable[None]]) -> None:
    if ready is not None:
        await ready.wait()
    await work()


class _NotWanted(Exception):
    """The program ends while the base is being learnt."""


def _read_learnt(
    config: Config,
    encoder: KeptEncoder | None,
    was_read: list[tuple[Fingerprint | None, KnowledgeBase]],
    unwanted: threading.Event,
) -> KnowledgeBase:
    """What was read already is taken out of its list, and used if its files still look so."""

    def tick(done: int, total: int) -> None:
        if unwanted.is_set():
            raise _NotWanted

    looked, base = was_read.pop() if was_read else (None, None)
    if base is None or looked != fingerprint(config):
        base = read_knowledge(config, quick=True)
    wordings, promised = list(base.wordings()), config.faq.promised_precision
    if not is_learnt(wordings, encoder, promised, config.cache):
        learn_apart(wordings, config.faq.encoder, promised, config.cache, unwanted)
    tick(0, len(wordings))  # What was not wanted there is not wanted here either.
    return learn(base, encoder, promised, config.cache, tick)


def _owner(config: Config) -> str:
    """Who holds a lease. The embedded store has one process at a time, so after a crash the next
    one need not wait for the lease to run out."""
    if config.store.url == "embedded":
        return "embedded"
    return f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"


def _settings(config: Config, norms: Norms) -> Settings:
    return Settings(
        desk=config.desk_address,
        spare_desks=frozenset(config.spare_desks),
        brand=config.brand_name,
        default_lang=config.language,
        desk_lang=config.desk.language,
        agents=frozenset(config.desk.agents),
        crisis_lines=CRISIS_LINES | config.mood.crisis_lines,
        norms=norms,
        official=official_of(config.brand_name, config.domains),
    )


async def _announce(web: WebChannel, config: Config) -> None:
    await web.ready.wait()
    lines = ["", f"  {config.brand_name} support is running.", "", f"  Customers   {web.url}/"]
    if config.desk_address.platform == "web":
        lines.append(f"  Desk        {web.url}/desk")
    lines += ["", "  Ctrl+C stops it.", ""]
    print("\n".join(lines), flush=True)  # noqa: T201
