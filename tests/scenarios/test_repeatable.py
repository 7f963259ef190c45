"""A run depends on nothing but its seed, and a run worth its time is full of mishaps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenarios.simulation.run import draw_plan, simulate
from tests.scenarios.simulation.server import Connection, running_valkey

ROOT = Path(__file__).parents[2]


def _trace(connection: Connection, seed: int) -> list[str]:
    return simulate(connection, draw_plan(seed)).history.trace


@pytest.mark.parametrize("seed", [1, 7, 23])
def test_the_same_seed_gives_the_same_trace(connection: Connection, seed: int) -> None:
    first = _trace(connection, seed)
    assert len(first) > 20
    assert _trace(connection, seed) == first


def test_the_trace_is_the_same_in_another_process(connection: Connection) -> None:
    """With another hash seed, so that the order of sets differs."""
    code = (
        "from tests.scenarios.simulation.server import Connection, running_valkey\n"
        "from tests.scenarios.test_repeatable import _trace\n"
        "with running_valkey() as path:\n"
        "    print('\\n'.join(_trace(Connection(path), 7)))\n"
    )
    traces = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert traces == {"\n".join(_trace(connection, 7)) + "\n"}


def test_other_seeds_give_other_traces(connection: Connection) -> None:
    assert _trace(connection, 1) != _trace(connection, 2)


def test_runs_are_full_of_mishaps(connection: Connection) -> None:
    outcomes = [simulate(connection, draw_plan(seed)) for seed in range(30)]
    traces = "\n".join(line for o in outcomes for line in o.history.trace)
    assert sum(o.deaths for o in outcomes) > 30
    assert sum(o.deliveries - o.events for o in outcomes) > 100
    for mishap in (
        "answer lost",
        "busy",
        "freezes",
        "is deleted",
        "refuses new threads",
        "blocks us",
        "thread_gone",
        "too_large",
        "at the store",
        "cannot be reached",
    ):
        assert mishap in traces, f"never seen: {mishap}"


def test_the_server_is_a_real_one() -> None:
    with running_valkey() as path:
        connection = Connection(path)
        assert connection.execute("PING") == b"PONG"
        assert b"tcp_port:0" in connection.execute("INFO", "server")
        connection.close()
