"""Takes events in, one at a time for each conversation, and makes their effect durable."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final, TypeAlias

from bot.dialog.conversation import Conversation, Decision, QueueView, Settings
from bot.dialog.engine import begin, decide
from bot.dialog.faults import decide_after_fault
from bot.dialog.reading import heard_in, is_desk
from bot.hearing import Hearing
from bot.redaction import Redaction
from bot.store.commands import StoreUnavailable
from bot.store.store import Store
from bot.tasks import end
from chat.actions import ShowTyping
from chat.address import Address, Person
from chat.events import (
    AddressesLinked,
    ButtonPressed,
    DeliveryFailed,
    DeliveryUncertain,
    Event,
    LinkRefused,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ThreadClosed,
    ThreadFailed,
    ThreadOpened,
    TimerFired,
    TypingStarted,
)
from chat.message import Message
from faq.knowledge_base import KnowledgeBase
from handoff.concern import Assessor

log = logging.getLogger(__name__)

_CACHED: Final = 20_000
_RETRY_FIRST, _RETRY_MOST = 0.05, 2.0
_ROUTE_WAIT: Final = 5.0


Mailbox: TypeAlias = deque[tuple[Event, asyncio.Future[None]]]
"""Events that wait for their turn while another of their conversation is at work."""

_Decide: TypeAlias = Callable[[Conversation, Event, QueueView | None, Assessor | None], Decision]


class Inbox:
    """The `Sink` of all channels. Keeps each conversation's events in the order of `submit`."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        knowledge: KnowledgeBase,
        mood: Assessor | None = None,
        on_typing: Callable[[ShowTyping], None] = lambda _: None,
        redaction: Redaction | None = None,
    ) -> None:
        self._store = store
        self._redaction = redaction or Redaction()
        self.settings = settings
        self.knowledge = knowledge
        self.mood = mood
        self.on_typing = on_typing
        self._mailboxes: dict[str, Mailbox] = {}
        self._known: OrderedDict[str, tuple[Conversation, int]] = OrderedDict()
        self._routes: OrderedDict[Address, str] = OrderedDict()
        self._looking: dict[Address, asyncio.Task[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def submit(self, event: Event) -> None:
        """Return once the event's effect is durable, however long the store takes to come back."""
        event = self._without_secrets(event)
        conversation = self._conversation_of(event)
        if conversation is None:
            conversation = await self._look_up(_place(event))
        mailbox = self._mailboxes.get(conversation)
        if mailbox is None:
            await self._handle_first(conversation, event)
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        mailbox.append((event, done))
        await done

    async def hint(self, event: Event) -> None:
        """Pass typing on, if somebody is there to see it; forget it otherwise."""
        event = self._without_secrets(event)
        try:
            conversation = self._conversation_of(event)
            if conversation is None:
                conversation = await self._look_up(_place(event))
            current, _ = await self._current(conversation, event)
        except StoreUnavailable:
            return
        for action in self._decide(current, event, None, None).actions:
            if isinstance(action, ShowTyping):
                self.on_typing(action)

    def _without_secrets(self, event: Event) -> Event:
        return self._redaction.event(event, by_agent=is_desk(_place(event), self.settings))

    def redact(self, message: Message) -> Message:
        """See `chat.channel.Sink`."""
        return self._redaction.message(message, by_agent=is_desk(message.address, self.settings))

    def redact_text(self, text: str) -> str:
        """See `chat.channel.Sink`."""
        return self._redaction.text(text)

    async def close(self) -> None:
        """Stop. What was not committed was not acknowledged either."""
        await end([*self._tasks, *self._looking.values()])

    # ── which conversation ───────────────────────────────────────────────────────────────────

    def _conversation_of(self, event: Event) -> str | None:
        match event:
            case (
                ThreadOpened(conversation=known)
                | ThreadFailed(conversation=known)
                | DeliveryFailed(conversation=known)
                | DeliveryUncertain(conversation=known)
                | TimerFired(conversation=known)
                | AddressesLinked(conversation=known)
                | LinkRefused(conversation=known)
            ):
                return known
        place = _place(event)
        if not is_desk(place, self.settings):
            return f"{place.platform}:{place.channel}"
        return self._routes.get(place)

    async def _look_up(self, thread: Address) -> str:
        """Whose case a thread is. Everybody who asks meanwhile gets the answer in the order in
        which they asked."""
        looking = self._looking.get(thread)
        if looking is None:
            looking = asyncio.create_task(self._find_case(thread))
            self._looking[thread] = looking
            looking.add_done_callback(lambda _: self._looking.pop(thread, None))
        return await asyncio.shield(looking)

    async def _find_case(self, thread: Address) -> str:
        """A thread may be written in before we are told that it is there, so a route that is
        missing is looked for a while longer. A thread without a case is a conversation of its
        own, so that whoever writes there can be told."""
        waited, wait = 0.0, _RETRY_FIRST
        while True:
            try:
                found = await self._store.find_route(thread)
            except StoreUnavailable as error:
                wait = await _pause("find the case of a thread", error, wait)
                continue
            if found is not None:
                self._routes[thread] = found
                if len(self._routes) > _CACHED:
                    self._routes.popitem(last=False)
                return found
            if waited >= _ROUTE_WAIT:
                return thread.key
            await asyncio.sleep(_RETRY_FIRST)
            waited += _RETRY_FIRST

    # ── one conversation's work ──────────────────────────────────────────────────────────────

    async def _handle_first(self, conversation: str, event: Event) -> None:
        """Handle an event that has none before it; those that come meanwhile are for a task."""
        mailbox = self._mailboxes[conversation] = Mailbox()
        try:
            await self._handle_for_certain(conversation, event)
        except asyncio.CancelledError:
            # Whoever waited for it has gone; what came in is finished all the same.
            mailbox.appendleft((event, asyncio.get_running_loop().create_future()))
            raise
        finally:
            if mailbox:
                task = asyncio.create_task(self._handle_rest(conversation, mailbox))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            else:
                del self._mailboxes[conversation]

    async def _handle_rest(self, conversation: str, mailbox: Mailbox) -> None:
        try:
            while mailbox:
                event, done = mailbox[0]
                await self._handle_for_certain(conversation, event)
                mailbox.popleft()
                if not done.done():
                    done.set_result(None)
        finally:
            del self._mailboxes[conversation]

    async def _handle_for_certain(self, conversation: str, event: Event) -> None:
        """A fault of ours in one event must not stop the others, nor may what somebody wrote be
        lost by it: a person gets it instead."""
        try:
            await self._handle(conversation, event, self._decide)
        except Exception:
            log.exception("could not handle event %s; passing it to a person", event.id)
            try:
                await self._handle(conversation, event, self._decide_after_fault)
            except Exception:
                log.exception("event %s could not be passed to a person either", event.id)

    async def _handle(self, conversation: str, event: Event, decide: _Decide) -> None:
        wait = _RETRY_FIRST
        while True:
            try:
                current, version = await self._current(conversation, event)
                mood = await self._listening_to(event)
                decision = decide(current, event, None, mood)
                if decision.asks_place is not None:
                    queue = QueueView(await self._store.ahead(decision.asks_place))
                    decision = decide(current, event, queue, mood)
                decision = self._redaction.decision(decision)
                outcome = await self._store.commit(event, version, decision, current.story)
            except StoreUnavailable as error:
                # The commit may have happened: then the next try is told DUP.
                self._known.pop(conversation, None)
                wait = await _pause("commit", error, wait)
                continue
            if outcome == "OK":
                self._keep(conversation, decision.conversation, version + 1)
                return
            self._known.pop(conversation, None)
            if outcome == "DUP":
                return

    async def _listening_to(self, event: Event) -> Assessor | None:
        """The mood model, which has heard already what is heard ahead for several at once."""
        if isinstance(self.mood, Hearing) and (text := heard_in(event, self.settings)):
            return await self.mood.ahead_of(text)
        return self.mood

    def _decide(
        self,
        conversation: Conversation,
        event: Event,
        queue: QueueView | None,
        mood: Assessor | None,
    ) -> Decision:
        return decide(
            conversation,
            event,
            settings=self.settings,
            knowledge=self.knowledge,
            mood=mood,
            queue=queue,
        )

    def _decide_after_fault(
        self,
        conversation: Conversation,
        event: Event,
        queue: QueueView | None,
        _: Assessor | None,
    ) -> Decision:
        return decide_after_fault(
            conversation, event, settings=self.settings, knowledge=self.knowledge, queue=queue
        )

    async def _current(self, conversation: str, event: Event) -> tuple[Conversation, int]:
        known = self._known.get(conversation)
        if known is not None:
            self._known.move_to_end(conversation)
            return known
        found, version = await self._store.load(conversation)
        if found is None:
            found = begin(conversation, _place(event), _sender(event), self.settings.default_lang)
        self._keep(conversation, found, version)
        return found, version

    def _keep(self, conversation: str, state: Conversation, version: int) -> None:
        self._known[conversation] = (state, version)
        self._known.move_to_end(conversation)
        if len(self._known) > _CACHED:
            self._known.popitem(last=False)


async def _pause(doing: str, error: StoreUnavailable, seconds: float) -> float:
    """Wait for the store to come back; the next pause is longer."""
    log.warning("store unavailable, cannot %s (%s); trying again in %.2f s", doing, error, seconds)
    await asyncio.sleep(seconds)
    return min(seconds * 2, _RETRY_MOST)


def _place(event: Event) -> Address:
    """Where an event happened; for what the outbox and timers report, its conversation knows."""
    match event:
        case MessageReceived(message=message) | MessageEdited(message=message):
            return message.address
        case ButtonPressed() | MessageDeleted() | ReactionChanged() | TypingStarted():
            return event.address
        case ThreadClosed() | ThreadOpened():
            return event.thread
        case DeliveryFailed() | DeliveryUncertain():
            return event.action.to
        case ThreadFailed() | TimerFired() | AddressesLinked() | LinkRefused():
            return Address("", event.conversation)


def _sender(event: Event) -> Person | None:
    match event:
        case MessageReceived(message=message) | MessageEdited(message=message):
            return message.sender
        case ButtonPressed() | ReactionChanged() | TypingStarted():
            return event.sender
        case _:
            return None
