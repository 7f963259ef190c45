"""Customers and agents: what they write, press, edit and take back, all from the seed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from chat.actions import Card
from chat.address import Address, Person
from chat.events import (
    ButtonPressed,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ThreadClosed,
    TypingStarted,
)
from chat.message import Attachment, Message
from tests.scenarios.simulation.moods import STUMBLE
from tests.scenarios.simulation.platforms import LARGEST_FILE, Chat, Place, Thread

if TYPE_CHECKING:
    from tests.scenarios.simulation.world import World


HELD = ("保证到账 {}", "保证到账 {}", "请把助记词发给我 {}")
WALKING = ("下一步", "上一步", "好了", "next", "等一下")
FAILING = ("不行", "it didn't work")
UPSET = (
    "我不想活了 {}",
    "我会找律师 {}",
    "你们就这样对待老用户的吗 {}",
    "我好害怕 {}",
    "又是这样 {}",
)

ODD = ("tokenim-support.com {}", "/verify", f"{STUMBLE} {{}}")

Make = Callable[[str, float], Event]


@dataclass(frozen=True, slots=True)
class Said:
    """A message or an edit, as its author believes to have said it.

    `token` is unique and occurs in nothing else. `revises` is the id of the message edited.
    `number` grows with the time of writing; `step` is the history's at that time.
    """

    event: str
    number: int
    by: Person
    place: Address
    message: Message
    token: str
    step: int
    revises: str | None = None


class Author:
    """Somebody who writes."""

    def __init__(self, world: World, person: Person, random: Random) -> None:
        self.world = world
        self.person = person
        self.random = random

    async def pause(self) -> None:
        """Think, type, wait for an answer."""
        seconds = self.random.choice((0.0, 0.01, 0.2, 1.0, 3.0, 8.0))
        await asyncio.sleep(seconds * self.random.random())

    def write(
        self,
        place: Address,
        text: str,
        *,
        reply_to: str | None = None,
        files: int = 0,
        album: str | None = None,
    ) -> None:
        """Write a message; `{}` in the text stands for its token."""
        number = self.world.next_number()
        token = f"⟦{number}⟧"
        names = [f"{token}.{n}.pdf" for n in range(files)]
        size = LARGEST_FILE + 1 if self.random.random() < 0.1 else 1000
        message = Message(
            id=f"m{number}",
            at=self.world.now(),
            sender=self.person,
            address=place,
            text=text.format(token),
            attachments=tuple(
                Attachment("file", name, "application/pdf", size, f"cust:{name}") for name in names
            ),
            reply_to=reply_to,
            album=album,
        )
        known = token if token in message.text or files else ""
        event = MessageReceived(f"{place.platform}:u{number}", message.at, message)
        said = Said(event.id, number, self.person, place, message, known, self.world.history.step)
        self.world.said.append(said)
        self.world.put(place, event)

    def post_album(self, place: Address) -> None:
        """Post a few files as one group, the first with words."""
        album = f"album{self.world.next_number()}"
        for text in ("{}", "", "")[: self.random.randint(2, 3)]:
            self.write(place, text, files=1, album=album)

    def rewrite(self, earlier: Said, text: str) -> None:
        """Edit a message."""
        number = self.world.next_number()
        token = f"⟦{number}⟧"
        old = earlier.message
        message = Message(
            id=old.id, at=old.at, sender=self.person, address=old.address, text=text.format(token)
        )
        event = MessageEdited(f"{old.address.platform}:u{number}", self.world.now(), message)
        self.world.said.append(
            Said(
                event.id,
                number,
                self.person,
                old.address,
                message,
                token,
                self.world.history.step,
                revises=old.id,
            )
        )
        self.world.put(old.address, event)

    def take_back(self, earlier: Said) -> None:
        """Delete a message."""
        self.world.taken_back.add(earlier.message.id)
        self._emit(
            earlier.place,
            lambda name, at: MessageDeleted(
                name, at, earlier.place, earlier.message.id, self.person
            ),
        )

    def press(self, place: Address, value: str) -> None:
        """Press a button."""
        name = self._emit(
            place, lambda name, at: ButtonPressed(name, at, place, self.person, value)
        )
        self.world.presses[name] = (self.person, value)

    def _emit(self, place: Address, make: Make) -> str:
        name = f"{place.platform}:u{self.world.next_number()}"
        self.world.put(place, make(name, self.world.now()))
        return name

    def own(self, place: Address) -> list[Said]:
        """What this author wrote at a place and did not take back."""
        return [
            said
            for said in self.world.said
            if said.by == self.person
            and said.place == place
            and said.revises is None
            and said.message.id not in self.world.taken_back
        ]


class Customer(Author):
    """Asks, complains, sends files, edits, presses buttons, comes back."""

    def __init__(self, world: World, person: Person, random: Random) -> None:
        super().__init__(world, person, random)
        self.place = Address(person.platform, person.id)
        self.walks = random.random() < 0.3

    @property
    def chat(self) -> Chat:
        """What this customer sees."""
        return self.world.customers.chat(self.place.channel)

    async def live(self, actions: int) -> None:
        """Do so many things."""
        for _ in range(actions):
            await self.pause()
            await self.act()

    async def act(self) -> None:
        """Do one thing."""
        if self.world.plan.albums and self.random.random() < 0.1:
            self.post_album(self.place)
            return
        draw = self.random.random()
        if self.walks and self.random.random() < 0.7:
            self._walk()
        elif draw < 0.40:
            self.write(self.place, "{}", reply_to=self._quoted())
        elif draw < 0.58:
            self.write(self.place, "转人工 {}")
        elif draw < 0.66:
            self.write(self.place, "充值没到账怎么办呢请帮我看看 {}")
        elif draw < 0.68:
            self.write(self.place, "我的账号被盗了资产不见了 {}")
        elif draw < 0.70:
            self.write(self.place, self.random.choice(UPSET))
        elif draw < 0.71:
            self.write(self.place, "充值 {}")
        elif draw < 0.72:
            self.write(self.place, self.random.choice(ODD))
        elif draw < 0.76:
            self.write(self.place, "{}", files=self.random.randint(1, 2))
        elif draw < 0.82:
            self._change_something()
        elif draw < 0.92:
            self._press_something()
        elif draw < 0.94:
            self.write(self.place, self.random.choice(("谢谢", "你好", "/start", "/help")))
        elif draw < 0.96:
            self.write(self.place, self.random.choice(("/language", "/language en")))
        else:
            event = TypingStarted(f"typing{self.random.random()}", 0.0, self.place, self.person)
            await self.world.hint(event)

    def _quoted(self) -> str | None:
        shown = [s for s in self.chat.shown if not s.deleted]
        if shown and self.random.random() < 0.2:
            return self.random.choice(shown).id
        return None

    def _change_something(self) -> None:
        own = [said for said in self.own(self.place) if said.token][-5:]
        if not own:
            return
        earlier = self.random.choice(own)
        if self.random.random() < 0.7:
            self.rewrite(earlier, "{}")
        else:
            self.take_back(earlier)

    def _walk(self) -> None:
        """Go on, back or astray in a procedure, by buttons new and old, twice, or by words."""
        values = [
            button.value
            for shown in self.chat.shown[-6:]
            for row in shown.buttons
            for button in row
            if button.value.partition(":")[0] in ("step", "steps", "walked", "failed")
        ]
        draw = self.random.random()
        if values and draw < 0.7:
            value = self.random.choice((*values, values[0]))
            self.press(self.place, value)
            if self.random.random() < 0.2:
                self.press(self.place, value)
        elif values and draw < 0.9:
            self.write(self.place, self.random.choice((*WALKING, *WALKING, *FAILING)))
        else:
            self.write(self.place, "钱包要怎么备份才稳妥")

    def _press_something(self) -> None:
        values = [
            button.value
            for shown in self.chat.shown[-4:]
            for row in shown.buttons
            for button in row
        ]
        if values:
            self.press(self.place, self.random.choice(values))


class Agent(Author):
    """Claims, replies, notes, speaks out of turn, takes over, closes, gives back."""

    async def live(self, actions: int) -> None:
        """Do so many things."""
        for _ in range(actions):
            await self.pause()
            threads = [t for t in self.world.desk.threads.values() if t.live]
            if threads:
                recent = threads[-3:] if self.random.random() < 0.9 else threads
                self.act(self.random.choice(recent))

    def act(self, thread: Thread) -> None:
        """Do one thing in a thread."""
        if self.world.plan.albums and self.random.random() < 0.1:
            self.post_album(thread.address)
            return
        card = thread.card
        status = card.status if card is not None else "closed"
        draw = self.random.random()
        place = thread.address
        if self.random.random() < 0.15 and self._send_anyway(thread):
            return
        if status == "waiting" and draw < 0.5:
            self.claim(thread, card)
        elif draw < 0.62:
            text = "{}" if self.random.random() < 0.8 else self.random.choice(HELD)
            self.write(place, text, reply_to=self._quoted(thread))
            if self.random.random() < 0.2:
                self._change_something(place)
        elif draw < 0.72:
            self.write(place, self.random.choice((". {}", "。{}", "//{}", "/note {}", " .{}")))
        elif draw < 0.76:
            self.write(place, "{}", files=1)
        elif draw < 0.80:
            self.write(place, self.random.choice(("/takeover", "/claim", "/help", "/clam {}")))
        elif draw < 0.88:
            self._change_something(place)
        elif draw < 0.93:
            self._end(thread, card)
        elif draw < 0.95 and card is not None:
            self.press(place, f"takeover:{card.ticket}")
        else:
            self.write(place, "{}")

    def _send_anyway(self, thread: Thread) -> bool:
        """Press a button under one of the hints, fresh or stale, one's own or another's; False
        where there is none."""
        values = [b.value for shown in thread.shown for row in shown.buttons for b in row]
        if values:
            self.press(thread.address, self.random.choice(values))
        return bool(values)

    def claim(self, thread: Thread, card: Card | None) -> None:
        """Take the case, by button or by command."""
        if card is not None and self.random.random() < 0.6:
            self.press(thread.address, f"claim:{card.ticket}")
        else:
            self.write(thread.address, "/claim")

    def _end(self, thread: Thread, card: Card | None) -> None:
        draw = self.random.random()
        what = "close" if draw < 0.6 else "bot"
        if draw > 0.95:
            self._emit(
                thread.address,
                lambda name, at: ThreadClosed(name, at, thread.address, self.person),
            )
        elif card is not None and self.random.random() < 0.5:
            self.press(thread.address, f"{what}:{card.ticket}")
        else:
            self.write(thread.address, f"/{what}")

    def _quoted(self, place: Place) -> str | None:
        mirrored = [s for s in place.shown if s.mirrors is not None]
        if mirrored and self.random.random() < 0.3:
            return self.random.choice(mirrored).id
        return None

    def _change_something(self, place: Address) -> None:
        own = [said for said in self.own(place) if said.token][-4:]
        if not own:
            return
        earlier = self.random.choice(own)
        if self.random.random() < 0.3:
            self.take_back(earlier)
        else:
            self.rewrite(earlier, self.random.choice(("{}", "{}", "{}", "保证 {}", ".{}")))
