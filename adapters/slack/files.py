"""Files on their way to Slack and back."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import aiohttp

from adapters.slack.web_api import PLATFORM, WebApi
from chat.channel import FileSource, RetryLater, Undeliverable
from chat.message import Attachment, AttachmentKind

# Slack takes up to 1 GB; what we hold in memory at once is bounded.
LARGEST: Final = 100 * 1024 * 1024
_KINDS: Final[dict[str, AttachmentKind]] = {"image": "photo", "video": "video", "audio": "audio"}
_SHARE_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.6)


def attachment_of(file: dict[str, Any]) -> Attachment:
    """A file of an event. Files of other companies' channels tell little more than their id."""
    mime = str(file.get("mimetype") or "application/octet-stream")
    kind: AttachmentKind = _KINDS.get(mime.partition("/")[0], "file")
    if file.get("subtype") == "slack_audio":
        kind = "voice"
    name = str(file.get("name") or file.get("title") or "file")
    return Attachment(kind, name, mime, int(file.get("size") or 0), f"{PLATFORM}:{file['id']}")


def is_kept(file: dict[str, Any]) -> bool:
    """Whether Slack holds the file itself, or held it until lately."""
    elsewhere = file.get("is_external") or file.get("mode") == "external"
    return bool(file.get("id")) and not elsewhere and file.get("mode") != "tombstone"


def links_in(files: list[dict[str, Any]]) -> list[str]:
    """Files that lie elsewhere, such as at Google Drive, are links."""
    outside = (f for f in files if f.get("is_external") or f.get("mode") == "external")
    return [
        f"{f.get('title') or f.get('name') or ''}: {f.get('external_url') or f['url_private']}"
        for f in outside
        if f.get("external_url") or f.get("url_private")
    ]


class Files:
    """Gets the contents of attachments, and uploads them."""

    def __init__(self, api: WebApi, elsewhere: FileSource) -> None:
        self._api = api
        self._elsewhere = elsewhere

    async def to_send(self, attachment: Attachment) -> tuple[str, bytes]:
        """Name and bytes. Raises RetryLater or Undeliverable."""
        _allow(attachment.size)
        mine = attachment.ref.startswith(f"{PLATFORM}:")
        content = await (self.fetch(attachment) if mine else self._elsewhere.read(attachment))
        _allow(len(content))
        return attachment.name or attachment.kind, content

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file at Slack. Raises RetryLater or Undeliverable."""
        file_id = attachment.ref.removeprefix(f"{PLATFORM}:")
        file = (await self._api.look_up("files.info", file=file_id)).get("file") or {}
        url = file.get("url_private_download") or file.get("url_private")
        if not url:
            raise Undeliverable("not_found", "Slack gives no address for the file")
        if not self._api.is_slacks(str(url)):
            raise Undeliverable("unsupported", "the file lies elsewhere")
        _allow(int(file.get("size") or 0))

        async def download(client: Any) -> bytes:
            headers = {"Authorization": f"Bearer {client.token}"}
            async with client.session.get(str(url), headers=headers) as answer:
                if answer.status >= 500:
                    raise RetryLater(f"Slack failed: {answer.status}")
                if answer.status != 200 or answer.content_type == "text/html":
                    # Without the scope files:read Slack shows a page to log in.
                    raise Undeliverable("forbidden", f"Slack answers {answer.status}")
                content: bytes = await answer.read()
                return content

        return await self._api.call(download)

    async def upload(self, name: str, content: bytes, channel: str, thread: str | None) -> str:
        """Post a file as a message; returns the message's `ts`."""
        place = await self._api.look_up(
            "files.getUploadURLExternal", filename=name, length=len(content)
        )

        async def put(client: Any) -> None:
            data = aiohttp.FormData()
            data.add_field("file", content, filename=name)
            async with client.session.post(place["upload_url"], data=data) as answer:
                if answer.status != 200:
                    raise RetryLater(f"Slack does not take the file: {answer.status}")

        await self._api.call(put)
        await self._api.ask(
            "files.completeUploadExternal",
            files=[{"id": place["file_id"], "title": name}],
            channel_id=channel,
            thread_ts=thread,
        )
        return await self._message_of(place["file_id"], channel)

    async def _message_of(self, file_id: str, channel: str) -> str:
        """Slack shares a file a moment after it says that it did."""
        for pause in _SHARE_PAUSES:
            file = (await self._api.look_up("files.info", file=file_id)).get("file") or {}
            shares = file.get("shares") or {}
            for places in shares.values():
                for share in places.get(channel) or []:
                    return str(share["ts"])
            await asyncio.sleep(pause)
        # It is there, but nobody can answer it or take it back.
        return f"file:{file_id}"


def _allow(size: int) -> None:
    if size > LARGEST:
        raise Undeliverable("too_large", f"{size} bytes are more than {LARGEST}")
