"""Three platforms in memory. They take everything, and note when which of their limits was used.

The limits stand here as the platforms publish them, not as the adapters know them.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from itertools import count
from typing import Any, Final

from tests.pacing.http import Answer

_WORD: Final = re.compile(r"(\S+):(\d+)(?=\s|$)")


class Platform:
    """`uses` has the times at which each limit (its name, how many, seconds) was drawn on."""

    def __init__(self) -> None:
        self.uses: defaultdict[tuple[str, int, float], list[float]] = defaultdict(list)
        self.said: defaultdict[str, list[int]] = defaultdict(list)
        self.shown_at: dict[tuple[str, int], float] = {}
        self.asked: Counter[str] = Counter()
        self.refused = 0
        self._ids = count(1)

    def use(self, name: str, most: int, seconds: float) -> None:
        """Something that a limit counts was asked now."""
        self.uses[name, most, seconds].append(_now())

    def show(self, text: str) -> None:
        """Note the numbered words of a post, `<lane>:<number>` each."""
        for lane, number in _WORD.findall(text):
            self.said[lane].append(int(number))
            self.shown_at[lane, int(number)] = _now()

    def ask(self, method: str, path: str, arguments: dict[str, Any]) -> Answer:
        """See `tests.pacing.http.Ask`."""
        raise NotImplementedError


class Telegram(Platform):
    """core.telegram.org/bots/faq: 30 a second, 1 a second in a chat, 20 a minute in a group."""

    def ask(self, method: str, path: str, arguments: dict[str, Any]) -> Answer:
        """See Platform."""
        name = path.rpartition("/")[2]
        self.asked[name] += 1
        chat = int(arguments.get("chat_id", 0))
        self.use("all", 30, 1.0)
        if name in ("sendMessage", "createForumTopic", "closeForumTopic", "reopenForumTopic"):
            self.use(f"chat {chat}", 1, 1.0)
            if chat < 0:
                self.use(f"group {chat}", 20, 60.0)
        if name not in ("sendMessage", "editMessageText"):
            return Answer({"ok": True, "result": True})
        message = {
            "message_id": int(arguments.get("message_id") or next(self._ids)),
            "date": 1_700_000_000,
            "chat": {"id": chat, "type": "supergroup" if chat < 0 else "private"},
            "text": arguments["text"],
        }
        if arguments.get("message_thread_id"):
            message["message_thread_id"] = int(arguments["message_thread_id"])
            message["is_topic_message"] = True
        if name == "sendMessage":
            self.show(arguments["text"])
        return Answer({"ok": True, "result": message})


class Discord(Platform):
    """docs.discord.com: 50 a second; what a route may, its answers tell, such as 5 posts in 5 s."""

    POSTS: Final = (5, 5.0)

    def __init__(self) -> None:
        super().__init__()
        self._windows: dict[str, tuple[float, int]] = {}

    def ask(self, method: str, path: str, arguments: dict[str, Any]) -> Answer:
        """See Platform."""
        self.use("all", 50, 1.0)
        route = re.sub(r"\d{5,}", "*", path.partition("/api/v10")[2])
        self.asked[f"{method} {route}"] += 1
        me = {"id": "10001", "username": "kefu", "discriminator": "0", "avatar": None}
        if route == "/users/@me":
            return Answer({**me, "bot": True})
        if route == "/oauth2/applications/@me":
            return Answer(
                {
                    "id": "10001",
                    "name": "kefu",
                    "icon": None,
                    "description": "",
                    "bot_public": True,
                    "bot_require_code_grant": False,
                    "verify_key": "",
                    "owner": me,
                    "team": None,
                    "flags": 0,
                }
            )
        channel = path.split("/channels/")[1].partition("/")[0]
        bucket = f"{method} {route}"
        headers = self._count(f"{bucket} {channel}", bucket)
        if headers is None:
            self.refused += 1
            retry = {"retry_after": 1.0, "global": False, "message": "slow down"}
            return Answer(retry, 429, {"Via": "1.1", "Retry-After": "1"})
        if method == "PUT":
            return Answer({}, 204, headers)
        if method == "POST":
            self.show(arguments["content"])
        return Answer(_discord_message(next(self._ids), channel, me, arguments), 200, headers)

    def _count(self, place: str, bucket: str) -> dict[str, str] | None:
        """A window begins with its first request. None: too many in it."""
        most, seconds = self.POSTS
        began, used = self._windows.get(place, (-seconds, 0))
        if _now() >= began + seconds:
            began, used = _now(), 0
        if used == most:
            return None
        self._windows[place] = (began, used + 1)
        self.use(place, 2 * most, seconds)  # two of the platform's windows may meet in one of ours
        return {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(most - used - 1),
            "X-RateLimit-Reset-After": f"{began + seconds - _now():.3f}",
            "X-RateLimit-Bucket": bucket.replace(" ", "-"),
        }


def _discord_message(
    number: int, channel: str, author: dict[str, Any], arguments: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": str(number),
        "channel_id": channel,
        "author": author,
        "content": arguments.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "nonce": arguments.get("nonce"),
    }


class Slack(Platform):
    """docs.slack.dev: a post a second in a channel; each other method so many a minute."""

    TIERS: Final = {
        "chat.update": 50,
        "chat.delete": 50,
        "reactions.add": 50,
        "reactions.remove": 20,
        "files.getUploadURLExternal": 100,
        "files.completeUploadExternal": 100,
        "files.info": 100,
    }

    def __init__(self) -> None:
        super().__init__()
        self._channel_of: dict[str, str] = {}

    def ask(self, method: str, path: str, arguments: dict[str, Any]) -> Answer:
        """See Platform."""
        name = path.rpartition("/")[2]
        self.asked[name] += 1
        if name in self.TIERS:
            self.use(name, self.TIERS[name], 60.0)
        ts = f"{1_700_000_000 + next(self._ids)}.000100"
        match name:
            case "chat.postMessage":
                self.use(f"posts in {arguments['channel']}", 1, 1.0)
                self.show(arguments["text"])
                return Answer({"ok": True, "ts": ts, "channel": arguments["channel"]})
            case "files.getUploadURLExternal":
                address = "https://files.test/upload"
                return Answer({"ok": True, "upload_url": address, "file_id": f"F{ts}"})
            case "files.completeUploadExternal":
                channel = arguments["channel_id"]
                self.use(f"posts in {channel}", 1, 1.0)
                (file,) = arguments["files"]
                self._channel_of[file["id"]] = channel
                self.show(file["title"])
                return Answer({"ok": True, "files": [{"id": file["id"]}]})
            case "files.info":
                channel = self._channel_of[arguments["file"]]
                shares = {"public": {channel: [{"ts": ts}]}}
                return Answer({"ok": True, "file": {"id": arguments["file"], "shares": shares}})
            case _:
                return Answer({"ok": True, "ts": ts})


def _now() -> float:
    return asyncio.get_running_loop().time()
