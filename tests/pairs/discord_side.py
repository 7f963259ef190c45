"""Customers and agents at Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from adapters.discord.markup import markdown_of
from chat.phrases import LANGS, say
from chat.rich import Rich
from tests.doubles.discord.double import DiscordDouble
from tests.doubles.discord.people import Person
from tests.doubles.discord.things import Channel, Message


class DiscordCustomer:
    can_delete = True

    def __init__(self, double: DiscordDouble, person: Person, place: Channel | None = None) -> None:
        """In direct messages, or in a private thread."""
        self._double = double
        self._person = person
        self._place = place or person.dm

    async def say(self, text: str) -> Message:
        """Typed so that it shows as it is, not as Markdown."""
        return self._person.say(markdown_of(Rich(text)), self._place)

    async def send_file(self, name: str, content: bytes) -> Message:
        return self._person.say("", self._place, files={name: content})

    async def edit(self, message: Message, text: str) -> None:
        self._person.edit(message, markdown_of(Rich(text)))

    async def delete(self, message: Message) -> None:
        self._person.delete(message)

    async def reply(self, to: str, text: str) -> Message:
        asked = next(m for m in reversed(self._messages()) if to in m.content)
        return self._person.say(text, self._place, reply_to=asked)

    async def press(self, label: str) -> None:
        shown = next(m for m in reversed(self._messages()) if label in str(m.components))
        self._person.press(shown, label)

    def _messages(self) -> list[Message]:
        return self._double.messages(self._place)

    async def texts(self) -> list[str]:
        return self._double.texts(self._place)

    async def files(self) -> list[bytes]:
        return [a.content for m in self._messages() for a in m.attachments]

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        await self._double.wait_for(lambda: holds(self._double.texts(self._place)))

    async def until_file(self, content: bytes) -> None:
        await self._double.wait_for(
            lambda: [a for m in self._messages() for a in m.attachments if a.content == content]
        )


class DiscordTeam:
    def __init__(self, double: DiscordDouble, desk: Channel) -> None:
        self._double = double
        self._desk = desk
        guild = desk.guild
        assert guild is not None
        self._people = {
            name: double.user(name.lower(), global_name=name, guild=guild) for name in ("Lin", "Bo")
        }

    async def _found(self) -> Channel:
        self._thread: Channel = await self._double.wait_for(
            lambda: self._double.threads(self._desk)[0]
        )
        return self._thread

    def _card(self) -> Message:
        return self._double.world.find_message(self._thread.id)

    async def claim(self, agent: str) -> None:
        await self._found()
        self._people[agent].press(self._card(), say("desk.button.claim", "zh"))

    async def say(self, agent: str, text: str) -> Message:
        return self._people[agent].say(text, self._thread)

    async def send_file(self, agent: str, name: str, content: bytes) -> Message:
        return self._people[agent].say("", self._thread, files={name: content})

    async def edit(self, agent: str, message: Message, text: str) -> None:
        self._people[agent].edit(message, text)

    async def delete(self, agent: str, message: Message) -> None:
        self._people[agent].delete(message)

    async def transfer(self, by: str, to: str) -> None:
        self._people[by].command("transfer", self._thread, agent=self._people[to].id)

    async def close(self, agent: str) -> None:
        self._people[agent].press(self._card(), say("desk.button.close", "zh"))

    async def texts(self) -> list[str]:
        return self._double.texts(self._thread)

    async def card(self) -> str:
        return self._card().content

    def _cards(self) -> list[str]:
        threads = self._double.threads(self._desk)
        return [self._double.world.find_message(thread.id).content for thread in threads]

    async def cards(self) -> list[str]:
        return self._cards()

    async def until_cards(self, holds: Callable[[list[str]], bool]) -> None:
        await self._double.wait_for(lambda: holds(self._cards()))

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        if not hasattr(self, "_thread"):
            await self._found()
        await self._double.wait_for(lambda: holds(self._double.texts(self._thread)))

    async def until_card(self, holds: Callable[[str], bool]) -> None:
        await self._double.wait_for(lambda: holds(self._card().content))

    async def until_file(self, content: bytes) -> None:
        await self._double.wait_for(
            lambda: [
                a
                for m in self._double.messages(self._thread)
                for a in m.attachments
                if a.content == content
            ]
        )


class DiscordPlatform:
    name = "discord"

    def __init__(self, double: DiscordDouble, *, forum: bool = False) -> None:
        self._double = double
        self._guild = double.guild("Tokenim")
        made = double.forum_channel if forum else double.text_channel
        self._desk = made(self._guild, "cases")
        self.desk_channel = f"discord:{self._desk.id}"

    def settings(self) -> dict[str, object]:
        return {
            "token": self._double.token,
            "api_base": self._double.api_base,
            "gateway": self._double.gateway,
        }

    async def _listening(self) -> None:
        await self._double.wait_for(
            lambda: self._double.calls_of("bulk_set_application_commands"), timeout=20
        )

    async def customer(self, url: str) -> DiscordCustomer:
        await self._listening()
        person = self._double.user("wang", global_name="小王", locale="zh-CN")
        return DiscordCustomer(self._double, person)

    async def team(self, url: str) -> DiscordTeam:
        await self._listening()
        return DiscordTeam(self._double, self._desk)

    def violations(self) -> list[Any]:
        return [*self._double.violations, *self._double.unknown]


@asynccontextmanager
async def platform() -> AsyncIterator[DiscordPlatform]:
    async with DiscordDouble() as double:
        yield DiscordPlatform(double)


@asynccontextmanager
async def forum() -> AsyncIterator[DiscordPlatform]:
    """The same, with a forum as the desk."""
    async with DiscordDouble() as double:
        yield DiscordPlatform(double, forum=True)


class DiscordEntrance(DiscordPlatform):
    """The same, but that customers come through a button in a public channel."""

    def __init__(self, double: DiscordDouble) -> None:
        super().__init__(double)
        self._door = double.text_channel(self._guild, "help")

    def settings(self) -> dict[str, object]:
        return {**super().settings(), "entrances": [str(self._door.id)]}

    async def customer(self, url: str) -> DiscordCustomer:
        await self._listening()
        person = self._double.user("wang", global_name="小王", locale="zh-CN", guild=self._guild)
        button = await self._double.wait_for(lambda: self._double.messages(self._door)[0])
        person.press(button, " / ".join(say("discord.enter", lang) for lang in LANGS))
        thread = await self._double.wait_for(lambda: self._double.threads(self._door)[0])
        await self._double.wait_for(lambda: person.id in thread.thread_members)
        return DiscordCustomer(self._double, person, thread)


@asynccontextmanager
async def entrance() -> AsyncIterator[DiscordEntrance]:
    async with DiscordDouble() as double:
        yield DiscordEntrance(double)
