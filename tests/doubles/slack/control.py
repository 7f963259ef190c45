"""The control API of a double that runs as a process of its own.

``POST /_control/<verb>`` does what a person, a channel or the fault table does in-process;
``GET /_control/state`` shows the world, waiting for a newer one if asked to. Messages are named by
``[channel, ts]``, ephemerals too; channels, people and views by their ids.
"""

import asyncio
import contextlib
from typing import Any

import msgspec
from aiohttp import web

from tests.doubles.slack.deliveries import Delivery
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.people import FileGiven, Person
from tests.doubles.slack.records import Channel, Ephemeral, Message, View
from tests.doubles.slack.views import delivery_view, message_view, state_of

PERSON_VERBS = frozenset(
    {
        "say",
        "edit",
        "delete",
        "react",
        "unreact",
        "press",
        "choose",
        "submit",
        "close",
        "message_shortcut",
        "global_shortcut",
        "command",
        "open_home",
        "join",
        "leave",
        "set_presence",
        "deactivate",
    }
)
DOUBLE_VERBS = frozenset(
    {
        "add_app",
        "remove_app",
        "archive",
        "unarchive",
        "unfurl",
        "uninstall",
        "send_over_http",
        "retry_events",
    }
)


class Act(msgspec.Struct, kw_only=True):
    """Who does what, and with what."""

    by: str | None = None
    arguments: dict[str, Any] = {}
    files: list[FileGiven] = []


class ControlApi:
    """The routes under ``/_control`` over one double."""

    def __init__(self, double: SlackDouble) -> None:
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
            done = self._do(verb, act)
            return json_answer(self._shown(await done if asyncio.iscoroutine(done) else done))
        except (AssertionError, LookupError, TypeError, ValueError, msgspec.MsgspecError) as wrong:
            return json_answer({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)

    def _do(self, verb: str, act: Act) -> Any:
        double, given = self._double, act.arguments
        match verb:
            case "person":
                person = double.person(**given)
                return {"id": person.id, "dm": person.dm.id}
            case "channel":
                members = [self._person(one) for one in given.pop("members", [])]
                return {"id": double.channel(given.pop("name"), *members, **given).id}
            case "fault":
                return {"id": double.faults.add(**given).id}
            case "event_fault":
                return {"id": double.faults.add_event(**given).id}
            case "release":
                return double.faults.rules[given["fault_id"]].release()
            case "clear_faults":
                return double.faults.clear()
            case "disconnect":
                return double.sockets.disconnect(**given)
            case "drop":
                return double.sockets.drop()
            case "set_scopes":
                double.app.scopes = set(given["scopes"])
                return None
            case "set_clock":
                at = float(given["at"])
                double.clock = lambda: at
                return None
            case "one_post_per_second":
                double.one_post_per_second = bool(given["strict"])
                return None
        found = {name: self._found(name, one) for name, one in given.items()}
        if act.files:
            found["files"] = act.files
        if verb in PERSON_VERBS:
            return self._by_person(verb, self._person(act.by or ""), found)
        if verb in DOUBLE_VERBS:
            return getattr(double, verb)(**found)
        raise LookupError(f"no verb {verb!r}")

    def _by_person(self, verb: str, person: Person, found: dict[str, Any]) -> Any:
        if verb == "submit":
            return person.submit(found.get("view"), **found.get("values", {}))
        return getattr(person, verb)(**found)

    # -- who and what is meant ----------------------------------------------------------------

    def _person(self, user_id: str) -> Person:
        return self._double.person(user_id=self._double.world.accounts[user_id].id)

    def _found(self, name: str, given: Any) -> Any:
        world = self._double.world
        match name:
            case "by":
                return self._person(given)
            case "at" | "channel":
                return world.channels[given]
            case "message":
                return self._message(*given)
            case "view":
                return self._view(given)
            case "where":
                return self._view(given) if isinstance(given, str) else self._message(*given)
            case "thread" if isinstance(given, list):
                return self._message(*given)
        return given

    def _view(self, view_id: str) -> View:
        world = self._double.world
        homes = (view for view in world.homes.values() if view.id == view_id)
        return next(homes, None) or world.views[view_id]

    def _message(self, channel_id: str, ts: str) -> Message | Ephemeral:
        channel = self._double.world.channels[channel_id]
        ephemeral = next((one for one in channel.ephemerals if one.ts == ts), None)
        message = channel.message(ts) or ephemeral
        if message is None:
            raise LookupError(f"no message {ts} in {channel_id}")
        return message

    def _shown(self, result: Any) -> Any:
        """What a verb returned, as JSON can carry it."""
        everything = self._double.deliveries.all
        match result:
            case Message():
                return message_view(self._double, result)
            case Delivery():
                return delivery_view(everything.index(result), result)
            case Channel():
                return {"id": result.id}
            case list():
                return [self._shown(one) for one in result]
        return result


def json_answer(content: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(content), status=status, content_type="application/json"
    )
