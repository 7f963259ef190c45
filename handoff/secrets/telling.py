"""What is said about a message of which something was taken out."""

from __future__ import annotations

import re
from typing import Final, get_args

from chat.message import Message, SecretKind
from chat.phrases import LANGS, Lang, say
from handoff.secrets.finder import marker
from handoff.secrets.finding import GRAVE
from handoff.secrets.private_keys import is_spoken_of as is_key_spoken_of
from handoff.secrets.seed_words import is_spoken_of as is_seed_spoken_of

_CONTACTS: Final[frozenset[SecretKind]] = frozenset({"phone", "email"})
_MARKERS: Final = re.compile("|".join(re.escape(marker(kind)) for kind in get_args(SecretKind)))
_JOINT: Final[dict[Lang, str]] = {"zh": "、", "en": ", "}
_SHOWS: Final = frozenset({"photo", "video", "file"})


def secrets_of(message: Message) -> tuple[SecretKind, ...]:
    """The kinds of secrets that were taken out; ways to reach somebody are none."""
    return tuple(kind for kind in message.removed or () if kind not in _CONTACTS)


def is_grave(message: Message) -> bool:
    """Whether the message held what opens a wallet."""
    return bool(message.removed) and not GRAVE.isdisjoint(message.removed or ())


def left_of(message: Message) -> str:
    """What the sender said besides secrets."""
    return _MARKERS.sub(" ", message.text).strip() if message.removed else message.text.strip()


def names_of(kinds: tuple[SecretKind, ...], lang: Lang) -> str:
    """The kinds in words."""
    return _JOINT[lang].join(say(f"secret.name.{kind}", lang) for kind in kinds)


def is_about_keys(text: str) -> bool:
    """Whether seed phrases or keys are spoken of, or were just taken out."""
    lower = text.lower()
    return (
        is_key_spoken_of(lower)
        or is_seed_spoken_of(lower)
        or any(say(f"secret.{kind}", lang) in text for kind in GRAVE for lang in LANGS)
    )


def may_show(message: Message) -> bool:
    """Whether something comes with the message that cannot be read and may show a secret."""
    return any(file.kind in _SHOWS for file in message.attachments)
