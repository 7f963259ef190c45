"""All invariants by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tests.scenarios.simulation import (
    invariants_of_cases as cases,
)
from tests.scenarios.simulation import (
    invariants_of_effects as effects,
)
from tests.scenarios.simulation import (
    invariants_of_steps as steps,
)
from tests.scenarios.simulation import (
    invariants_of_words as words,
)
from tests.scenarios.simulation.clock import MOST_TURNS
from tests.scenarios.simulation.outcome import Outcome

Invariant = Callable[[Outcome], Iterator[str]]

ALWAYS: Final[tuple[Invariant, ...]] = (
    effects.the_system_settles,
    effects.no_fault_of_our_own,
    effects.every_event_has_one_effect,
    effects.no_update_is_lost,
    effects.every_decision_is_carried_out,
    words.customers_are_heard,
    words.agents_are_heard,
    words.speakers_out_of_turn_are_told,
    words.what_missed_its_thread_is_shown_again,
    words.edits_are_seen,
    words.order_is_kept,
    words.what_stays_inside_stays_inside,
    words.nobody_hears_another_case,
    words.the_bot_is_silent_after_takeover,
    cases.cases_are_found_by_their_thread,
    cases.threads_are_opened_for_who_needs_one,
    cases.each_open_case_has_one_live_thread,
    cases.closed_cases_look_closed,
    cases.nobody_waits_in_silence,
    cases.danger_calls_a_person,
    cases.timers_fire_once,
    steps.steps_lead_where_they_say,
    steps.failed_steps_reach_a_person,
    cases.desk_lines_find_their_case,
)
WHERE_PLATFORMS_COUNT: Final[tuple[Invariant, ...]] = (
    words.nothing_is_shown_twice,
    cases.no_thread_is_opened_in_vain,
    cases.live_threads_are_not_shared,
)
WHERE_THEY_DO_NOT: Final[tuple[Invariant, ...]] = (words.doubts_are_told,)


def violations(outcome: Outcome) -> dict[str, list[str]]:
    """What is wrong, by the name of the invariant."""
    more = WHERE_PLATFORMS_COUNT if outcome.plan.deduplicates else WHERE_THEY_DO_NOT
    if outcome.turns > MOST_TURNS:
        return {effects.the_system_settles.__name__: ["there was no end to it"]}
    found = {invariant.__name__: list(invariant(outcome)) for invariant in (*ALWAYS, *more)}
    return {name: wrong for name, wrong in found.items() if wrong}
