"""Reads attachments, wherever they lie."""

from __future__ import annotations

from collections.abc import Mapping

from chat.channel import Channel, FileChannel, Undeliverable
from chat.message import Attachment


class Files:
    """The `FileSource` of all channels: asks the channel on whose platform a file lies."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

    async def read(self, attachment: Attachment) -> bytes:
        """The bytes. Raises RetryLater or Undeliverable."""
        platform = attachment.ref.partition(":")[0]
        channel = self._channels.get(platform)
        if not isinstance(channel, FileChannel):
            raise Undeliverable("not_found", f"no channel holds {platform} files")
        return await channel.fetch(attachment)
