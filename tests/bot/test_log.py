"""Log lines carry no tokens, as text and as JSON."""

from __future__ import annotations

import json
import logging

import pytest

from bot import log
from bot.redaction import Redaction

TOKENS = [
    "123456789:AAExampleTokenOfTheTelegramDouble00",
    "123456789%3AAAExampleTokenOfTheTelegramDouble00",
    "xoxb-1234-abcdef",
]


@pytest.fixture(autouse=True)
def _restore() -> object:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_redacted(capsys: pytest.CaptureFixture[str], as_json: bool, token: str) -> None:
    log.set_up("info", as_json=as_json)
    logging.getLogger("x").info("calling https://example.org/bot%s/getMe", token)
    try:
        raise ValueError(f"refused {token}")
    except ValueError:
        logging.getLogger("x").exception("failed")
    written = capsys.readouterr().err
    assert "<token>" in written
    assert token not in written


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("info", as_json=True)
    logging.getLogger("x").warning("钱 %s", "没到账")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "钱 没到账"
    assert json.loads(line)["level"] == "warning"


def test_the_level_is_honoured(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("warning", as_json=False)
    logging.getLogger("x").info("quiet")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("as_json", [False, True])
def test_secrets_are_redacted(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    phrase = "mimic cruel vapor hover lizard quiz orbit fossil nephew clay tornado bench"
    log.set_up("info", as_json=as_json, redact=Redaction().log_line)
    logging.getLogger("x").warning("cannot read %r", {"text": phrase, "from": "lin@example.com"})
    try:
        raise ValueError(f"what is {phrase}?")
    except ValueError:
        logging.getLogger("x").exception("failed")
    written = capsys.readouterr().err
    assert "cannot read" in written
    assert "failed" in written
    assert "mimic" not in written
    assert "lin@" not in written


def test_libraries_never_log_whole_messages(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("debug", as_json=False)
    for name in ("telegram.ext", "discord.gateway", "slack_bolt.AsyncApp"):
        logging.getLogger(name).debug("received %s", "a message")
    assert capsys.readouterr().err == ""
