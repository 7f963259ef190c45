"""The Web API over HTTP: reads requests, judges them, lets faults strike, answers."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from aiohttp import web

from tests.doubles.slack import (  # noqa: F401 - they enter their methods
    methods_chat,
    methods_conversations,
    methods_files,
    methods_people,
    methods_views,
)
from tests.doubles.slack.errors import BrokenDescription, SlackError, missing_scope
from tests.doubles.slack.faults import FaultTable
from tests.doubles.slack.methods import METHODS, Workspace
from tests.doubles.slack.spec import SlackSpec
from tests.doubles.telegram_faults import Fault

Json = dict[str, Any]

LARGEST_REQUEST = 256 * 1024 * 1024
RESPONSE_USES, RESPONSE_SECONDS = 5, 1800
POSTS = ("chat.postMessage",)


class Call(NamedTuple):
    """A call as it arrived, before anything went wrong with it."""

    method: str
    arguments: Json


class WebApi:
    """Answers ``/api/<method>``, uploads, downloads and response URLs."""

    def __init__(
        self,
        workspace: Workspace,
        spec: SlackSpec,
        faults: FaultTable,
        violate: Callable[[str, object, Any], None],
    ) -> None:
        self._workspace = workspace
        self._spec = spec
        self._faults = faults
        self._violate = violate
        self._at_work: set[asyncio.Task[web.Response]] = set()
        self._posted_at: dict[str, float] = {}
        self.one_post_per_second = False
        self.calls: list[Call] = []
        self.unknown: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/api/{method}", self.answer),
            web.post("/upload/v1/{file}", self.upload),
            web.get("/files-pri/{file}/{rest:.+}", self.download),
            web.post("/response/{key}", self.respond),
        ]

    # -- calls --------------------------------------------------------------------------------

    async def answer(self, request: web.Request) -> web.Response:
        """One call, that goes on to its end even if the caller hangs up."""
        method = request.match_info["method"]
        try:
            given, token = await self._read(request, method)
        except SlackError as error:
            return refusal(error)
        self.calls.append(Call(method, given))
        self._workspace.world.changes.ring()
        if method not in METHODS or not self._spec.knows(method):
            self.unknown.append(method)
            self._violate(f"call {method}", "the double does not know this method", given)
            return refusal(SlackError("unknown_method", req_method=method))
        work = asyncio.create_task(self._answer_with_faults(request, method, given, token))
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)
        return await asyncio.shield(work)

    async def _read(self, request: web.Request, method: str) -> tuple[Json, str]:
        """The arguments from query, form or JSON, and the token from wherever it is."""
        given: Json = dict(request.query)
        if request.content_type == "application/json" and request.can_read_body:
            try:
                body = json.loads(await request.text() or "{}")
            except ValueError:
                raise SlackError("invalid_json") from None
            if not isinstance(body, dict):
                raise SlackError("json_not_object")
            if body and not self._spec.takes_json(method):
                self._violate(f"call {method}", "takes no JSON; Slack does not read it", body)
                body = {}
            given |= body
        elif request.can_read_body:
            given |= dict(await request.post())
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        in_arguments = given.pop("token", "")
        return given, token if scheme == "Bearer" else in_arguments

    async def _answer_with_faults(
        self, request: web.Request, method: str, given: Json, token: str
    ) -> web.Response:
        fault = self._faults.for_call(method, given)
        if fault is not None:
            self._workspace.world.changes.ring()
            match fault.kind:
                case "before_commit":
                    return server_error(fault)
                case "drop_before_commit":
                    return dropped(request)
                case "rate_limited":
                    return rate_limited(fault.retry_after)
                case "delay":
                    await fault.released.wait()
        response = self._do(method, given, token)
        if fault is not None:
            match fault.kind:
                case "commit_then_drop":
                    return dropped(request)
                case "commit_then_5xx":
                    return server_error(fault)
                case "commit_then_delay":
                    await fault.released.wait()
        return response

    def _do(self, method: str, given: Json, token: str) -> web.Response:
        try:
            self._authorise(method, token)
            meant, problems = self._spec.check_request(method, given)
            if problems:
                raise BrokenDescription(problems)
            self._check_scopes(method, meant)
            if wait := self._must_wait(method, meant):
                return rate_limited(wait)
            answer = {"ok": True, **METHODS[method].do(self._workspace, meant)}
        except BrokenDescription as broken:
            for problem in broken.problems:
                self._violate(f"call {method}", problem, given)
            return refusal(broken)
        except SlackError as error:
            return refusal(error)
        except Exception as crash:
            self._violate(f"call {method}", f"the double failed: {crash!r}", given)
            return refusal(SlackError("internal_error"))
        for problem in self._spec.check_answer(method, answer):
            self._violate(f"answer {method}", problem, answer)
        return web.json_response(answer)

    def _authorise(self, method: str, token: str) -> None:
        app = self._workspace.world.app
        if not token:
            raise SlackError("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise SlackError("invalid_auth")
        if not app.installed:
            raise SlackError("account_inactive")
        if (token == app.app_token) != (method == "apps.connections.open"):
            raise SlackError("not_allowed_token_type")

    def _check_scopes(self, method: str, given: Json) -> None:
        has = self._workspace.world.app.scopes
        needed = METHODS[method].scopes(self._workspace, given)
        if needed and not has & set(needed):
            raise missing_scope(",".join(needed), has)

    def _must_wait(self, method: str, given: Json) -> int:
        """Seconds until a channel takes another post, if the strict limit is on."""
        if not self.one_post_per_second or method not in POSTS:
            return 0
        now, channel = self._workspace.world.now, str(given["channel"])
        if now - self._posted_at.get(channel, -1.0) < 1:
            return 1
        self._posted_at[channel] = now
        return 0

    # -- files and response URLs --------------------------------------------------------------

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file: as they are, or in a form."""
        world = self._workspace.world
        file = world.files.get(request.match_info["file"])
        if file is None or file.content is not None:
            return web.Response(status=404)
        if request.content_type == "multipart/form-data":
            parts = (await request.post()).values()
            found = [part for part in parts if isinstance(part, web.FileField)]
            content = found[0].file.read() if found else b""
        else:
            content = await request.read()
        if len(content) != file.size:
            self._violate("upload", f"{len(content)} bytes, {file.size} were announced", file.name)
            return web.Response(status=400, text="length mismatch")
        fault = self._faults.for_call("upload", {"file": file.id, "filename": file.name})
        if fault is not None and fault.kind == "before_commit":
            return server_error(fault)
        if fault is not None and fault.kind == "drop_before_commit":
            return dropped(request)
        file.content = content
        world.changes.ring()
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """A file's bytes; without the token, Slack shows the page where people log in."""
        world = self._workspace.world
        file = world.files.get(request.match_info["file"].partition("-")[2])
        allowed = f"Bearer {world.app.bot_token}" == request.headers.get("Authorization")
        if not allowed or "files:read" not in world.app.scopes:
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        if file is None or file.content is None or file.deleted:
            return web.Response(status=404)
        fault = self._faults.for_call("download", {"file": file.id, "filename": file.name})
        if fault is not None and fault.kind == "before_commit":
            return server_error(fault)
        if fault is not None and fault.kind == "drop_before_commit":
            return dropped(request)
        return web.Response(body=file.content, content_type=file.mimetype)

    async def respond(self, request: web.Request) -> web.Response:
        world = self._workspace.world
        place = world.response_urls.get(request.match_info["key"])
        if place is None:
            return web.Response(status=404, text="invalid_url")
        place.uses += 1
        if place.uses > RESPONSE_USES or world.now - place.at > RESPONSE_SECONDS:
            return web.Response(status=404, text="used_url")
        self._workspace.interactions.respond(place, await request.json())
        return web.Response(text="ok")


def refusal(error: SlackError) -> web.Response:
    return web.json_response(error.body())


def rate_limited(seconds: int) -> web.Response:
    body = {"ok": False, "error": "ratelimited"}
    return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})


def server_error(fault: Fault) -> web.Response:
    """What a broken server in front of Slack says: no JSON."""
    return web.Response(status=fault.status, text="<html><h1>Bad Gateway</h1></html>")


def dropped(request: web.Request) -> web.Response:
    """Close the connection; whatever is returned then goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
