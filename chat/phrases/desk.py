"""What agents read in a case's thread."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {}
