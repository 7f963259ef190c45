"""The same on platforms that show a repeated message again, as Telegram does: nothing is lost,
the order of first appearances holds, and whoever may have been shown something twice is told."""

from __future__ import annotations

import pytest

from tests.scenarios.simulation.run import check_seeds
from tests.scenarios.simulation.server import Connection


def test_promises_hold_where_messages_repeat(
    seeds: range, connection: Connection, request: pytest.FixtureRequest
) -> None:
    alone = request.config.getoption("--seed", default=None) is not None
    check_seeds(connection, seeds, deduplicates=False, whole_trace=alone)
