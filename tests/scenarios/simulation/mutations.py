"""Planted bugs. Each breaks one promise; the simulation must notice."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Any, Final

import pytest
from msgspec import Struct, structs

from bot import inbox, timers
from bot.dialog import answering, engine, holding_back, relaying
from bot.dialog.cases import closing, lost_thread, opening
from bot.dialog.conversation import Conversation, Decision, State
from bot.dialog.draft import Draft
from bot.dialog.reading import Reading, agents, customers, events, guide
from bot.dialog.transitions import TABLE, Trigger
from bot.outbox import carrier, lanes
from bot.outbox.carrier import Carrier
from bot.outbox.finished import Finished
from bot.outbox.lanes import Lane, Outbox
from bot.store import commands
from bot.store.commands import GroupedCommands
from bot.store.store import Entry, Store
from chat.actions import OpenThread, Send
from chat.address import Person
from chat.events import Event, ThreadOpened
from handoff.desk_text import DeskLine, read_desk_line
from handoff.ticket import Ticket

Plant = Callable[[pytest.MonkeyPatch], None]


class Mutation(Struct, frozen=True):
    """A bug, and the invariants of which at least one must notice it."""

    name: str
    plant: Plant
    noticed_by: tuple[str, ...]


def _change_script(name: str, old: str, new: str) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        text = commands.SCRIPTS[name]
        assert old in text, f"{name}.lua has changed; {old!r} is not in it"
        patch.setitem(commands.SCRIPTS, name, text.replace(old, new))

    return plant


def _faults_swallow_events(patch: pytest.MonkeyPatch) -> None:
    def nothing(conversation: Conversation, *_: object, **__: object) -> Decision:
        return Decision(conversation, ())

    patch.setattr(inbox, "decide_after_fault", nothing)


def _only_in_is_ignored(patch: pytest.MonkeyPatch) -> None:
    real = Carrier._send

    async def send(
        self: Carrier, channel: Any, group: list[Entry], action: Send, *, again: bool
    ) -> Any:
        return await real(self, channel, group, structs.replace(action, only_in=()), again=again)

    patch.setattr(Carrier, "_send", send)


def _owner_is_asked_too_early(patch: pytest.MonkeyPatch) -> None:
    """The owner is looked up when a message is queued, not when its turn comes."""
    real_enqueue, real_send = Outbox._enqueue, Carrier._send
    early: dict[str, asyncio.Task[tuple[str, str]]] = {}

    def enqueue(self: Outbox, entry: Entry, *, inherited: bool) -> None:
        if isinstance(entry.action, Send) and entry.action.only_in:
            look = self._store.ownership(entry.conversation)
            early[entry.action.id] = asyncio.ensure_future(look)
        real_enqueue(self, entry, inherited=inherited)

    async def send(
        self: Carrier, channel: Any, group: list[Entry], action: Send, *, again: bool
    ) -> Any:
        if action.only_in:
            look = early.get(action.id)
            state, _ = await asyncio.shield(look) if look else ("bot", "")
            if state not in action.only_in:
                return []
        return await real_send(
            self, channel, group, structs.replace(action, only_in=()), again=again
        )

    patch.setattr(Outbox, "_enqueue", enqueue)
    patch.setattr(Carrier, "_send", send)


def _notes_are_relayed(patch: pytest.MonkeyPatch) -> None:
    def read(text: str) -> DeskLine:
        line = read_desk_line(text)
        return DeskLine("reply", text) if line.intent == "note" else line

    patch.setattr(agents, "read_desk_line", read)


def _everybody_is_relayed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        agents, "is_theirs", lambda conversation, sender, address: bool(conversation.ticket)
    )


def _anybody_sends_held_replies(patch: pytest.MonkeyPatch) -> None:
    def press(ticket: Ticket, sender: Person, key: str) -> Reading:
        held = next((h for h in ticket.held_replies if h.key == key), None)
        if held is None:
            return Reading(Trigger.SEND_REFUSED, sender=sender)
        return Reading(Trigger.SENT_ANYWAY, sender=sender, held=held)

    patch.setattr(agents, "_press_to_send", press)


def _done_before_sent(patch: pytest.MonkeyPatch) -> None:
    real = Outbox._deliver

    async def deliver(self: Outbox, lane: Lane, group: list[Entry], *, ambiguous: bool) -> None:
        self._finish(group, [])
        await real(self, lane, group, ambiguous=ambiguous)

    patch.setattr(Outbox, "_deliver", deliver)


def _lanes_are_stacks(patch: pytest.MonkeyPatch) -> None:
    real = Outbox._enqueue

    def enqueue(self: Outbox, entry: Entry, *, inherited: bool) -> None:
        real(self, entry, inherited=inherited)
        lane = self._lanes[lanes.lane_of(entry.conversation, entry.action)]
        if len(lane.waiting) > 2:
            lane.waiting[-1], lane.waiting[-2] = lane.waiting[-2], lane.waiting[-1]

    patch.setattr(Outbox, "_enqueue", enqueue)


def _every_message_has_a_lane(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lanes, "lane_of", lambda conversation, action: action.id)


def _routes_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    async def set_route(self: Store, thread: object, conversation: str) -> None:
        return None

    patch.setattr(Store, "set_route", set_route)


def _routes_are_swapped(patch: pytest.MonkeyPatch) -> None:
    real = Store.set_route

    async def set_route(self: Store, thread: Any, conversation: str) -> None:
        await real(self, thread, conversation[:-1] + "0")

    patch.setattr(Store, "set_route", set_route)


def _held_messages_are_dropped(patch: pytest.MonkeyPatch) -> None:
    def fill(draft: Draft, read: Any) -> None:
        draft.change_ticket(held=())
        opening.fill_thread(draft, read)

    patch.setitem(engine.HANDLERS, "fill_thread", fill)


def _lost_relays_are_dropped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lost_thread, "_hold_failed", lambda draft, event: None)


def _threads_are_opened_unasked(patch: pytest.MonkeyPatch) -> None:
    async def open_thread(self: Carrier, channel: Any, action: OpenThread) -> None:
        opened = await channel.open_thread(action)
        await self._sink.submit(
            ThreadOpened(
                id=f"{action.id}/opened",
                at=self._clock(),
                conversation=action.conversation,
                ticket=action.card.ticket,
                thread=opened.thread,
                card_message=opened.card_message,
            )
        )
        await self._store.set_route(opened.thread, action.conversation)

    patch.setattr(Carrier, "_open", open_thread)


def _each_try_opens_another_thread(patch: pytest.MonkeyPatch) -> None:
    real = Carrier._open
    tries = itertools.count()

    async def open_thread(self: Carrier, channel: Any, action: OpenThread) -> None:
        await real(self, channel, structs.replace(action, id=f"{action.id}#{next(tries)}"))

    patch.setattr(Carrier, "_open", open_thread)


def _a_new_thread_does_not_wait(patch: pytest.MonkeyPatch) -> None:
    """What was on its way to the thread that is gone may come after the new one is filled."""
    real = lost_thread.ask_for_thread
    patch.setattr(lost_thread, "ask_for_thread", lambda draft, instead_of=None: real(draft))


def _vanished_threads_are_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.delitem(TABLE, (State.WAITING, Trigger.THREAD_LOST))


def _handover_is_silent(patch: pytest.MonkeyPatch) -> None:
    def hand_over(draft: Draft, read: Any, *, told: str) -> None:
        real = draft.tell_customer
        draft.tell_customer = lambda *_, **__: None  # type: ignore[method-assign]
        try:
            opening.hand_over(draft, read, told=told)
            draft.phrase(told, position=draft.position)
        finally:
            draft.tell_customer = real  # type: ignore[method-assign]

    patch.setattr(answering, "hand_over", hand_over)


def _acknowledged_before_committed(patch: pytest.MonkeyPatch) -> None:
    real = inbox.Inbox.submit

    async def submit(self: inbox.Inbox, event: Event) -> None:
        task = asyncio.create_task(real(self, event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    patch.setattr(inbox.Inbox, "submit", submit)


def _stale_caches_are_trusted(patch: pytest.MonkeyPatch) -> None:
    """A commit takes whatever version is there for the one it was decided on."""
    real = Store.commit

    async def commit(self: Store, event: Event, version: int, decision: Any, _: Any) -> Any:
        _, present = await self.load(decision.conversation.id)
        return await real(self, event, present, decision)

    patch.setattr(Store, "commit", commit)


def _timers_have_new_names(patch: pytest.MonkeyPatch) -> None:
    """Each look at a due timer makes another event of it, and the timer stays."""
    real = timers.Timers._event

    def event(timer: Any, now: float) -> Any:
        fired = real(timer, now)
        return structs.replace(fired, id=f"{fired.id}@{now}")

    patch.setattr(timers.Timers, "_event", staticmethod(event))
    _change_script("commit", "if tonumber(stands) ~=", "if nil ==")(patch)
    _change_script(
        "commit",
        "if time == '' or string.sub(time, 1, 1) == '=' then",
        "if string.sub(time, 1, 1) == '=' then elseif time == '' then",
    )(patch)


def _failures_are_not_reported(patch: pytest.MonkeyPatch) -> None:
    async def fail(self: Outbox, group: list[Entry], reason: str) -> None:
        return None

    patch.setattr(Outbox, "_fail", fail)


def _links_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(carrier, "_links", lambda conversation, action, receipt: [])


def _links_are_late(patch: pytest.MonkeyPatch) -> None:
    async def counterpart(self: Finished, conversation: str, ref: Any, at: Any) -> str | None:
        return await self._store.counterpart(conversation, ref, at)

    patch.setattr(Finished, "counterpart", counterpart)


def _edits_are_swallowed(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(engine.HANDLERS, "relay_edit", lambda draft, read: None)


def _outsiders_are_not_told(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(
        engine.HANDLERS,
        "keep_inside",
        lambda draft, read: relaying.keep_internal(draft, read.message, read.message.text),
    )


def _cards_are_not_redrawn(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(relaying, "redraw", lambda draft, status: None)


def _replies_are_swallowed(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(engine.HANDLERS, "reply", lambda draft, read: None)


def _a_handler_leaves_the_table(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(engine.HANDLERS, "claim", lambda draft, read: None)


def _each_try_has_a_new_name(patch: pytest.MonkeyPatch) -> None:
    real = Carrier._send
    tries = itertools.count()

    async def send(
        self: Carrier, channel: Any, group: list[Entry], action: Send, *, again: bool
    ) -> Any:
        renamed = structs.replace(action, id=f"{action.id}#{next(tries)}")
        return await real(self, channel, group, renamed, again=again)

    patch.setattr(Carrier, "_send", send)


def _customers_are_mixed_up(patch: pytest.MonkeyPatch) -> None:
    real = inbox.Inbox._conversation_of

    def conversation_of(self: inbox.Inbox, event: Event) -> str | None:
        found = real(self, event)
        return "cust:c0" if found == "cust:c1" else found

    patch.setattr(inbox.Inbox, "_conversation_of", conversation_of)


def _closing_leaves_the_card(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(closing, "redraw", lambda draft, status: None)


def _any_failure_counts_as_a_lost_thread(patch: pytest.MonkeyPatch) -> None:
    real = events.failure

    def failure(conversation: Any, event: Any, settings: Any) -> Any:
        ticket = conversation.ticket
        if ticket is not None and ticket.attempt == 1:
            event = structs.replace(event, reason="thread_gone")
        return real(conversation, event, settings)

    patch.setattr(events, "failure", failure)


def _a_finished_sender_counts_as_busy(patch: pytest.MonkeyPatch) -> None:
    real = GroupedCommands._send_all

    async def send_all(self: GroupedCommands) -> None:
        await real(self)
        task = asyncio.current_task()
        assert task is not None
        self._senders.add(task)
        task.add_done_callback(self._senders.discard)

    patch.setattr(GroupedCommands, "_send_all", send_all)


def _buttons_go_on_from_where_one_is(patch: pytest.MonkeyPatch) -> None:
    """An old button, or one pressed twice, goes on from the present step."""
    real = guide._to_step

    def to_step(conversation: Any, knowledge: Any, said: Any, step: int) -> Any:
        present = conversation.guide
        if step > 1 and present is not None:
            step = min(present.step + 1, present.of)
        return real(conversation, knowledge, said, step)

    patch.setattr(guide, "_to_step", to_step)
    patch.setattr(guide, "was_just_shown", lambda *_: False)


def _failed_steps_are_not_named(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(opening, "_step", lambda draft: None)


MUTATIONS: Final = (
    Mutation(
        "commit.lua sets no seen mark",
        _change_script("commit", "'NX', 'EX', ARGV[2]", "'EX', ARGV[2]"),
        ("every_event_has_one_effect",),
    ),
    Mutation(
        "commit.lua compares no versions",
        _change_script("commit", "if version ~= ARGV[1]", "if false"),
        ("no_update_is_lost",),
    ),
    Mutation("stale caches are trusted", _stale_caches_are_trusted, ("customers_are_heard",)),
    Mutation(
        "commit.lua forgets the queue",
        _change_script("commit", "redis.call('ZADD', KEYS[5]", "redis.call('ZREM', KEYS[5]"),
        ("nobody_waits_in_silence", "the_system_settles"),
    ),
    Mutation(
        "an event is acknowledged before it is committed",
        _acknowledged_before_committed,
        ("every_event_has_one_effect",),
    ),
    Mutation("only_in is ignored", _only_in_is_ignored, ("the_bot_is_silent_after_takeover",)),
    Mutation(
        "the owner is looked up too early",
        _owner_is_asked_too_early,
        ("the_bot_is_silent_after_takeover",),
    ),
    Mutation("notes are relayed", _notes_are_relayed, ("what_stays_inside_stays_inside",)),
    Mutation("every agent is relayed", _everybody_is_relayed, ("what_stays_inside_stays_inside",)),
    Mutation(
        "a delivery is done before it is sent",
        _done_before_sent,
        ("every_decision_is_carried_out",),
    ),
    Mutation("lanes are not first in, first out", _lanes_are_stacks, ("order_is_kept",)),
    Mutation("every message has its own lane", _every_message_has_a_lane, ("order_is_kept",)),
    Mutation(
        "routes are forgotten",
        _routes_are_forgotten,
        ("cases_are_found_by_their_thread",),
    ),
    Mutation("routes are mixed up", _routes_are_swapped, ("desk_lines_find_their_case",)),
    Mutation("held messages are dropped", _held_messages_are_dropped, ("customers_are_heard",)),
    Mutation(
        "lost relays are dropped",
        _lost_relays_are_dropped,
        ("what_missed_its_thread_is_shown_again",),
    ),
    Mutation(
        "a thread is opened without a look at the case",
        _threads_are_opened_unasked,
        ("threads_are_opened_for_who_needs_one",),
    ),
    Mutation(
        "each try opens another thread",
        _each_try_opens_another_thread,
        ("no_thread_is_opened_in_vain",),
    ),
    Mutation(
        "a new thread does not wait for the old one",
        _a_new_thread_does_not_wait,
        ("order_is_kept",),
    ),
    Mutation(
        "vanished threads are ignored",
        _vanished_threads_are_ignored,
        ("each_open_case_has_one_live_thread",),
    ),
    Mutation("failures are not reported", _failures_are_not_reported, ("customers_are_heard",)),
    Mutation("the hand-over is silent", _handover_is_silent, ("nobody_waits_in_silence",)),
    Mutation("timers fire again", _timers_have_new_names, ("timers_fire_once",)),
    Mutation(
        "commit.lua cancels no timers",
        _change_script(
            "commit",
            "if time == '' or",
            "if time == '' then elseif",
        ),
        ("timers_fire_once",),
    ),
    Mutation(
        "done.lua forgets nothing",
        _change_script("done", "redis.call('XDEL'", "redis.call('XRANGE', KEYS[1], '-', '+') -- "),
        ("the_system_settles",),
    ),
    Mutation(
        "a finished sender counts as busy",
        _a_finished_sender_counts_as_busy,
        ("the_system_settles",),
    ),
    Mutation("replies are swallowed", _replies_are_swallowed, ("agents_are_heard",)),
    Mutation(
        "what could not be handled is forgotten", _faults_swallow_events, ("customers_are_heard",)
    ),
    Mutation("a handler leaves the table", _a_handler_leaves_the_table, ("no_fault_of_our_own",)),
    Mutation("each try has a new name", _each_try_has_a_new_name, ("nothing_is_shown_twice",)),
    Mutation("customers are mixed up", _customers_are_mixed_up, ("nobody_hears_another_case",)),
    Mutation("closing leaves the card", _closing_leaves_the_card, ("closed_cases_look_closed",)),
    Mutation(
        "any failure counts as a lost thread",
        _any_failure_counts_as_a_lost_thread,
        ("live_threads_are_not_shared",),
    ),
    Mutation("links are forgotten", _links_are_forgotten, ("edits_are_seen",)),
    Mutation("links come late", _links_are_late, ("edits_are_seen",)),
    Mutation("customers' edits are swallowed", _edits_are_swallowed, ("edits_are_seen",)),
    Mutation(
        "who speaks out of turn is not told",
        _outsiders_are_not_told,
        ("speakers_out_of_turn_are_told",),
    ),
    Mutation(
        "replies are not looked at",
        lambda patch: patch.setattr(agents, "check", lambda *_: None),
        ("what_stays_inside_stays_inside",),
    ),
    Mutation(
        "anybody may send a held reply",
        _anybody_sends_held_replies,
        ("what_stays_inside_stays_inside",),
    ),
    Mutation(
        "a held reply is sent with every press",
        lambda patch: patch.setattr(holding_back, "_forget", lambda *_: None),
        ("nothing_is_shown_twice",),
    ),
    Mutation(
        "danger is like any other mood",
        lambda patch: patch.setattr(customers, "is_danger", lambda _: False),
        ("danger_calls_a_person",),
    ),
    Mutation(
        "buttons go on from where one is",
        _buttons_go_on_from_where_one_is,
        ("steps_lead_where_they_say",),
    ),
    Mutation(
        "failed steps are not named",
        _failed_steps_are_not_named,
        ("failed_steps_reach_a_person",),
    ),
    Mutation(
        "cards are not redrawn", _cards_are_not_redrawn, ("each_open_case_has_one_live_thread",)
    ),
)


async def _no_doubt(self: Outbox, entry: Entry) -> None:
    return None


def _doubts_are_kept_quiet(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Outbox, "_report_doubt", _no_doubt)


WHERE_MESSAGES_REPEAT: Final = (
    Mutation("doubts are kept quiet", _doubts_are_kept_quiet, ("doubts_are_told",)),
)
