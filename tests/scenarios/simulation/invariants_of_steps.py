"""What must hold for customers who are walked through a procedure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialog.conversation import Conversation, State
from bot.dialog.guide import is_walking
from chat.actions import OpenThread, Send
from chat.phrases import say
from tests.scenarios.simulation.history import Commit
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.scenarios.simulation.outcome import Outcome
from tests.scenarios.simulation.people import FAILING


def steps_lead_where_they_say(outcome: Outcome) -> Iterator[str]:
    """A button shows the step that it names, once, be it old or new; only when pressed twice, or
    when somebody else has the conversation, it shows nothing."""
    for event, what, name, step in _pressed(outcome):
        commit = outcome.commit_of(event)
        if what != "step" or commit is None:
            continue
        told = _told(commit)
        text = KNOWLEDGE.get(name).steps[step - 1][commit.after.lang]
        shown = sum(text in words for words in told)
        guide = commit.before.guide if commit.before else None
        if _state(commit.before) is not State.BOT:
            if told:
                yield f"{event} ({name} {step}) says {told} although the bot has no say"
        elif guide is not None and guide.step == step:
            if shown > 1 or len(told) != shown:
                yield f"{event} leads to {name} {step} once more and says {told}"
        elif shown != 1:
            yield f"{event} leads to {name} {step} and says {told}"


def failed_steps_reach_a_person(outcome: Outcome) -> Iterator[str]:
    """Who says that a step did not work gets a person, who reads on the card which it was."""
    failed = [(event, step) for event, what, _, step in _pressed(outcome) if what == "failed"]
    for said in outcome.said:
        commit = outcome.commit_of(said.event)
        if commit is None or not outcome.is_customer(said) or said.message.text not in FAILING:
            continue
        guide = commit.before.guide if commit.before else None
        if guide is not None and is_walking(guide, said.message.at):
            failed.append((said.event, guide.step))
    for event, step in failed:
        commit = outcome.commit_of(event)
        if commit is None or _state(commit.before) is not State.BOT:
            continue
        ticket = commit.after.ticket
        if ticket is None or ticket.cause != "step_failed":
            yield f"{event} says that step {step} did not work, and nobody was called for it"
            continue
        cards = [a.card for a in commit.deliveries if isinstance(a, OpenThread)]
        entry = KNOWLEDGE.get("wallet.backup")
        line = say(
            "desk.card.step",
            "zh",
            title=entry.title["zh"],
            n=step,
            of=len(entry.steps),
            text=entry.steps[step - 1]["zh"],
        )
        if not any(line in card.lines for card in cards):
            yield f"the card of {ticket.id} does not tell that it was step {step}"


def _pressed(outcome: Outcome) -> Iterator[tuple[str, str, str, int]]:
    for event, (person, value) in outcome.presses.items():
        what, _, named = value.partition(":")
        name, _, step = named.rpartition(":")
        if person.platform == "cust" and what in ("step", "failed"):
            yield event, what, name, int(step)


def _told(commit: Commit) -> list[str]:
    return [
        action.text
        for action in commit.deliveries
        if isinstance(action, Send) and action.to == commit.after.customer
    ]


def _state(conversation: Conversation | None) -> State:
    return conversation.state if conversation else State.BOT
