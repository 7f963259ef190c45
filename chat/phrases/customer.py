"""What a customer reads in the chat."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {}
