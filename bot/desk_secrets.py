"""The web desk's password and session key, made once where the operator set none."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_PASSWORD_WORDS = 4
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def session_key(data: Path) -> bytes:
    """The key that signs desk sessions; 32 bytes, kept in the data directory."""
    return bytes.fromhex(_kept(data / "desk-session-key", secrets.token_hex(32))[0])


def desk_password(data: Path) -> tuple[str, bool]:
    """The desk's password and whether it was made just now."""
    made = "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(_PASSWORD_WORDS)
    )
    return _kept(data / "desk-password", made)


def _kept(path: Path, value: str) -> tuple[str, bool]:
    """What the file holds; `value` is put there first if there is no file. Owner-only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip(), False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    return value, True
