"""How messages, files and views look as Slack's JSON."""

from typing import Any

from tests.doubles.slack.records import Message, StoredFile, View
from tests.doubles.slack.shown_places import ShownPlaces
from tests.doubles.slack.world import World

Json = dict[str, Any]

UNTRANSLATABLE = "This content can't be displayed."


class Shown(ShownPlaces):
    """Renders one world; `base_url` is where its files are."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.base_url = ""

    # -- messages -----------------------------------------------------------------------------

    def message(self, message: Message, *, all_metadata: bool = False) -> Json:
        """As an answer of the API shows it."""
        if message.tombstone:
            return self._tombstone(message)
        sender = message.sender
        shown: Json = {
            "type": "message",
            "user": sender.id,
            "text": message.text,
            "ts": message.ts,
            "team": sender.team_id,
        }
        if message.subtype:
            shown["subtype"] = message.subtype
        if message.by_app:
            app = self._world.app
            shown |= {"bot_id": app.bot_id, "app_id": app.id, "bot_profile": self.bot_profile()}
        elif message.client_msg_id and not message.files:
            shown["client_msg_id"] = message.client_msg_id
        if message.blocks:
            shown["blocks"] = message.blocks
        if attachments := [*message.attachments, *message.unfurls]:
            shown["attachments"] = attachments
        if message.files:
            shown["files"] = [self.file(file) for file in message.files]
            shown |= {"upload": False, "display_as_bot": False}
        if message.edited_ts:
            shown["edited"] = {"user": sender.id, "ts": message.edited_ts}
        if message.metadata:
            shown["metadata"] = (
                message.metadata
                if all_metadata
                else {"event_type": message.metadata.get("event_type", "")}
            )
        if message.reactions:
            shown["reactions"] = self.reactions(message)
        return shown | self._thread_fields(message)

    def _thread_fields(self, message: Message) -> Json:
        shown: Json = {}
        if message.is_reply:
            root = message.channel.message(message.thread_ts or "")
            shown["thread_ts"] = message.thread_ts
            if root is not None:
                shown["parent_user_id"] = root.sender.id
                if message.broadcast:
                    shown["root"] = self.message(root)
        elif replies := message.channel.replies(message.ts):
            users = list(dict.fromkeys(reply.sender.id for reply in replies))
            shown |= {
                "thread_ts": message.ts,
                "reply_count": len(replies),
                "reply_users_count": len(users),
                "latest_reply": replies[-1].ts,
                "reply_users": users,
                "is_locked": False,
                "subscribed": any(m.by_app for m in [message, *replies]),
            }
        return shown

    def _tombstone(self, message: Message) -> Json:
        return {
            "type": "message",
            "subtype": "tombstone",
            "text": "This message was deleted.",
            "user": "USLACKBOT",
            "hidden": True,
            "ts": message.ts,
            **self._thread_fields(message),
        }

    def reactions(self, message: Message) -> list[Json]:
        return [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
            if users
        ]

    # -- files --------------------------------------------------------------------------------

    def file(self, file: StoredFile, *, in_event: bool = False) -> Json:
        world = self._world
        if in_event and file.owner.team_id != world.team_id:
            # Of other workspaces' files an event tells only that they are there.
            return {"id": file.id, "mode": "file_access", "file_access": "check_file_info"}
        place = f"{self.base_url}/files-pri/{file.owner.team_id}-{file.id}"
        public = any(m.channel.kind == "channel" for m in file.shared_in)
        shown: Json = {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "filetype": file.filetype,
            "pretty_type": file.filetype.upper(),
            "user": file.owner.id,
            "user_team": file.owner.team_id,
            "editable": False,
            "size": file.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": public,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{place}/{file.name}",
            "url_private_download": f"{place}/download/{file.name}",
            "media_display_type": "audio" if file.mimetype.startswith("audio/") else "unknown",
            "permalink": f"https://{world.domain}.slack.com/files/{file.owner.id}/{file.id}",
            "permalink_public": f"https://slack-files.com/{file.owner.team_id}-{file.id}",
            "has_rich_preview": False,
            "file_access": "visible",
        }
        if file.hidden:
            return {"id": file.id, "mode": "hidden_by_limit"}
        if file.elsewhere:
            shown |= {"mode": "external", "is_external": True, "external_type": "gdrive"}
            shown |= {"url_private": file.elsewhere, "url_private_download": file.elsewhere}
        if file.voice:
            shown |= {"subtype": "slack_audio", "duration_ms": 1000}
        return shown

    def file_with_shares(self, file: StoredFile) -> Json:
        """As files.info shows it: with the messages it is in."""
        kept: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
        shares: Json = {}
        for message in file.shared_in:
            channel = message.channel
            kept[{"channel": "channels", "group": "groups", "im": "ims"}[channel.kind]].append(
                channel.id
            )
            share: Json = {
                "reply_users": [],
                "reply_users_count": 0,
                "reply_count": 0,
                "ts": message.ts,
                "team_id": channel.team_id,
                "share_user_id": file.owner.id,
                "source": "UNKNOWN",
                "is_silent_share": False,
            }
            if channel.name:
                share["channel_name"] = channel.name
            if message.is_reply:
                share["thread_ts"] = message.thread_ts
            side = "public" if channel.kind == "channel" else "private"
            shares.setdefault(side, {}).setdefault(channel.id, []).append(share)
        return {
            **self.file(file),
            **kept,
            "shares": shares,
            "has_more_shares": False,
            "comments_count": 0,
            "is_starred": False,
        }

    # -- views --------------------------------------------------------------------------------

    def view(self, view: View) -> Json:
        given = view.definition
        return {
            "id": view.id,
            "team_id": self._world.team_id,
            "type": given["type"],
            "blocks": given["blocks"],
            "private_metadata": given.get("private_metadata", ""),
            "callback_id": given.get("callback_id", ""),
            "state": {"values": view.values},
            "hash": view.hash,
            "title": given.get("title") or plain_text(self._world.app.name),
            "clear_on_close": given.get("clear_on_close", False),
            "notify_on_close": given.get("notify_on_close", False),
            "submit_disabled": given.get("submit_disabled", False),
            "close": given.get("close"),
            "submit": given.get("submit"),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": self._world.app.id,
            "external_id": given.get("external_id", ""),
            "app_installed_team_id": self._world.team_id,
            "bot_id": self._world.app.bot_id,
        }


def plain_text(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}
