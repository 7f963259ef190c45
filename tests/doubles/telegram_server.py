"""The Bot API over HTTP: reads requests, judges them, lets faults strike, answers."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.doubles.telegram_bot import BotActor, BrokenDescription
from tests.doubles.telegram_errors import (
    ApiError,
    bad_request,
    method_not_found,
    too_many_requests,
    unauthorized,
)
from tests.doubles.telegram_faults import Fault, FaultTable
from tests.doubles.telegram_methods import METHODS, call_method
from tests.doubles.telegram_spec import UploadedFile, attachments_named_in

LARGEST_REQUEST = 64 * 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECONDS_BETWEEN_PUSHES = 0.05


class Call(NamedTuple):
    """A call as it arrived, before anything went wrong with it."""

    method: str
    params: dict[str, Any]


class BotApiServer:
    """Answers ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

    def __init__(
        self,
        token: str,
        bot: BotActor,
        faults: FaultTable,
        violate: Callable[[str, object, Any], None],
    ) -> None:
        self._token = token
        self._bot = bot
        self._faults = faults
        self._violate = violate
        self._at_work: set[asyncio.Task[web.StreamResponse]] = set()
        self.calls: list[Call] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.answer),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            return refusal(unauthorized())
        for stored in self._bot.world.files.values():
            if stored.path == request.match_info["path"]:
                return web.Response(body=stored.content, content_type="application/octet-stream")
        return refusal(ApiError(404, "Not Found"))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One request to the Bot API."""
        if request.match_info["token"] != self._token:
            return refusal(unauthorized())
        method = request.match_info["method"]
        try:
            form = await read_form(request)
        except ValueError as unreadable:
            self._violate(f"request {method}", unreadable, None)
            return refusal(bad_request(str(unreadable)))
        params, problems = self._bot.spec.check_request(method, form)
        self.calls.append(Call(method, params))
        self._bot.world.changes.ring()
        if method not in METHODS:
            self._violate(f"request {method}", "the double does not know this method", params)
            return refusal(method_not_found())
        if problems:
            for problem in problems:
                self._violate(f"request {method}", problem, params)
            return refusal(bad_request(problems[0].telegram_says or str(problems[0])))
        attached = {name: form[name] for name in attachments_named_in(params)}
        if attached:
            params = {**params, "uploads": attached}
        work = asyncio.create_task(self._answer_with_faults(request, method, params))
        if method == "getUpdates":
            # Whoever hangs up no longer takes updates...
            return await work
        # ...but anything else goes on to its end, as it would on a real server.
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)
        return await asyncio.shield(work)

    async def _answer_with_faults(
        self, request: web.Request, method: str, params: dict[str, Any]
    ) -> web.StreamResponse:
        fault = self._faults.for_call(method, params)
        if fault is not None:
            self._bot.world.changes.ring()
            match fault.kind:
                case "before_commit":
                    return server_error(fault)
                case "drop_before_commit":
                    return dropped(request)
                case "rate_limited":
                    return refusal(too_many_requests(fault.retry_after))
                case "delay":
                    await fault.released.wait()
        response = await self._do(method, params)
        if fault is not None:
            match fault.kind:
                case "commit_then_drop":
                    return dropped(request)
                case "commit_then_5xx":
                    return server_error(fault)
                case "commit_then_delay":
                    await fault.released.wait()
        return response

    async def _do(self, method: str, params: dict[str, Any]) -> web.Response:
        try:
            result = await call_method(self._bot, method, params)
        except ApiError as error:
            return refusal(error)
        except BrokenDescription as broken:
            self._violate(f"request {method}", broken, params)
            return refusal(bad_request(broken.telegram_says or str(broken)))
        except Exception as crash:
            self._violate(f"request {method}", f"the double failed: {crash!r}", params)
            return refusal(ApiError(500, f"Internal Server Error: the double failed: {crash!r}"))
        problems = self._bot.spec.check_answer(method, result)
        if problems:
            for problem in problems:
                self._violate(f"answer {method}", problem, result)
            return refusal(ApiError(500, f"Internal Server Error: {problems[0]}"))
        return web.json_response({"ok": True, "result": result})


async def read_form(request: web.Request) -> Mapping[str, Any]:
    """All fields of a request: from the query, from a form, or from a JSON body."""
    fields: dict[str, Any] = {}

    def enter(name: str, value: Any) -> None:
        if name in fields:
            raise ValueError(f"field {name!r} is there twice")
        fields[name] = value

    for name, value in request.query.items():
        enter(name, value)
    if request.content_type == "application/json":
        body = await request.json()
        if not isinstance(body, dict):
            raise ValueError("the JSON body is not an object")
        for name, value in body.items():
            enter(name, value)
        return fields
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            content = await asyncio.to_thread(part.file.read)
            enter(name, UploadedFile(part.filename, part.content_type, content))
        else:
            enter(name, part if isinstance(part, str) else bytes(part).decode())
    return fields


def refusal(error: ApiError) -> web.Response:
    return web.json_response(error.body(), status=error.code)


def server_error(fault: Fault) -> web.Response:
    """What a broken server in front of the Bot API says: no JSON."""
    return web.Response(status=fault.status, text="<html><h1>Bad Gateway</h1></html>")


def dropped(request: web.Request) -> web.Response:
    """Close the connection; whatever is returned then goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


class WebhookPusher:
    """Posts updates to the bot's webhook, one after another, until each is taken."""

    def __init__(self, bot: BotActor) -> None:
        self._bot = bot
        self._task: asyncio.Task[None] | None = None

    def restart(self) -> None:
        """Begin pushing, or stop, as the webhook now stands."""
        self._cancel()
        if self._bot.webhook.url:
            self._task = asyncio.create_task(self._push())

    def _cancel(self) -> asyncio.Task[None] | None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
        return task

    async def close(self) -> None:
        task = self._cancel()
        if task is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _push(self) -> None:
        hook = self._bot.webhook
        updates = self._bot.updates
        headers = {SECRET_HEADER: hook.secret_token} if hook.secret_token else {}
        async with ClientSession(timeout=ClientTimeout(total=30)) as session:
            while True:
                entry = (await updates.wait_for_ready())[0]
                body = json.dumps(entry.update)
                problem = None
                try:
                    async with session.post(
                        hook.url, data=body, headers={**headers, "Content-Type": "application/json"}
                    ) as response:
                        if not 200 <= response.status < 300:
                            problem = f"Wrong response from the webhook: {response.status}"
                except (ClientError, TimeoutError) as failed:
                    problem = f"Connection failed: {failed!r}"
                if problem is None:
                    entry.delivered += 1
                    updates.remove(entry)
                else:
                    hook.last_error_date = self._bot.world.now
                    hook.last_error_message = problem
                    # The pause of a server that tries again, not a wait for anything in the test.
                    await asyncio.sleep(SECONDS_BETWEEN_PUSHES)
                self._bot.world.changes.ring()
