"""The web server: pages, sockets, files, login. Everything that a browser may ask for."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from adapters.web.desk import DeskPages
from adapters.web.files import Refused, response
from adapters.web.login import COOKIE, NAME_MOST, SESSION_SECONDS, Door, Session, TooManyTries
from adapters.web.parts import Parts
from adapters.web.settings import FILES_MOST, TEXT_MOST, WebSettings
from adapters.web.sockets import Pace
from adapters.web.visitor import VisitorPages, visitor_of
from chat.channel import Undeliverable
from chat.phrases import PHRASES

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_STATIC: Final = Path(str(files("adapters.web"))) / "static"
_PAGES: Final = {"/": "visitor.html", "/widget": "visitor.html", "/desk": "desk.html"}
_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
_STOP_SECONDS: Final = 2.0


class Server:
    """One aiohttp application."""

    def __init__(
        self,
        settings: WebSettings,
        door: Door,
        parts: Parts,
        facts: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._facts = facts
        self._settings = settings
        self._uploads = parts.uploads
        self._sink = parts.sink
        self._door = door
        self._clock = parts.clock
        self._visitors = VisitorPages(parts)
        self._desk = DeskPages(parts)
        self._paces: dict[str, Pace] = {}

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve; gives the address that browsers use. Raises OSError for a taken port."""
        app = web.Application(
            client_max_size=self._settings.max_upload + 64 * 1024, middlewares=[_guarded]
        )
        app.router.add_get("/healthz", self._health)
        for path in _PAGES:
            app.router.add_get(path, self._page)
        app.router.add_get("/embed.js", self._static)
        app.router.add_get("/static/{name}", self._static)
        app.router.add_get("/phrases.json", self._phrases)
        app.router.add_get("/ws/visitor", self._visitors.serve)
        app.router.add_get("/ws/desk", self._desk_socket)
        app.router.add_post("/upload", self._upload)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_get("/desk/session", self._who)
        app.router.add_post("/desk/login", self._login)
        app.router.add_post("/desk/logout", self._logout)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_SECONDS)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._settings.host, self._settings.port)
            await site.start()
            host, port = runner.addresses[0][:2]
            shown = f"[{host}]" if ":" in host else host
            yield self._settings.public_url or f"http://{shown}:{port}"
        finally:
            await runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", **self._facts()})

    # ── pages ────────────────────────────────────────────────────────────────────────────────

    async def _page(self, request: web.Request) -> web.Response:
        ancestors = "*" if request.path == "/widget" else "'none'"
        answer = _file_response(_PAGES[request.path])
        answer.headers["Content-Security-Policy"] = _POLICY.format(ancestors=ancestors)
        return answer

    async def _static(self, request: web.Request) -> web.Response:
        answer = _file_response(request.match_info.get("name", "embed.js"))
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    async def _phrases(self, request: web.Request) -> web.Response:
        labels = {
            lang: {k: v[lang] for k, v in PHRASES.items() if k.startswith("web.")}
            for lang in ("zh", "en")
        }
        settings = self._settings
        return web.json_response(
            {
                "phrases": labels,
                "brand": settings.brand,
                "lang": settings.lang,
                "desk_lang": settings.desk_lang,
                "limits": {
                    "text": TEXT_MOST,
                    "files": FILES_MOST,
                    "upload": self._uploads.most,
                },
            },
            # Sites that embed the chat take its labels from here.
            headers={"Access-Control-Allow-Origin": "*"},
        )

    # ── files ────────────────────────────────────────────────────────────────────────────────

    async def _upload(self, request: web.Request) -> web.Response:
        who = self._uploader(request)
        if who is None:
            return _refuse(401, "login")
        pace = self._paces.setdefault(who, Pace(self._clock, rate=0.5, burst=10))
        if len(self._paces) > 10_000:
            self._paces.clear()
        if not pace.take():
            return _refuse(429, "too_fast")
        try:
            data = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _refuse(413, "too_large")
        try:
            name = self._sink.redact_text(request.query.get("name", ""))
            file_id, kept = await self._uploads.keep_upload(name, data)
        except Refused as refused:
            return _refuse(413 if refused.reason == "too_large" else 415, refused.reason)
        return web.json_response(
            {
                "id": file_id,
                "kind": kept.kind,
                "name": kept.name,
                "mime": kept.mime,
                "size": kept.size,
                "url": f"/files/{file_id}",
            }
        )

    def _uploader(self, request: web.Request) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Bearer" and 16 <= len(token) <= 100:
            return visitor_of(token)
        session = self._session(request)
        return (
            f"agent {session.agent}" if session and _same_origin(request, self._settings) else None
        )

    async def _file(self, request: web.Request) -> web.Response:
        try:
            kept, data = await self._uploads.read(request.match_info["id"])
        except Undeliverable:
            return _refuse(404, "not_found")
        return response(kept, data)

    # ── the desk ─────────────────────────────────────────────────────────────────────────────

    def _session(self, request: web.Request) -> Session | None:
        return self._door.open(request.cookies.get(COOKIE))

    async def _desk_socket(self, request: web.Request) -> web.StreamResponse:
        session = self._session(request)
        if session is None:
            return _refuse(401, "login")
        if not _same_origin(request, self._settings):
            return _refuse(403, "origin")
        return await self._desk.serve(request, session)

    async def _who(self, request: web.Request) -> web.Response:
        session = self._session(request)
        if session is None:
            return _refuse(401, "login")
        return web.json_response({"agent": session.agent, "name": session.name})

    async def _login(self, request: web.Request) -> web.Response:
        if not _same_origin(request, self._settings) or request.content_type != "application/json":
            return _refuse(403, "origin")
        try:
            given = json.loads((await request.content.read(4096)).decode())
            password, name = str(given["password"]), str(given["name"])
        except (ValueError, KeyError, TypeError):
            return _refuse(400, "bad_frame")
        if not name.strip() or len(name) > NAME_MOST:
            return _refuse(400, "name")
        try:
            session = self._door.enter(password, name, _origin(request))
        except TooManyTries:
            return _refuse(429, "too_fast")
        if session is None:
            return _refuse(401, "password")
        answer = web.json_response({"agent": session.agent, "name": session.name})
        answer.set_cookie(
            COOKIE,
            self._door.seal(session),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=(self._settings.public_url or "").startswith("https:"),
        )
        return answer

    async def _logout(self, request: web.Request) -> web.Response:
        if not _same_origin(request, self._settings):
            return _refuse(403, "origin")
        answer = web.json_response({})
        answer.del_cookie(COOKIE)
        return answer


def _file_response(name: str) -> web.Response:
    path = _STATIC / name
    kind = _TYPES.get(path.suffix)
    if kind is None or path.parent != _STATIC or not path.is_file():
        return _refuse(404, "not_found")
    answer = web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _refuse(status: int, reason: str) -> web.Response:
    return web.json_response({"reason": reason}, status=status)


def _origin(request: web.Request) -> str:
    """Who asks: the peer, or the client that a proxy on this machine names."""
    peer = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        if forwarded and ipaddress.ip_address(peer).is_loopback:
            return str(ipaddress.ip_address(forwarded))
    except ValueError:
        return peer
    return peer


def _same_origin(request: web.Request, settings: WebSettings) -> bool:
    """Whether a page of ours asks. Browsers send `Origin` with sockets and POSTs."""
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    if settings.public_url and origin == settings.public_url.rstrip("/"):
        return True
    return urlsplit(origin).netloc == request.host


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    answer = await handler(request)
    if not answer.prepared:
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "no-referrer")
    return answer
