"""What a run came to: what people see, what was committed, what is left in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.dialog.conversation import Conversation, State
from bot.store import keys
from chat.address import Address, Person
from handoff.desk_text import read_desk_line
from handoff.norms import check
from tests.scenarios.simulation.history import Commit, History
from tests.scenarios.simulation.norms import NORMS
from tests.scenarios.simulation.partitions import COUNT
from tests.scenarios.simulation.people import Customer, Said
from tests.scenarios.simulation.platforms import Chat, Thread
from tests.scenarios.simulation.world import Plan, World


@dataclass(frozen=True, slots=True)
class Look:
    """What the store held just after a step: timers by conversation and name, and the queue."""

    step: int
    timers: frozenset[tuple[str, str]]
    queued: frozenset[str]


def look_into_store(world: World) -> Look:
    """Look now; nothing else happens meanwhile."""
    timers: set[tuple[str, str]] = set()
    queued: set[str] = set()
    for partition in range(COUNT):
        for member in world.server.execute("look", "ZRANGE", keys.TIMERS[partition], 0, -1):
            conversation, _, name = member.decode().rpartition("\n")
            timers.add((conversation, name))
        for member in world.server.execute("look", "ZRANGE", keys.QUEUES[partition], 0, -1):
            queued.add(member.decode())
    return Look(world.history.step, frozenset(timers), frozenset(queued))


@dataclass(frozen=True)
class Outcome:
    """The end of a run. `looks` are what the store held at moments of it, last at its end."""

    plan: Plan
    settled: bool
    complaints: tuple[str, ...]
    history: History
    chats: dict[str, Chat]
    threads: dict[str, Thread]
    said: tuple[Said, ...]
    taken_back: frozenset[str]
    presses: Mapping[str, tuple[Person, str]]
    unwanted_threads: tuple[str, ...]
    customers: frozenset[str]
    acknowledged: frozenset[str]
    looks: tuple[Look, ...]
    events: int
    deliveries: int
    deaths: int
    requests: int
    turns: int

    @cached_property
    def commits_of_ticket(self) -> dict[str, list[Commit]]:
        """The commits after which a case was open, by case."""
        found: dict[str, list[Commit]] = defaultdict(list)
        for commit in self.history.commits:
            if commit.after.ticket is not None:
                found[commit.after.ticket.id].append(commit)
        return found

    def commit_of(self, event: str) -> Commit | None:
        """The commit of an event, None if there is none."""
        found = self.history.by_event.get(event)
        return found[0] if found else None

    @cached_property
    def _threads_by_ticket(self) -> dict[str, list[Thread]]:
        found: dict[str, dict[str, Thread]] = defaultdict(dict)
        for ticket, commits in self.commits_of_ticket.items():
            for commit in commits:
                address = commit.after.ticket.thread if commit.after.ticket else None
                if address is not None:
                    found[ticket].setdefault(address.key, self.thread_at(address))
        return {ticket: list(threads.values()) for ticket, threads in found.items()}

    def threads_of(self, ticket: str) -> list[Thread]:
        """The threads that a case had, in order, as the conversation knew them."""
        return self._threads_by_ticket.get(ticket, [])

    def thread_at(self, address: Address) -> Thread:
        """A thread by its address."""
        return self.threads[address.thread or ""]

    def case_at(self, said: Said) -> Conversation | None:
        """The conversation as it was when something was committed, if a case was open there in
        the thread where it was said."""
        commit = self.commit_of(said.event)
        if commit is None or commit.before is None or commit.before.ticket is None:
            return None
        return commit.before if commit.before.ticket.thread == said.place else None

    def is_reply(self, said: Said) -> bool:
        """Whether an agent's words were for the customer, by the rules of the desk."""
        return self._is_meant_for_customer(said) and check(said.message.text, NORMS) is None

    def was_let_out(self, said: Said) -> bool:
        """Whether words that break a norm were sent all the same: their author, whose case it was,
        pressed the button that was bound to them; no press lets out what may never go out."""
        breach = check(said.message.text, NORMS)
        if not self._is_meant_for_customer(said) or breach is None or breach.never:
            return False
        return any(self._lets_out(event, said) for event in self.presses)

    def _lets_out(self, event: str, said: Said) -> bool:
        person, value = self.presses[event]
        commit = self.commit_of(event)
        if commit is None or commit.before is None or commit.before.ticket is None:
            return False
        ticket = commit.before.ticket
        return (
            person == said.by == ticket.agent
            and commit.before.state is State.HUMAN
            and any(
                value == f"send:{ticket.id}:{held.key}" and said.token in held.message.text
                for held in ticket.held_replies
            )
        )

    def _is_meant_for_customer(self, said: Said) -> bool:
        case = self.case_at(said)
        return (
            case is not None
            and case.state is State.HUMAN
            and case.ticket is not None
            and case.ticket.agent == said.by
            and read_desk_line(said.message.text).intent == "reply"
        )

    def is_customer(self, said: Said) -> bool:
        """Whether a customer said it."""
        return said.by.platform == "cust"


def take_down(world: World, complaints: list[str], looks: list[Look], *, settled: bool) -> Outcome:
    """Take down how a run went."""
    return Outcome(
        plan=world.plan,
        settled=settled,
        complaints=tuple(complaints),
        history=world.history,
        chats=world.customers.chats,
        threads=world.desk.threads,
        said=tuple(world.said),
        taken_back=frozenset(world.taken_back),
        presses=dict(world.presses),
        unwanted_threads=tuple(world.unwanted_threads),
        customers=frozenset(p.place.key for p in world.people if isinstance(p, Customer)),
        acknowledged=frozenset(e for feed in world.feeds for e in feed.acknowledged),
        looks=tuple(looks),
        events=sum(len(feed.events) for feed in world.feeds),
        deliveries=sum(feed.deliveries for feed in world.feeds),
        deaths=world.deaths,
        requests=world.server.requests,
        turns=world.loop.turns,
    )
