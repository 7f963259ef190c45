"""Discord's HTTP API: reads requests, judges them, lets faults strike, answers."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from tests.doubles.discord import (
    rest_channels,
    rest_interactions,
    rest_messages,
    rest_setup,
    rest_threads,
)
from tests.doubles.discord.calls import OPERATIONS, Answer, Call, Unsupported
from tests.doubles.discord.desk import Desk
from tests.doubles.discord.errors import (
    Refusal,
    invalid_form,
    not_found,
    rate_limited,
    unauthorized,
)
from tests.doubles.discord.faults import Fault, FaultTable
from tests.doubles.discord.spec import DiscordSpec
from tests.doubles.discord.things import Upload

API = "/api/v10"
LARGEST_REQUEST = 64 * 1024 * 1024
# The client library does not try again after it, as it would after 500.
BROKEN = 501
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")
OPERATION_MODULES = (rest_channels, rest_interactions, rest_messages, rest_setup, rest_threads)
CALLBACKS = {
    1: "PongInteractionCallbackRequest",
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}


class RestServer:
    """Answers everything below ``/api/v10`` and hands out attachments."""

    def __init__(
        self,
        token: str,
        spec: DiscordSpec,
        desk: Desk,
        faults: FaultTable,
        violate: Callable[[str, str, Any], None],
    ) -> None:
        self._token = token
        self._spec = spec
        self._desk = desk
        self._faults = faults
        self._violate = violate
        self._at_work: set[asyncio.Task[web.StreamResponse]] = set()
        self.calls: list[Call] = []
        self.unknown: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/attachments/{channel_id}/{attachment_id}/{filename}", self.download),
            web.route("*", API + "/{path:.*}", self.answer),
            web.route("*", "/{path:.*}", self.answer_unknown),
        ]

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file, as long as its address has not expired."""
        world = self._desk.world
        found = next(
            (
                attachment
                for channel in world.channels.values()
                for message in channel.messages.values()
                for attachment in message.attachments
                if str(attachment.id) == request.match_info["attachment_id"] and not message.deleted
            ),
            None,
        )
        if found is None or request.query.get("ex") != f"{world.signature:x}":
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=found.content, headers={"Content-Type": found.content_type})

    async def answer_unknown(self, request: web.Request) -> web.StreamResponse:
        self.unknown.append(f"{request.method} {request.path}")
        self._desk.world.changes.ring()
        return refused(not_found())

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One request to the API."""
        path = request.rel_url.raw_path.removeprefix(API)
        needs_token = not path.startswith(WITHOUT_TOKEN)
        if needs_token and request.headers.get("Authorization") != f"Bot {self._token}":
            return refused(unauthorized())
        found = self._spec.operation_at(request.method, path)
        if found is None or found[0].id not in OPERATIONS:
            return await self.answer_unknown(request)
        operation, named = found
        try:
            body, uploads = await read_body(request)
            words = {name: unquote(value) for name, value in named.items()}
            ids = {name: as_id(name, words[name]) for name in words if name.endswith("_id")}
        except Refusal as refusal:
            return refused(refusal)
        except (ValueError, LookupError) as unreadable:
            return self._broken(f"request {operation.id}", [repr(unreadable)], None)
        query, problems = self._spec.check_query(operation, request.query)
        call = Call(operation, request.method, path, ids, words, query, body, uploads, self._desk)
        self.calls.append(call)
        self._desk.world.changes.ring()
        problems += self._spec.check_request(operation, body, self._kind_of(call))
        if problems:
            return self._broken(f"request {operation.id}", problems, body)
        # Whoever hangs up does not undo the request: it goes on to its end.
        work = asyncio.create_task(self._answer_with_faults(request, call))
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)
        return await asyncio.shield(work)

    def _kind_of(self, call: Call) -> str | None:
        """Which of several schemas the body must have."""
        channel = self._desk.world.channels.get(call.ids.get("channel_id", 0))
        match call.name:
            case "update_channel" if channel is not None:
                if channel.is_dm:
                    return "UpdateDMRequestPartial"
                of_thread = channel.is_thread
                return (
                    "UpdateThreadRequestPartial"
                    if of_thread
                    else "UpdateGuildChannelRequestPartial"
                )
            case "create_thread" if channel is not None and channel.is_forum:
                return "CreateForumThreadRequest"
            case "create_thread":
                return "CreateTextThreadWithoutMessageRequest"
            case "execute_webhook":
                return "IncomingWebhookRequestPartial"
            case "create_interaction_response" if isinstance(call.body, dict):
                return CALLBACKS.get(call.body.get("type", 0))
            case _:
                return None

    async def _answer_with_faults(self, request: web.Request, call: Call) -> web.StreamResponse:
        names = (call.name, f"{call.method} {call.path}", f"{call.method} {call.operation.path}")
        fault = self._faults.for_call(names, call.body if isinstance(call.body, dict) else {})
        if fault is not None:
            self._desk.world.changes.ring()
            match fault.kind:
                case "before_commit":
                    return server_error(fault)
                case "drop_before_commit":
                    return dropped(request)
                case "rate_limited":
                    return refused(rate_limited(fault.retry_after, everywhere=fault.everywhere))
                case "delay":
                    await fault.released.wait()
        response = self._do(call)
        if fault is not None:
            match fault.kind:
                case "commit_then_drop":
                    return dropped(request)
                case "commit_then_5xx":
                    return server_error(fault)
                case "commit_then_delay":
                    await fault.released.wait()
        return response

    def _do(self, call: Call) -> web.Response:
        where = f"request {call.name}"
        try:
            answer = OPERATIONS[call.name](call) or Answer()
        except Refusal as refusal:
            if problems := self._spec.check_refusal(refusal.status, refusal.body()):
                return self._broken(f"refusal {call.name}", problems, refusal.body())
            return refused(refusal)
        except Unsupported as unsupported:
            self.unknown.append(f"{call.method} {call.path}: {unsupported}")
            return self._broken(where, [f"the double does not know {unsupported}"], call.body)
        except Exception as crash:
            return self._broken(where, [f"the double failed: {crash!r}"], call.body)
        self._desk.world.changes.ring()
        usual = 204 if answer.json is None else call.operation.usual_status
        status = answer.status or usual
        if problems := self._spec.check_answer(call.operation, status, answer.json):
            return self._broken(f"answer {call.name}", problems, answer.json)
        return json_response(answer.json, status)

    def _broken(self, where: str, problems: list[str], payload: Any) -> web.Response:
        for problem in problems:
            self._violate(where, problem, payload)
        return json_response({"message": f"{where}: {problems[0]}", "code": 0}, BROKEN)


def as_id(name: str, text: str) -> int:
    if not text.isdecimal():
        raise invalid_form(name, "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
    return int(text)


async def read_body(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    """A request's JSON and its files, however they are wrapped."""
    if request.content_type == "multipart/form-data":
        return await read_form(request)
    content = await request.read()
    return (json.loads(content) if content else None), {}


async def read_form(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    body: Any = None
    uploads: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError("a form within a form")
        name = part.name or ""
        if name == "payload_json":
            body = json.loads(await part.text())
        elif name.startswith("files[") and part.filename:
            number = int(name.removeprefix("files[").removesuffix("]"))
            uploads[number] = Upload(part.filename, bytes(await part.read(decode=False)))
        else:
            raise ValueError(f"the form has a part {name!r}")
    return body, uploads


def json_response(content: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:
    if content is None:
        return web.Response(status=status, headers=headers)
    # Exactly this type: the client library takes anything else for plain text.
    return web.Response(
        body=json.dumps(content).encode(),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


def refused(refusal: Refusal) -> web.Response:
    headers = {}
    if refusal.status == 429:
        everywhere = refusal.fields["global"]
        headers = {
            "Via": "1.1 google",
            "Retry-After": str(max(1, round(refusal.fields["retry_after"]))),
            "X-RateLimit-Scope": "global" if everywhere else "user",
            **({"X-RateLimit-Global": "true"} if everywhere else {}),
        }
    return json_response(refusal.body(), refusal.status, headers)


def server_error(fault: Fault) -> web.Response:
    """What a broken server in front of the API says: no JSON."""
    return web.Response(status=fault.status, text="upstream connect error")


def dropped(request: web.Request) -> web.Response:
    """Close the connection; whatever is returned then goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
