"""Drives a double that runs as a process of its own, with the verbs of the in-process one.

async with TelegramProcess() as telegram:
    ann = await telegram.user(7, "Ann")
    await ann.send("hello")
    state = await telegram.until(lambda state: len(state.private[7]) == 2)
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from aiohttp import ClientSession, ClientTimeout

from tests.doubles.telegram_control import PressView, State, TopicView
from tests.doubles.telegram_world import MessageView

T = TypeVar("T")
REPOSITORY = Path(__file__).parents[2]


class RefusedAct(AssertionError):
    """The double could not do what was asked of it."""


class TelegramDoubleClient:
    """The control API of a running double."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self._session: ClientSession | None = None

    @property
    def api_base(self) -> str:
        """What `Bot(base_url=...)` wants."""
        return f"{self.url}/bot"

    @property
    def file_base(self) -> str:
        """What `Bot(base_file_url=...)` wants."""
        return f"{self.url}/file/bot"

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
        by: int | None = None,
        group: int | None = None,
        thread_id: int | None = None,
        content: bytes | None = None,
        **arguments: Any,
    ) -> bytes:
        """Do something in the world; returns what came of it, as JSON."""
        said = {name: value for name, value in arguments.items() if value is not None}
        body = msgspec.json.encode(
            {
                "by": by,
                "group": group,
                "thread_id": thread_id,
                "content": content,
                "arguments": said,
            }
        )
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

    async def until(self, predicate: Callable[[State], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109
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

    # -- people, groups, faults ---------------------------------------------------------------

    async def user(
        self, user_id: int, name: str = "User", language_code: str | None = "zh-hans"
    ) -> "RemotePerson":
        await self.act("user", user_id=user_id, name=name, language_code=language_code)
        return RemotePerson(self, user_id)

    async def forum(self, chat_id: int, title: str = "Support") -> "RemoteForum":
        await self.act("forum", chat_id=chat_id, title=title)
        return RemoteForum(self, chat_id)

    async def add_fault(self, method: str, kind: str, **rule: Any) -> int:
        """Enter a rule into the fault table; returns its id."""
        return int(json.loads(await self.act("fault", method=method, kind=kind, **rule))["id"])

    async def add_update_fault(self, kind: str, **rule: Any) -> int:
        return int(json.loads(await self.act("update_fault", kind=kind, **rule))["id"])

    async def release(self, fault_id: int) -> None:
        """Let go of what a delay holds."""
        await self.act("release", fault_id=fault_id)

    async def clear_faults(self) -> None:
        await self.act("clear_faults")


class RemoteHand:
    """One account writing in one place."""

    def __init__(
        self,
        double: TelegramDoubleClient,
        user_id: int,
        group: int | None = None,
        thread_id: int | None = None,
    ) -> None:
        self.double = double
        self.id = user_id
        self.group = group
        self.thread_id = thread_id

    async def _act(self, verb: str, **arguments: Any) -> bytes:
        return await self.double.act(
            verb, by=self.id, group=self.group, thread_id=self.thread_id, **arguments
        )

    async def _write(self, verb: str, **arguments: Any) -> MessageView:
        return msgspec.json.decode(await self._act(verb, **arguments), type=MessageView)

    async def send(
        self,
        text: str,
        *,
        entities: list[dict[str, Any]] | None = None,
        reply_to: int | None = None,
        quote: str | None = None,
    ) -> MessageView:
        return await self._write(
            "send", text=text, entities=entities, reply_to=reply_to, quote=quote
        )

    async def send_file(
        self, kind: str, content: bytes, caption: str | None = None, **details: Any
    ) -> MessageView:
        """Send a photo, document, voice, video, audio, animation, sticker or video_note."""
        return await self._write(
            "send_file", kind=kind, content=content, caption=caption, **details
        )

    async def send_photo(
        self, content: bytes, caption: str | None = None, **details: Any
    ) -> MessageView:
        return await self.send_file("photo", content, caption, **details)

    async def send_document(
        self, content: bytes, caption: str | None = None, **details: Any
    ) -> MessageView:
        return await self.send_file("document", content, caption, **details)

    async def send_voice(self, content: bytes, caption: str | None = None) -> MessageView:
        return await self.send_file("voice", content, caption)

    async def send_sticker(self, emoji: str = "👍") -> MessageView:
        return await self._write("send_sticker", emoji=emoji)

    async def send_location(self, latitude: float, longitude: float) -> MessageView:
        return await self._write("send_location", latitude=latitude, longitude=longitude)

    async def send_contact(self, phone_number: str, first_name: str) -> MessageView:
        return await self._write("send_contact", phone_number=phone_number, first_name=first_name)

    async def edit(self, message_id: int, text: str) -> MessageView:
        return await self._write("edit", message=message_id, text=text)

    async def delete_message(self, message_id: int) -> None:
        await self._act("delete_message", message=message_id)

    async def press(self, message_id: int, label: str, *, data: str | None = None) -> PressView:
        pressed = await self._act("press", message=message_id, label=label, data=data)
        return msgspec.json.decode(pressed, type=PressView)

    async def react(self, message_id: int, *emoji: str) -> None:
        await self._act("react", message=message_id, emoji=emoji)


class RemotePerson(RemoteHand):
    """A person in the private chat with the bot."""

    async def start(self, payload: str = "") -> MessageView:
        return await self._write("start", payload=payload)

    async def block(self) -> None:
        await self._act("block")

    async def unblock(self) -> None:
        await self._act("unblock")


class RemoteMember(RemoteHand):
    """A member of a group; `at(thread_id)` writes there."""

    def at(self, thread_id: int | None) -> RemoteHand:
        return RemoteHand(self.double, self.id, self.group, thread_id)

    async def create_topic(self, name: str) -> TopicView:
        return msgspec.json.decode(await self._act("create_topic", name=name), type=TopicView)

    async def close(self, thread_id: int) -> None:
        await self._act("close", topic=thread_id)

    async def reopen(self, thread_id: int) -> None:
        await self._act("reopen", topic=thread_id)

    async def rename(self, thread_id: int, name: str) -> None:
        await self._act("rename", topic=thread_id, name=name)

    async def delete(self, thread_id: int) -> None:
        await self._act("delete", topic=thread_id)


class RemoteForum:
    """A group with topics."""

    def __init__(self, double: TelegramDoubleClient, chat_id: int) -> None:
        self.double = double
        self.id = chat_id

    async def member(
        self, user_id: int, name: str = "Agent", *, role: str = "member"
    ) -> RemoteMember:
        await self.double.act("member", group=self.id, who=user_id, name=name, role=role)
        return RemoteMember(self.double, user_id, self.id)

    async def migrate(self, new_chat_id: int | None = None) -> "RemoteForum":
        moved = json.loads(await self.double.act("migrate", group=self.id, new_chat_id=new_chat_id))
        return RemoteForum(self.double, moved["id"])

    async def remove_bot(self) -> None:
        await self.double.act("remove_bot", group=self.id)

    async def set_bot_rights(self, *rights: str) -> None:
        await self.double.act("set_bot_rights", group=self.id, rights=rights)


class TelegramProcess(TelegramDoubleClient):
    """A double started as a process of its own, ended with the block."""

    def __init__(self, port: int = 0) -> None:
        super().__init__("", "")
        self._wanted_port = port
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "TelegramProcess":
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.doubles.telegram",
            "--port",
            str(self._wanted_port),
            "--until-stdin-closes",
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self.process.stdout is not None
        started = json.loads(await self.process.stdout.readline())
        self.url, self.token = started["url"], started["token"]
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()
