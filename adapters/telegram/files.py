"""Files on their way to Telegram and back, within what bots may move."""

from __future__ import annotations

from typing import Final

from telegram.error import InvalidToken

from adapters.telegram.connection import Connection
from adapters.telegram.refs import file_of
from chat.channel import FileSource, Undeliverable
from chat.message import Attachment

_MIB: Final = 1024 * 1024
# What a bot may move (core.telegram.org/bots/api#sending-files and #getfile).
LARGEST_UPLOAD: Final = 50 * _MIB
LARGEST_PHOTO: Final = 10 * _MIB
LARGEST_DOWNLOAD: Final = 20 * _MIB
_DOWNLOAD_SECONDS: Final = 60.0


class Files:
    """Gets the contents of attachments."""

    def __init__(self, connection: Connection, elsewhere: FileSource) -> None:
        self._connection = connection
        self._elsewhere = elsewhere

    async def to_send(self, attachment: Attachment) -> str | bytes:
        """The id of a file that Telegram has, or the bytes of one that lies elsewhere.

        Raises RetryLater or Undeliverable.
        """
        known = file_of(attachment)
        if known is not None:
            return known[1]
        _allow(attachment.size, LARGEST_UPLOAD)
        content = await self._connection.call(lambda: self._elsewhere.read(attachment))
        _allow(len(content), LARGEST_UPLOAD)
        return content

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file that lies at Telegram. Raises RetryLater or Undeliverable."""
        known = file_of(attachment)
        if known is None:
            raise Undeliverable("not_found", f"{attachment.ref!r} is no file of Telegram")
        _allow(attachment.size, LARGEST_DOWNLOAD)
        file = await self._connection.call(lambda: self._connection.bot.get_file(known[1]))
        _allow(file.file_size or 0, LARGEST_DOWNLOAD)

        async def download() -> bytes:
            try:
                return bytes(await file.download_as_bytearray(read_timeout=_DOWNLOAD_SECONDS))
            except InvalidToken as error:
                # The token has just been good: here 404 means that the file is not there.
                raise Undeliverable("not_found", "the file is not there any more") from error

        return await self._connection.call(download)


def _allow(size: int, largest: int) -> None:
    if size > largest:
        raise Undeliverable("too_large", f"{size} bytes are more than {largest}")
