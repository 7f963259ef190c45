"""What Telegram shows around the chat: command descriptions and the like."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {}
