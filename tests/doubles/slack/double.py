"""A Slack of one workspace and one app, in memory, served on loopback."""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from aiohttp import web

from tests.doubles.slack.deliveries import Deliveries, Delivery
from tests.doubles.slack.faults import FaultTable
from tests.doubles.slack.happenings import Happenings
from tests.doubles.slack.http_events import HttpEvents, RequestUrls
from tests.doubles.slack.interactions import Interactions
from tests.doubles.slack.methods import Workspace
from tests.doubles.slack.people import Person
from tests.doubles.slack.records import Account, Channel, Ephemeral, Message
from tests.doubles.slack.shown import Shown
from tests.doubles.slack.socket_mode import SocketMode
from tests.doubles.slack.spec import Violation, shared_spec
from tests.doubles.slack.web_api import LARGEST_REQUEST, Call, WebApi
from tests.doubles.slack.world import App, World

T = TypeVar("T")
FOREIGN_TEAM = "T0PARTNER01"


class SlackDouble:
    """The double: the world, its people, the fault table, and the server in front of them.

    async with SlackDouble() as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_base)
    """

    def __init__(
        self,
        *,
        app: App | None = None,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        retry_seconds: float | None = None,
        one_post_per_second: bool = False,
    ) -> None:
        self.app = app or App()
        self.spec = shared_spec()
        self.faults = FaultTable()
        self.violations: list[Violation] = []
        self.world = World(self.app, clock)
        self.shown = Shown(self.world)
        self.deliveries = Deliveries(self.world, self.spec, self.faults, self.violate)
        self.deliveries.retry_seconds = retry_seconds
        self.happenings = Happenings(self.world, self.shown, self.deliveries)
        self.interactions = Interactions(
            self.world, self.shown, self.happenings, self.deliveries, self.violations
        )
        self.sockets = SocketMode(self.world, self.deliveries, self.violate)
        self.http = HttpEvents(self.world, self.deliveries)
        self.deliveries.transport = self.sockets
        workspace = Workspace(
            self.world, self.shown, self.happenings, self.interactions, self.sockets
        )
        self._web = WebApi(workspace, self.spec, self.faults, self.violate)
        self._web.one_post_per_second = one_post_per_second
        self._port = port
        self._more_routes: list[web.RouteDef] = []
        self._runner: web.AppRunner | None = None
        self.url = ""

    # -- running ------------------------------------------------------------------------------

    async def __aenter__(self) -> "SlackDouble":
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    def add_routes(self, routes: Iterable[web.RouteDef]) -> None:
        """Serve these too, from the next `start` on."""
        self._more_routes += routes

    async def start(self) -> None:
        """Begin to serve on loopback; a port of 0 takes any."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.add_routes([*self._web.routes(), *self.sockets.routes(), *self._more_routes])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.url = self.shown.base_url = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """Stop serving; the world stays, and a later `start` takes the same port."""
        self.faults.release_all()
        self.deliveries.stop()
        await self.sockets.close()
        await self.http.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        return self._port

    @property
    def api_base(self) -> str:
        """What `AsyncWebClient(base_url=...)` wants."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.app.bot_token

    @property
    def app_token(self) -> str:
        return self.app.app_token

    @property
    def signing_secret(self) -> str:
        return self.app.signing_secret

    @property
    def clock(self) -> Callable[[], float]:
        return self.world.clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self.world.clock = clock

    @property
    def one_post_per_second(self) -> bool:
        """Whether a channel takes only one post per second of the clock."""
        return self._web.one_post_per_second

    @one_post_per_second.setter
    def one_post_per_second(self, strict: bool) -> None:
        self._web.one_post_per_second = strict

    # -- how events reach the app -------------------------------------------------------------

    async def send_over_http(
        self,
        events: str,
        *,
        interactivity: str | None = None,
        commands: str | None = None,
        verify: bool = True,
    ) -> None:
        """Use HTTP instead of Socket Mode, after asking the events' URL for the challenge."""
        if verify:
            await self.http.verify(events)
        self.http.urls = RequestUrls(events, interactivity or events, commands or events)
        self.deliveries.transport = self.http

    def retry_events(self) -> list[Delivery]:
        """As if the time for a retry had come; returns what is delivered again."""
        return self.deliveries.retry()

    # -- people and channels ------------------------------------------------------------------

    def person(
        self,
        name: str = "Ann",
        *,
        user_id: str | None = None,
        locale: str = "en-US",
        team_id: str | None = None,
    ) -> Person:
        """A person of this workspace, or with `team_id` of another; the same id is the same."""
        user_id = user_id or self.world.new_id("U")
        account = self.world.accounts.setdefault(
            user_id, Account(user_id, name, team_id or self.world.team_id, locale)
        )
        return Person(account, self.happenings, self.interactions)

    def channel(
        self,
        name: str,
        *members: Person,
        private: bool = False,
        with_app: bool = True,
        shared_with: str | None = None,
    ) -> Channel:
        """A channel; `shared_with` is another workspace that it is shared with (Slack Connect)."""
        ids = [member.id for member in members]
        channel = self.world.new_channel("group" if private else "channel", name, ids)
        if shared_with:
            channel.connected_teams.append(shared_with)
        if with_app:
            channel.members.append(self.world.bot.id)
        return channel

    @property
    def mention(self) -> str:
        """How people mention the app."""
        return f"<@{self.world.bot.id}>"

    def add_app(self, channel: Channel, by: Person) -> None:
        self.happenings.join(channel, self.world.bot.id, by.id)

    def remove_app(self, channel: Channel, by: Person) -> None:
        self.happenings.leave(channel, self.world.bot.id, by.id)

    def archive(self, channel: Channel, by: Person) -> None:
        self.happenings.archive(channel, by.id, archived=True)

    def unarchive(self, channel: Channel, by: Person) -> None:
        self.happenings.archive(channel, by.id, archived=False)

    def unfurl(self, message: Message, url: str, title: str = "A page") -> None:
        """Slack shows a preview of a link, which changes the message."""
        self.happenings.unfurl(message, url, title)

    def uninstall(self) -> None:
        """The app is removed from the workspace; its tokens are dead."""
        now = self.world.new_ts()
        tokens = {"oauth": [], "bot": [self.world.bot.id]}
        self.deliveries.event({"type": "tokens_revoked", "tokens": tokens, "event_ts": now})
        self.deliveries.event({"type": "app_uninstalled", "event_ts": now})
        self.app.installed = False

    # -- what happened ------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every call of a method, as it arrived."""
        return self._web.calls

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of one method."""
        return [arguments for name, arguments in self.calls if name == method]

    @property
    def unknown(self) -> list[str]:
        """Methods that were called although the double does not have them."""
        return self._web.unknown

    @property
    def ephemerals(self) -> list[Ephemeral]:
        return [shown for c in self.world.channels.values() for shown in c.ephemerals]

    def acknowledged(self, message: Message) -> bool:
        """Whether the app took every event about this message."""
        return bool(message.deliveries) and all(d.acknowledged for d in message.deliveries)

    def violate(self, where: str, problem: object, payload: Any) -> None:
        """Record something that breaks a description."""
        self.violations.append(Violation(where, str(problem), payload))
        self.world.changes.ring()

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109
        """Wait until something holds in the world; returns what the predicate returned.

        It is asked again at every change. What is not there yet (a LookupError) does not hold yet.
        A violation on the way fails the wait at once.
        """
        before = len(self.violations)
        try:
            async with asyncio.timeout(timeout):
                while True:
                    version = self.world.changes.version
                    try:
                        held = predicate()
                    except LookupError:
                        held = None
                    if held:
                        return held
                    if len(self.violations) > before:
                        raise AssertionError(f"violation: {self.violations[-1]}")
                    await self.world.changes.after(version)
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s:\n{self.story()}") from None

    def story(self, last: int = 20) -> str:
        """The newest messages and calls, for whoever reads a failed test."""
        messages = sorted(self.world.every_message(), key=lambda message: message.ts)[-last:]
        lines = [
            f"  {m.channel.id} {m.thread_ts or ''} #{m.ts} {m.sender.name}: {m.text!r} {m.labels}"
            for m in messages
        ]
        lines += [f"  call {method} {arguments}" for method, arguments in self.calls[-last:]]
        lines += [f"  violation {violation}" for violation in self.violations]
        return "\n".join(lines)
