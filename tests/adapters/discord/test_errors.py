"""What Discord's refusals mean, where the double does not refuse so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from adapters.discord.errors import translated
from chat.channel import RetryLater


@pytest.mark.parametrize(
    ("headers", "after"), [({"Retry-After": "90"}, 90.0), ({}, None), ({"Retry-After": "?"}, None)]
)
def test_what_stands_before_discord_may_ask_for_a_pause(
    headers: dict[str, str], after: float | None
) -> None:
    """Cloudflare answers with a page, at which the library gives up at once."""
    answer: Any = SimpleNamespace(status=429, reason="Too Many Requests", headers=headers)
    meant = translated(discord.HTTPException(answer, "<html>error 1015</html>"))
    assert isinstance(meant, RetryLater)
    assert (meant.after, meant.ambiguous) == (after, False)
