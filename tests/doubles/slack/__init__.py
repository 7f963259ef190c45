"""A Slack of one workspace that speaks the Web API, Socket Mode and HTTP events on loopback.

    async with SlackDouble() as slack:
        ann = slack.person("Ann")
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_base)

As a process of its own: ``python -m tests.doubles.slack --port 0`` prints one JSON line with its
address and tokens, and is driven through `tests.doubles.slack.client`.
"""

from tests.doubles.slack.double import FOREIGN_TEAM, SlackDouble
from tests.doubles.slack.people import FileGiven, Person
from tests.doubles.slack.records import Channel, Ephemeral, Message, View
from tests.doubles.slack.world import App

__all__ = [
    "FOREIGN_TEAM",
    "App",
    "Channel",
    "Ephemeral",
    "FileGiven",
    "Message",
    "Person",
    "SlackDouble",
    "View",
]
