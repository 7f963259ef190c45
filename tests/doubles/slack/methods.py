"""The methods of the Web API: which there are, and what each may do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.doubles.slack.errors import SlackError
from tests.doubles.slack.happenings import Happenings
from tests.doubles.slack.interactions import Interactions
from tests.doubles.slack.records import Account, Channel, Message
from tests.doubles.slack.shown import Shown
from tests.doubles.slack.socket_mode import SocketMode
from tests.doubles.slack.world import World

Json = dict[str, Any]


@dataclass
class Workspace:
    """What a method works on."""

    world: World
    shown: Shown
    happenings: Happenings
    interactions: Interactions
    sockets: SocketMode

    # -- what most methods look for -----------------------------------------------------------

    def channel(self, given: str, *, member: bool = False) -> Channel:
        """A channel that the app may know; with `member`, that it is in."""
        bot = self.world.bot.id
        channel = self.world.channels.get(given)
        if channel is None or (bot not in channel.members and channel.kind != "channel"):
            raise SlackError("channel_not_found")
        if member and bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def message(self, channel: Channel, ts: str) -> Message:
        message = channel.message(ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def account(self, given: str) -> Account:
        account = self.world.accounts.get(given)
        if account is None:
            raise SlackError("user_not_found")
        return account


class Method(NamedTuple):
    """A method, and the scopes of which it needs one; none: any token will do."""

    do: Callable[[Workspace, Json], Json]
    scopes: Callable[[Workspace, Json], list[str]]


METHODS: dict[str, Method] = {}
Do = Callable[[Workspace, Json], Json]


def method(name: str, *scopes: str) -> Callable[[Do], Do]:
    """Enter a method; a scope with `{}` depends on the kind of the channel it is about."""

    def needed(workspace: Workspace, given: Json) -> list[str]:
        channel = workspace.world.channels.get(str(given.get("channel", "")))
        place = {"channel": "channels", "group": "groups", "im": "im"}
        kind = place[channel.kind] if channel else "channels"
        return [scope.format(kind) for scope in scopes]

    def enter(do: Do) -> Do:
        METHODS[name] = Method(do, needed)
        return do

    return enter


def page(items: list[Json], given: Json, most: int = 1000) -> tuple[list[Json], str]:
    """The part that was asked for, and the cursor to the next."""
    limit = int(given.get("limit") or 100)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    cursor = str(given.get("cursor") or "start:0")
    word, _, number = cursor.partition(":")
    if word not in ("start", "next") or not number.isdigit():
        raise SlackError("invalid_cursor")
    begin = int(number)
    following = f"next:{begin + limit}" if begin + limit < len(items) else ""
    return items[begin : begin + limit], following
