"""Drives a double that runs as a process of its own, with the verbs of the in-process one.

async with SlackProcess() as slack:
    ann = await slack.person("Ann")
    await ann.say("hello")
    state = await slack.wait_for(lambda state: len(state.dm(ann.id)) == 2)
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from aiohttp import ClientSession, ClientTimeout

from tests.doubles.slack.people import FileGiven
from tests.doubles.slack.views import DeliveryView, EphemeralView, MessageView, ModalView, State

T = TypeVar("T")
REPOSITORY = Path(__file__).parents[3]
Shown = MessageView | EphemeralView | ModalView


class RefusedAct(AssertionError):
    """The double could not do what was asked of it."""


class Started(msgspec.Struct, frozen=True):
    """What a double says of itself when it has started."""

    port: int
    url: str
    api_base: str
    bot_token: str
    app_token: str
    signing_secret: str
    bot_user: str


class SlackDoubleClient:
    """The control API of a running double."""

    def __init__(self, started: Started) -> None:
        self.started = started
        self._session: ClientSession | None = None

    @property
    def api_base(self) -> str:
        return self.started.api_base

    @property
    def mention(self) -> str:
        """How people mention the app."""
        return f"<@{self.started.bot_user}>"

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
        *,
        actor: str | None = None,
        files: Sequence[FileGiven] = (),
        **arguments: Any,
    ) -> bytes:
        """Do something in the world; returns what came of it, as JSON."""
        said = {name: value for name, value in arguments.items() if value is not None}
        body = msgspec.json.encode({"by": actor, "arguments": said, "files": list(files)})
        url = f"{self.started.url}/_control/{verb}"
        async with self._open_session().post(url, data=body) as response:
            answer = await response.read()
            if response.status != 200:
                raise RefusedAct(f"{verb}: {answer.decode()}")
            return answer

    async def state(self, after: int = -1, wait: float = 0) -> State:
        """The world as it is, or as soon as it is newer than a version."""
        query = {"after": str(after), "wait": str(wait)}
        url = f"{self.started.url}/_control/state"
        async with self._open_session().get(url, params=query) as response:
            return msgspec.json.decode(await response.read(), type=State)

    async def wait_for(self, predicate: Callable[[State], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109
        """Wait until something holds in the world; returns what the predicate returned.

        It is asked again at every change. What is not there yet (a LookupError) does not hold yet.
        A violation on the way fails the wait at once.
        """
        state = await self.state()
        before = len(state.violations)
        try:
            async with asyncio.timeout(timeout):
                while True:
                    try:
                        held = predicate(state)
                    except LookupError:
                        held = None
                    if held:
                        return held
                    if len(state.violations) > before:
                        raise AssertionError(f"violation: {state.violations[-1]}")
                    state = await self.state(after=state.version, wait=timeout)
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s: {state}") from None

    # -- people, channels, faults, delivery ---------------------------------------------------

    async def person(
        self,
        name: str = "Ann",
        *,
        user_id: str | None = None,
        locale: str = "en-US",
        team_id: str | None = None,
    ) -> "RemotePerson":
        made = await self.act("person", name=name, user_id=user_id, locale=locale, team_id=team_id)
        found = json.loads(made)
        return RemotePerson(self, found["id"], found["dm"])

    async def channel(self, name: str, *members: "RemotePerson", **kind: Any) -> str:
        """Make a channel (private, with_app, shared_with); returns its id."""
        ids = [member.id for member in members]
        return str(json.loads(await self.act("channel", name=name, members=ids, **kind))["id"])

    async def add_fault(self, method: str, kind: str, **rule: Any) -> int:
        """Enter a rule into the fault table; returns its id."""
        return int(json.loads(await self.act("fault", method=method, kind=kind, **rule))["id"])

    async def add_event_fault(self, kind: str, **rule: Any) -> int:
        return int(json.loads(await self.act("event_fault", kind=kind, **rule))["id"])

    async def release(self, fault_id: int) -> None:
        """Let go of what a delay holds."""
        await self.act("release", fault_id=fault_id)

    async def clear_faults(self) -> None:
        await self.act("clear_faults")

    async def send_over_http(self, events: str, *, verify: bool = True) -> None:
        await self.act("send_over_http", events=events, verify=verify)

    async def retry_events(self) -> list[DeliveryView]:
        return msgspec.json.decode(await self.act("retry_events"), type=list[DeliveryView])

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        await self.act("disconnect", reason=reason)

    async def drop(self) -> None:
        """Cut every connection, without a word."""
        await self.act("drop")

    async def archive(self, channel: str, by: "RemotePerson") -> None:
        await self.act("archive", channel=channel, by=by.id)

    async def remove_app(self, channel: str, by: "RemotePerson") -> None:
        await self.act("remove_app", channel=channel, by=by.id)


def named(shown: Shown) -> str | list[str]:
    """How the control API names something that is shown."""
    return shown.id if isinstance(shown, ModalView) else [shown.channel, shown.ts]


class RemotePerson:
    """A person, with everything they can do."""

    def __init__(self, double: SlackDoubleClient, user_id: str, dm: str) -> None:
        self.double = double
        self.id = user_id
        self.dm = dm

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    async def act(self, verb: str, **arguments: Any) -> bytes:
        """Do anything that a person can do, by its name in `people.Person`."""
        return await self.double.act(verb, actor=self.id, **arguments)

    async def _deliver(self, verb: str, **arguments: Any) -> DeliveryView:
        return msgspec.json.decode(await self.act(verb, **arguments), type=DeliveryView)

    async def say(
        self,
        text: str = "",
        *,
        at: str | None = None,
        thread: MessageView | None = None,
        files: Sequence[FileGiven] = (),
        broadcast: bool = False,
    ) -> MessageView:
        said = await self.act(
            "say",
            text=text,
            at=at,
            thread=named(thread) if thread else None,
            files=files,
            broadcast=broadcast,
        )
        return msgspec.json.decode(said, type=MessageView)

    async def edit(self, message: MessageView, text: str) -> None:
        await self.act("edit", message=named(message), text=text)

    async def delete(self, message: MessageView) -> None:
        await self.act("delete", message=named(message))

    async def react(self, message: MessageView, name: str) -> None:
        await self.act("react", message=named(message), name=name)

    async def unreact(self, message: MessageView, name: str) -> None:
        await self.act("unreact", message=named(message), name=name)

    async def press(self, where: Shown, label: str) -> DeliveryView:
        return await self._deliver("press", where=named(where), label=label)

    async def choose(self, where: Shown, action_id: str, chosen: str | list[str]) -> DeliveryView:
        return await self._deliver("choose", where=named(where), action_id=action_id, chosen=chosen)

    async def submit(
        self, view: ModalView | None = None, **values: str | list[str]
    ) -> DeliveryView:
        return await self._deliver("submit", view=view.id if view else None, values=values)

    async def close(self, view: ModalView | None = None) -> None:
        await self.act("close", view=view.id if view else None)

    async def message_shortcut(self, message: MessageView, callback_id: str) -> DeliveryView:
        return await self._deliver(
            "message_shortcut", message=named(message), callback_id=callback_id
        )

    async def global_shortcut(self, callback_id: str) -> DeliveryView:
        return await self._deliver("global_shortcut", callback_id=callback_id)

    async def command(self, command: str, text: str = "", *, at: str | None = None) -> DeliveryView:
        return await self._deliver("command", command=command, text=text, at=at)

    async def open_home(self) -> None:
        await self.act("open_home")

    async def set_presence(self, presence: str) -> None:
        await self.act("set_presence", presence=presence)


class SlackProcess(SlackDoubleClient):
    """A double started as a process of its own, ended with the block."""

    def __init__(self, port: int = 0, *, retry_seconds: float | None = None) -> None:
        super().__init__(Started(0, "", "", "", "", "", ""))
        self._options = ["--port", str(port)]
        if retry_seconds is not None:
            self._options += ["--retry-seconds", str(retry_seconds)]
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "SlackProcess":
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.doubles.slack",
            *self._options,
            "--until-stdin-closes",
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.started = msgspec.json.decode(await self.process.stdout.readline(), type=Started)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()
