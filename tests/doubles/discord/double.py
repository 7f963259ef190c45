"""A Discord of one bot, in memory, that speaks its HTTP API and its gateway on loopback."""

import asyncio
import base64
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web

from tests.doubles.discord.calls import Call
from tests.doubles.discord.control import ControlApi
from tests.doubles.discord.desk import Desk
from tests.doubles.discord.faults import FaultTable
from tests.doubles.discord.gateway import Gateway
from tests.doubles.discord.interactions import Interaction
from tests.doubles.discord.people import ChannelRef, Person
from tests.doubles.discord.permissions import bits
from tests.doubles.discord.places import Event
from tests.doubles.discord.rest import API, LARGEST_REQUEST, RestServer
from tests.doubles.discord.spec import DiscordSpec, Violation
from tests.doubles.discord.things import Channel, ChannelType, Guild, Message, User
from tests.doubles.discord.world import World

T = TypeVar("T")

BOT_ID = 100_000_000_000_000_001
OWNER_ID = 100_000_000_000_000_002
DEFAULT_TOKEN = ".".join(
    [base64.urlsafe_b64encode(str(BOT_ID).encode()).decode().rstrip("="), "Example", "OfTheDouble"]
)
_SPEC: DiscordSpec | None = None


def shared_spec() -> DiscordSpec:
    """The description, read once per process."""
    global _SPEC  # noqa: PLW0603 - a cache that every double of a process shares
    if _SPEC is None:
        _SPEC = DiscordSpec()
    return _SPEC


class DiscordDouble:
    """The double: the world, its people, the fault table, and the servers in front of them."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Kefu",
        port: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.spec = shared_spec()
        self.faults = FaultTable()
        self.violations: list[Violation] = []
        bot = User(BOT_ID, bot_name, is_bot=True)
        self.world = World(bot, User(OWNER_ID, "owner", "Owner"), clock)
        self.desk = Desk(self.world)
        self.sessions = Gateway(token, self.world, self.faults, self._check_event)
        self.world.on_event = self.sessions.dispatch
        self.desk.allows_privileged_intents = lambda: self.sessions.allows_privileged_intents
        self._rest = RestServer(token, self.spec, self.desk, self.faults, self.violate)
        self._port = port
        self._runner: web.AppRunner | None = None
        self.url = ""

    # -- running ------------------------------------------------------------------------------

    async def __aenter__(self) -> "DiscordDouble":
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begin to serve on loopback; a port of 0 takes any."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.add_routes([web.get("/gateway", self.sessions.serve)])
        app.add_routes(ControlApi(self).routes())
        app.add_routes(self._rest.routes())
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=1, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.url = self.world.cdn_base = f"http://127.0.0.1:{self._port}"
        self.sessions.url = self.desk.gateway_url = self.gateway

    async def stop(self) -> None:
        """Stop serving; the world stays, and a later `start` takes the same port."""
        self.faults.release_all()
        self.sessions.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        return self._port

    @property
    def api_base(self) -> str:
        """What `discord.http.Route.BASE` must be."""
        return f"{self.url}{API}"

    @property
    def gateway(self) -> str:
        """What `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` must be."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    # -- people and places --------------------------------------------------------------------

    @property
    def owner(self) -> Person:
        """Whose bot and whose guilds these are; may do everything."""
        return Person(self.desk, self.world.owner)

    def user(
        self,
        username: str,
        *,
        user_id: int | None = None,
        global_name: str | None = None,
        locale: str = "en-US",
        guild: Guild | int | None = None,
    ) -> Person:
        """A person, in a guild if one is given; the same id is the same person."""
        known = self.world.users.get(user_id or 0)
        user = known or User(user_id or self.world.new_id(), username, global_name, locale=locale)
        person = Person(self.desk, self.world.add_user(user))
        if guild is not None:
            person.join(guild)
        return person

    def guild(self, name: str = "Support", *, guild_id: int | None = None) -> Guild:
        """A guild in which the bot is."""
        return self.world.create_guild(name, guild_id)

    def text_channel(
        self,
        guild: Guild | int,
        name: str = "cases",
        *,
        channel_id: int | None = None,
        only_for: Sequence[Person | int] | None = None,
    ) -> Channel:
        """A text channel, for everybody or only for some (and the bot)."""
        place = self._guild(guild)
        channel = self.world.create_channel(place, name, channel_id=channel_id)
        if only_for is not None:
            view = bits(["view_channel"])
            channel.overwrites[place.id] = (0, view)
            ids = [one if isinstance(one, int) else one.id for one in only_for]
            channel.overwrites |= dict.fromkeys([self.world.bot.id, *ids], (view, 0))
            self.world.channel_changed(channel)
        return channel

    def forum_channel(
        self,
        guild: Guild | int,
        name: str = "cases",
        *,
        channel_id: int | None = None,
        tags: list[str] | None = None,
    ) -> Channel:
        forum = self.world.create_channel(
            self._guild(guild), name, ChannelType.FORUM, channel_id=channel_id
        )
        if tags:
            forum.tags = {self.world.new_id(): tag for tag in tags}
            self.world.channel_changed(forum)
        return forum

    def _guild(self, guild: Guild | int) -> Guild:
        return guild if isinstance(guild, Guild) else self.world.guilds[guild]

    def deny(self, where: Channel | int, *permissions: str) -> None:
        """Take permissions in a channel from the bot; their names are those of discord.py."""
        self._overwrite(where, permissions, denied=True)

    def allow(self, where: Channel | int, *permissions: str) -> None:
        """Give permissions in a channel to the bot."""
        self._overwrite(where, permissions, denied=False)

    def _overwrite(
        self, where: Channel | int, permissions: tuple[str, ...], *, denied: bool
    ) -> None:
        channel = where if isinstance(where, Channel) else self.world.channels[where]
        place = channel.parent or channel
        changed = bits(permissions)
        allow, deny = place.overwrites.get(self.world.bot.id, (0, 0))
        if denied:
            allow, deny = allow & ~changed, deny | changed
        else:
            allow, deny = allow | changed, deny & ~changed
        place.overwrites[self.world.bot.id] = (allow, deny)
        self.world.channel_changed(place)

    def expire_attachments(self) -> None:
        """Let every address of a file given out so far end; newly shown ones work."""
        self.world.signature += 1

    # -- what happened ------------------------------------------------------------------------

    def channel(self, where: ChannelRef | Person) -> Channel:
        """A channel by its id, or the private one of a person."""
        if isinstance(where, Person):
            return where.dm
        return where if isinstance(where, Channel) else self.world.channels[where or 0]

    def messages(self, where: ChannelRef | Person) -> list[Message]:
        """What is visible in a channel, oldest first."""
        return self.channel(where).visible

    def texts(self, where: ChannelRef | Person) -> list[str]:
        """The contents of what is visible in a channel."""
        return [message.content for message in self.messages(where)]

    def threads(self, where: Channel | int) -> list[Channel]:
        """The threads of a channel, also archived ones, oldest first."""
        channel = self.channel(where)
        threads = channel.guild.threads.values() if channel.guild is not None else []
        return [thread for thread in threads if thread.parent is channel]

    @property
    def calls(self) -> list[Call]:
        """Every request to a known operation, as it arrived."""
        return self._rest.calls

    def calls_of(self, operation: str) -> list[Call]:
        """Every request to one operation, by its name in Discord's description."""
        return [call for call in self.calls if call.name == operation]

    @property
    def unknown(self) -> list[str]:
        """What the bot asked for and the double does not know."""
        return self._rest.unknown

    @property
    def typing(self) -> list[Channel]:
        """Where the bot showed that it types, each time."""
        return self.desk.typing

    @property
    def interactions(self) -> list[Interaction]:
        return list(self.desk.interactions.values())

    def violate(self, where: str, problem: str, payload: Any) -> None:
        """Record something that breaks the description."""
        self.violations.append(Violation(where, problem, payload))
        self.world.changes.ring()

    def _check_event(self, event: Event) -> None:
        for problem in self.spec.check_event(event.name, event.payload):
            self.violate(f"event {event.name}", problem, event.payload)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109
        """Wait until something holds in the world; returns what the predicate returned.

        It is asked again at every change. What is not there yet (a LookupError) does not hold yet.
        A violation on the way fails the wait at once.
        """
        violations_before = len(self.violations)

        def held_or_broken() -> T | None:
            held = predicate()
            if not held and len(self.violations) > violations_before:
                raise AssertionError(f"violation: {self.violations[-1]}")
            return held

        try:
            async with asyncio.timeout(timeout):
                return await self.world.changes.until(held_or_broken)  # type: ignore[return-value]
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s:\n{self.story()}") from None

    def story(self, last: int = 20) -> str:
        """The newest messages and requests, for whoever reads a failed test."""
        messages = [
            one for channel in self.world.channels.values() for one in channel.messages.values()
        ]
        newest = sorted(messages, key=lambda message: message.id)[-last:]
        lines = [
            f"  {message.channel.name or 'DM'} #{message.id} {message.author.username}: "
            f"{message.type.name} {message.content!r} {message.labels} {[*message.files]}"
            f"{' (deleted)' * message.deleted}{' (edited)' * message.edited}"
            for message in newest
        ]
        lines += [f"  {call.method} {call.path} {call.body}" for call in self.calls[-last:]]
        lines += [f"  violation {violation}" for violation in self.violations]
        lines += [f"  unknown {unknown}" for unknown in self.unknown]
        return "\n".join(lines)
