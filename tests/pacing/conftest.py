"""How long the burst lasts."""

from __future__ import annotations

import pytest

SHORT = 30.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("pacing").addoption(
        "--burst", type=float, help=f"seconds of ten times too much ({SHORT:.0f})"
    )


@pytest.fixture
def burst_seconds(request: pytest.FixtureRequest) -> float:
    """In virtual time."""
    return float(request.config.getoption("--burst", default=None) or SHORT)
