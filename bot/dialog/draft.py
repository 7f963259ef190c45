"""A decision in the making: the conversation as it changes, the actions as they gather."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.conversation import Conversation, Decision, QueueView, Settings, State
from chat.actions import Action, Button, Record, Send, Speaker
from chat.address import Address
from chat.events import Event
from chat.message import Attachment, MessageRef
from chat.phrases import say
from faq.knowledge_base import KnowledgeBase
from handoff.ticket import Line, Ticket, place_of, remember

UNTIL_TAKEOVER = (State.BOT.value, State.OPENING.value, State.WAITING.value)
WHILE_WAITING = (State.OPENING.value, State.WAITING.value)
SYSTEM = Speaker("system")
BOT_SPEAKER = Speaker("bot")


class NeedsQueue(Exception):
    """The decision depends on the queue, and the queue was not given. `place` is the case's."""

    def __init__(self, place: float) -> None:
        super().__init__(place)
        self.place = place


class Draft:
    """Collects one decision. Action ids are `<event id>/<index>`."""

    def __init__(
        self,
        conversation: Conversation,
        event: Event,
        settings: Settings,
        knowledge: KnowledgeBase,
        queue: QueueView | None,
    ) -> None:
        self.conversation = conversation
        self.event = event
        self.settings = settings
        self.knowledge = knowledge
        self._queue = queue
        self._actions: list[Action] = []

    def decision(self) -> Decision:
        """What was gathered."""
        return Decision(self.conversation, tuple(self._actions))

    def change(self, **fields: object) -> None:
        """Change fields of the conversation."""
        self.conversation = structs.replace(self.conversation, **fields)

    def change_ticket(self, **fields: object) -> None:
        """Change fields of the ticket. The conversation must have one."""
        self.change(ticket=structs.replace(self.ticket, **fields))

    @property
    def ticket(self) -> Ticket:
        """The present case. Raises LookupError when there is none."""
        if self.conversation.ticket is None:
            raise LookupError(f"conversation {self.conversation.id} has no case")
        return self.conversation.ticket

    @property
    def thread(self) -> Address:
        """The present case's thread. Raises LookupError when there is none."""
        thread = self.ticket.thread
        if thread is None:
            raise LookupError(f"case {self.ticket.id} has no thread")
        return thread

    @property
    def position(self) -> int:
        """Where this case stands in the queue, from 1. Raises NeedsQueue when that is unknown."""
        if self._queue is None:
            raise NeedsQueue(place_of(self.ticket))
        return self._queue.ahead + 1

    def next_id(self) -> str:
        """The id of the next action."""
        return f"{self.event.id}/{len(self._actions)}"

    def act(self, action: Action) -> None:
        """Add an action; its id must come from `next_id`."""
        self._actions.append(action)

    def phrase(self, key: str, **values: object) -> str:
        """A phrase in the customer's language."""
        return say(key, self.conversation.lang, **values)

    def desk_phrase(self, key: str, **values: object) -> str:
        """A phrase in the desk's language."""
        return say(key, self.settings.desk_lang, **values)

    def tell_customer(
        self,
        text: str,
        *,
        speaker: Speaker = BOT_SPEAKER,
        buttons: tuple[tuple[Button, ...], ...] = (),
        only_in: tuple[str, ...] = (),
    ) -> None:
        """Say something of our own to the customer, and keep it in the story."""
        self.act(
            Send(
                id=self.next_id(),
                to=self.conversation.customer,
                text=text,
                speaker=speaker,
                buttons=buttons,
                only_in=only_in,
            )
        )
        self.keep(Line(role=speaker.role, text=text, at=self.event.at, name=speaker.name))

    def tell_thread(
        self,
        text: str,
        *,
        to: Address | None = None,
        reply_to: MessageRef | None = None,
        attachments: tuple[Attachment, ...] = (),
        speaker: Speaker = SYSTEM,
        order: int = 0,
        buttons: tuple[tuple[Button, ...], ...] = (),
        rings: bool = False,
    ) -> None:
        """Say something of our own in the case's thread."""
        self.act(
            Send(
                id=self.next_id(),
                to=to or self.thread,
                text=text,
                speaker=speaker,
                reply_to=reply_to,
                attachments=attachments,
                order=order,
                buttons=buttons,
                rings=rings,
            )
        )

    def keep(self, line: Line) -> None:
        """Add a line to the story."""
        self.change(story=remember(self.conversation.story, line))

    def record(self, kind: str, **data: str | int | float | None) -> None:
        """Note a fact for reports."""
        self.act(Record(id=self.next_id(), kind=kind, at=self.event.at, data=data))
