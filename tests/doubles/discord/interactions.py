"""A person's press, choice, command or form, and what the bot answered to it."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.doubles.discord.things import Channel, Message, MessageFlag, User


class InteractionType(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    MODAL = 5


class CallbackType(IntEnum):
    """How a bot answers."""

    PONG = 1
    MESSAGE = 4
    LATER_MESSAGE = 5
    LATER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    """One interaction, from the person's side."""

    id: int
    token: str
    type: InteractionType
    user: User
    channel: Channel
    data: dict[str, Any]
    # The message with the pressed button.
    message: Message | None = None
    # The interaction that opened the modal.
    opened_by: "Interaction | None" = None
    callback: CallbackType | None = None
    modal: dict[str, Any] | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    # Set by a test: the bot took too long.
    expired: bool = False

    @property
    def answered(self) -> bool:
        """Whether the bot acknowledged it in any way."""
        return self.callback is not None

    @property
    def is_loading(self) -> bool:
        """Whether 'the bot is thinking' is shown."""
        return self.original is not None and bool(self.original.flags & MessageFlag.LOADING)

    @property
    def messages(self) -> list[Message]:
        """What the person sees as answers, also what only the person sees."""
        answer = self.original if self.original is not self.message else None
        return [one for one in [answer, *self.followups] if one is not None and not one.deleted]
