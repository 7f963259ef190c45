"""The control API of a double that runs as a process of its own.

``POST /_control/<verb>`` does what a person, the gateway or the fault table does in-process;
``GET /_control/state`` shows the world, waiting for a newer one if asked to.
"""

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from tests.doubles.discord.errors import Refusal
from tests.doubles.discord.people import Person
from tests.doubles.discord.views import shown, state_of

if TYPE_CHECKING:
    from tests.doubles.discord.double import DiscordDouble

PERSON_VERBS = frozenset(
    [
        "say",
        "edit",
        "delete",
        "react",
        "unreact",
        "pin",
        "unpin",
        "start_typing",
        "press",
        "choose",
        "submit",
        "command",
        "command_on",
        "start_thread",
        "start_thread_at",
        "archive",
        "unarchive",
        "lock",
        "unlock",
        "rename",
        "delete_channel",
        "join",
        "leave",
        "block_bot",
        "unblock_bot",
    ]
)
WORLD_VERBS = frozenset(
    ["user", "guild", "text_channel", "forum_channel", "deny", "allow", "expire_attachments"]
)
GATEWAY_VERBS = frozenset({"drop", "close", "ask_to_reconnect", "invalidate", "forget_sessions"})
GATEWAY_SETTINGS = frozenset(
    [
        "allows_privileged_intents",
        "acknowledges_heartbeats",
        "heartbeat_seconds",
        "told_again_on_resume",
    ]
)
WRONG = (AssertionError, LookupError, TypeError, ValueError, Refusal, msgspec.MsgspecError)


class Act(msgspec.Struct, kw_only=True):
    """Who does something, and with what."""

    by: int | None = None
    places: list[Any] = []
    arguments: dict[str, Any] = {}
    files: dict[str, bytes] | None = None


class ControlApi:
    """The routes under ``/_control`` over one double."""

    def __init__(self, double: "DiscordDouble") -> None:
        self._double = double

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_control/state", self.show_state),
            web.post("/_control/{verb}", self.act),
        ]

    async def show_state(self, request: web.Request) -> web.Response:
        """The state, once it is newer than `after`, or after `wait` seconds as it is."""
        after = int(request.query.get("after", -1))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(float(request.query.get("wait", 0))):
                await self._double.world.changes.after(after)
        return json_answer(state_of(self._double))

    async def act(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        try:
            act = msgspec.json.decode(await request.read(), type=Act)
            return json_answer(shown(self._do(verb, act)))
        except WRONG as wrong:
            return json_answer({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)

    def _do(self, verb: str, act: Act) -> Any:
        double, arguments = self._double, dict(act.arguments)
        if act.files is not None:
            arguments["files"] = act.files
        if act.by is not None and verb in PERSON_VERBS:
            person = Person(double.desk, double.world.users[act.by])
            return getattr(person, verb)(*act.places, **arguments)
        if verb in WORLD_VERBS:
            return getattr(double, verb)(*act.places, **arguments)
        if verb in GATEWAY_VERBS:
            return getattr(double.sessions, verb)(*act.places, **arguments)
        match verb:
            case "gateway_settings":
                for name in arguments.keys() & GATEWAY_SETTINGS:
                    setattr(double.sessions, name, arguments[name])
                return None
            case "fault":
                return double.faults.add(*act.places, **arguments)
            case "event_fault":
                return double.faults.add_event(*act.places, **arguments)
            case "release":
                return double.faults.rules[act.places[0]].release()
            case "clear_faults":
                return double.faults.clear()
            case _:
                raise LookupError(f"nobody can {verb!r}")


def json_answer(content: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(content), status=status, content_type="application/json"
    )
