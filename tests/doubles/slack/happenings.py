"""Changes the world, whoever asks for it, and tells the app about it."""

from typing import Any

from tests.doubles.slack.block_kit import completed
from tests.doubles.slack.deliveries import Deliveries, Delivery
from tests.doubles.slack.records import Account, Channel, Message, StoredFile
from tests.doubles.slack.rich_text import mentioned
from tests.doubles.slack.shown import Shown
from tests.doubles.slack.world import World

Json = dict[str, Any]


class Happenings:
    """Everything that can happen in a channel."""

    def __init__(self, world: World, shown: Shown, deliveries: Deliveries) -> None:
        self.world = world
        self.shown = shown
        self.deliveries = deliveries

    def _hears(self, channel: Channel) -> bool:
        return self.world.bot.id in channel.members

    def _tell(self, channel: Channel, event: Json, **more: Any) -> list[Delivery]:
        event = {**event, "event_ts": more.pop("event_ts", None) or self.world.new_ts(), **more}
        return self.deliveries.event(event, channel)

    def with_ids(self, blocks: list[Json]) -> list[Json]:
        return completed(blocks, lambda: self.world.new_id("b"))

    # -- messages -----------------------------------------------------------------------------

    def post(
        self,
        channel: Channel,
        sender: Account,
        text: str,
        *,
        blocks: list[Json] | None = None,
        thread_ts: str | None = None,
        files: list[StoredFile] | None = None,
        broadcast: bool = False,
        **more: Any,
    ) -> Message:
        """Somebody says something."""
        message = Message(
            channel,
            self.world.new_ts(),
            sender,
            text,
            self.with_ids(blocks or []),
            thread_ts=thread_ts,
            files=files or [],
            broadcast=broadcast,
            subtype="file_share" if files else "thread_broadcast" if broadcast else None,
            **more,
        )
        channel.every_message.append(message)
        for file in message.files:
            file.shared_in.append(message)
        if self._hears(channel):
            message.deliveries += self._said(message)
            for file in message.files:
                self._file_shared(file, channel)
        self.world.changes.ring()
        return message

    def _said(self, message: Message) -> list[Delivery]:
        channel = message.channel
        event = self.in_event(message, all_metadata=True)
        event |= {"channel": channel.id, "channel_type": channel.kind}
        told = self._tell(channel, event, event_ts=message.ts)
        if (
            not message.by_app
            and channel.kind != "im"
            and self.world.bot.id in mentioned(message.text)
        ):
            mention = {k: v for k, v in event.items() if k not in ("channel_type", "root")}
            mention |= {"type": "app_mention", "team": message.sender.team_id}
            told += self._tell(channel, mention, event_ts=message.ts)
        return told

    def in_event(self, message: Message, *, all_metadata: bool = False) -> Json:
        """As an event shows it: with nothing of others' files but that they are there."""
        shown = self.shown.message(message, all_metadata=all_metadata)
        if message.files:
            shown["files"] = [self.shown.file(file, in_event=True) for file in message.files]
            shown.pop("team", None)
        if message.channel.is_shared and not message.by_app:
            team = message.sender.team_id
            shown |= {"user_team": team, "source_team": team}
        return shown

    def _file_shared(self, file: StoredFile, channel: Channel) -> None:
        event: Json = {
            "type": "file_shared",
            "file_id": file.id,
            "user_id": file.owner.id,
            "file": {"id": file.id},
            "channel_id": channel.id,
        }
        self._tell(channel, event)

    def edit(
        self,
        message: Message,
        text: str,
        blocks: list[Json],
        *,
        metadata: Json | None = None,
        attachments: list[Json] | None = None,
    ) -> None:
        before = self.in_event(message)
        message.earlier.append((message.text, message.blocks))
        message.text, message.blocks = text, self.with_ids(blocks)
        message.edited_ts = self.world.new_ts()
        if metadata is not None:
            message.metadata = metadata or None
        if attachments is not None:
            message.attachments = attachments
        self._changed(message, before)

    def unfurl(self, message: Message, url: str, title: str = "A page") -> None:
        """Slack shows a preview of a link, and so changes the message."""
        before = self.in_event(message)
        message.unfurls.append(
            {"id": 1, "from_url": url, "original_url": url, "fallback": title, "title": title}
        )
        self._changed(message, before)

    def _changed(self, message: Message, before: Json, *, hidden: bool = True) -> None:
        channel = message.channel
        if self._hears(channel):
            ts = self.world.new_ts()
            event: Json = {
                "type": "message",
                "subtype": "message_changed",
                "channel": channel.id,
                "hidden": hidden,
                "ts": ts,
                "channel_type": channel.kind,
                "message": self.in_event(message),
                "previous_message": before,
            }
            message.deliveries += self._tell(channel, event, event_ts=ts)
        self.world.changes.ring()

    def delete(self, message: Message) -> None:
        """The first message of a thread leaves a tombstone, the thread stays."""
        channel, before = message.channel, self.in_event(message)
        for file in message.files:
            file.shared_in.remove(message)
        if channel.replies(message.ts):
            message.tombstone = True
            message.files = []
            self._changed(message, before)
            return
        message.deleted = True
        if self._hears(channel):
            ts = self.world.new_ts()
            event: Json = {
                "type": "message",
                "subtype": "message_deleted",
                "channel": channel.id,
                "hidden": True,
                "deleted_ts": message.ts,
                "ts": ts,
                "channel_type": channel.kind,
                "previous_message": before,
            }
            message.deliveries += self._tell(channel, event, event_ts=ts)
        self.world.changes.ring()

    def react(self, message: Message, user: str, name: str, *, added: bool) -> list[Delivery]:
        users = message.reactions.setdefault(name, [])
        if added:
            users.append(user)
        else:
            users.remove(user)
        told: list[Delivery] = []
        if self._hears(message.channel):
            event: Json = {
                "type": "reaction_added" if added else "reaction_removed",
                "user": user,
                "reaction": name,
                "item": {"type": "message", "channel": message.channel.id, "ts": message.ts},
                "item_user": message.sender.id,
            }
            told = self._tell(message.channel, event)
        self.world.changes.ring()
        return told

    def delete_file(self, file: StoredFile) -> None:
        """A file goes, and with it the messages that held nothing else."""
        file.deleted = True
        for message in list(file.shared_in):
            message.files.remove(file)
            if not message.files and not message.text:
                self.delete(message)
        self.deliveries.event(
            {"type": "file_deleted", "file_id": file.id, "event_ts": self.world.new_ts()}
        )
        self.world.changes.ring()

    # -- channels -----------------------------------------------------------------------------

    def join(self, channel: Channel, user: str, inviter: str | None = None) -> None:
        if user not in channel.members:
            channel.members.append(user)
        if self._hears(channel):
            more = {"inviter": inviter} if inviter else {}
            self._tell(channel, self._membership("member_joined_channel", channel, user) | more)
        self.world.changes.ring()

    def leave(self, channel: Channel, user: str, by: str | None = None) -> None:
        """Somebody leaves or is removed; the app is told in another way when it is itself."""
        channel.members.remove(user)
        if user == self.world.bot.id:
            kind = "group_left" if channel.kind == "group" else "channel_left"
            left: Json = {"type": kind, "channel": channel.id, "actor_id": by or user}
            self._tell(channel, left)
        elif self._hears(channel):
            self._tell(channel, self._membership("member_left_channel", channel, user))
        self.world.changes.ring()

    def _membership(self, kind: str, channel: Channel, user: str) -> Json:
        letter = "G" if channel.kind == "group" else "C"
        return {
            "type": kind,
            "user": user,
            "channel": channel.id,
            "channel_type": letter,
            "team": channel.team_id,
        }

    def archive(self, channel: Channel, user: str, *, archived: bool) -> None:
        channel.archived = archived
        if self._hears(channel):
            word = "archive" if archived else "unarchive"
            kind = f"{'group' if channel.kind == 'group' else 'channel'}_{word}"
            ts = self.world.new_ts()
            notice: Json = {
                "type": "message",
                "subtype": kind,
                "user": user,
                "channel": channel.id,
                "channel_type": channel.kind,
                "text": f"<@{user}> has {word}d the channel",
                "ts": ts,
            }
            self._tell(channel, notice, event_ts=ts)
            self._tell(channel, {"type": kind, "channel": channel.id, "user": user})
        self.world.changes.ring()
