"""Takes secrets out of what people write, before anything else is done with it."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, TypeAlias

from msgspec import structs

from bot.dialog.conversation import Decision
from bot.seed_lists import read_seed_lists
from chat.actions import Record
from chat.address import Person
from chat.events import (
    ButtonPressed,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ThreadClosed,
    TypingStarted,
)
from chat.message import Message
from handoff.secrets.finder import Finder, Redacted, without
from handoff.secrets.finding import NOTHING_KNOWN, Context
from handoff.secrets.policy import Policy

_SENDERS_MOST: Final = 20_000
_NAMES_MOST: Final = 20_000
_FACT_LENGTH: Final = 40

_IDS: Final = frozenset(("ticket", "agent", "topic", "candidates"))

Sender: TypeAlias = tuple[str, str]
"""Where somebody writes, and who it is."""


class Redaction:
    """Redacts with a policy. What earlier messages say about later ones is kept in memory only,
    as counts and kinds: nothing of it is a secret, and nothing of it reaches a disk."""

    def __init__(self, policy: Policy | None = None) -> None:
        self._finder = Finder(read_seed_lists(), (policy or Policy()).shown)
        self._for_agents = Finder(read_seed_lists(), ("phone", "email"))
        self._for_records = Finder(read_seed_lists())
        self._harmless: set[str] = set()
        self._harmless_facts: set[str] = set()
        self._known: OrderedDict[Sender, Context] = OrderedDict()

    def text(self, text: str) -> str:
        """A text by itself, such as a file's name."""
        return self._finder.redact(text).text

    def record(self, record: Record) -> Record:
        """A fact for reports without secrets, and without ways to reach anybody. What are ids by
        their nature stay."""
        data = {
            name: self._redact_fact(value) if isinstance(value, str) and name not in _IDS else value
            for name, value in record.data.items()
        }
        return record if data == record.data else structs.replace(record, data=data)

    def decision(self, decision: Decision) -> Decision:
        """A decision whose records tell nothing that is not for records."""
        actions = tuple(
            self.record(action) if isinstance(action, Record) else action
            for action in decision.actions
        )
        return structs.replace(decision, actions=actions)

    def log_line(self, line: str) -> str:
        """A line of the log: what others put there is not ours to trust."""
        return self._for_records.redact(line).text

    def message(self, message: Message, *, by_agent: bool = False) -> Message:
        """A message after the others of its sender; one that was looked at already stays. Agents
        may always say how somebody can be reached."""
        if message.removed is not None:
            return message
        sender = (message.address.key, message.sender.key)
        before = self._known.get(sender, NOTHING_KNOWN)
        finder = self._for_agents if by_agent else self._finder
        findings, after = finder.find_after(message.text, before, message.at)
        if after is not before:
            self._known[sender] = after
            self._known.move_to_end(sender)
            if len(self._known) > _SENDERS_MOST:
                self._known.popitem(last=False)
        return without(message, findings, self._redact_name)

    def event(self, event: Event, *, by_agent: bool = False) -> Event:
        """An event without secrets, wherever in it they are."""
        match event:
            case MessageReceived() | MessageEdited():
                return structs.replace(
                    event, message=self.message(event.message, by_agent=by_agent)
                )
            case ButtonPressed():
                return structs.replace(
                    event, sender=self._person(event.sender), value=self.text(event.value)
                )
            case ReactionChanged():
                return structs.replace(
                    event, sender=self._person(event.sender), emoji=self.text(event.emoji)
                )
            case TypingStarted() | ThreadClosed():
                return structs.replace(event, sender=self._person(event.sender))
            case MessageDeleted(sender=Person() as sender):
                return structs.replace(event, sender=self._person(sender))
            case _:
                return event

    def _redact_fact(self, value: str) -> str:
        """Most facts are one of a few words."""
        if value in self._harmless_facts:
            return value
        redacted = self._for_records.redact(value)
        if not redacted.kinds and len(value) <= _FACT_LENGTH:
            if len(self._harmless_facts) >= _NAMES_MOST:
                self._harmless_facts.clear()
            self._harmless_facts.add(value)
        return redacted.text

    def _redact_name(self, name: str) -> Redacted:
        """A name of a person or a file, or a link: the same ones come again and again."""
        if name in self._harmless:
            return Redacted(name)
        redacted = self._finder.redact(name)
        if not redacted.kinds:
            if len(self._harmless) >= _NAMES_MOST:
                self._harmless.clear()
            self._harmless.add(name)
        return redacted

    def _person(self, person: Person) -> Person:
        name = self._redact_name(person.name).text
        return person if name == person.name else structs.replace(person, name=name)
