"""Customers and agents at Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from adapters.slack.reading import rich_of
from chat.phrases import say
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.people import Person
from tests.doubles.slack.records import Channel, Message


def shown(message: Message) -> str:
    """What a reader sees of a message's text."""
    return rich_of({"blocks": message.blocks, "text": message.text}, str).text


def blocks(text: str) -> list[dict[str, Any]]:
    """Typed so that it shows as it is: Slack's own editor makes these of plain text."""
    inner = [{"type": "text", "text": text}]
    section = {"type": "rich_text_section", "elements": inner}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


class SlackCustomer:
    can_delete = True

    def __init__(self, double: SlackDouble, person: Person, root: Message | None = None) -> None:
        """In direct messages, or in the thread of a message."""
        self._double = double
        self._person = person
        self._root = root

    async def say(self, text: str) -> Message:
        return self._person.say(text, thread=self._root, blocks=blocks(text))

    async def send_file(self, name: str, content: bytes) -> Message:
        return self._person.say(thread=self._root, files=[(name, content)])

    async def edit(self, message: Message, text: str) -> None:
        self._person.edit(message, text)

    async def delete(self, message: Message) -> None:
        self._person.delete(message)

    async def reply(self, to: str, text: str) -> Message:
        """In direct messages people answer in a thread of the message; in a thread they cannot."""
        asked = next(m for m in reversed(self._messages()) if to in shown(m))
        return self._person.say(text, thread=self._root or asked)

    async def press(self, label: str) -> None:
        message = next(m for m in reversed(self._messages()) if label in m.labels)
        self._person.press(message, label)

    def _messages(self) -> list[Message]:
        if self._root is not None:
            return self._root.channel.replies(self._root.ts)
        return [m for m in self._person.dm.messages if not m.tombstone]

    def _texts(self) -> list[str]:
        return [shown(message) for message in self._messages()]

    async def texts(self) -> list[str]:
        return self._texts()

    async def files(self) -> list[bytes]:
        return [f.content or b"" for m in self._messages() for f in m.files]

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        await self._double.wait_for(lambda: holds(self._texts()), timeout=20)

    async def until_file(self, content: bytes) -> None:
        await self._double.wait_for(
            lambda: [f for m in self._messages() for f in m.files if f.content == content]
        )


class SlackTeam:
    def __init__(self, double: SlackDouble, desk: Channel, people: dict[str, Person]) -> None:
        self._double = double
        self._desk = desk
        self._people = people

    async def _found(self) -> Message:
        self._card: Message = await self._double.wait_for(
            lambda: [m for m in self._desk.messages if m.by_app and not m.is_reply][0]  # noqa: RUF015
        )
        return self._card

    async def claim(self, agent: str) -> None:
        self._people[agent].press(await self._found(), say("desk.button.claim", "zh"))

    async def say(self, agent: str, text: str) -> Message:
        return self._people[agent].say(text, thread=self._card)

    async def send_file(self, agent: str, name: str, content: bytes) -> Message:
        return self._people[agent].say(thread=self._card, files=[(name, content)])

    async def edit(self, agent: str, message: Message, text: str) -> None:
        self._people[agent].edit(message, text)

    async def delete(self, agent: str, message: Message) -> None:
        self._people[agent].delete(message)

    async def transfer(self, by: str, to: str) -> None:
        self._people[by].press(self._card, say("desk.button.transfer", "zh"))
        await self._double.wait_for(lambda: self._people[by].views)
        self._people[by].submit(value=self._people[to].id)

    async def close(self, agent: str) -> None:
        self._people[agent].press(self._card, say("desk.button.close", "zh"))

    def _texts(self) -> list[str]:
        return [shown(message) for message in self._desk.replies(self._card.ts)]

    async def texts(self) -> list[str]:
        return self._texts()

    async def card(self) -> str:
        return shown(self._card)

    def _cards(self) -> list[str]:
        return [shown(m) for m in self._desk.messages if m.by_app and not m.is_reply]

    async def cards(self) -> list[str]:
        return self._cards()

    async def until_cards(self, holds: Callable[[list[str]], bool]) -> None:
        await self._double.wait_for(lambda: holds(self._cards()), timeout=20)

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        if not hasattr(self, "_card"):
            await self._found()
        await self._double.wait_for(lambda: holds(self._texts()), timeout=20)

    async def until_card(self, holds: Callable[[str], bool]) -> None:
        await self._double.wait_for(lambda: holds(shown(self._card)))

    async def until_file(self, content: bytes) -> None:
        await self._double.wait_for(
            lambda: [
                f
                for m in self._desk.replies(self._card.ts)
                for f in m.files
                if f.content == content
            ],
            timeout=20,
        )


class SlackPlatform:
    name = "slack"

    def __init__(self, double: SlackDouble) -> None:
        self._double = double
        self._people = {name: double.person(name, locale="zh-CN") for name in ("Lin", "Bo")}
        self._desk = double.channel("cases", *self._people.values())
        self.desk_channel = f"slack:{self._desk.id}"

    def settings(self) -> dict[str, object]:
        return {
            "bot_token": self._double.bot_token,
            "app_token": self._double.app_token,
            "api_base": self._double.api_base,
        }

    async def _listening(self) -> None:
        await self._double.wait_for(lambda: self._double.sockets.connections, timeout=20)

    async def customer(self, url: str) -> SlackCustomer:
        await self._listening()
        return SlackCustomer(self._double, self._double.person("小王", locale="zh-CN"))

    async def team(self, url: str) -> SlackTeam:
        await self._listening()
        return SlackTeam(self._double, self._desk, self._people)

    def violations(self) -> list[Any]:
        return [*self._double.violations, *self._double.unknown]


@asynccontextmanager
async def platform() -> AsyncIterator[SlackPlatform]:
    async with SlackDouble() as double:
        yield SlackPlatform(double)


class SlackMentioner(SlackCustomer):
    """Mentions the app in a channel and goes on in the thread."""

    def __init__(self, double: SlackDouble, person: Person, door: Channel) -> None:
        super().__init__(double, person)
        self._door = door

    async def say(self, text: str) -> Message:
        if self._root is not None:
            return await super().say(text)
        self._root = self._person.say(f"{self._double.mention} {text}", at=self._door)
        return self._root


class SlackEntrance(SlackPlatform):
    """The same, but that customers mention the app in a channel."""

    def __init__(self, double: SlackDouble) -> None:
        super().__init__(double)
        self._wang = double.person("小王", locale="zh-CN")
        self._door = double.channel("help", self._wang)

    def settings(self) -> dict[str, object]:
        return {**super().settings(), "entrances": [self._door.id]}

    async def customer(self, url: str) -> SlackCustomer:
        await self._listening()
        return SlackMentioner(self._double, self._wang, self._door)


@asynccontextmanager
async def entrance() -> AsyncIterator[SlackEntrance]:
    async with SlackDouble() as double:
        yield SlackEntrance(double)
