"""The labels of the web pages; keys start with `web.`."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {}
