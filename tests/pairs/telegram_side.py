"""Customers and agents at Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from chat.phrases import say
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_people import MemberInTopic, Person, Topic
from tests.doubles.telegram_world import ChatMessage

DESK = -1001234567890
_AGENTS = {"Lin": 9, "Bo": 8}


class TelegramCustomer:
    can_delete = False  # Telegram tells bots nothing of that

    def __init__(
        self, double: TelegramDouble, person: Person | MemberInTopic, topic: Topic | None = None
    ) -> None:
        """In the private chat, or in a topic."""
        self._double = double
        self._person = person
        self._place = topic if topic is not None else person.chat

    async def say(self, text: str) -> ChatMessage:
        return self._person.send(text)

    async def send_file(self, name: str, content: bytes) -> ChatMessage:
        return self._person.send_document(content, name=name)

    async def edit(self, message: ChatMessage, text: str) -> None:
        self._person.edit(message, text)

    async def delete(self, message: ChatMessage) -> None:
        self._person.delete_message(message)

    async def reply(self, to: str, text: str) -> ChatMessage:
        asked = next(m for m in reversed(self._place.messages) if to in (m.text or ""))
        return self._person.send(text, reply_to=asked)

    async def press(self, label: str) -> None:
        shown = next(m for m in reversed(self._place.messages) if label in m.labels)
        self._person.press(shown, label)

    async def texts(self) -> list[str]:
        return self._texts()

    def _texts(self) -> list[str]:
        return [m.text or "" for m in self._place.messages if not m.deleted]

    async def files(self) -> list[bytes]:
        return [m.file.content for m in self._place.messages if m.file and not m.deleted]

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        await self._double.until(lambda: holds(self._texts()))

    async def until_file(self, content: bytes) -> None:
        await self._double.until(
            lambda: [m for m in self._place.messages if m.file and m.file.content == content]
        )


class TelegramTeam:
    def __init__(self, double: TelegramDouble) -> None:
        self._double = double
        self._desk = double.group(DESK)
        self._members = {
            name: self._desk.member(number, name, username=name.lower() + "_desk")
            for name, number in _AGENTS.items()
        }

    @property
    def _topic(self) -> Topic:
        return self._desk.open_topics[0] if self._desk.open_topics else self._last

    async def _found(self) -> Topic:
        self._last: Topic = await self._double.until(lambda: self._desk.open_topics[0])
        await self._double.until(lambda: self._last.messages[0].labels)
        return self._last

    async def claim(self, agent: str) -> None:
        topic = await self._found()
        self._members[agent].press(topic.messages[0], say("desk.button.claim", "zh"))

    async def say(self, agent: str, text: str) -> ChatMessage:
        return self._members[agent].send(self._last, text)

    async def send_file(self, agent: str, name: str, content: bytes) -> ChatMessage:
        return self._members[agent].at(self._last).send_document(content, name=name)

    async def edit(self, agent: str, message: ChatMessage, text: str) -> None:
        self._members[agent].edit(message, text)

    async def delete(self, agent: str, message: ChatMessage) -> None:
        """Telegram tells bots nothing of that, so agents have no other way than to edit."""

    async def transfer(self, by: str, to: str) -> None:
        member = self._members[to]
        text = f"/transfer {to}"
        entity = {
            "type": "text_mention",
            "offset": len("/transfer "),
            "length": len(to),
            "user": member.account.to_api(),
        }
        self._members[by].send(self._last, text, entities=[entity])

    async def close(self, agent: str) -> None:
        self._members[agent].send(self._last, "/close")

    async def texts(self) -> list[str]:
        return self._texts()

    def _texts(self) -> list[str]:
        return [m.text or "" for m in self._last.messages[1:] if not m.deleted]

    async def card(self) -> str:
        return self._last.messages[0].text or ""

    def _cards(self) -> list[str]:
        return [t.messages[0].text or "" for t in self._desk.topics.values() if t.messages]

    async def cards(self) -> list[str]:
        return self._cards()

    async def until_cards(self, holds: Callable[[list[str]], bool]) -> None:
        await self._double.until(lambda: holds(self._cards()))

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        await self._found_once()
        await self._double.until(lambda: holds(self._texts()))

    async def _found_once(self) -> None:
        if not hasattr(self, "_last"):
            await self._found()

    async def until_card(self, holds: Callable[[str], bool]) -> None:
        await self._double.until(lambda: holds(self._last.messages[0].text or ""))

    async def until_file(self, content: bytes) -> None:
        await self._double.until(
            lambda: [m for m in self._last.messages if m.file and m.file.content == content]
        )


class TelegramPlatform:
    name = "telegram"
    desk_channel = f"telegram:{DESK}"

    def __init__(self, double: TelegramDouble) -> None:
        self._double = double
        double.forum(DESK, "Support")

    def settings(self) -> dict[str, object]:
        return {"token": self._double.token, "api_base": self._double.url}

    async def customer(self, url: str) -> TelegramCustomer:
        return TelegramCustomer(self._double, self._double.user(7, "小王", "zh-hans"))

    async def team(self, url: str) -> TelegramTeam:
        return TelegramTeam(self._double)

    def violations(self) -> list[Any]:
        return list(self._double.violations)


@asynccontextmanager
async def platform() -> AsyncIterator[TelegramPlatform]:
    async with TelegramDouble() as double:
        yield TelegramPlatform(double)
