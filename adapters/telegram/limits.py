"""What Telegram lets a bot post.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

from typing import Final

from chat.pacing import Limit

EVERYWHERE: Final = Limit("platform", 30, 1.0)
PRIVATE: Final = (Limit("channel", 1, 1.0), EVERYWHERE)
GROUP: Final = (Limit("channel", 20, 60.0), Limit("channel", 1, 1.0), EVERYWHERE)


WHOLE_BOT: Final = ""


def limits_of(channel: str) -> tuple[Limit, ...]:
    """Groups have negative ids. What posts nothing counts for the whole bot alone."""
    if channel == WHOLE_BOT:
        return (EVERYWHERE,)
    return GROUP if channel.startswith("-") else PRIVATE
