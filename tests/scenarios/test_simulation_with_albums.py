"""The same where platforms show files that were posted together as one group, all or none."""

from __future__ import annotations

import pytest

from tests.scenarios.simulation.run import check_seeds
from tests.scenarios.simulation.server import Connection


@pytest.mark.parametrize("deduplicates", [True, False])
def test_promises_hold_for_albums(
    seeds: range, connection: Connection, request: pytest.FixtureRequest, *, deduplicates: bool
) -> None:
    alone = request.config.getoption("--seed", default=None) is not None
    check_seeds(connection, seeds, deduplicates=deduplicates, albums=True, whole_trace=alone)
