"""The engine changes nothing that it is given and looks at nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from bot.dialog.conversation import Conversation, State
from bot.dialog.transitions import TABLE, Trigger
from tests.dialog.situations import EVENTS, before, decided

ROOT = Path(__file__).parents[2]

_DECIDE_ALL = """
import hashlib, msgspec
from bot.dialog.transitions import TABLE
from tests.dialog.situations import EVENTS, before, decided
told = [msgspec.json.encode(decided(before(*pair), EVENTS[pair[1]]())) for pair in TABLE]
print(hashlib.sha256(b"".join(told)).hexdigest())
"""


@pytest.mark.parametrize(("state", "trigger"), TABLE)
def test_what_is_given_stays_as_it_was(state: State, trigger: Trigger) -> None:
    given, event = before(state, trigger), EVENTS[trigger]()
    kept = msgspec.json.encode([given, event])
    decided(given, event)
    assert msgspec.json.encode([given, event]) == kept


@pytest.mark.parametrize(("state", "trigger"), TABLE)
def test_a_conversation_survives_the_store(state: State, trigger: Trigger) -> None:
    after = decided(before(state, trigger), EVENTS[trigger]()).conversation
    assert msgspec.json.decode(msgspec.json.encode(after), type=Conversation) == after


def test_decisions_are_the_same_in_every_process() -> None:
    """Whatever the hash seed, the time zone and the language of the machine."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", _DECIDE_ALL],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1
