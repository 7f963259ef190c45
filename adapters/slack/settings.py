"""What the operator sets for the Slack channel."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SLACK_API = "https://slack.com/api/"


class SlackSettings(Struct, frozen=True):
    """How to reach Slack, and how Slack reaches us.

    `mode` is `socket` (needs `app_token`) or `http` (needs `signing_secret`; events come to
    `/slack/events` on `host` and `port`). `desk_channel` is the id of the channel that is the
    desk, when Slack is. `entrances` are channels in which customers may mention the app.
    """

    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None
    api_base: str = SLACK_API
    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: int = 8081
    desk_channel: str | None = None
    entrances: frozenset[str] = frozenset()
