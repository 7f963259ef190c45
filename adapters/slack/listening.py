"""Listens to Slack by Socket Mode or over HTTP, through slack-bolt.

Slack is told 'received' when a listener returns, and a listener returns once what it heard is
durable: hence `process_before_response`, without which HTTP answers come first.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, TypeAlias

from aiohttp import ClientError, web
from msgspec import structs
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from adapters.lines import Lines
from adapters.slack.emoji_names import emoji_of
from adapters.slack.errors import BAD_TOKEN, code_of
from adapters.slack.interactions import Interactions
from adapters.slack.parse import (
    Reader,
    Said,
    line_of,
    message_of,
    place_of,
    said_in,
    thread_key,
)
from adapters.slack.reading import PLATFORM
from adapters.slack.settings import SlackSettings
from adapters.slack.web_api import WebApi
from chat.address import Address
from chat.channel import Memory, OperatorNeeded, RetryLater, Sink, Undeliverable
from chat.events import (
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
)

log = logging.getLogger(__name__)

Json: TypeAlias = dict[str, Any]

_ANYTHING: Final = re.compile(".*", re.DOTALL)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_BODY_MOST: Final = 2 * 1024 * 1024
_MENTION: Final = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")


class Listening:
    """One app's ears."""

    def __init__(
        self, settings: SlackSettings, api: WebApi, memory: Memory, clock: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._api = api
        self._memory = memory
        self._clock = clock
        self._reader = Reader(settings.desk_channel, settings.entrances)
        self._lines = Lines()
        self._bot_user = ""
        self.port = 0

    async def run(self, sink: Sink) -> None:
        """Listen until cancelled. Raises OperatorNeeded, or OSError when a port cannot be had."""
        self._sink = sink
        self._interactions = Interactions(self._api, self._reader, sink, self._clock)
        app = self._app()
        await self._patiently(self._introduce)
        if self._settings.mode == "http":
            async with self._serving(app):
                await asyncio.Event().wait()
        else:
            await self._by_socket(app)

    def _app(self) -> AsyncApp:
        async def authorize() -> AuthorizeResult:
            # Known already: to ask Slack again at the first events would mix up their order.
            return self._identity

        app = AsyncApp(
            signing_secret=self._settings.signing_secret or "unused-in-socket-mode",
            authorize=authorize,
            process_before_response=True,
            logger=logging.getLogger("slack_bolt.AsyncApp"),
        )
        app.event(_ANYTHING)(self._on_event)
        app.action(_ANYTHING)(self._interactions.pressed)
        app.view(_ANYTHING)(self._interactions.submitted)
        app.shortcut(_ANYTHING)(self._interactions.shortcut)
        app.command(_ANYTHING)(self._interactions.commanded)
        return app

    async def _introduce(self) -> None:
        me = await self._api.introduce()
        self._bot_user = str(me.get("user_id") or "")
        self._identity = AuthorizeResult(
            enterprise_id=me.get("enterprise_id"),
            team_id=me.get("team_id"),
            bot_id=me.get("bot_id"),
            bot_user_id=self._bot_user,
            bot_token=self._settings.bot_token,
        )
        log.info("listening to Slack as %s", me.get("user"))

    async def _patiently(self, work: Any) -> None:
        """Do it again, with growing pauses, until it is done. Raises OperatorNeeded."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await work()
                return
            except SlackApiError as error:
                if code_of(error) in BAD_TOKEN:
                    raise OperatorNeeded(
                        f"Slack refuses the token ({code_of(error)}); install the app again and "
                        "copy the new bot token (xoxb-…) and app token (xapp-…) into channels.slack"
                    ) from error
                why: Exception = error
            except (ClientError, OSError) as error:
                why = error
            log.warning("cannot reach Slack (%s); again in %.0f s", why, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _by_socket(self, app: AsyncApp) -> None:
        handler = AsyncSocketModeHandler(
            app, self._settings.app_token or "", web_client=self._api.client
        )
        try:
            await self._patiently(handler.connect_async)
            await asyncio.Event().wait()
        finally:
            with suppress(ClientError, OSError):
                await handler.close_async()  # type: ignore[no-untyped-call]

    @asynccontextmanager
    async def _serving(self, app: AsyncApp) -> AsyncIterator[None]:
        async def take(request: web.Request) -> web.Response:
            answer = await app.async_dispatch(await to_bolt_request(request))
            return await to_aiohttp_response(answer)

        server = web.Application(client_max_size=_BODY_MOST)
        server.router.add_post("/slack/events", take)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._settings.host, self._settings.port)
            await site.start()
            self.port = runner.addresses[0][1]
            log.info("Slack events are taken at port %d", self.port)
            yield
        finally:
            await runner.cleanup()

    # ── events ───────────────────────────────────────────────────────────────────────────────

    async def _on_event(self, event: Json, ack: AsyncAck) -> None:
        await ack()
        match event.get("type"):
            case "message" | "app_mention":
                said = said_in(event)
                if said is not None:
                    # Looking something up must not let what was said later go before.
                    async with self._lines.first_in(line_of(said)):
                        await self._take(said)
            case "reaction_added" | "reaction_removed":
                channel = str((event.get("item") or {}).get("channel", ""))
                async with self._lines.first_in(channel):
                    await self._take_reaction(event, added=event.get("type") == "reaction_added")
            case "app_home_opened" if event.get("tab") == "home":
                await self._interactions.furnish_home(str(event.get("user", "")))
            case _:
                return

    async def _take(self, said: Said) -> None:
        address = await self._place(said)
        if address is None:
            return
        sender = await self._api.person(said.user, said.team) if said.user else None
        if said.kind == "delete":
            event_id = f"slack:d:{said.channel}:{said.ts}"
            await self._sink.submit(
                MessageDeleted(event_id, self._clock(), address, said.ts, sender)
            )
            return
        if sender is None:
            return
        await self._know_mentioned(said)
        said = structs.replace(said, body=await self._with_whole_files(said.body))
        message = message_of(said, address, sender, self._api.name_of, self._bot_user)
        if message is None:
            return
        outsiders = self._api.outsiders_in(message.spans)
        # Agents name one another to pass a case on; customers name nobody who matters here.
        away = await self._api.away_in(message.spans) if address.thread is not None else ()
        message = structs.replace(message, outsiders=outsiders, away=away)
        if said.kind == "edit":
            edited = str((said.body.get("edited") or {}).get("ts") or self._clock())
            event_id = f"slack:e:{said.channel}:{said.ts}:{edited}"
            await self._sink.submit(MessageEdited(event_id, self._clock(), message))
        else:
            event_id = f"slack:m:{said.channel}:{said.ts}"
            await self._sink.submit(MessageReceived(event_id, message.at, message))

    async def _take_reaction(self, event: Json, *, added: bool) -> None:
        """Slack tells the message, but not its thread: that is looked up."""
        item, user = event.get("item") or {}, str(event.get("user", ""))
        channel, ts = str(item.get("channel", "")), str(item.get("ts", ""))
        if item.get("type") != "message" or user == self._bot_user:
            return
        if channel == self._reader.desk or channel in self._reader.entrances:
            thread = await self._thread_of(channel, ts)
            if thread is None:
                return
            inside = channel == self._reader.desk
            address = (
                Address(PLATFORM, channel, thread)
                if inside
                else Address(PLATFORM, f"{channel}/{thread}")
            )
        elif channel.startswith("D"):
            address = Address(PLATFORM, channel)
        else:
            return
        person = await self._api.person(user)
        emoji = emoji_of(str(event.get("reaction", "")))
        event_id = f"slack:r:{channel}:{ts}:{user}:{event.get('event_ts')}"
        await self._sink.submit(
            ReactionChanged(event_id, self._clock(), address, person, ts, emoji, added)
        )

    async def _thread_of(self, channel: str, ts: str) -> str | None:
        """`conversations.replies` finds a message in a thread by its own `ts` too."""
        try:
            found = await self._api.look_up(
                "conversations.replies", channel=channel, ts=ts, limit=1
            )
        except (RetryLater, Undeliverable):
            return None
        messages = found.get("messages") or [{}]
        return messages[0].get("thread_ts") or None

    async def _place(self, said: Said) -> Address | None:
        owner = None
        if said.channel in self._reader.entrances and not said.direct:
            key = f"slack:owner:{thread_key(said)}"
            owner = await self._memory.get(key)
            if owner is None and said.mention and said.user:
                owner = said.user
                await self._memory.put(key, owner)
        return place_of(said, self._reader, owner)

    async def _with_whole_files(self, body: Json) -> Json:
        """Of another organisation's files an event tells no more than the ids."""
        files = body.get("files") or []
        if all(file.get("file_access") != "check_file_info" for file in files):
            return body
        return {**body, "files": [await self._whole_file(file) for file in files]}

    async def _whole_file(self, file: Json) -> Json:
        if file.get("file_access") != "check_file_info":
            return file
        try:
            answer = await self._api.look_up("files.info", file=file.get("id"))
        except (RetryLater, Undeliverable) as error:
            log.warning("Slack tells nothing of the file %s (%s)", file.get("id"), error)
            return file
        return answer.get("file") or file

    async def _know_mentioned(self, said: Said) -> None:
        """Look up the names of all who are mentioned."""
        for user in set(_MENTION.findall(str(said.body.get("text") or ""))):
            await self._api.person(user)
