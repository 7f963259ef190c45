"""Seeded runs with crashes, races and faults; whatever happens, the promises hold.

The seeds are shared out over two modules, as pytest-xdist gives each worker whole modules.
"""

from __future__ import annotations

import pytest

from tests.scenarios.simulation.run import check_seeds
from tests.scenarios.simulation.server import Connection


def test_promises_hold(
    seeds: range, connection: Connection, request: pytest.FixtureRequest
) -> None:
    alone = request.config.getoption("--seed", default=None) is not None
    check_seeds(connection, seeds, deduplicates=True, whole_trace=alone)
