"""What must hold between events, commits and what was carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chat.actions import OpenThread, Send
from tests.scenarios.simulation.moods import STUMBLE
from tests.scenarios.simulation.outcome import Outcome
from tests.scenarios.simulation.platforms import Place


def the_system_settles(outcome: Outcome) -> Iterator[str]:
    """After the chaos everything is received, delivered and opened in the end."""
    if not outcome.settled:
        yield "it did not come to rest"


def no_fault_of_our_own(outcome: Outcome) -> Iterator[str]:
    """Nothing is logged as a fault of the program but what stumbled on purpose."""
    for complaint in outcome.complaints:
        if STUMBLE not in complaint:
            yield complaint


def every_event_has_one_effect(outcome: Outcome) -> Iterator[str]:
    """Every event that was acknowledged was committed, and none twice."""
    for event, commits in outcome.history.by_event.items():
        if len(commits) > 1:
            yield f"{event} was committed {len(commits)} times"
    for event in sorted(outcome.acknowledged):
        if event not in outcome.history.by_event:
            yield f"{event} was acknowledged, but has had no effect"


def no_update_is_lost(outcome: Outcome) -> Iterator[str]:
    """Every commit was decided on the state that the commit before it had left."""
    versions: Counter[str] = Counter()
    for commit in outcome.history.commits:
        if commit.expected_version != versions[commit.conversation]:
            yield (
                f"{commit.event} was decided on version {commit.expected_version} of "
                f"{commit.conversation}, but {versions[commit.conversation]} was there"
            )
        versions[commit.conversation] += 1


def every_decision_is_carried_out(outcome: Outcome) -> Iterator[str]:
    """Every message and thread asked for came to be, unless it was refused and that was told, or
    the conversation had changed hands."""
    places: list[Place] = [*outcome.chats.values(), *outcome.threads.values()]
    shown = Counter((s.action, p.address) for p in places for s in p.shown)
    opened = {thread.action for thread in outcome.threads.values()}
    for commit in outcome.history.commits:
        for action in commit.deliveries:
            failed = f"{action.id}/failed" in outcome.history.by_event
            match action:
                case Send():
                    done = shown[action.id, action.to] > 0
                    changed = bool(action.only_in) and _changed_hands(
                        outcome, commit.conversation, commit.step, action.only_in
                    )
                    if not (done or failed or changed):
                        yield f"{action.id} was never said: {action.text!r}"
                case OpenThread():
                    answered = f"{action.id}/opened" in outcome.history.by_event
                    orphan = action.id in opened and not answered
                    if orphan and outcome.plan.deduplicates:
                        yield f"{action.id} opened a thread that nobody was told of"
                case _:
                    pass


def _changed_hands(
    outcome: Outcome, conversation: str, since: int, allowed: tuple[str, ...]
) -> bool:
    """Whether the conversation was ever in another state after a step."""
    return any(
        commit.after.state not in allowed
        for commit in outcome.history.commits
        if commit.conversation == conversation and commit.step > since
    )
