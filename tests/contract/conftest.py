"""The eight places: every platform, from both of its sides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from tests.contract.place import Place
from tests.contract.places import HEARD_OTHERWISE, PLACES, placed

REMOTE = [name for name in PLACES if not name.startswith("web")]
DESKS = [name for name in PLACES if name.endswith("desk")]


@pytest.fixture
async def place(
    request: pytest.FixtureRequest, turns_pass: None, redis: Redis, tmp_path: Path
) -> AsyncIterator[Place]:
    """Every place."""
    async with placed(request.param, redis, tmp_path) as made:
        yield made


@pytest.fixture
def remote(place: Place) -> Place:
    """Every place on a platform of others, which may refuse what we ask."""
    return place


@pytest.fixture
def desk(place: Place) -> Place:
    """Every place at a desk."""
    return place


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test in every place of the kind that it asks for."""
    hears = metafunc.module.__name__.endswith("test_hearing")
    every = [*PLACES, *HEARD_OTHERWISE] if hears else PLACES
    for name, places in (("remote", REMOTE), ("desk", DESKS), ("place", every)):
        if name in metafunc.fixturenames:
            metafunc.parametrize("place", places, indirect=True)
            return
