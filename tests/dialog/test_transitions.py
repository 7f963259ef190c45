"""Every row of the transition table does what it says; what has no row does nothing."""

from __future__ import annotations

import itertools

import pytest

from bot.dialog.conversation import Conversation, State
from bot.dialog.engine import HANDLERS, decide
from bot.dialog.reading import read
from bot.dialog.transitions import TABLE, Trigger
from chat.events import Event
from tests.dialog.situations import EVENTS, SETTINGS, before, decided
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.scenarios.simulation.moods import MOODS


def _read_as(given: Conversation, event: Event) -> Trigger | None:
    reading = read(given, event, SETTINGS, KNOWLEDGE, MOODS)
    return reading.trigger if reading else None


def _means_something(state: State, trigger: Trigger) -> bool:
    """Whether the trigger's event has a row in this state, be it as another trigger."""
    return (state, _read_as(before(state, trigger), EVENTS[trigger]())) in TABLE


ROWS = [pytest.param(*pair, id=f"{pair[0].name}-{pair[1].name}") for pair in TABLE]
NO_ROWS = [
    pytest.param(state, trigger, id=f"{state.name}-{trigger.name}")
    for state, trigger in itertools.product(State, Trigger)
    if not _means_something(state, trigger)
]


@pytest.mark.parametrize(("state", "trigger"), ROWS)
def test_a_row_is_reached_and_leads_where_it_says(state: State, trigger: Trigger) -> None:
    given, event = before(state, trigger), EVENTS[trigger]()
    assert given.state is state
    assert _read_as(given, event) is trigger
    decision = decided(given, event)
    assert decision.conversation.state in TABLE[state, trigger].then
    assert decision.actions or decision.conversation != given


@pytest.mark.parametrize(("state", "trigger"), NO_ROWS)
def test_a_pair_without_a_row_changes_nothing(state: State, trigger: Trigger) -> None:
    given, event = before(state, trigger), EVENTS[trigger]()
    decision = decided(given, event)
    assert decision.conversation == given
    assert decision.actions == ()


def test_there_are_pairs_without_a_row() -> None:
    assert len(NO_ROWS) > 20


def test_every_trigger_has_an_event_and_every_handler_a_row() -> None:
    assert set(EVENTS) == set(Trigger)
    assert {row.handler for row in TABLE.values()} == set(HANDLERS)


@pytest.mark.parametrize(("state", "trigger"), ROWS)
def test_actions_are_named_after_their_event(state: State, trigger: Trigger) -> None:
    event = EVENTS[trigger]()
    decision = decided(before(state, trigger), event)
    names = [action.id for action in decision.actions]
    assert names == [f"{event.id}/{n}" for n in range(len(names))]


@pytest.mark.parametrize(("state", "trigger"), ROWS)
def test_a_decision_can_be_made_again(state: State, trigger: Trigger) -> None:
    first = decided(before(state, trigger), EVENTS[trigger]())
    again = decided(before(state, trigger), EVENTS[trigger]())
    assert first == again


@pytest.mark.parametrize(("state", "trigger"), ROWS)
def test_without_the_queue_nothing_is_half_decided(state: State, trigger: Trigger) -> None:
    given = before(state, trigger)
    decision = decide(given, EVENTS[trigger](), settings=SETTINGS, knowledge=KNOWLEDGE, mood=MOODS)
    if decision.asks_place is not None:
        assert decision.conversation is given
        assert decision.actions == ()
    else:
        assert decision == decided(given, EVENTS[trigger]())


def test_a_handler_that_leaves_the_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "greet", lambda draft, _: draft.change(state=State.HUMAN))
    with pytest.raises(RuntimeError, match="greet led from bot to human"):
        decided(before(State.BOT, Trigger.GREETED), EVENTS[Trigger.GREETED]())
