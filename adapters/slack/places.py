"""How a customer's place at Slack is written as one channel: `D1`, or `C1/<ts>` in a thread."""

from __future__ import annotations

from chat.address import Address


def channel_and_thread(address: Address) -> tuple[str, str | None]:
    """What Slack's methods take."""
    channel, _, thread = address.channel.partition("/")
    return channel, address.thread or thread or None
