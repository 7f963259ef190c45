"""Actions that take several messages: said from where an earlier try stopped, changed and taken
back as a whole."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from chat.actions import Delete, Edit, Send
from chat.channel import Receipt, RetryLater, Undeliverable
from chat.copies import Copies, CopyBook

T = TypeVar("T")

_BEGUN_MOST: Final = 2_000


class Begun(Generic[T]):
    """What was posted of each action before it had to be tried again."""

    def __init__(self) -> None:
        self._posted: OrderedDict[str, list[T]] = OrderedDict()

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._posted

    def of(self, action_id: str) -> list[T]:
        """The ids of its messages, in order."""
        return self._posted.get(action_id, [])

    def note(self, action_id: str, posted: list[T]) -> None:
        """So much is posted."""
        self._posted[action_id] = posted
        if len(self._posted) > _BEGUN_MOST:
            self._posted.popitem(last=False)

    def forget(self, action_id: str) -> None:
        """It is done, or will not be tried again."""
        self._posted.pop(action_id, None)


class InParts:
    """Everything here raises what the given work raises, and what the memory raises."""

    def __init__(self, copies: CopyBook) -> None:
        self._copies = copies
        self._begun: Begun[str] = Begun()

    async def say(
        self, action: Send, are_text: Sequence[bool], post: Callable[[int], Awaitable[str]]
    ) -> Receipt:
        """Post the parts one by one; `are_text` tells which of them hold the action's text."""
        posted = self._begun.of(action.id)
        try:
            for index in range(len(posted), len(are_text)):
                posted = [*posted, await post(index)]
                self._begun.note(action.id, posted)
        except RetryLater:
            raise
        except BaseException:
            self._begun.forget(action.id)
            raise
        return await self._said(action, are_text, posted)

    async def found(
        self, action: Send, are_text: Sequence[bool], posted: list[str]
    ) -> Receipt | None:
        """An earlier try has shown the first of the parts, or all of them; else say the rest."""
        if posted:
            self._begun.note(action.id, posted)
        all_there = len(posted) == len(are_text)
        return await self._said(action, are_text, posted) if all_there else None

    async def _said(self, action: Send, are_text: Sequence[bool], posted: list[str]) -> Receipt:
        if len(posted) > 1:
            await self._copies.keep(action.to, Copies(tuple(posted), sum(are_text)))
        self._begun.forget(action.id)
        return Receipt(tuple(posted))

    async def edit(
        self,
        action: Edit,
        message_id: str,
        pieces: Sequence[T],
        rewrite: Callable[[str, T], Awaitable[None]],
        remove: Callable[[str], Awaitable[None]],
    ) -> None:
        """Give a message a new text, over as many messages as it was shown in."""
        copies = await self._copies.find(action.to, message_id)
        if len(pieces) > max(copies.texts, 1):
            raise Undeliverable("unsupported", "the new text needs more messages than the old one")
        if copies.texts == 0:
            raise Undeliverable("unsupported", "a file has no text to change")
        for copy, piece in zip(copies.ids, pieces, strict=False):
            await rewrite(copy, piece)
        spare = copies.ids[len(pieces) : copies.texts]
        for copy in spare:
            await remove(copy)
        if spare:
            kept = tuple(copy for copy in copies.ids if copy not in spare)
            await self._copies.keep(action.to, Copies(kept, len(pieces)))

    async def delete(
        self, action: Delete, message_id: str, remove: Callable[[str], Awaitable[None]]
    ) -> None:
        """Take a message back, with all that belongs to it."""
        copies = await self._copies.find(action.to, message_id)
        for copy in copies.ids:
            await remove(copy)
