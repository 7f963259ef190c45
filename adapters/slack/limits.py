"""What Slack lets an app ask.

Sources: https://docs.slack.dev/apis/web-api/rate-limits and the page of each method. Slack counts
posts for each channel, and other calls for each method in a workspace, by tiers.
"""

from __future__ import annotations

from typing import Any, Final

from chat.pacing import Limit

POSTS: Final = Limit("channel", 1, 1.0)
_TIERS: Final = {2: 20, 3: 50, 4: 100}
_TIER_OF: Final = {
    "chat.delete": 3,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "reactions.add": 3,
    "reactions.remove": 2,
    "users.getPresence": 3,
    "users.info": 4,
    "views.open": 4,
    "views.publish": 4,
}
_METHODS: Final = {
    method: (Limit("channel", _TIERS[tier], 60.0),) for method, tier in _TIER_OF.items()
}


def limits_of(place: str) -> tuple[Limit, ...]:
    """Of a method, or of the posts in a channel."""
    return _METHODS.get(place, (POSTS,))


def places_of(method: str, arguments: dict[str, Any]) -> list[str]:
    """Where a call takes a turn; a file is also a post in its channel."""
    match method:
        case "chat.postMessage":
            return [str(arguments.get("channel", ""))]
        case "files.completeUploadExternal":
            return [str(arguments.get("channel_id", "")), method]
        case _:
            return [method] if method in _METHODS else []
