"""Uploads: bounded, recognised by their content, kept under unguessable names."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Final

import msgspec
from aiohttp import web
from msgspec import Struct

from chat.channel import Undeliverable
from chat.message import Attachment, AttachmentKind

_NAME_MOST: Final = 120
_ID: Final = re.compile(r"[0-9a-f]{32}")
_MAGIC: Final[tuple[tuple[bytes, int, str], ...]] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"ftyp", 4, "video/mp4"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
)
_KINDS: Final[dict[str, AttachmentKind]] = {"image": "photo", "audio": "audio", "video": "video"}
_SHOWN: Final = ("image/", "audio/", "video/")


class Refused(Exception):
    """A file is not taken; `reason` is `too_large` or `type`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Kept(Struct, frozen=True):
    """What is known of a stored file."""

    name: str
    mime: str
    size: int
    kind: AttachmentKind


def recognise(data: bytes) -> str | None:
    """The type of a file by its content; None when it is none of those we take.

    Source of the marks: the formats' own specifications, as listed by the WHATWG MIME sniffing
    standard. Text counts when it is UTF-8 without control characters.
    """
    for mark, offset, mime in _MAGIC:
        if data[offset : offset + len(mark)] == mark:
            return mime
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(ord(c) < 32 and c not in "\t\r\n\f" for c in text):
        return None
    return "text/plain"


def clean_name(name: str) -> str:
    """A name safe to show and to save under: no paths, no control characters, bounded."""
    base = re.split(r"[\\/]", name)[-1]
    base = "".join(c for c in base if c.isprintable() and c not in '"<>|:*?')
    stem, dot, ending = base.strip(". ").rpartition(".")
    if dot and len(base) > _NAME_MOST:
        return stem[: _NAME_MOST - len(ending) - 1] + "." + ending[:20]
    return base.strip(". ")[:_NAME_MOST] or "file"


class Uploads:
    """Files in one folder. A file's id is unguessable and is all that is needed to read it."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most

    @property
    def most(self) -> int:
        """The largest file taken, in bytes."""
        return self._most

    async def keep_upload(self, name: str, data: bytes) -> tuple[str, Kept]:
        """Store what a browser sent. Raises Refused."""
        if len(data) > self._most:
            raise Refused("too_large")
        mime = recognise(data)
        if mime is None or not data:
            raise Refused("type")
        kind = _KINDS.get(mime.partition("/")[0], "file")
        kept = Kept(clean_name(name), mime, len(data), kind)
        file_id = secrets.token_hex(16)
        await asyncio.to_thread(self._write, file_id, kept, data)
        return file_id, kept

    async def keep_copy(self, key: str, attachment: Attachment, data: bytes) -> str:
        """Store a file from another platform; the same key gives the same id."""
        file_id = hashlib.blake2s(key.encode(), digest_size=16).hexdigest()
        mime = recognise(data) or "application/octet-stream"
        kept = Kept(
            clean_name(attachment.name or attachment.kind), mime, len(data), attachment.kind
        )
        await asyncio.to_thread(self._write, file_id, kept, data)
        return file_id

    async def read(self, file_id: str) -> tuple[Kept, bytes]:
        """A stored file. Raises Undeliverable when there is none."""
        if not _ID.fullmatch(file_id):
            raise Undeliverable("not_found", "no such file")
        try:
            return await asyncio.to_thread(self._read, file_id)
        except (OSError, msgspec.DecodeError) as error:
            raise Undeliverable("not_found", "no such file") from error

    def _path(self, file_id: str) -> Path:
        return self._folder / file_id[:2] / file_id

    def _write(self, file_id: str, kept: Kept, data: bytes) -> None:
        path = self._path(file_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        for target, content in (
            (path, data),
            (path.with_suffix(".json"), msgspec.json.encode(kept)),
        ):
            part = target.with_name(target.name + ".part")
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)

    def _read(self, file_id: str) -> tuple[Kept, bytes]:
        path = self._path(file_id)
        kept = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Kept)
        return kept, path.read_bytes()


def response(kept: Kept, data: bytes) -> web.Response:
    """A stored file for a browser: shown only if it is a picture, sound or film; never run."""
    shown = kept.mime.startswith(_SHOWN)
    ascii_name = kept.name.encode("ascii", "replace").decode().replace("?", "_")
    ascii_name = ascii_name.replace('"', "_").replace("\\", "_")
    response = web.Response(
        body=data,
        content_type=kept.mime if shown else "application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=86400",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
    disposition = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{ascii_name}"'
    return response
