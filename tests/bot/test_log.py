"""Log lines carry no tokens, as text and as JSON."""

from __future__ import annotations

import json
import logging

import pytest

from bot import log

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
