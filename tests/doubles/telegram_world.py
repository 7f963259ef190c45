"""What Telegram holds: accounts, chats, topics, messages and files.

The world only keeps and shows; `telegram_bot` and `telegram_methods` say what a bot may do in
it, and `telegram_people` what persons do.
"""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

GENERAL_TOPIC = 1
TOPIC_COLOR = 0x6FB9F0
ALL_BOT_RIGHTS = frozenset({"can_manage_topics", "can_delete_messages", "can_pin_messages"})
Keyboard = list[list[dict[str, Any]]]


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is shown now; the control API carries it as JSON."""

    id: int
    chat_id: int
    thread_id: int | None
    at: int
    sender_id: int
    from_bot: bool
    kind: str
    text: str | None
    entities: list[dict[str, Any]]
    buttons: list[list[str]]
    reply_to: int | None
    quote: str | None
    edited: bool
    earlier_texts: list[str]
    deleted: bool
    pinned: bool
    album: str | None
    forwarded: bool
    reactions: dict[int, list[str]]
    file_name: str | None
    file_bytes: bytes | None
    content: dict[str, Any]

    @property
    def labels(self) -> list[str]:
        """All button labels, row by row."""
        return [label for row in self.buttons for label in row]


@dataclass(eq=False, slots=True)
class Account:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    is_deactivated: bool = False

    def to_api(self) -> dict[str, Any]:
        return without_nones(
            id=self.id,
            is_bot=self.is_bot,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )


@dataclass(eq=False, slots=True)
class StoredFile:
    """A file that Telegram keeps."""

    id: str
    unique_id: str
    kind: str
    content: bytes
    name: str
    mime: str
    size: int
    path: str


@dataclass(eq=False)
class ChatMessage:
    """A message of a chat, with everything that happened to it."""

    chat: "Chat"
    id: int
    at: int
    sender: Account
    kind: str
    content: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    entities: list[dict[str, Any]] = field(default_factory=list)
    thread_id: int | None = None
    reply_to: int | None = None
    quote: dict[str, Any] | None = None
    keyboard: Keyboard = field(default_factory=list)
    reply_keyboard: dict[str, Any] | None = None
    album: str | None = None
    origin: dict[str, Any] | None = None
    file: StoredFile | None = None
    is_service: bool = False
    silent: bool = False
    edited_at: int | None = None
    earlier_texts: list[str] = field(default_factory=list)
    deleted: bool = False
    pinned: bool = False
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    update_ids: list[int] = field(default_factory=list)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def edited(self) -> bool:
        return self.edited_at is not None

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def labels(self) -> list[str]:
        """All button labels."""
        return [label for row in self.buttons for label in row]

    @property
    def file_bytes(self) -> bytes | None:
        return self.file.content if self.file else None

    @property
    def forwarded(self) -> bool:
        return self.origin is not None

    @property
    def topic(self) -> "Topic | None":
        if self.thread_id is None or not isinstance(self.chat, Group):
            return None
        return self.chat.topics.get(self.thread_id)

    def button(self, label: str) -> dict[str, Any]:
        """The button with this label."""
        for row in self.keyboard:
            for button in row:
                if button["text"] == label:
                    return button
        raise AssertionError(f"no button {label!r}, there are {self.labels}")

    def view(self) -> MessageView:
        return MessageView(
            id=self.id,
            chat_id=self.chat.id,
            thread_id=self.thread_id,
            at=self.at,
            sender_id=self.sender.id,
            from_bot=self.from_bot,
            kind=self.kind,
            text=self.text,
            entities=self.entities,
            buttons=self.buttons,
            reply_to=self.reply_to,
            quote=self.quote["text"] if self.quote else None,
            edited=self.edited,
            earlier_texts=self.earlier_texts,
            deleted=self.deleted,
            pinned=self.pinned,
            album=self.album,
            forwarded=self.forwarded,
            reactions={
                account_id: [str(reaction.get("emoji", reaction["type"])) for reaction in given]
                for account_id, given in self.reactions.items()
            },
            file_name=self.file.name if self.file else None,
            file_bytes=self.file_bytes,
            content=self.content,
        )

    def to_api(self, *, as_reply: bool = False) -> dict[str, Any]:
        """The message as the Bot API shows it; a reply shows its own target no further."""
        shown = without_nones(
            message_id=self.id,
            date=self.at,
            chat=self.chat.to_api(),
            message_thread_id=self.thread_id,
            is_topic_message=True if self.thread_id is not None else None,
            edit_date=self.edited_at,
            media_group_id=self.album,
            forward_origin=self.origin,
            quote=self.quote,
        )
        shown["from"] = self.sender.to_api()
        shown.update(self.content)
        if self.text is not None:
            shown["text" if self.kind == "text" else "caption"] = self.text
            if self.entities:
                shown["entities" if self.kind == "text" else "caption_entities"] = self.entities
        if self.keyboard:
            shown["reply_markup"] = {"inline_keyboard": self.keyboard}
        if not as_reply and (target := self._shown_reply()) is not None:
            shown["reply_to_message"] = target.to_api(as_reply=True)
        return shown

    def _shown_reply(self) -> "ChatMessage | None":
        """In a topic, a message that answers nothing shows the topic's beginning as its target."""
        target = self.reply_to if self.reply_to is not None else self.thread_id
        if target is None or target == self.id:
            return None
        found = self.chat.messages.get(target)
        return None if found is None or found.deleted else found


@dataclass(eq=False)
class Chat:
    """What private chats and groups have in common."""

    id: int
    messages_by_id: dict[int, ChatMessage] = field(default_factory=dict)
    next_message_id: int = 1

    type = "private"

    @property
    def messages(self) -> "Messages":
        return Messages(self.messages_by_id)

    def to_api(self) -> dict[str, Any]:
        raise NotImplementedError


class Messages(list[ChatMessage]):
    """A chat's messages in order, service messages left out; `get` finds any by its id."""

    def __init__(self, by_id: dict[int, ChatMessage], thread_id: int | None = None) -> None:
        self._by_id = by_id
        super().__init__(message for message in by_id.values() if not message.is_service)

    def get(self, message_id: int) -> ChatMessage | None:
        return self._by_id.get(message_id)


@dataclass(eq=False)
class PrivateChat(Chat):
    """The chat of one person with the bot."""

    account: Account = field(kw_only=True)
    started: bool = False
    blocked: bool = False

    def to_api(self) -> dict[str, Any]:
        return without_nones(
            id=self.id,
            type="private",
            first_name=self.account.first_name,
            last_name=self.account.last_name,
            username=self.account.username,
        )


@dataclass(eq=False)
class Topic:
    """A topic of a forum."""

    group: "Group"
    id: int
    name: str
    icon_color: int = TOPIC_COLOR
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    deleted: bool = False

    @property
    def thread_id(self) -> int | None:
        """What messages of the topic carry; those in General carry nothing."""
        return None if self.id == GENERAL_TOPIC else self.id

    @property
    def history(self) -> list[ChatMessage]:
        """Everything in the topic, with Telegram's own notices."""
        everything = self.group.messages_by_id.values()
        return [message for message in everything if message.thread_id == self.thread_id]

    @property
    def messages(self) -> list[ChatMessage]:
        """What was written in the topic; deleted messages stay, marked."""
        return [message for message in self.history if not message.is_service]

    @property
    def visible(self) -> list[ChatMessage]:
        """What was written in the topic and still is there."""
        return [message for message in self.messages if not message.deleted]

    def to_api(self) -> dict[str, Any]:
        return without_nones(
            message_thread_id=self.id,
            name=self.name,
            icon_color=self.icon_color,
            icon_custom_emoji_id=self.icon_custom_emoji_id,
        )


@dataclass(eq=False)
class Group(Chat):
    """A group; as a forum it has topics."""

    # The first message of a group tells of its making, and is where General hangs.
    next_message_id: int = GENERAL_TOPIC + 1
    title: str = field(kw_only=True)
    username: str | None = None
    is_forum: bool = True
    is_supergroup: bool = True
    topics: dict[int, Topic] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    bot_rights: frozenset[str] = ALL_BOT_RIGHTS
    bot_status: str = "administrator"
    closed_topics_refuse_bot: bool = True
    migrated_to: int | None = None

    def __post_init__(self) -> None:
        self.general = Topic(self, GENERAL_TOPIC, "General")

    @property
    def type(self) -> str:  # type: ignore[override]
        return "supergroup" if self.is_supergroup else "group"

    def to_api(self) -> dict[str, Any]:
        return without_nones(
            id=self.id,
            type=self.type,
            title=self.title,
            username=self.username,
            is_forum=self.is_forum or None,
        )

    def topic_named(self, name: str) -> Topic:
        """The newest topic of this name that is still there."""
        for topic in reversed(self.topics.values()):
            if topic.name == name and not topic.deleted:
                return topic
        raise AssertionError(
            f"no topic {name!r}, there are {[t.name for t in self.topics.values()]}"
        )


class Changes:
    """A bell that rings whenever the world changes."""

    def __init__(self) -> None:
        self.version = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self.version += 1
        self._rung.set()
        self._rung = asyncio.Event()

    async def after(self, version: int) -> None:
        """Wait until the world is newer than this version."""
        while self.version <= version:
            await self._rung.wait()


class World:
    """Everything that exists, and the one bot in it."""

    def __init__(self, bot: Account, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.clock = clock
        self.changes = Changes()
        self.accounts: dict[int, Account] = {bot.id: bot}
        self.private_chats: dict[int, PrivateChat] = {}
        self.groups: dict[int, Group] = {}
        self.files: dict[str, StoredFile] = {}
        self.on_update: Callable[[str, dict[str, Any]], int | None] = lambda _type, _payload: None
        self._serial = itertools.count(1)

    @property
    def now(self) -> int:
        return int(self.clock())

    def next_serial(self) -> int:
        """A number that nothing else in this world has."""
        return next(self._serial)

    # -- chats --------------------------------------------------------------------------------

    def private_chat_of(self, account: Account) -> PrivateChat:
        if account.id not in self.private_chats:
            self.accounts[account.id] = account
            self.private_chats[account.id] = PrivateChat(account.id, account=account)
        return self.private_chats[account.id]

    def chat(self, chat_id: int | str) -> Chat | None:
        if isinstance(chat_id, int):
            return self.private_chats.get(chat_id) or self.groups.get(chat_id)
        for group in self.groups.values():
            if group.username and f"@{group.username}".lower() == chat_id.lower():
                return group
        return None

    # -- messages -----------------------------------------------------------------------------

    def add_message(
        self, chat: Chat, sender: Account, kind: str, content: dict[str, Any], **details: Any
    ) -> ChatMessage:
        """Put a message into a chat; the bot hears of it unless the bot wrote it."""
        message = ChatMessage(
            chat, chat.next_message_id, self.now, sender, kind, content, **details
        )
        chat.next_message_id += 1
        chat.messages_by_id[message.id] = message
        # Of its own doings a bot hears only the notices.
        if message.is_service or sender is not self.bot:
            self.tell_bot("message", message)
        self.changes.ring()
        return message

    def add_notice(
        self, group: Group, sender: Account, thread_id: int | None, kind: str, what: Any
    ) -> ChatMessage:
        """Put one of Telegram's own notices into a group."""
        return self.add_message(
            group, sender, kind, {kind: what}, thread_id=thread_id, is_service=True
        )

    def tell_bot(self, update_type: str, message: ChatMessage) -> None:
        if isinstance(message.chat, Group) and message.chat.bot_status in {"kicked", "left"}:
            return
        update_id = self.on_update(update_type, message.to_api())
        if update_id is not None:
            message.update_ids.append(update_id)

    def edit_text(
        self, message: ChatMessage, text: str | None, entities: list[dict[str, Any]]
    ) -> None:
        message.earlier_texts.append(message.text or "")
        message.text, message.entities = text, entities
        message.edited_at = self.now
        if message.sender is not self.bot:
            self.tell_bot("edited_message", message)
        self.changes.ring()

    def delete_message(self, message: ChatMessage) -> None:
        """Messages go without a word to the bot; what was shown stays for the test to see."""
        message.deleted = True
        message.pinned = False
        self.changes.ring()

    def every_message(self) -> Iterator[ChatMessage]:
        for chat in (*self.private_chats.values(), *self.groups.values()):
            yield from chat.messages_by_id.values()

    # -- topics -------------------------------------------------------------------------------

    def open_topic(
        self, group: Group, by: Account, name: str, icon_color: int, emoji_id: str | None
    ) -> Topic:
        topic = Topic(group, group.next_message_id, name, icon_color, emoji_id)
        group.topics[topic.id] = topic
        self.add_notice(
            group,
            by,
            topic.id,
            "forum_topic_created",
            without_nones(name=name, icon_color=icon_color, icon_custom_emoji_id=emoji_id),
        )
        return topic

    def close_topic(self, topic: Topic, by: Account) -> None:
        topic.closed = True
        self.add_notice(topic.group, by, topic.thread_id, "forum_topic_closed", {})

    def reopen_topic(self, topic: Topic, by: Account) -> None:
        topic.closed = False
        self.add_notice(topic.group, by, topic.thread_id, "forum_topic_reopened", {})

    def rename_topic(self, topic: Topic, by: Account, name: str | None, emoji: str | None) -> None:
        change = without_nones(name=name or None, icon_custom_emoji_id=emoji)
        topic.name = name or topic.name
        if emoji is not None:
            topic.icon_custom_emoji_id = emoji or None
        self.add_notice(topic.group, by, topic.thread_id, "forum_topic_edited", change)

    def delete_topic(self, topic: Topic) -> None:
        """A topic goes with all its messages, and no update tells of it."""
        topic.deleted = True
        for message in topic.history:
            message.deleted = True
        self.changes.ring()

    # -- files --------------------------------------------------------------------------------

    def store_file(
        self, kind: str, content: bytes, name: str, mime: str, size: int | None = None
    ) -> StoredFile:
        number = self.next_serial()
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            id=f"{kind}-{number:06d}-AgACAgIAAxkBAAI",
            unique_id=f"AQAD{number:06d}",
            kind=kind,
            content=content,
            name=name,
            mime=mime,
            size=len(content) if size is None else size,
            path=f"{kind}s/file_{number}.{suffix}",
        )
        self.files[stored.id] = stored
        return stored


def without_nones(**fields: Any) -> dict[str, Any]:
    """The fields that are there."""
    return {name: value for name, value in fields.items() if value is not None}
