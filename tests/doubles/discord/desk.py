"""What operations work on besides the world: interactions, commands and what they were told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.discord.interactions import Interaction
from tests.doubles.discord.things import Channel, Message
from tests.doubles.discord.world import World

# Discord's documentation says: "in the past few minutes".
NONCE_SECONDS = 180


@dataclass(eq=False)
class Desk:
    """The world, and what else the bot's requests touch."""

    world: World
    gateway_url: str = ""
    shards: int = 1
    interactions: dict[int, Interaction] = field(default_factory=dict)
    # By guild; None is everywhere.
    commands: dict[int | None, dict[int, dict[str, Any]]] = field(default_factory=dict)
    nonces: dict[tuple[int, str], tuple[Message, float]] = field(default_factory=dict)
    typing: list[Channel] = field(default_factory=list)
    allows_privileged_intents: Callable[[], bool] = lambda: True

    def interaction_with(self, token: str) -> Interaction | None:
        return next((one for one in self.interactions.values() if one.token == token), None)

    def said_with(self, channel: Channel, nonce: str) -> Message | None:
        """What the bot said with this nonce lately."""
        message, at = self.nonces.get((channel.id, nonce), (None, 0.0))
        return message if self.world.clock() - at < NONCE_SECONDS else None

    def note_nonce(self, message: Message, nonce: str) -> None:
        self.nonces[message.channel.id, nonce] = (message, self.world.clock())
