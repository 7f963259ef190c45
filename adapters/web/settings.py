"""What the web channel is told at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct

from chat.phrases import Lang

DESK: Final = "desk"
TEXT_MOST: Final = 4_000
FRAME_MOST: Final = 64 * 1024
FILES_MOST: Final = 10


class WebSettings(Struct, frozen=True):
    """`files` is the folder for uploads; `max_upload` is in bytes; `key` signs desk sessions;
    `public_url` is where browsers reach us, if not at host and port."""

    host: str
    port: int
    files: Path
    key: bytes
    password: str
    brand: str = "Tokenim"
    lang: Lang = "zh"
    desk_lang: Lang = "zh"
    max_upload: int = 20 * 1024 * 1024
    public_url: str | None = None
