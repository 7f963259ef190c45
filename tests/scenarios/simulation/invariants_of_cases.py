"""What must hold for cases, their threads and cards, the queue and the timers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.dialog.conversation import CRISIS_LINES, State
from bot.dialog.reading import WAITING_TIMER
from chat.actions import Send
from chat.phrases import LANGS, PHRASES
from tests.scenarios.simulation.moods import DANGER
from tests.scenarios.simulation.outcome import Look, Outcome

_TOLD = (
    "customer.handover",
    "customer.handover_missed",
    "customer.handover_critical",
    "customer.handover_upset",
    "customer.handover_danger",
    "customer.handover_fault",
    "customer.reopened_queue",
)


def cases_are_found_by_their_thread(outcome: Outcome) -> Iterator[str]:
    """The store knows whose case every live thread is, closed ones too."""
    for ticket in list(outcome.commits_of_ticket):
        for thread in outcome.threads_of(ticket):
            if thread.live and thread.address.key not in outcome.history.routed:
                yield f"nothing leads from {thread.address.key} to {ticket}"


def each_open_case_has_one_live_thread(outcome: Outcome) -> Iterator[str]:
    """The one that the conversation knows, open and with the card as it stands."""
    for conversation in outcome.history.current.values():
        ticket = conversation.ticket
        if ticket is None:
            continue
        if ticket.thread is None:
            yield f"{conversation.id} is {conversation.state} and has no thread"
            continue
        thread = outcome.thread_at(ticket.thread)
        if not thread.live:
            yield f"{ticket.id} is in {thread.address.key}, which was deleted"
            continue
        if thread.closed:
            yield f"{ticket.id} is open, but {thread.address.key} is closed"
        shown = thread.card.status if thread.card else "nothing"
        wanted = "open" if conversation.state is State.HUMAN else "waiting"
        if shown != wanted:
            yield f"the card of {ticket.id} says {shown} instead of {wanted}"


def no_thread_is_opened_in_vain(outcome: Outcome) -> Iterator[str]:
    """Where platforms count an action once, every thread that is opened becomes a case's."""
    known = {
        thread.address.key
        for ticket in outcome.commits_of_ticket
        for thread in outcome.threads_of(ticket)
    }
    for thread in outcome.threads.values():
        if thread.address.key not in known:
            yield f"{thread.address.key} was opened for {thread.action} and never used"


def threads_are_opened_for_who_needs_one(outcome: Outcome) -> Iterator[str]:
    """Before a thread is opened, it is looked whether the case still wants one. A process that
    was frozen just then may have looked long ago."""
    if outcome.plan.freezes == 0:
        for action in outcome.unwanted_threads:
            yield f"{action} was carried out although the case had its thread"


def live_threads_are_not_shared(outcome: Outcome) -> Iterator[str]:
    """No case has two threads alive, and no thread two cases."""
    alive: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, str] = {}
    for ticket in list(outcome.commits_of_ticket):
        for thread in outcome.threads_of(ticket):
            if thread.live:
                alive[ticket].append(thread.address.key)
            other = owners.setdefault(thread.address.key, ticket)
            if other != ticket:
                yield f"{thread.address.key} is the thread of {other} and of {ticket}"
    for ticket, threads in alive.items():
        if len(threads) > 1:
            yield f"{ticket} has several live threads: {threads}"


def closed_cases_look_closed(outcome: Outcome) -> Iterator[str]:
    """The card and thread of the last case tell that it is over."""
    for conversation in outcome.history.current.values():
        if conversation.ticket is not None or conversation.last is None:
            continue
        ticket = conversation.last.ticket
        if ticket.thread is None:
            yield f"{ticket.id} was closed without ever having had a thread"
            continue
        thread = outcome.thread_at(ticket.thread)
        status = thread.card.status if thread.card else "nothing"
        if thread.live and (not thread.closed or status != "closed"):
            yield f"{ticket.id} is over, but {thread.address.key} is open or says {status}"


def nobody_waits_in_silence(outcome: Outcome) -> Iterator[str]:
    """Whoever waits was told so, is in the queue and will be reminded; nobody else is."""
    waiting = set()
    for conversation in outcome.history.current.values():
        ticket = conversation.ticket
        timers = {name for c, name in outcome.looks[-1].timers if c == conversation.id}
        if conversation.state is not State.WAITING or ticket is None:
            if timers:
                yield f"{conversation.id} is {conversation.state} and has timers: {sorted(timers)}"
            continue
        waiting.add(conversation.id)
        if WAITING_TIMER not in timers:
            yield f"{conversation.id} waits and nothing will remind anybody"
    starts = tuple(PHRASES[key][lang].partition("{")[0] for key in _TOLD for lang in LANGS)
    for commit in outcome.history.commits:
        before = commit.before.state if commit.before else State.BOT
        if before is not State.BOT or commit.after.state not in (State.OPENING, State.WAITING):
            continue
        told = [
            action.text
            for action in commit.deliveries
            if isinstance(action, Send) and action.to == commit.after.customer
        ]
        if not any(start in text for text in told for start in starts):
            yield f"{commit.event} made {commit.conversation} wait and did not say so"
    queued = outcome.looks[-1].queued
    if waiting != queued:
        yield f"the queue holds {sorted(queued)}, but {sorted(waiting)} wait"


def timers_fire_once(outcome: Outcome) -> Iterator[str]:
    """A timer has its effect when it was set to that time and neither cancelled nor replaced;
    the store holds those that still stand."""
    standing: dict[tuple[str, str], float] = {}
    looks = list(outcome.looks)
    for commit in outcome.history.commits:
        while looks and looks[0].step < commit.step:
            yield from _compare(looks.pop(0), standing)
        for name, time in commit.timers:
            key = commit.conversation, name
            if time == "":
                standing.pop(key, None)
            elif time.startswith("="):
                due = float(time[1:])
                if standing.get(key) == due:
                    del standing[key]
                elif commit.deliveries or commit.after != commit.before:
                    yield f"{name} of {commit.conversation} had an effect, but was not set to {due}"
            else:
                standing[key] = float(time)
    for look in looks:
        yield from _compare(look, standing)


def _compare(look: Look, standing: dict[tuple[str, str], float]) -> Iterator[str]:
    if look.timers != set(standing):
        yield f"timers in the store: {sorted(look.timers)}, set and not fired: {sorted(standing)}"


def desk_lines_find_their_case(outcome: Outcome) -> Iterator[str]:
    """What is written in a case's thread is handled by that case's conversation."""
    for said in outcome.said:
        if outcome.is_customer(said):
            continue
        thread = outcome.thread_at(said.place)
        routed = outcome.history.routed.get(thread.address.key)
        commit = outcome.commit_of(said.event)
        if routed is None or commit is None or said.step < routed:
            continue
        if commit.conversation != thread.conversation:
            yield f"{said.event} in {said.place.key} went to {commit.conversation}"


def danger_calls_a_person(outcome: Outcome) -> Iterator[str]:
    """Who may be in danger of their life has a case before all others, was told whom to call, and
    whoever is at the desk was called."""
    lines = {CRISIS_LINES[lang] for lang in LANGS}
    for said in outcome.said:
        commit = outcome.commit_of(said.event)
        if not outcome.is_customer(said) or DANGER not in said.message.text or commit is None:
            continue
        ticket = commit.after.ticket
        if ticket is None or ticket.priority != "P0":
            yield f"{said.token} of {said.by.id} is no case of the first priority"
            continue
        commits = outcome.commits_of_ticket[ticket.id]
        said_there = [
            action
            for one in outcome.history.commits
            if one in commits or one is commit
            for action in one.deliveries
            if isinstance(action, Send)
        ]
        if not any(line in action.text for action in said_there for line in lines):
            yield f"{said.by.id} was not told whom to call after {said.token}"
        if not any(action.rings for action in said_there) and outcome.threads_of(ticket.id):
            yield f"nobody at the desk was called after {said.token}"
