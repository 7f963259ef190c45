"""The persons of the world, doing by hand what persons do in the app."""

from collections.abc import Mapping
from typing import Any

from tests.doubles.discord.acts import Acts
from tests.doubles.discord.desk import Desk
from tests.doubles.discord.interactions import Interaction
from tests.doubles.discord.things import (
    Channel,
    ChannelType,
    Guild,
    Message,
    MessageFlag,
    MessageType,
    Upload,
    User,
)

LONGEST_TEXT = 4000
ChannelRef = Channel | int | None
MessageRef = Message | int


class Person:
    """One user; places and messages may also be named by their ids."""

    def __init__(self, desk: Desk, user: User) -> None:
        self.desk = desk
        self.world = desk.world
        self.user = user
        self._acts = Acts(desk, user)

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def dm(self) -> Channel:
        """The private channel with the bot."""
        return self.world.open_dm(self.user)

    def place(self, where: ChannelRef) -> Channel:
        """A channel that the person sees; None is the private one with the bot."""
        if where is None:
            return self.dm
        channel = where if isinstance(where, Channel) else self.world.channels[where]
        if channel.deleted:
            raise AssertionError(f"channel {channel.id} is deleted")
        if channel.is_dm and channel.recipient is not self.user:
            raise AssertionError(f"{self.user.username} does not see this private channel")
        if not self.world.may(self.user, channel, "view_channel"):
            raise AssertionError(f"{self.user.username} does not see #{channel.name}")
        return channel

    def found(self, message: MessageRef) -> Message:
        """A message that the person sees."""
        found = message if isinstance(message, Message) else self.world.find_message(message)
        if found.deleted:
            raise AssertionError(f"message {found.id} is deleted")
        self.place(found.channel)
        return found

    # -- writing ------------------------------------------------------------------------------

    def say(
        self,
        text: str = "",
        where: ChannelRef = None,
        *,
        files: Mapping[str, bytes] | None = None,
        reply_to: MessageRef | None = None,
        size: int | None = None,
        **special: Any,
    ) -> Message:
        """Write a message; `size` lets small files pass for large ones, `special` is for the
        ways of saying something below."""
        channel = self.place(where)
        if channel.is_forum:
            raise AssertionError("in a forum one begins a thread")
        if channel.locked and not self.may("manage_threads", channel):
            raise AssertionError("the thread is locked")
        if not text.strip() and not files and not special:
            raise AssertionError("the app does not send an empty message")
        if len(text) > LONGEST_TEXT:
            raise AssertionError(f"the app refuses a text of {len(text)}")
        details: dict[str, Any] = special
        if reply_to is not None:
            reference = self.world.reference_to(self.found(reply_to))
            details = {**special, "kind": MessageType.REPLY, "reference": reference}
        if channel.is_thread:
            self.world.change_thread_members(channel, added=self.user)
        uploads = [Upload(name, content, size=size) for name, content in (files or {}).items()]
        return self.world.post(channel, self.user, text, uploads=uploads, **details)

    def speak(self, sound: bytes, where: ChannelRef = None) -> Message:
        """A voice message."""
        flags = int(MessageFlag.IS_VOICE_MESSAGE)
        return self.say("", where, files={"voice-message.ogg": sound}, flags=flags)

    def stick(self, name: str, where: ChannelRef = None) -> Message:
        """A sticker."""
        sticker = {"id": str(self.world.new_id()), "name": name, "format_type": 1}
        return self.say("", where, stickers=[sticker])

    def ask(self, question: str, *answers: str, where: ChannelRef = None) -> Message:
        """A poll."""
        poll = {
            "question": {"text": question},
            "answers": [
                {"answer_id": number, "poll_media": {"text": answer}}
                for number, answer in enumerate(answers, 1)
            ],
            "expiry": "2100-01-01T00:00:00+00:00",
            "allow_multiselect": False,
            "layout_type": 1,
            "results": {"answer_counts": [], "is_finalized": False},
        }
        return self.say("", where, poll=poll)

    def edit(self, message: MessageRef, text: str) -> Message:
        found = self.found(message)
        if found.author is not self.user:
            raise AssertionError("only one's own messages can be edited")
        if found.channel.archived:
            raise AssertionError("nothing can be edited in an archived thread")
        self.world.message_changed(found, content=text)
        return found

    def delete(self, message: MessageRef) -> None:
        found = self.found(message)
        if found.author is not self.user and not self.may("manage_messages", found.channel):
            raise AssertionError("only one's own messages can be deleted")
        self.world.delete_message(found)

    def react(self, message: MessageRef, emoji: str) -> None:
        self.world.react(self.found(message), self.user, emoji, added=True)

    def unreact(self, message: MessageRef, emoji: str) -> None:
        self.world.react(self.found(message), self.user, emoji, added=False)

    def pin(self, message: MessageRef) -> None:
        self.world.pin(self.found(message), self.user, pinned=True)

    def unpin(self, message: MessageRef) -> None:
        self.world.pin(self.found(message), self.user, pinned=False)

    def start_typing(self, where: ChannelRef = None) -> None:
        self.world.start_typing(self.place(where), self.user)

    # -- buttons and commands -----------------------------------------------------------------

    def press(self, message: MessageRef, button: str) -> Interaction:
        """Press a button, named by its label or its custom id."""
        return self._acts.press(self.found(message), button)

    def choose(
        self, message: MessageRef, values: list[str], select: str | None = None
    ) -> Interaction:
        """Choose from a select by labels or values; `select` is its custom id, if there are two."""
        return self._acts.choose(self.found(message), values, select)

    def submit(self, opened: Interaction | int, fields: Mapping[str, str]) -> Interaction:
        """Fill in the form that the bot opened in answer to an interaction, and send it."""
        if not isinstance(opened, Interaction):
            opened = self.desk.interactions[opened]
        return self._acts.submit(opened, fields)

    def command(self, name: str, where: ChannelRef = None, **options: Any) -> Interaction:
        """Use a slash command; "case close" is a subcommand."""
        return self._acts.command(name, self.place(where), options)

    def command_on(self, message: MessageRef, name: str) -> Interaction:
        """Use a command from a message's menu."""
        return self._acts.command_on(self.found(message), name)

    # -- places -------------------------------------------------------------------------------

    def may(self, permission: str, channel: Channel) -> bool:
        return self.world.may(self.user, channel, permission)

    def start_thread(
        self, where: ChannelRef, name: str, text: str | None = None, *, private: bool = False
    ) -> Channel:
        """Begin a thread in a channel, or a post in a forum (which needs a text)."""
        channel = self.place(where)
        kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
        thread = self.world.create_thread(channel, self.user, name, kind=kind)
        if text is not None:
            first = thread.id if channel.is_forum else None
            self.world.post(thread, self.user, text, message_id=first)
        return thread

    def start_thread_at(self, message: MessageRef, name: str) -> Channel:
        """Begin a thread at a message."""
        found = self.found(message)
        thread = self.world.create_thread(found.channel, self.user, name, thread_id=found.id)
        self.world.start_thread_at(found, thread)
        return thread

    def archive(self, thread: Channel | int, *, lock: bool | None = None) -> None:
        """Close a thread, and lock it if asked to."""
        self.world.change_thread(self.place(thread), archived=True, locked=lock)

    def unarchive(self, thread: Channel | int) -> None:
        self.world.change_thread(self.place(thread), archived=False)

    def lock(self, thread: Channel | int) -> None:
        self.world.change_thread(self.place(thread), locked=True)

    def unlock(self, thread: Channel | int) -> None:
        self.world.change_thread(self.place(thread), locked=False)

    def rename(self, where: Channel | int, name: str) -> None:
        channel = self.place(where)
        channel.name = name
        self.world.channel_changed(channel)

    def delete_channel(self, where: Channel | int) -> None:
        """Delete a channel or a thread."""
        self.world.delete_channel(self.place(where))

    def join(self, guild: Guild | int) -> None:
        self.world.join(self._guild(guild), self.user)

    def leave(self, guild: Guild | int) -> None:
        self.world.leave(self._guild(guild), self.user)

    def _guild(self, guild: Guild | int) -> Guild:
        return guild if isinstance(guild, Guild) else self.world.guilds[guild]

    def block_bot(self) -> None:
        """Take no more private messages from the bot."""
        self.user.refuses_bot = True
        self.world.changes.ring()

    def unblock_bot(self) -> None:
        self.user.refuses_bot = False
        self.world.changes.ring()
