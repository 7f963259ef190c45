"""The control API of a double that runs as a process of its own.

``POST /_control/<verb>`` does what a person, a group or the fault table does in-process;
``GET /_control/state`` shows the world, waiting for a newer one if asked to.
"""

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from tests.doubles.telegram_people import Forum, Hand, Press
from tests.doubles.telegram_world import ChatMessage, MessageView, Topic

if TYPE_CHECKING:
    from tests.doubles.telegram import TelegramDouble

HAND_VERBS = frozenset(
    [
        "send",
        "send_file",
        "send_sticker",
        "send_location",
        "send_contact",
        "edit",
        "delete_message",
        "press",
        "react",
    ]
)
PERSON_VERBS = frozenset({"start", "block", "unblock", "deactivate"})
MEMBER_VERBS = frozenset({"create_topic", "close", "reopen", "rename", "delete"})
GROUP_VERBS = frozenset({"migrate", "remove_bot", "set_bot_rights"})


class Act(msgspec.Struct, kw_only=True):
    """Who does something where, and with what."""

    by: int | None = None
    group: int | None = None
    thread_id: int | None = None
    arguments: dict[str, Any] = {}
    content: bytes | None = None


class TopicView(msgspec.Struct, frozen=True):
    """A topic as it is shown now."""

    id: int
    name: str
    closed: bool
    deleted: bool
    messages: list[MessageView]


class GroupView(msgspec.Struct, frozen=True):
    """A group as it is shown now."""

    id: int
    title: str
    migrated_to: int | None
    topics: dict[int, TopicView]
    general: TopicView


class PressView(msgspec.Struct, frozen=True):
    """A press as it is shown now."""

    id: str
    message_id: int
    by: int
    answered: bool
    answer_text: str | None


class FaultView(msgspec.Struct, frozen=True):
    """A rule of the fault table, and how often it struck."""

    id: int
    target: str
    kind: str
    struck: int


class State(msgspec.Struct, frozen=True):
    """The whole world at one moment."""

    version: int
    private: dict[int, list[MessageView]]
    groups: dict[int, GroupView]
    calls: list[tuple[str, dict[str, Any]]]
    presses: dict[str, PressView]
    chat_actions: list[tuple[int, int | None, str]]
    violations: list[str]
    faults: dict[int, FaultView]
    pending_update_ids: list[int]
    confirmed_below: int

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of one method."""
        return [params for name, params in self.calls if name == method]


class ControlApi:
    """The routes under ``/_control`` over one double."""

    def __init__(self, double: "TelegramDouble") -> None:
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
        return json_answer(self.state())

    async def act(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        try:
            act = msgspec.json.decode(await request.read(), type=Act)
            return json_answer(shown(self._do(verb, act)))
        except (AssertionError, LookupError, TypeError, ValueError, msgspec.MsgspecError) as wrong:
            return json_answer({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)

    def _do(self, verb: str, act: Act) -> Any:
        arguments = dict(act.arguments)
        if act.content is not None:
            arguments["content"] = act.content
        double = self._double
        match verb:
            case "user":
                return {"id": double.user(**arguments).id}
            case "forum":
                return double.forum(**arguments)
            case "group":
                return double.group(**arguments)
            case "member":
                return {"id": self._group(act).member(**arguments).id}
            case "fault":
                return {"id": double.faults.add(**arguments).id}
            case "update_fault":
                return {"id": double.faults.add_update(**arguments).id}
            case "release":
                double.faults.rules[arguments["fault_id"]].release()
                return None
            case "clear_faults":
                double.faults.clear()
                return None
            case "react":
                self._hand(act).react(arguments["message"], *arguments["emoji"])
                return None
            case "set_bot_rights":
                self._group(act).set_bot_rights(*arguments["rights"])
                return None
        if verb in HAND_VERBS:
            return getattr(self._hand(act), verb)(**arguments)
        if verb in PERSON_VERBS:
            return getattr(double.user(required(act.by)), verb)(**arguments)
        if verb in MEMBER_VERBS:
            return getattr(self._group(act).member(required(act.by)), verb)(**arguments)
        if verb in GROUP_VERBS:
            return getattr(self._group(act), verb)(**arguments)
        raise LookupError(f"no verb {verb!r}")

    def _group(self, act: Act) -> Forum:
        double = self._double
        group = double.world.groups[required(act.group)]
        return Forum(double.world, double.presses, group)

    def _hand(self, act: Act) -> Hand:
        if act.group is None:
            return self._double.user(required(act.by))
        return self._group(act).member(required(act.by)).at(act.thread_id)

    def state(self) -> State:
        double = self._double
        return State(
            version=double.world.changes.version,
            private={
                user_id: [message.view() for message in chat.messages]
                for user_id, chat in double.world.private_chats.items()
            },
            groups={
                group.id: GroupView(
                    group.id,
                    group.title,
                    group.migrated_to,
                    {topic.id: topic_view(topic) for topic in group.topics.values()},
                    topic_view(group.general),
                )
                for group in double.world.groups.values()
            },
            calls=[(method, params) for method, params in double.calls],
            presses={press.id: press_view(press) for press in double.presses},
            chat_actions=double.chat_actions,
            violations=[str(violation) for violation in double.violations],
            faults={
                fault.id: FaultView(fault.id, fault.target, fault.kind, fault.struck)
                for fault in double.faults.rules.values()
            },
            pending_update_ids=[entry.id for entry in double.updates.queued],
            confirmed_below=double.updates.confirmed_below,
        )


def required(value: int | None) -> int:
    if value is None:
        raise ValueError("say who, and where")
    return value


def topic_view(topic: Topic) -> TopicView:
    return TopicView(
        topic.id,
        topic.name,
        topic.closed,
        topic.deleted,
        [message.view() for message in topic.messages],
    )


def press_view(press: Press) -> PressView:
    return PressView(press.id, press.message.id, press.by.id, press.answered, press.answer_text)


def shown(result: Any) -> Any:
    """What a verb returned, as JSON can carry it."""
    match result:
        case ChatMessage():
            return result.view()
        case Press():
            return press_view(result)
        case Topic():
            return topic_view(result)
        case Forum():
            return {"id": result.id}
        case other:
            return other


def json_answer(content: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(content), status=status, content_type="application/json"
    )
