"""The persons of the world, doing by hand what persons do in the app."""

from collections.abc import Iterator
from typing import Any

from tests.doubles.telegram_markup import formatted
from tests.doubles.telegram_media import DEFAULT_NAMES, media_content
from tests.doubles.telegram_spec import utf16_length
from tests.doubles.telegram_world import (
    GENERAL_TOPIC,
    TOPIC_COLOR,
    Account,
    Chat,
    ChatMessage,
    Group,
    PrivateChat,
    Topic,
    World,
    without_nones,
)

LONGEST_TEXT = 4096
MessageRef = ChatMessage | int
TopicRef = Topic | int | None


class Press:
    """A button pressed, and what the bot answered to it."""

    def __init__(self, query_id: str, message: ChatMessage, by: Account) -> None:
        self.id = query_id
        self.message = message
        self.by = by
        self.answers: list[dict[str, Any]] = []
        self.update_id: int | None = None

    @property
    def answered(self) -> bool:
        return bool(self.answers)

    @property
    def answer_text(self) -> str | None:
        return self.answers[0].get("text") if self.answers else None


class Presses:
    """All presses so far, by the id of their query."""

    def __init__(self) -> None:
        self._by_id: dict[str, Press] = {}

    def add(self, press: Press) -> None:
        self._by_id[press.id] = press

    def get(self, query_id: str) -> Press | None:
        return self._by_id.get(query_id)

    def __iter__(self) -> Iterator[Press]:
        return iter(self._by_id.values())


class Hand:
    """One account writing in one place: a private chat, or a topic of a group."""

    def __init__(
        self,
        world: World,
        presses: Presses,
        account: Account,
        chat: Chat,
        thread_id: int | None = None,
    ) -> None:
        self.world = world
        self.presses = presses
        self.account = account
        self.chat = chat
        self.thread_id = thread_id

    @property
    def id(self) -> int:
        return self.account.id

    # -- writing ------------------------------------------------------------------------------

    def send(
        self,
        text: str,
        *,
        entities: list[dict[str, Any]] | None = None,
        reply_to: MessageRef | None = None,
        quote: str | None = None,
    ) -> ChatMessage:
        """Write a text; `quote` is the part of the answered message that is quoted."""
        if utf16_length(text) > LONGEST_TEXT:
            raise AssertionError(f"the app would split a text of {utf16_length(text)}")
        shown, marked = formatted(text, entities=entities)
        return self._post("text", {}, text=shown, entities=marked, reply_to=reply_to, quoted=quote)

    def send_file(
        self,
        kind: str,
        content: bytes,
        caption: str | None = None,
        *,
        name: str | None = None,
        mime: str | None = None,
        album: str | None = None,
        size: int | None = None,
        reply_to: MessageRef | None = None,
        details: dict[str, Any] | None = None,
    ) -> ChatMessage:
        """Send a file of any kind; messages of one `album` belong together.

        `size` lets a small file pass for a large one.
        """
        usual_name, usual_mime = DEFAULT_NAMES[kind]
        stored = self.world.store_file(kind, content, name or usual_name, mime or usual_mime, size)
        text, marked = (None, []) if caption is None else formatted(caption)
        return self._post(
            kind,
            media_content(stored, details),
            text=text,
            entities=marked,
            reply_to=reply_to,
            album=album,
            file=stored,
        )

    def send_photo(self, content: bytes, caption: str | None = None, **details: Any) -> ChatMessage:
        return self.send_file("photo", content, caption, **details)

    def send_document(
        self, content: bytes, caption: str | None = None, **details: Any
    ) -> ChatMessage:
        return self.send_file("document", content, caption, **details)

    def send_voice(self, content: bytes, caption: str | None = None, **details: Any) -> ChatMessage:
        return self.send_file("voice", content, caption, **details)

    def send_video(self, content: bytes, caption: str | None = None, **details: Any) -> ChatMessage:
        return self.send_file("video", content, caption, **details)

    def send_audio(self, content: bytes, caption: str | None = None, **details: Any) -> ChatMessage:
        return self.send_file("audio", content, caption, **details)

    def send_animation(
        self, content: bytes, caption: str | None = None, **details: Any
    ) -> ChatMessage:
        return self.send_file("animation", content, caption, **details)

    def send_video_note(self, content: bytes) -> ChatMessage:
        return self.send_file("video_note", content)

    def send_sticker(self, emoji: str = "👍", content: bytes = b"RIFF....WEBP") -> ChatMessage:
        return self.send_file("sticker", content, details={"emoji": emoji})

    def send_location(self, latitude: float, longitude: float) -> ChatMessage:
        where = {"latitude": latitude, "longitude": longitude}
        return self._post("location", {"location": where})

    def send_contact(self, phone_number: str, first_name: str) -> ChatMessage:
        who = {"phone_number": phone_number, "first_name": first_name}
        return self._post("contact", {"contact": who})

    def send_poll(self, question: str, *options: str) -> ChatMessage:
        poll = {
            "id": "5000000000000000001",
            "question": question,
            "options": [
                {"persistent_id": str(number), "text": text, "voter_count": 0}
                for number, text in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
        return self._post("poll", {"poll": poll})

    def forward(self, message: ChatMessage) -> ChatMessage:
        """Forward a message from anywhere to here."""
        origin = {
            "type": "user",
            "date": message.at,
            "sender_user": message.sender.to_api(),
        }
        return self._post(
            message.kind,
            message.content,
            text=message.text,
            entities=message.entities,
            file=message.file,
            origin=origin,
        )

    def _post(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        reply_to: MessageRef | None = None,
        quoted: str | None = None,
        **details: Any,
    ) -> ChatMessage:
        target = None if reply_to is None else self.message(reply_to)
        if quoted is not None:
            if target is None or quoted not in (target.text or ""):
                raise AssertionError(f"{quoted!r} is not in the message that is answered")
            details["quote"] = {
                "text": quoted,
                "position": (target.text or "").index(quoted),
                "is_manual": True,
            }
        self.may_write()
        return self.world.add_message(
            self.chat,
            self.account,
            kind,
            content,
            thread_id=self.thread_id,
            reply_to=target.id if target else None,
            **details,
        )

    def may_write(self) -> None:
        """Fail where the app would not let the person write."""

    # -- what is already there ----------------------------------------------------------------

    def message(self, ref: MessageRef) -> ChatMessage:
        """A message of this chat that is still there."""
        message = ref if isinstance(ref, ChatMessage) else self.chat.messages_by_id.get(ref)
        if message is None or message.deleted or message.chat is not self.chat:
            raise AssertionError(f"{self.account.first_name} does not see message {ref!r} here")
        return message

    def _own(self, ref: MessageRef) -> ChatMessage:
        message = self.message(ref)
        if message.sender is not self.account:
            raise AssertionError(f"message {message.id} is not by {self.account.first_name}")
        return message

    def edit(self, message: MessageRef, text: str) -> ChatMessage:
        """Change the text or caption of an own message."""
        own = self._own(message)
        shown, marked = formatted(text)
        self.world.edit_text(own, shown, marked)
        return own

    def delete_message(self, message: MessageRef) -> None:
        """Delete a message; the bot hears nothing of it."""
        shown = self.message(message)
        if not self.may_delete(shown):
            raise AssertionError(f"{self.account.first_name} may not delete message {shown.id}")
        self.world.delete_message(shown)

    def may_delete(self, message: ChatMessage) -> bool:
        return message.sender is self.account

    def press(self, message: MessageRef, label: str, *, data: str | None = None) -> Press:
        """Press a button; `data` presses one that is no longer shown."""
        shown = self.message(message)
        if data is None:
            button = shown.button(label)
            if "callback_data" not in button:
                raise AssertionError(f"button {label!r} sends nothing to the bot: {button}")
            data = button["callback_data"]
        press = Press(str(4_000_000_000_000 + self.world.next_serial()), shown, self.account)
        self.presses.add(press)
        press.update_id = self.world.on_update(
            "callback_query",
            {
                "id": press.id,
                "from": self.account.to_api(),
                "message": shown.to_api(),
                "chat_instance": str(-7_000_000_000 - abs(shown.chat.id)),
                "data": data,
            },
        )
        self.world.changes.ring()
        return press

    def react(self, message: MessageRef, *emoji: str) -> None:
        """Set the reactions to a message; none takes them back."""
        shown = self.message(message)
        before = shown.reactions.get(self.account.id, [])
        after = [{"type": "emoji", "emoji": one} for one in emoji]
        shown.reactions[self.account.id] = after
        self.world.on_update(
            "message_reaction",
            {
                "chat": shown.chat.to_api(),
                "message_id": shown.id,
                "user": self.account.to_api(),
                "date": self.world.now,
                "old_reaction": before,
                "new_reaction": after,
            },
        )
        self.world.changes.ring()


class Person(Hand):
    """A person in the private chat with the bot."""

    chat: PrivateChat

    @property
    def messages(self) -> list[ChatMessage]:
        """Everything written in the private chat, by both sides."""
        return self.chat.messages

    def start(self, payload: str = "") -> ChatMessage:
        """Press Start."""
        return self.send(f"/start {payload}")

    def may_write(self) -> None:
        if self.chat.blocked:
            raise AssertionError(f"{self.account.first_name} has blocked the bot")
        self.chat.started = True

    def may_delete(self, message: ChatMessage) -> bool:
        """In a private chat each side can delete everything."""
        return True

    def block(self) -> None:
        """Block the bot: it can no longer write here."""
        self._change_blocking(blocked=True)

    def unblock(self) -> None:
        self._change_blocking(blocked=False)

    def deactivate(self) -> None:
        """Delete the account."""
        self.account.is_deactivated = True
        self.world.changes.ring()

    def _change_blocking(self, *, blocked: bool) -> None:
        bot = self.world.bot.to_api()
        away = {"status": "kicked", "user": bot, "until_date": 0}
        present = {"status": "member", "user": bot}
        self.chat.blocked = blocked
        self.world.on_update(
            "my_chat_member",
            {
                "chat": self.chat.to_api(),
                "from": self.account.to_api(),
                "date": self.world.now,
                "old_chat_member": present if blocked else away,
                "new_chat_member": away if blocked else present,
            },
        )
        self.world.changes.ring()


class _OfGroup(Hand):
    """What a member may do wherever it stands in the group."""

    chat: Group

    def may_delete(self, message: ChatMessage) -> bool:
        role = self.chat.members.get(self.account.id, "left")
        return role in {"creator", "administrator"} or message.sender is self.account


class MemberInTopic(_OfGroup):
    """A member writing in one topic."""

    def may_write(self) -> None:
        if self.chat.migrated_to is not None:
            raise AssertionError(f"{self.chat.title!r} has moved; migrate() returned the new group")
        topic = self.chat.topics[self.thread_id] if self.thread_id else self.chat.general
        if topic.deleted:
            raise AssertionError(f"topic {topic.name!r} is deleted")
        if topic.closed and self.chat.members[self.account.id] == "member":
            raise AssertionError(f"topic {topic.name!r} is closed")
        if self.account.id not in self.chat.members:
            raise AssertionError(f"{self.account.first_name} is not in {self.chat.title!r}")


class Member(_OfGroup):
    """A member of a group; `at(topic)` writes there with everything that a person can send."""

    def at(self, topic: TopicRef) -> MemberInTopic:
        """The member in a topic (None: in General)."""
        thread_id = topic.id if isinstance(topic, Topic) else topic
        if thread_id == GENERAL_TOPIC:
            thread_id = None
        if thread_id is not None and thread_id not in self.chat.topics:
            raise AssertionError(f"no topic {thread_id} in {self.chat.title!r}")
        return MemberInTopic(self.world, self.presses, self.account, self.chat, thread_id)

    def send(self, topic: TopicRef, text: str, **details: Any) -> ChatMessage:  # type: ignore[override]
        """Write a text into a topic."""
        return self.at(topic).send(text, **details)

    def may_write(self) -> None:
        raise AssertionError("say where: member.at(topic).send_photo(...)")

    def create_topic(self, name: str) -> Topic:
        return self.world.open_topic(self.chat, self.account, name, TOPIC_COLOR, None)

    def close(self, topic: TopicRef) -> None:
        self.world.close_topic(self._topic(topic), self.account)

    def reopen(self, topic: TopicRef) -> None:
        self.world.reopen_topic(self._topic(topic), self.account)

    def rename(self, topic: TopicRef, name: str) -> None:
        self.world.rename_topic(self._topic(topic), self.account, name, None)

    def delete(self, topic: TopicRef) -> None:
        """Delete a topic with all its messages; the bot hears nothing of it."""
        self.world.delete_topic(self._topic(topic))

    def _topic(self, ref: TopicRef) -> Topic:
        if isinstance(ref, Topic):
            topic: Topic | None = ref
        elif ref is None or ref == GENERAL_TOPIC:
            topic = self.chat.general
        else:
            topic = self.chat.topics.get(ref)
        if topic is None or topic.deleted:
            raise AssertionError(f"no topic {ref!r} in {self.chat.title!r}")
        return topic


class Forum:
    """A group as a test sees and changes it."""

    def __init__(self, world: World, presses: Presses, group: Group) -> None:
        self._world = world
        self._presses = presses
        self.group = group

    @property
    def id(self) -> int:
        return self.group.id

    @property
    def title(self) -> str:
        return self.group.title

    @property
    def topics(self) -> dict[int, Topic]:
        """All topics ever opened, by thread id; deleted ones stay, marked."""
        return self.group.topics

    @property
    def open_topics(self) -> list[Topic]:
        return [topic for topic in self.topics.values() if not (topic.closed or topic.deleted)]

    @property
    def general(self) -> Topic:
        return self.group.general

    @property
    def messages(self) -> list[ChatMessage]:
        """Everything written in the group, in all topics."""
        return self.group.messages

    def topic(self, name: str) -> Topic:
        """The newest topic of this name."""
        return self.group.topic_named(name)

    def member(
        self,
        who: int | Person,
        name: str = "Agent",
        *,
        role: str = "member",
        username: str | None = None,
        language_code: str | None = None,
    ) -> Member:
        """A member, who joins if new; role is creator, administrator or member."""
        if isinstance(who, Person):
            account = who.account
        else:
            account = self._world.accounts.get(who) or Account(
                who, name, username=username, language_code=language_code
            )
        self._world.accounts[account.id] = account
        self.group.accounts[account.id] = account
        self.group.members.setdefault(account.id, role)
        return Member(self._world, self._presses, account, self.group)

    def migrate(self, new_chat_id: int | None = None) -> "Forum":
        """Upgrade the group: from now on its old id is refused.

        Topics, members and messages are found under the new id; the old one keeps only the notice.
        """
        old = self.group
        moved = Group(
            new_chat_id or -1_002_000_000_000 - self._world.next_serial(),
            dict(old.messages_by_id),
            old.next_message_id,
            title=old.title,
            username=old.username,
            is_forum=old.is_forum,
            topics=old.topics,
            members=old.members,
            accounts=old.accounts,
            bot_rights=old.bot_rights,
            closed_topics_refuse_bot=old.closed_topics_refuse_bot,
        )
        someone = next(iter(old.accounts.values()), self._world.bot)
        self._world.groups[moved.id] = moved
        self._world.add_notice(old, someone, None, "migrate_to_chat_id", moved.id)
        old.migrated_to = moved.id
        for message in moved.messages_by_id.values():
            message.chat = moved
        for topic in moved.topics.values():
            topic.group = moved
        self._world.add_notice(moved, someone, None, "migrate_from_chat_id", old.id)
        return Forum(self._world, self._presses, moved)

    def set_bot_rights(self, *rights: str) -> None:
        """What the bot may do as an administrator; nothing makes it a plain member."""
        self._change_bot("administrator" if rights else "member", frozenset(rights))

    def remove_bot(self) -> None:
        """Throw the bot out."""
        self._change_bot("kicked", frozenset())

    def _change_bot(self, status: str, rights: frozenset[str]) -> None:
        group = self.group
        before = bot_as_member(self._world, group)
        group.bot_status, group.bot_rights = status, rights
        someone = next(iter(group.accounts.values()), self._world.bot)
        self._world.on_update(
            "my_chat_member",
            {
                "chat": group.to_api(),
                "from": someone.to_api(),
                "date": self._world.now,
                "old_chat_member": before,
                "new_chat_member": bot_as_member(self._world, group),
            },
        )
        self._world.changes.ring()


def bot_as_member(world: World, group: Group) -> dict[str, Any]:
    """The bot as a member of a group."""
    bot = world.bot.to_api()
    match group.bot_status:
        case "kicked":
            return {"status": "kicked", "user": bot, "until_date": 0}
        case "administrator":
            return administrator(bot, group.bot_rights)
        case status:
            return {"status": status, "user": bot}


def administrator(user: dict[str, Any], rights: frozenset[str]) -> dict[str, Any]:
    """An administrator as the Bot API shows one."""
    always_said = [
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_manage_topics",
    ]
    shown = {right: right in rights for right in always_said}
    return {"status": "administrator", "user": user, **shown, "can_manage_chat": True}


def person_as_member(group: Group, account: Account) -> dict[str, Any]:
    """A person as a member of a group."""
    user = account.to_api()
    match group.members.get(account.id):
        case None:
            return {"status": "left", "user": user}
        case "creator":
            return {"status": "creator", "user": user, "is_anonymous": False}
        case "administrator":
            return administrator(user, frozenset({"can_manage_topics", "can_delete_messages"}))
        case _:
            return without_nones(status="member", user=user)
