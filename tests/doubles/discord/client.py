"""Drives a double that runs as a process of its own, with the verbs of the in-process one.

async with DiscordProcess() as discord:
    ann = await discord.user("ann")
    await ann.say("hello")
    state = await discord.wait_for(lambda state: len(state.channels[ann.dm].messages) == 2)
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from aiohttp import ClientSession, ClientTimeout

from tests.doubles.discord.views import (
    ChannelView,
    FaultView,
    GuildView,
    InteractionView,
    MessageView,
    PersonView,
    State,
)

T = TypeVar("T")
REPOSITORY = Path(__file__).parents[3]


class RefusedAct(AssertionError):
    """The double could not do what was asked of it."""


class DiscordDoubleClient:
    """The control API of a running double."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self._session: ClientSession | None = None

    @property
    def api_base(self) -> str:
        """What `discord.http.Route.BASE` must be."""
        return f"{self.url}/api/v10"

    @property
    def gateway(self) -> str:
        """What `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` must be."""
        return f"{self.url.replace('http', 'ws', 1)}/gateway"

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open_session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=60))
        return self._session

    async def act(
        self,
        verb: str,
        *places: Any,
        by: int | None = None,
        files: Mapping[str, bytes] | None = None,
        **arguments: Any,
    ) -> bytes:
        """Do something in the world; returns what came of it, as JSON."""
        act = {"by": by, "places": places, "arguments": arguments, "files": files}
        body = msgspec.json.encode(act)
        async with self._open_session().post(f"{self.url}/_control/{verb}", data=body) as response:
            answer = await response.read()
            if response.status != 200:
                raise RefusedAct(f"{verb}: {answer.decode()}")
            return answer

    async def state(self, after: int = -1, wait: float = 0) -> State:
        """The world as it is, or as soon as it is newer than a version."""
        query = {"after": str(after), "wait": str(wait)}
        async with self._open_session().get(f"{self.url}/_control/state", params=query) as response:
            return msgspec.json.decode(await response.read(), type=State)

    async def wait_for(self, predicate: Callable[[State], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109
        """Wait until something holds in the world; returns what the predicate returned.

        It is asked again at every change. What is not there yet (a LookupError) does not hold yet.
        A violation on the way fails the wait at once.
        """
        state = await self.state()
        violations_before = len(state.violations)
        try:
            async with asyncio.timeout(timeout):
                while True:
                    try:
                        held = predicate(state)
                    except LookupError:
                        held = None
                    if held:
                        return held
                    if len(state.violations) > violations_before:
                        raise AssertionError(f"violation: {state.violations[-1]}")
                    state = await self.state(after=state.version, wait=timeout)
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s: {state}") from None

    # -- people and places, faults, the gateway -----------------------------------------------

    async def user(self, username: str, **details: Any) -> "RemotePerson":
        answer = await self.act("user", username, **details)
        return RemotePerson(self, msgspec.json.decode(answer, type=PersonView))

    async def guild(self, name: str = "Support", **details: Any) -> int:
        """A guild; returns its id."""
        return msgspec.json.decode(await self.act("guild", name, **details), type=GuildView).id

    async def text_channel(self, guild: int, name: str = "cases", **details: Any) -> int:
        """A text channel; returns its id."""
        return channel_in(await self.act("text_channel", guild, name, **details)).id

    async def forum_channel(self, guild: int, name: str = "cases", **details: Any) -> int:
        """A forum channel; returns its id."""
        return channel_in(await self.act("forum_channel", guild, name, **details)).id

    async def deny(self, channel: int, *permissions: str) -> None:
        await self.act("deny", channel, *permissions)

    async def allow(self, channel: int, *permissions: str) -> None:
        await self.act("allow", channel, *permissions)

    async def add_fault(self, target: str, kind: str, **rule: Any) -> int:
        """Enter a rule into the fault table; returns its id."""
        answer = await self.act("fault", target, kind, **rule)
        return msgspec.json.decode(answer, type=FaultView).id

    async def add_event_fault(self, event: str, kind: str, **rule: Any) -> int:
        answer = await self.act("event_fault", event, kind, **rule)
        return msgspec.json.decode(answer, type=FaultView).id

    async def release(self, fault_id: int) -> None:
        """Let go of what a delay holds."""
        await self.act("release", fault_id)

    async def clear_faults(self) -> None:
        await self.act("clear_faults")

    async def drop(self) -> None:
        """Break every connection to the gateway."""
        await self.act("drop")

    async def gateway_settings(self, **settings: Any) -> None:
        await self.act("gateway_settings", **settings)


def channel_in(answer: bytes) -> ChannelView:
    return msgspec.json.decode(answer, type=ChannelView)


class RemotePerson:
    """A person of a double in another process; channels and messages are named by their ids."""

    def __init__(self, client: DiscordDoubleClient, view: PersonView) -> None:
        self._client = client
        self.id = view.id
        self.dm = view.dm

    async def do(self, verb: str, *places: Any, **arguments: Any) -> bytes:
        """Do anything that `Person` can do; returns what came of it, as JSON."""
        return await self._client.act(verb, *places, by=self.id, **arguments)

    async def say(self, text: str = "", where: int | None = None, **details: Any) -> MessageView:
        answer = await self.do("say", text, where, **details)
        return msgspec.json.decode(answer, type=MessageView)

    async def edit(self, message: int, text: str) -> MessageView:
        return msgspec.json.decode(await self.do("edit", message, text), type=MessageView)

    async def delete(self, message: int) -> None:
        await self.do("delete", message)

    async def press(self, message: int, button: str) -> InteractionView:
        return msgspec.json.decode(await self.do("press", message, button), type=InteractionView)

    async def choose(self, message: int, values: list[str]) -> InteractionView:
        return msgspec.json.decode(await self.do("choose", message, values), type=InteractionView)

    async def submit(self, opened: int, fields: dict[str, str]) -> InteractionView:
        return msgspec.json.decode(await self.do("submit", opened, fields), type=InteractionView)

    async def command(self, name: str, where: int | None = None, **options: Any) -> InteractionView:
        answer = await self.do("command", name, where, **options)
        return msgspec.json.decode(answer, type=InteractionView)


class DiscordProcess(DiscordDoubleClient):
    """Starts a double as a process of its own, and ends it."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__("", "")
        self._wanted_port = port
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "DiscordProcess":
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.doubles.discord",
            "--port",
            str(self._wanted_port),
            "--until-stdin-closes",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the double did not start: {await self._process.wait()}")
        started = json.loads(line)
        self.url, self.token = started["url"], started["token"]
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()
