"""The manifest that operators paste, the scopes that the check asks for, and the guide agree."""

from __future__ import annotations

import re
from typing import Any

import yaml

from adapters.slack.checking import SCOPES
from adapters.slack.forms import FORMS
from adapters.slack.interactions import CASE_SHORTCUT
from handoff.desk_text import read_desk_line
from tests.adapters.slack.conftest import MANIFEST

GUIDE = MANIFEST.parent / "setup-slack.md"


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return read


def test_the_scopes_are_the_same_everywhere_and_each_is_explained() -> None:
    asked = set(manifest()["oauth_config"]["scopes"]["bot"])
    assert asked == set(SCOPES)
    table = GUIDE.read_text(encoding="utf-8").partition("| scope | why |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z_]+(?::[a-z.]+)?)`", table)) - {"/support"} == asked


def test_each_shortcut_of_agents_is_a_command_or_a_form() -> None:
    shortcuts = manifest()["features"]["shortcuts"]
    assert len(shortcuts) <= 10, "Slack takes no more"
    names = [s["callback_id"] for s in shortcuts if s["callback_id"].startswith(CASE_SHORTCUT)]
    assert len(names) == 4
    for name in names:
        what = name.removeprefix(CASE_SHORTCUT)
        assert what in FORMS or read_desk_line(f"/{what}").intent == what
