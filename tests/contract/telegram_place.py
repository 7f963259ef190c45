"""Telegram: a private chat, and a topic of the desk's forum."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from adapters.telegram.fidelity import FIDELITY
from adapters.telegram.files import LARGEST_DOWNLOAD, LARGEST_UPLOAD
from chat.address import Address
from tests.adapters.telegram.conftest import DESK, Stage, staged
from tests.contract.place import Fault, Shown, Side, StagedPlace
from tests.doubles.telegram_world import ChatMessage
from tests.pairs.telegram_side import TelegramCustomer

# Keeps apps from taking a name for a mention; nobody sees it.
_NOTHING = "\u2060"


class TelegramPlace(StagedPlace):
    fidelity = FIDELITY
    nowhere = Address("telegram", "1234")
    largest_upload = LARGEST_UPLOAD
    largest_download = LARGEST_DOWNLOAD
    longest_wait = 7.0

    def __init__(self, stage: Stage, side: Side) -> None:
        super().__init__(stage, side)
        self.desk = stage.desk()
        self.who, self.calls = "telegram:7", "@wang_here"

    async def settle(self) -> None:
        """Find the place to write in."""
        human = self.double.user(7, "Wang", username="wang_here")
        if self.side == "desk":
            await self.open(Address("telegram", str(DESK)))
            self.at = self.opened.thread
            self.topic = self.desk.topics[int(self.at.thread or 0)]
            hand = self.desk.member(human).at(self.topic)
            self.person = TelegramCustomer(self.double, hand, self.topic)
            self._hand: Any = hand
        else:
            human.chat.started = True
            self.at = self.stage.at(human)
            self.person = TelegramCustomer(self.double, human)
            self._hand = human

    async def say_told_twice(self, text: str) -> None:
        self.double.faults.add_update("duplicate", update_type="message")
        await self.person.say(text)

    async def send_vast(self) -> bool:
        self._hand.send_document(b"x", size=LARGEST_DOWNLOAD + 1)
        return True

    async def type(self) -> None:
        raise AssertionError("Telegram tells bots nothing of that")

    async def typing_shown(self) -> int:
        return len(self.double.chat_actions)

    def _messages(self) -> list[ChatMessage]:
        place = self.topic if self.side == "desk" else self._hand
        return [m for m in place.messages if m.from_bot and not m.deleted]

    async def shown(self) -> list[Shown]:
        card = self.opened.card_message if self.side == "desk" else None
        return [
            Shown(
                str(m.id),
                (m.text or "").replace(_NOTHING, ""),
                ((m.file.name, m.file.content),) if m.file else (),
                tuple(self._pings(m)),
            )
            for m in self._messages()
            if str(m.id) != card
        ]

    def _pings(self, message: ChatMessage) -> list[str]:
        """In a private chat there is nobody else to call."""
        entities = message.entities if self.side == "desk" else []
        return [str(e) for e in entities if e["type"] in ("mention", "text_mention")]

    async def card_says(self, words: str) -> bool:
        return words in (self.topic.messages[0].text or "")

    def strike(self, fault: Fault) -> None:
        self.double.faults.add("sendMessage", fault, retry_after=int(self.longest_wait))

    async def end(self) -> None:
        if self.side == "customer":
            self._hand.block()
        else:
            self.desk.member(50, "Boss", role="administrator").delete(self.topic)


@asynccontextmanager
async def telegram_by_webhook(
    side: Side, redis: Redis, folder: Path
) -> AsyncIterator[TelegramPlace]:
    """The same, but that Telegram pushes."""
    async with telegram(side, redis, folder) as place:
        await place.stage.use_webhook()
        place.channel = place.stage.channel
        yield place


@asynccontextmanager
async def telegram(side: Side, _redis: Redis, _folder: Path) -> AsyncIterator[TelegramPlace]:
    async with staged() as stage:
        place = TelegramPlace(stage, side)
        await place.settle()
        yield place
