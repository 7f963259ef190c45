"""A Discord of one bot, in memory, that speaks the real protocol on loopback.

    async with DiscordDouble() as double:
        discord.http.Route.BASE = double.api_base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(double.gateway)

As a process of its own: ``python -m tests.doubles.discord --port 0`` prints one JSON line with
its port, and is driven through `tests.doubles.discord.client`.
"""

from tests.doubles.discord.double import DiscordDouble
from tests.doubles.discord.people import Person

__all__ = ["DiscordDouble", "Person"]
