"""What people must see of each other's words, and what they must not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.dialog.conversation import State
from chat.actions import Send
from chat.phrases import LANGS, PHRASES
from handoff.norms import check
from handoff.ticket import STORY_LINES, lines_of
from tests.scenarios.simulation.norms import NORMS
from tests.scenarios.simulation.outcome import Outcome
from tests.scenarios.simulation.people import Said
from tests.scenarios.simulation.platforms import LARGEST_FILE, Place, Shown, Thread


def customers_are_heard(outcome: Outcome) -> Iterator[str]:
    """What a customer writes while a case is open can be read in the case's live thread, also
    what was written while the thread was being opened or had vanished."""
    for said in outcome.said:
        if not outcome.is_customer(said) or not said.token:
            continue
        if said.message.id in outcome.taken_back or _was_revised(outcome, said):
            continue
        commit = outcome.commit_of(said.event)
        if commit is None or commit.after.ticket is None:
            continue
        ticket = commit.after.ticket.id
        threads = outcome.threads_of(ticket)
        if not threads:
            yield f"{said.token} belongs to {ticket}, which never got a thread"
        elif said.token not in threads[-1].text() and not (
            _is_nobodys(outcome, threads[-1], ticket)
            or _fell_out_of_the_story(outcome, said, threads, ticket)
            or _desk_was_told(outcome, said)
        ):
            yield f"{said.token} of {said.by.id} is missing in {threads[-1].address.key}"


def _was_revised(outcome: Outcome, said: Said) -> bool:
    """Whether a later edit counts instead."""
    return any(
        later.revises == said.message.id and later.number > said.number for later in outcome.said
    )


def _is_nobodys(outcome: Outcome, thread: Thread, ticket: str) -> bool:
    """Whether the thread vanished and the case is over, so that nobody will open another."""
    is_open = any(
        conversation.ticket is not None and conversation.ticket.id == ticket
        for conversation in outcome.history.current.values()
    )
    return not thread.live and not is_open


def _fell_out_of_the_story(
    outcome: Outcome, said: Said, threads: list[Thread], ticket: str
) -> bool:
    """Whether an earlier thread showed it and the story, which has bounds, went on since."""
    shown_before = any(said.token in thread.text() for thread in threads[:-1])
    commit = outcome.commit_of(said.event)
    assert commit is not None
    later: set[object] = set()
    for other in outcome.history.commits:
        if other.conversation == commit.conversation and other.step > commit.step:
            later.update(
                (line.at, line.role, line.text, line.ref, line.attachments)
                for line in lines_of(other.after.story)
            )
    return shown_before and len(later) >= STORY_LINES


def _desk_was_told(outcome: Outcome, said: Said) -> bool:
    """Whether it was refused as too large, and agents read so or will in the next thread."""
    too_large = any(a.size > LARGEST_FILE for a in said.message.attachments)
    return too_large and _failure_is_told(outcome, said, said.place.key)


def agents_are_heard(outcome: Outcome) -> Iterator[str]:
    """What the case's agent writes reaches the customer, or the agent is told that it did not."""
    for said in outcome.said:
        if outcome.is_customer(said) or said.revises or not outcome.is_reply(said):
            continue
        commit = outcome.commit_of(said.event)
        assert commit is not None
        chat = outcome.chats.get(commit.after.customer.channel)
        copies = [s for s in _relayed(chat) if s.mirrors == said.message.ref]
        if copies:
            continue
        if not _failure_is_told(outcome, said, commit.conversation):
            yield f"the reply {said.token} in {said.place.key} never reached the customer"


def _relayed(place: Place | None) -> list[Shown]:
    return [s for s in place.shown if s.mirrors is not None] if place else []


def _failure_is_told(outcome: Outcome, said: Said, conversation: str) -> bool:
    """Told in any thread of the customer, or in the story for the next one."""
    words = [
        shown.text
        for thread in outcome.threads.values()
        if thread.conversation == conversation
        for shown in thread.shown
    ]
    words += [line.text for line in lines_of(outcome.history.current[conversation].story)]
    mark = said.token or said.message.text
    return any("⚠️" in text and mark in text for text in words)


def speakers_out_of_turn_are_told(outcome: Outcome) -> Iterator[str]:
    """An agent whose plain words stay inside is told so, in reply to them."""
    for said in outcome.said:
        if outcome.is_customer(said) or said.revises or outcome.is_reply(said) or not said.token:
            continue
        if said.message.text != said.token or outcome.commit_of(said.event) is None:
            continue
        thread = outcome.thread_at(said.place)
        told = any(s.reply_to == said.message.id and s.role == "system" for s in thread.shown)
        if thread.live and not told:
            yield f"{said.by.id} was not told that {said.token} stayed in {said.place.key}"


def what_missed_its_thread_is_shown_again(outcome: Outcome) -> Iterator[str]:
    """A message that found its thread gone is shown in a thread after it, so that it can be
    answered there; the story alone is not enough."""
    relays = {
        action.id: action
        for commit in outcome.history.commits
        for action in commit.deliveries
        if isinstance(action, Send) and action.speaker.role == "customer" and action.mirrors
    }
    for commit in outcome.history.commits:
        relay = relays.get(commit.event.removesuffix("/failed"))
        ticket = commit.after.ticket
        if relay is None or ticket is None or commit.before is None:
            continue
        threads = outcome.threads_of(ticket.id)
        if relay.to not in [thread.address for thread in threads] or _is_nobodys(
            outcome, threads[-1], ticket.id
        ):
            continue
        again = [a for a in relays.values() if a.mirrors == relay.mirrors and a.to != relay.to]
        too_large = any(a.size > LARGEST_FILE for a in relay.attachments)
        if not again and not too_large:
            yield f"{relay.text!r} missed {relay.to.key} and was not shown again"


def edits_are_seen(outcome: Outcome) -> Iterator[str]:
    """The latest form of an edited message can be read on the other side."""
    latest: dict[str, Said] = {}
    for said in outcome.said:
        if said.revises is not None:
            latest[said.revises] = said
    for said in latest.values():
        if said.message.id in outcome.taken_back:
            continue
        commit = outcome.commit_of(said.event)
        if commit is None:
            continue
        if outcome.is_customer(said):
            if commit.after.ticket is None:
                continue
            ticket = commit.after.ticket.id
            threads = outcome.threads_of(ticket)
            if threads and said.token not in threads[-1].text():
                if _is_nobodys(outcome, threads[-1], ticket):
                    continue
                if _fell_out_of_the_story(outcome, said, threads, ticket):
                    continue
                yield f"the edit {said.token} is missing in {threads[-1].address.key}"
        elif outcome.is_reply(said):
            chat = outcome.chats.get(commit.after.customer.channel)
            copies = [s for s in _relayed(chat) if s.mirrors == said.message.ref]
            if any(outcome.commit_of(f"{s.action}/failed") is not None for s in copies):
                continue  # a later try was refused, and that was told
            # Of a message that was shown twice one copy can be edited.
            if copies and all(s.text != said.message.text for s in copies):
                yield f"the customer does not see the edit {said.token}"


_NOTICES = ("⚠️", "✏️", "❗", "🆘", "✋")
"""Mark what is said about an earlier message, which is quoted out of its turn."""


def order_is_kept(outcome: Outcome) -> Iterator[str]:
    """Each side sees the other's words in the order in which they were written."""
    numbers = {s.message.ref: s.number for s in outcome.said if s.revises is None}
    for thread in outcome.threads.values():
        text = thread.text(but=_NOTICES)
        found = [
            (text.index(s.token), s.number)
            for s in outcome.said
            if outcome.is_customer(s)
            and s.revises is None
            and s.token
            and s.token in text
            and not _is_of_another_case(outcome, s, thread)
        ]
        yield from _out_of_order(thread.address.key, [n for _, n in sorted(found)])
    for chat in outcome.chats.values():
        by_thread: dict[str, list[int]] = {}
        for shown in _first_relayed(chat):
            assert shown.mirrors is not None
            said = next(s for s in outcome.said if s.message.ref == shown.mirrors)
            if check(said.message.text, NORMS) is not None:
                continue  # it was kept back, and sent when its author decided so
            by_thread.setdefault(said.place.key, []).append(numbers[shown.mirrors])
        for key, order in by_thread.items():
            yield from _out_of_order(f"{chat.address.key} from {key}", order)


def _is_of_another_case(outcome: Outcome, said: Said, thread: Thread) -> bool:
    """What missed the thread of a case that is over comes late to the thread of the next."""
    commit = outcome.commit_of(said.event)
    ticket = commit.after.ticket if commit else None
    return ticket is not None and thread not in outcome.threads_of(ticket.id)


def _first_relayed(place: Place) -> list[Shown]:
    seen = set()
    found = []
    for shown in _relayed(place):
        if shown.mirrors not in seen:
            seen.add(shown.mirrors)
            found.append(shown)
    return found


def _out_of_order(where: str, numbers: list[int]) -> Iterator[str]:
    if numbers != sorted(numbers):
        yield f"out of order in {where}: {numbers}"


def nothing_is_shown_twice(outcome: Outcome) -> Iterator[str]:
    """Where platforms count an action once, nobody sees a message twice."""
    places: list[Place] = [*outcome.chats.values(), *outcome.threads.values()]
    for place in places:
        counted = Counter(s.mirrors for s in _relayed(place))
        for ref, times in counted.items():
            if times > 1 and ref is not None:
                yield f"{ref.key} was shown {times} times in {place.address.key}"


def what_stays_inside_stays_inside(outcome: Outcome) -> Iterator[str]:
    """Customers see no note, nothing of who does not have their case, and no reply that breaks a
    norm unless its author sent it anyway."""
    for said in outcome.said:
        if outcome.is_customer(said) or not said.token:
            continue
        commit = outcome.commit_of(said.event)
        for chat in outcome.chats.values():
            if said.token not in chat.text():
                continue
            if commit is None or not (outcome.is_reply(said) or outcome.was_let_out(said)):
                yield f"{chat.address.key} sees {said.token}, which should have stayed inside"
            elif commit.after.customer != chat.address:
                yield f"{chat.address.key} sees {said.token}, meant for {commit.after.customer.key}"


def nobody_hears_another_case(outcome: Outcome) -> Iterator[str]:
    """A customer's words appear in no other customer's thread."""
    for said in outcome.said:
        if not outcome.is_customer(said) or not said.token:
            continue
        for thread in outcome.threads.values():
            if thread.conversation != said.place.key and said.token in thread.text():
                yield f"{said.token} of {said.place.key} is seen in {thread.address.key}"
        for chat in outcome.chats.values():
            if said.token in chat.text():
                yield f"{said.token} of {said.place.key} is seen in {chat.address.key}"


def the_bot_is_silent_after_takeover(outcome: Outcome) -> Iterator[str]:
    """No words of the bot reach a customer whose case a person has, unless they were under way
    when the person took it: the owner is looked up before each message."""
    for chat in outcome.chats.values():
        for shown in chat.shown:
            if shown.role != "bot":
                continue
            taken = _taken_at(outcome, chat.address.key, shown.step)
            if taken is not None and not 0 <= shown.looked < taken:
                yield f"the bot says {shown.text!r} ({shown.action}) to {chat.address.key}"


def _taken_at(outcome: Outcome, conversation: str, step: int) -> int | None:
    """When the person took the case who has it just before a step; None if nobody has."""
    taken: int | None = None
    for commit in outcome.history.commits:
        if commit.conversation != conversation:
            continue
        if commit.step >= step:
            break
        ticket = commit.after.ticket
        if ticket is None or ticket.agent is None:
            taken = None
        elif taken is None:
            taken = commit.step
    return taken


def doubts_are_told(outcome: Outcome) -> Iterator[str]:
    """Where a platform cannot count, the agent is told of a reply that was shown twice."""
    marks = {PHRASES["desk.maybe_twice"][lang].partition("{")[0] for lang in LANGS}
    for chat in outcome.chats.values():
        counted = Counter(s.mirrors for s in _relayed(chat))
        for ref, times in counted.items():
            if times == 1 or ref is None:
                continue
            last = [s for s in chat.shown if s.mirrors == ref][-1]
            told = outcome.commit_of(f"{last.action}/uncertain")
            if told is None and outcome.commit_of(f"{last.action}/failed") is not None:
                continue  # a later try was refused, and that was told
            if told is None:
                yield f"{ref.key} was shown {times} times to {chat.address.key}, no word of it"
            elif told.before is not None and told.before.state in (State.WAITING, State.HUMAN):
                assert told.before.ticket is not None and told.before.ticket.thread is not None
                thread = outcome.thread_at(told.before.ticket.thread)
                if thread.live and not any(m in thread.text() for m in marks):
                    yield f"{thread.address.key} does not say that {ref.key} came twice"
