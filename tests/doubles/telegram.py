"""A Telegram of one bot, in memory, that speaks the Bot API over HTTP on loopback.

    async with TelegramDouble() as double:
        bot = Bot(double.token, base_url=double.api_base, base_file_url=double.file_base)

As a process of its own: ``python -m tests.doubles.telegram --port 0`` prints one JSON line with
its port, and is driven through `tests.doubles.telegram_client`.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from tests.doubles.telegram_bot import BotActor
from tests.doubles.telegram_control import ControlApi
from tests.doubles.telegram_faults import FaultTable
from tests.doubles.telegram_people import Forum, Person, Press, Presses
from tests.doubles.telegram_server import LARGEST_REQUEST, BotApiServer, Call, WebhookPusher
from tests.doubles.telegram_spec import TelegramSpec, Violation
from tests.doubles.telegram_updates import UpdateQueue
from tests.doubles.telegram_world import Account, ChatMessage, Group, PrivateChat, World

T = TypeVar("T")

DEFAULT_TOKEN = "123456789:AAExampleTokenOfTheTelegramDouble00"
_SPEC: TelegramSpec | None = None


def shared_spec() -> TelegramSpec:
    """The description, read once per process."""
    global _SPEC  # noqa: PLW0603 - a cache that every double of a process shares
    if _SPEC is None:
        _SPEC = TelegramSpec()
    return _SPEC


class TelegramDouble:
    """The double: the world, its people, the fault table, and the server in front of them."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        bot_username: str = "kefu_test_bot",
        bot_name: str = "Kefu",
        port: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.spec = shared_spec()
        self.faults = FaultTable()
        self.violations: list[Violation] = []
        bot = Account(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.world = World(bot, clock)
        self.presses = Presses()
        self.updates = UpdateQueue(
            self.spec.update_types, self.faults, self._check_update, self.world.changes.ring
        )
        self.bot = BotActor(self.spec, self.world, self.updates, self.presses)
        self.world.on_update = self.updates.add
        self._server = BotApiServer(token, self.bot, self.faults, self.violate)
        self._pusher = WebhookPusher(self.bot)
        self.bot.on_webhook_change = self._pusher.restart
        self._port = port
        self._runner: web.AppRunner | None = None
        self.url = ""

    # -- running ------------------------------------------------------------------------------

    async def __aenter__(self) -> "TelegramDouble":
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begin to serve on loopback; a port of 0 takes any."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.add_routes(self._server.routes())
        app.add_routes(ControlApi(self).routes())
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=1, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._pusher.restart()

    async def stop(self) -> None:
        """Stop serving; the world stays, and a later `start` takes the same port."""
        self.faults.release_all()
        self.updates.end_poll()
        await self._pusher.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        return self._port

    @property
    def api_base(self) -> str:
        """What `Bot(base_url=...)` wants."""
        return f"{self.url}/bot"

    @property
    def file_base(self) -> str:
        """What `Bot(base_file_url=...)` wants."""
        return f"{self.url}/file/bot"

    # -- people and groups --------------------------------------------------------------------

    def user(
        self,
        user_id: int,
        name: str = "User",
        language_code: str | None = "zh-hans",
        *,
        username: str | None = None,
    ) -> Person:
        """A person, as the private chat with the bot shows them; the same id is the same person."""
        account = self.world.accounts.get(user_id) or Account(
            user_id, name, username=username, language_code=language_code
        )
        chat = self.world.private_chat_of(account)
        return Person(self.world, self.presses, account, chat)

    def private(self, user: Person | int) -> PrivateChat:
        """The private chat of a person."""
        return self.world.private_chats[user if isinstance(user, int) else user.id]

    def forum(
        self,
        chat_id: int,
        title: str = "Support",
        *,
        username: str | None = None,
        closed_topics_refuse_bot: bool = True,
    ) -> Forum:
        """A supergroup with topics, in which the bot is an administrator."""
        return self._group(
            Group(
                chat_id,
                title=title,
                username=username,
                closed_topics_refuse_bot=closed_topics_refuse_bot,
            )
        )

    def group(self, chat_id: int, title: str = "Group") -> Forum:
        """A plain group, without topics."""
        return self._group(Group(chat_id, title=title, is_forum=False, is_supergroup=False))

    def _group(self, new: Group) -> Forum:
        group = self.world.groups.setdefault(new.id, new)
        return Forum(self.world, self.presses, group)

    # -- what happened ------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every call of a method, as it arrived."""
        return self._server.calls

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of one method."""
        return [params for name, params in self.calls if name == method]

    @property
    def chat_actions(self) -> list[tuple[int, int | None, str]]:
        """Every 'typing...': chat, thread, action."""
        return self.bot.chat_actions

    def confirmed(self, event: ChatMessage | Press) -> bool:
        """Whether the bot has confirmed every update about this message or press."""
        ids = [event.update_id] if isinstance(event, Press) else event.update_ids
        waiting = {entry.id for entry in self.updates.queued}
        return bool(ids) and all(
            update_id is not None
            and update_id < self.updates.confirmed_below
            and update_id not in waiting
            for update_id in ids
        )

    def violate(self, where: str, problem: object, payload: Any) -> None:
        """Record something that breaks the description."""
        self.violations.append(Violation(where, str(problem), payload))
        self.world.changes.ring()

    def _check_update(self, update: dict[str, Any]) -> None:
        for problem in self.spec.check_update(update):
            self.violate(f"update {update['update_id']}", problem, update)

    async def until(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109
        """Wait until something holds in the world; returns what the predicate returned.

        It is asked again at every change. What is not there yet (a LookupError) does not hold yet.
        A violation on the way fails the wait at once.
        """
        violations_before = len(self.violations)
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
                    if len(self.violations) > violations_before:
                        raise AssertionError(f"violation: {self.violations[-1]}")
                    await self.world.changes.after(version)
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s:\n{self.story()}") from None

    def story(self, last: int = 20) -> str:
        """The newest messages and calls, for whoever reads a failed test."""
        messages = sorted(self.world.every_message(), key=lambda message: message.at)[-last:]
        lines = [
            f"  chat {message.chat.id} thread {message.thread_id} #{message.id} "
            f"{message.sender.first_name}: {message.kind} {message.text!r} {message.buttons}"
            f"{' (deleted)' if message.deleted else ''}{' (edited)' if message.edited else ''}"
            for message in messages
        ]
        lines += [f"  call {method} {params}" for method, params in self.calls[-last:]]
        lines += [f"  violation {violation}" for violation in self.violations]
        return "\n".join(lines)


async def serve(port: int, token: str, *, until_stdin_closes: bool) -> None:
    """Run the double for ever, or until whoever started it ends and so closes its input."""
    async with TelegramDouble(port=port, token=token) as double:
        started = {"port": double.port, "url": double.url, "token": double.token}
        sys.stdout.write(json.dumps(started) + "\n")
        sys.stdout.flush()
        if not until_stdin_closes:
            await asyncio.Event().wait()
        stdin = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin
        )
        await stdin.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--until-stdin-closes", action="store_true")
    arguments = parser.parse_args()
    serving = serve(
        arguments.port, arguments.token, until_stdin_closes=arguments.until_stdin_closes
    )
    try:
        asyncio.run(serving)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
