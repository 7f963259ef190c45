"""What Discord holds: the places, and the messages, files and reactions in them.

The world only keeps and shows; the ``rest_*`` modules say what a bot may do in it, and `people`
what persons do.
"""

import mimetypes
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tests.doubles.discord.errors import unknown
from tests.doubles.discord.places import Places
from tests.doubles.discord.shapes import (
    attachment_json,
    emoji_json,
    member_json,
    reactions_json,
    user_json,
)
from tests.doubles.discord.things import (
    WRITTEN,
    Attachment,
    Channel,
    Message,
    MessageFlag,
    MessageType,
    Upload,
    User,
)

MENTION = re.compile(r"<@!?(\d+)>")
EVERYBODY = re.compile(r"@(everyone|here)\b")


class World(Places):
    """Everything that exists."""

    # Where files are served; the server says it when it knows its port.
    cdn_base = ""
    # Addresses signed before the last expiry no longer work.
    signature = 1

    # -- messages -----------------------------------------------------------------------------

    def message(self, channel: Channel, message_id: int) -> Message:
        found = channel.messages.get(message_id)
        if found is None or not found.is_visible:
            raise unknown("Message")
        return found

    def find_message(self, message_id: int) -> Message:
        """A message anywhere, deleted or not."""
        for channel in self.channels.values():
            if message_id in channel.messages:
                return channel.messages[message_id]
        raise LookupError(f"no message {message_id}")

    def post(
        self,
        channel: Channel,
        author: User,
        content: str = "",
        *,
        kind: MessageType = MessageType.DEFAULT,
        uploads: Sequence[Upload] = (),
        message_id: int | None = None,
        **details: Any,
    ) -> Message:
        """A new message; a thread that was archived opens for it."""
        if channel.archived:
            self.change_thread(channel, archived=False)
        message = Message(
            message_id or self.new_id(), channel, author, content, self.now(), kind, **details
        )
        message.attachments = [self.store(message, upload) for upload in uploads]
        if kind in WRITTEN:
            self.note_mentions(message)
        channel.messages[message.id] = message
        channel.sent_ever += 1
        if not message.is_ephemeral:
            self.emit_message("MESSAGE_CREATE", message)
        self.changes.ring()
        return message

    def store(self, message: Message, upload: Upload) -> Attachment:
        guessed = mimetypes.guess_type(upload.filename)[0]
        return Attachment(
            self.new_id(),
            message.channel.id,
            upload.filename,
            upload.content,
            guessed or "application/octet-stream",
            upload.description,
            len(upload.content) if upload.size is None else upload.size,
            message.is_ephemeral,
        )

    def note_mentions(self, message: Message) -> None:
        """Find out whom a message notifies, as far as its writer allows it."""
        allowed = message.allowed_mentions
        kinds = ["users", "everyone"] if allowed is None else allowed.get("parse") or []
        chosen = [] if allowed is None else [int(user) for user in allowed.get("users") or []]
        named = [int(user_id) for user_id in MENTION.findall(message.content)]
        found = [user_id for user_id in named if "users" in kinds or user_id in chosen]
        answered = message.reply_to
        if answered is not None and (allowed is None or allowed.get("replied_user")):
            original = message.channel.messages.get(answered)
            found += [] if original is None else [original.author.id]
        message.mentions = [self.users[one] for one in dict.fromkeys(found) if one in self.users]
        message.mention_everyone = bool("everyone" in kinds and EVERYBODY.search(message.content))

    def message_changed(
        self, message: Message, *, content: str | None = None, is_first: bool = False
    ) -> None:
        """Note an edit by its author, or the first content of what was only announced."""
        if content is not None and content != message.content:
            if not is_first:
                message.earlier_contents.append(message.content)
            message.content = content
            self.note_mentions(message)
        message.edited_at = None if is_first else self.now()
        if not message.is_ephemeral:
            self.emit_message("MESSAGE_UPDATE", message)
        self.changes.ring()

    def delete_message(self, message: Message) -> None:
        message.deleted = True
        if not message.is_ephemeral:
            self.emit(
                "MESSAGE_DELETE",
                {"id": str(message.id), **self.place_of(message.channel)},
                channel=message.channel,
            )
        self.changes.ring()

    def emit_message(self, name: str, message: Message) -> None:
        payload = {
            **self.message_json(message, with_nonce=name == "MESSAGE_CREATE"),
            **self.place_of(message.channel),
            **self.member_part(message.channel, message.author, with_user=False),
        }
        self.emit(name, payload, channel=message.channel)

    def place_of(self, channel: Channel) -> dict[str, Any]:
        """Where something happened, as events name it."""
        place = {"channel_id": str(channel.id)}
        return place if channel.guild is None else {**place, "guild_id": str(channel.guild.id)}

    def member_part(
        self, channel: Channel, user: User, *, with_user: bool = True
    ) -> dict[str, Any]:
        member = channel.guild.members.get(user.id) if channel.guild is not None else None
        return {} if member is None else {"member": member_json(member, with_user=with_user)}

    # -- showing ------------------------------------------------------------------------------

    def url_of(self, attachment: Attachment) -> str:
        return (
            f"{self.cdn_base}/attachments/{attachment.channel_id}/{attachment.id}/"
            f"{quote(attachment.filename)}?ex={self.signature:x}&is=1&hm={attachment.id:x}"
        )

    def message_json(self, message: Message, *, with_nonce: bool = False) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "type": int(message.type),
            "content": message.content,
            "author": user_json(message.author),
            "timestamp": message.at,
            "edited_timestamp": message.edited_at,
            "flags": message.flags,
            "tts": message.tts,
            "pinned": message.pinned_at is not None,
            "mention_everyone": message.mention_everyone,
            "mentions": [user_json(user) for user in message.mentions],
            "mention_roles": [],
            "attachments": [
                attachment_json(
                    attachment,
                    self.url_of(attachment),
                    spoken=bool(message.flags & MessageFlag.IS_VOICE_MESSAGE),
                )
                for attachment in message.attachments
            ],
            "embeds": message.embeds,
            "components": message.components,
        }
        if message.stickers:
            shown["sticker_items"] = message.stickers
        if message.poll is not None:
            shown["poll"] = message.poll
        if message.reactions:
            shown["reactions"] = reactions_json(message, self.bot)
        if with_nonce and message.nonce is not None:
            shown["nonce"] = message.nonce
        if message.interaction_metadata is not None:
            shown["interaction_metadata"] = message.interaction_metadata
            shown["application_id"] = shown["webhook_id"] = str(self.bot.id)
        if message.thread is not None and not message.thread.deleted:
            shown["thread"] = self.shown(message.thread)
        if message.reference is not None:
            shown["message_reference"] = message.reference
            shown["referenced_message"] = self._referenced(message)
        return shown

    def _referenced(self, message: Message) -> dict[str, Any] | None:
        assert message.reference is not None
        place = self.channels.get(int(message.reference["channel_id"]))
        original = None
        if place is not None and "message_id" in message.reference:
            original = place.messages.get(int(message.reference["message_id"]))
        if original is None or original.deleted:
            return None
        shown = self.message_json(original)
        return {key: value for key, value in shown.items() if key != "referenced_message"}

    # -- around messages ----------------------------------------------------------------------

    def react(self, message: Message, user: User, emoji: str, *, added: bool) -> None:
        """Put a reaction to a message, or take it away."""
        users = message.reactions.setdefault(emoji, [])
        if added == (user.id in users):
            return
        users.append(user.id) if added else users.remove(user.id)
        payload = {
            "user_id": str(user.id),
            "message_id": str(message.id),
            "emoji": emoji_json(emoji),
            "burst": False,
            "type": 0,
            **self.place_of(message.channel),
        }
        if added:
            payload |= {
                "message_author_id": str(message.author.id),
                **self.member_part(message.channel, user),
            }
        name = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
        self.emit(name, payload, channel=message.channel)

    def pin(self, message: Message, user: User, *, pinned: bool) -> None:
        message.pinned_at = self.now() if pinned else None
        self.emit_message("MESSAGE_UPDATE", message)
        place = self.place_of(message.channel)
        self.emit(
            "CHANNEL_PINS_UPDATE",
            {**place, "last_pin_timestamp": message.pinned_at},
            channel=message.channel,
        )
        if pinned:
            self.post(
                message.channel,
                user,
                kind=MessageType.CHANNEL_PINNED_MESSAGE,
                reference=self.reference_to(message),
            )

    def reference_to(self, message: Message) -> dict[str, Any]:
        return {"type": 0, "message_id": str(message.id), **self.place_of(message.channel)}

    def start_typing(self, channel: Channel, user: User) -> None:
        payload = {
            "user_id": str(user.id),
            "timestamp": int(self.clock()),
            **self.place_of(channel),
            **self.member_part(channel, user),
        }
        self.emit("TYPING_START", payload, channel=channel)

    def start_thread_at(self, message: Message, thread: Channel) -> None:
        """Hang a thread at the message that it began with."""
        message.thread = thread
        message.flags |= MessageFlag.HAS_THREAD
        self.emit_message("MESSAGE_UPDATE", message)
        self.post(
            thread,
            message.author,
            kind=MessageType.THREAD_STARTER_MESSAGE,
            reference=self.reference_to(message),
        )
