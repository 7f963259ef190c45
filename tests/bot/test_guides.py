"""Whoever follows a guide step by step has settings that Kefu takes, at each step."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from bot.config import parse
from tests.doubles.telegram_world import ALL_BOT_RIGHTS

DOCS = Path(__file__).parents[2] / "docs"
SECRETS = {
    "KEFU_TELEGRAM_TOKEN": "123456:ABC-def",
    "KEFU_DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMw.abcdef.an-example-of-a-token-for-tests",
    "KEFU_SLACK_BOT_TOKEN": "xoxb-1",
    "KEFU_SLACK_APP_TOKEN": "xapp-1",
    "KEFU_SLACK_SIGNING_SECRET": "abc",
}


def together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Settings with more settings written into them."""
    return one | {
        key: together(one[key], value)
        if isinstance(value, dict) and isinstance(one.get(key), dict)
        else value
        for key, value in other.items()
    }


@pytest.mark.parametrize("platform", ["telegram", "discord", "slack"])
def test_the_settings_of_a_guide_are_taken(platform: str, tmp_path: Path) -> None:
    guide = (DOCS / f"setup-{platform}.md").read_text(encoding="utf-8")
    steps = re.findall(r"^( *)```yaml\n(.*?)^ *```", guide, re.MULTILINE | re.DOTALL)
    assert len(steps) >= 3
    named = set(re.findall(r"\$\{(\w+)\}", guide))
    assert named <= set(SECRETS)
    assert named - {"KEFU_SLACK_SIGNING_SECRET"} <= set(re.findall(r"export (\w+)=", guide))
    settings: dict[str, Any] = {}
    for _, text in steps:
        settings = together(settings, yaml.safe_load(dedent(text)))
        config = parse(yaml.safe_dump(settings), "config.yaml", tmp_path, SECRETS)
        assert getattr(config.channels, platform) is not None
    assert config.desk_address.platform == platform


def test_the_double_of_telegram_gives_the_rights_that_the_guide_names() -> None:
    """So that every test at a forum shows that they are enough."""
    guide = (DOCS / "setup-telegram.md").read_text(encoding="utf-8")
    table = guide.partition("| right | why |")[2].partition("\n\n")[0]
    rights = re.findall(r"^ *\| ([A-Z][a-z ]+) \|", table, re.MULTILINE)
    assert {f"can_{right.lower().replace(' ', '_')}" for right in rights} == ALL_BOT_RIGHTS
