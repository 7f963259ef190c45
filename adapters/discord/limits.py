"""What Discord lets a bot ask.

Source: https://docs.discord.com/developers/topics/rate-limits. The limits of single routes, such as
five messages in five seconds in a channel, come with Discord's answers, and the library keeps them;
the one for the whole bot it only hears of once it is exceeded, so that one is kept here.
"""

from __future__ import annotations

from typing import Final

import aiohttp

from adapters.turns import Turns
from chat.pacing import Limit

EVERYWHERE: Final = Limit("platform", 50, 1.0)
WHOLE_BOT: Final = ""
# Answers to people's clicks do not count, and must not wait.
_NOT_COUNTED: Final = ("/interactions/", "/webhooks/")


def limits_of(_: str) -> tuple[Limit, ...]:
    """The same everywhere."""
    return (EVERYWHERE,)


def pacing_trace(turns: Turns, api_base: str) -> aiohttp.TraceConfig:
    """Lets every request of a client wait for its turn. Files lie elsewhere and are not counted."""
    base = api_base.rstrip("/")

    async def wait(_: object, __: object, request: aiohttp.TraceRequestStartParams) -> None:
        url = str(request.url)
        counted = url.startswith(base) and not url.startswith(
            tuple(base + path for path in _NOT_COUNTED)
        )
        if counted:
            await turns.take(WHOLE_BOT)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(wait)
    return trace
