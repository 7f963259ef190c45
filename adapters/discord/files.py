"""Files on their way to Discord and back."""

from __future__ import annotations

import io
from typing import Final

import discord

from adapters.discord.rest import Rest, as_id
from chat.channel import FileSource, Undeliverable
from chat.message import Attachment

PLATFORM: Final = "discord"
# What a bot may upload where nobody has bought more
# (docs.discord.com, Reference: Uploading Files).
LARGEST: Final = 10 * 1024 * 1024
# People may upload more; what we hold in memory at once is bounded.
LARGEST_DOWNLOAD: Final = 100 * 1024 * 1024


def ref_of(channel: int, message: int, attachment: int) -> str:
    """How an attachment is named: its address at Discord expires, so the message is asked again."""
    return f"{PLATFORM}:{channel}/{message}/{attachment}"


class Files:
    """Gets the contents of attachments."""

    def __init__(self, rest: Rest, elsewhere: FileSource) -> None:
        self._rest = rest
        self._elsewhere = elsewhere

    async def to_send(self, attachment: Attachment) -> tuple[str, bytes]:
        """Name and bytes. Raises RetryLater or Undeliverable."""
        _allow(attachment.size, LARGEST)
        mine = attachment.ref.startswith(f"{PLATFORM}:")
        content = await (self.fetch(attachment) if mine else self._elsewhere.read(attachment))
        _allow(len(content), LARGEST)
        return attachment.name or attachment.kind, content

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file at Discord. Raises RetryLater or Undeliverable."""
        try:
            channel, message, wanted = attachment.ref.removeprefix(f"{PLATFORM}:").split("/")
        except ValueError:
            raise Undeliverable("not_found", f"{attachment.ref!r} is no Discord file") from None

        async def read(client: discord.Client) -> bytes:
            place = client.get_partial_messageable(as_id(channel))
            found = await place.fetch_message(as_id(message))
            for one in found.attachments:
                if one.id == as_id(wanted):
                    _allow(one.size, LARGEST_DOWNLOAD)
                    return await one.read()
            raise Undeliverable("not_found", "the file is not there any more")

        return await self._rest.call(read)


def as_upload(name: str, content: bytes) -> discord.File:
    """A file for one request; discord.py closes it afterwards."""
    return discord.File(io.BytesIO(content), filename=name)


def _allow(size: int, largest: int) -> None:
    if size > largest:
        raise Undeliverable("too_large", f"{size} bytes are more than {largest}")
