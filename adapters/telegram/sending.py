"""Says actions: gets their files, posts their messages, remembers which ones belong together."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from adapters.parts import Begun
from adapters.telegram.errors import PictureRefused
from adapters.telegram.facts import Facts
from adapters.telegram.files import LARGEST_PHOTO, Files
from adapters.telegram.posting import Posting, Ready
from adapters.telegram.render import FilePart, Part, TextPart, albums_of, parts_of
from chat.actions import Send
from chat.address import Address
from chat.channel import Receipt, RetryLater


class Copies(Struct, frozen=True):
    """The messages that show one action, in order; the first `texts` of them are its text."""

    ids: tuple[int, ...]
    texts: int


class CopyBook:
    """Remembers what was shown as more than one message, so that all of it can be changed."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    async def keep(self, at: Address, copies: Copies) -> None:
        """Remember. Raises RetryLater."""
        body = msgspec.json.encode(copies).decode()
        await self._facts.put(f"copies:{at.channel}:{copies.ids[0]}", body)

    async def find(self, at: Address, message_id: str) -> Copies:
        """All messages that belong to the first one. Raises RetryLater."""
        body = await self._facts.get(f"copies:{at.channel}:{message_id}")
        if body is None:
            return Copies((int(message_id),), 1)
        return msgspec.json.decode(body, type=Copies)


class Sending:
    """Says actions. Everything here raises only RetryLater or Undeliverable."""

    def __init__(self, posting: Posting, files: Files, copies: CopyBook) -> None:
        self._posting = posting
        self._files = files
        self._copies = copies
        self._begun: Begun[int] = Begun()

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """Say it, going on where an earlier try was interrupted."""
        try:
            ids = await self._say(action, reply_to)
        except RetryLater:
            raise
        except BaseException:
            self._begun.forget(action.id)
            raise
        self._begun.forget(action.id)
        return _receipt(ids)

    async def send_album(self, actions: Sequence[Send], reply_to: str | None) -> Receipt:
        """Say them together, one id for each. After Undeliverable each may be sent by itself:
        what has been posted is not posted again."""
        first: list[int] = []
        for album in albums_of(actions):
            if len(album) == 1 or any(action.id in self._begun for action in album):
                for action in album:
                    first.append((await self._say(action, reply_to))[0])
            else:
                first += await self._say_together(album, reply_to)
            reply_to = None
        for action in actions:
            self._begun.forget(action.id)
        return _receipt(first)

    async def _say(self, action: Send, reply_to: str | None) -> list[int]:
        parts = parts_of(action)
        posted = self._begun.of(action.id)
        ready = [await self._prepare(part) for part in parts[len(posted) :]]
        for one in ready:
            answers = None if posted else reply_to
            posted = [*posted, await self._posting.post(action.to, one, answers)]
            self._begun.note(action.id, posted)
        if len(posted) > 1:
            texts = sum(isinstance(part, TextPart) for part in parts)
            await self._copies.keep(action.to, Copies(tuple(posted), texts))
        return posted

    async def _say_together(self, album: Sequence[Send], reply_to: str | None) -> list[int]:
        ready = [await self._prepare(part) for action in album for part in parts_of(action)]
        if any(_is_large_photo(one) for one in ready):
            return [(await self._say(action, reply_to))[0] for action in album]
        try:
            posted = await self._posting.post_album(album[0].to, ready, reply_to)
        except PictureRefused:
            return [(await self._say(action, reply_to))[0] for action in album]
        for action, message_id in zip(album, posted, strict=True):
            self._begun.note(action.id, [message_id])
        return posted

    async def _prepare(self, part: Part) -> Ready:
        if isinstance(part, FilePart):
            return Ready(part, await self._files.to_send(part.attachment))
        return Ready(part)


def _is_large_photo(ready: Ready) -> bool:
    """It goes as a file, and files share no album with pictures."""
    part, content = ready.part, ready.content
    is_photo = isinstance(part, FilePart) and part.medium == "photo"
    return is_photo and isinstance(content, bytes) and len(content) > LARGEST_PHOTO


def _receipt(ids: Sequence[int]) -> Receipt:
    return Receipt(tuple(str(message_id) for message_id in ids))
