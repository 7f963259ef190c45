"""Options and the shared server of the simulation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenarios.simulation.server import Connection, running_valkey

DEFAULT_SEEDS = 300
CHUNKS = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("simulation")
    group.addoption("--seeds", type=int, help=f"how many seeds to run ({DEFAULT_SEEDS})")
    group.addoption("--seed", type=int, help="run this seed alone and print its whole trace")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Share the seeds out, in chunks that can run side by side."""
    if "seeds" not in metafunc.fixturenames:
        return
    seed = metafunc.config.getoption("--seed", default=None)
    if seed is not None:
        metafunc.parametrize("seeds", [range(seed, seed + 1)], ids=[str(seed)])
        return
    count = metafunc.config.getoption("--seeds", default=None) or DEFAULT_SEEDS
    step = max(1, -(-count // CHUNKS))
    chunks = [range(first, min(first + step, count)) for first in range(0, count, step)]
    metafunc.parametrize("seeds", chunks, ids=[f"{c.start}-{c.stop - 1}" for c in chunks])


@pytest.fixture(scope="session")
def connection() -> Iterator[Connection]:
    """A real Valkey, emptied before each run."""
    with running_valkey() as path:
        connection = Connection(path)
        yield connection
        connection.close()
