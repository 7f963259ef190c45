"""A request as the double's operations see it, and the table of these operations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.doubles.discord.errors import missing_access, missing_permissions
from tests.doubles.discord.spec import Operation
from tests.doubles.discord.things import Channel, Guild, Message, Upload, User

if TYPE_CHECKING:
    from tests.doubles.discord.desk import Desk


class Answer(NamedTuple):
    """What an operation answers; without a status, the usual one."""

    json: Any = None
    status: int | None = None


class Unsupported(Exception):
    """Discord can do this, the double cannot."""


@dataclass(eq=False)
class Call:
    """A request, as it arrived."""

    operation: Operation
    method: str
    path: str
    ids: dict[str, int]
    words: dict[str, str]
    query: dict[str, Any]
    body: Any
    uploads: dict[int, Upload]
    desk: "Desk"
    at: float = field(default=0.0)

    @property
    def name(self) -> str:
        return self.operation.id

    @property
    def world(self) -> Any:
        return self.desk.world

    @property
    def bot(self) -> User:
        return self.desk.world.bot

    @property
    def channel(self) -> Channel:
        """The channel in the path, if the bot sees it."""
        channel = self.desk.world.channel(self.ids["channel_id"])
        self.needs("view_channel", channel)
        return channel

    @property
    def message(self) -> Message:
        return self.desk.world.message(self.channel, self.ids["message_id"])

    @property
    def guild(self) -> Guild:
        """The guild in the path, if the bot is in it."""
        guild = self.desk.world.guild(self.ids["guild_id"])
        if self.bot.id not in guild.members:
            raise missing_access()
        return guild

    def may(self, permission: str, channel: Channel) -> bool:
        return self.desk.world.may(self.bot, channel, permission)

    def needs(self, permission: str, channel: Channel) -> None:
        """Refuse what the bot may not do."""
        if not self.may("view_channel", channel):
            raise missing_access()
        if not self.may(permission, channel):
            raise missing_permissions()


Act = Callable[[Call], Answer | None]
OPERATIONS: dict[str, Act] = {}


def answers(*names: str) -> Callable[[Act], Act]:
    """Enter a function as the answer to some operations."""

    def enter(act: Act) -> Act:
        OPERATIONS.update(dict.fromkeys(names, act))
        return act

    return enter
