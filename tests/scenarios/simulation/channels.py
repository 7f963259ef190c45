"""A process' way to a platform, with what can go wrong on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from bot.dialog.conversation import State
from chat.actions import (
    CloseThread,
    Delete,
    Edit,
    MarkInternal,
    OpenThread,
    ReopenThread,
    Send,
    ShowTyping,
    UpdateCard,
)
from chat.channel import OpenedThread, Receipt, RetryLater, Sink, Undeliverable
from tests.scenarios.simulation.chance import Chance
from tests.scenarios.simulation.platforms import Platform

if TYPE_CHECKING:
    from tests.scenarios.simulation.process import Process
    from tests.scenarios.simulation.world import World

Answer = TypeVar("Answer")


class CustomerChannel:
    """A platform of customers: it can send, edit, delete and show typing."""

    def __init__(self, world: World, process: Process, platform: Platform, chance: Chance) -> None:
        self.name = platform.name
        self.deduplicates = platform.deduplicates
        self._world = world
        self._process = process
        self._platform = platform
        self._chance = chance

    async def run(self, sink: Sink) -> None:
        """Events come by feeds here."""

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """See Channel."""
        looked = self._process.store.last_look()
        return await self._carry_out(
            f"send {action.id} {action.to.key} {action.speaker.role} {action.text!r}",
            lambda: self._platform.send(action, reply_to, looked),
        )

    async def edit(self, action: Edit, message_id: str) -> None:
        """See EditChannel."""
        await self._carry_out(
            f"edit {action.id} {message_id}", lambda: self._platform.edit(action, message_id)
        )

    async def delete(self, action: Delete, message_id: str) -> None:
        """See EditChannel."""
        await self._carry_out(
            f"delete {action.id} {message_id}",
            lambda: self._platform.delete(action.to, message_id),
        )

    async def show_typing(self, action: ShowTyping) -> None:
        """See TypingChannel. Nobody keeps it."""

    async def _carry_out(self, what: str, effect: Callable[[], Answer]) -> Answer:
        await self._chance.hesitate()
        await self._process.running()
        mishap = self._chance.channel_mishap()
        if mishap == "crash_before":
            self._process.die(f"before {what}")
        await self._process.running()
        if mishap == "busy" or self._platform.unreachable:
            self._note(f"busy: {what}")
            raise RetryLater("busy", self._chance.random.choice((None, 0.5, 3.0)))
        try:
            answer = effect()
        except Undeliverable as never:
            self._note(f"{never.reason}: {what}")
            raise
        self._note(what)
        if mishap == "crash_after":
            self._process.die(f"after {what}")
        await self._chance.hesitate()
        await self._process.running()
        if mishap == "lost_answer":
            self._note(f"answer lost: {what}")
            raise RetryLater("no answer came", ambiguous=True)
        return answer

    def _note(self, what: str) -> None:
        self._world.note(self._process.name, what)


class _ShowsAlbums(CustomerChannel):
    """Shows several messages as one group, all of them or none."""

    async def send_album(self, actions: Sequence[Send], reply_to: str | None) -> Receipt:
        """See AlbumChannel."""
        looked = self._process.store.last_look()
        first = actions[0]
        return await self._carry_out(
            f"send album {[a.id for a in actions]} {first.to.key} {first.speaker.role}",
            lambda: self._platform.send_album(actions, reply_to, looked),
        )


class DeskChannel(CustomerChannel):
    """The platform of the shared channel: it has threads too."""

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        """See ThreadChannel."""
        conversation = self._world.history.current[action.conversation]
        if conversation.state is not State.OPENING:
            self._world.unwanted_threads.append(action.id)
        return await self._carry_out(
            f"open {action.id}", lambda: self._platform.open_thread(action)
        )

    async def update_card(self, action: UpdateCard) -> None:
        """See ThreadChannel."""
        await self._carry_out(
            f"card {action.id} {action.to.key} {action.card.status}",
            lambda: self._platform.update_card(action),
        )

    async def close_thread(self, action: CloseThread) -> None:
        """See ThreadChannel."""
        await self._carry_out(
            f"close {action.id} {action.to.key}", lambda: self._platform.close_thread(action.to)
        )

    async def reopen_thread(self, action: ReopenThread) -> None:
        """See ThreadChannel."""
        await self._carry_out(
            f"reopen {action.id} {action.to.key}", lambda: self._platform.reopen_thread(action.to)
        )

    async def mark_internal(self, action: MarkInternal) -> None:
        """See MarkChannel."""
        await self._carry_out(
            f"mark {action.id}",
            lambda: self._platform.thread(action.to).internal.append(action.message_id),
        )


class AlbumCustomerChannel(_ShowsAlbums):
    """A platform of customers that knows albums."""


class AlbumDeskChannel(_ShowsAlbums, DeskChannel):
    """A platform of the shared channel that knows albums."""
