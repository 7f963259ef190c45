"""The bot in the world: what it can reach, and how it writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram_errors import (
    ApiError,
    bad_request,
    forbidden,
    upgraded_to,
)
from tests.doubles.telegram_markup import formatted
from tests.doubles.telegram_media import DEFAULT_NAMES, media_content
from tests.doubles.telegram_people import Presses
from tests.doubles.telegram_spec import TelegramSpec, UploadedFile
from tests.doubles.telegram_updates import UpdateQueue
from tests.doubles.telegram_world import (
    Chat,
    ChatMessage,
    Group,
    PrivateChat,
    StoredFile,
    Topic,
    World,
)

Params = dict[str, Any]
Method = Callable[["BotActor", Params], Any]

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024


class BrokenDescription(Exception):
    """A request that only after reading its markup proved to break the description."""

    def __init__(self, problem: str, telegram_says: str | None) -> None:
        super().__init__(problem)
        self.telegram_says = telegram_says


class MethodTable(dict[str, Method]):
    """Methods of the Bot API by name."""

    def method(self, name: str) -> Callable[[Method], Method]:
        """Answer this method of the Bot API with the function."""

        def register(function: Method) -> Method:
            self[name] = function
            return function

        return register


@dataclass
class Webhook:
    """Where updates are pushed, if anywhere."""

    url: str = ""
    secret_token: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class BotActor:
    """The bot, with all that the methods of the Bot API work on."""

    spec: TelegramSpec
    world: World
    updates: UpdateQueue
    presses: Presses
    webhook: Webhook = field(default_factory=Webhook)
    commands: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    chat_actions: list[tuple[int, int | None, str]] = field(default_factory=list)
    on_webhook_change: Callable[[], None] = lambda: None

    # -- finding things -----------------------------------------------------------------------

    def known_chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot knows, whether or not it may write there."""
        chat = self.world.chat(chat_id)
        if isinstance(chat, Group):
            if chat.migrated_to is not None:
                raise upgraded_to(chat.migrated_to)
            if chat.bot_status in {"kicked", "left"}:
                kind = "supergroup" if chat.is_supergroup else "group"
                raise forbidden(f"bot was kicked from the {kind} chat")
            return chat
        if not isinstance(chat, PrivateChat):
            raise bad_request("chat not found")
        if chat.started:
            return chat
        if any(chat.id in group.members for group in self.world.groups.values()):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def writable_chat(self, params: Params) -> Chat:
        chat = self.known_chat(params["chat_id"])
        if isinstance(chat, PrivateChat):
            if chat.account.is_deactivated:
                raise forbidden("user is deactivated")
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
        return chat

    def place(self, params: Params) -> tuple[Chat, int | None, ChatMessage | None]:
        """Where a new message goes: the chat, the thread, and what it answers."""
        chat = self.writable_chat(params)
        thread_id = params.get("message_thread_id")
        topic = None if thread_id is None else self.live_topic(chat, thread_id)
        target = self.reply_target(chat, params.get("reply_parameters"))
        if target is not None and isinstance(chat, Group):
            if topic is None:
                topic = target.topic
                thread_id = target.thread_id
            elif target.thread_id != thread_id:
                raise bad_request("message to be replied not found")
        if isinstance(chat, Group):
            written = topic or chat.general
            refused = chat.closed_topics_refuse_bot or "can_manage_topics" not in chat.bot_rights
            if written.closed and refused:
                raise bad_request("TOPIC_CLOSED")
        return chat, thread_id, target

    def live_topic(self, chat: Chat, thread_id: int) -> Topic:
        topic = chat.topics.get(thread_id) if isinstance(chat, Group) else None
        if topic is None or topic.deleted:
            raise bad_request("message thread not found")
        return topic

    def reply_target(self, chat: Chat, reply: Params | None) -> ChatMessage | None:
        if reply is None:
            return None
        target = None
        if reply.get("chat_id", chat.id) == chat.id:
            target = chat.messages_by_id.get(reply["message_id"])
        if target is None or target.deleted:
            if reply.get("allow_sending_without_reply"):
                return None
            raise bad_request("message to be replied not found")
        if reply.get("quote") and reply["quote"] not in (target.text or ""):
            raise bad_request("QUOTE_TEXT_INVALID")
        return target

    def message(self, params: Params, purpose: str) -> ChatMessage:
        """The message that a method names, for what it is wanted."""
        chat = self.writable_chat(params)
        found = chat.messages_by_id.get(params.get("message_id", 0))
        if found is None or found.deleted:
            raise bad_request(f"message to {purpose} not found")
        return found

    def manageable_topic(self, params: Params) -> Topic:
        chat = self.writable_chat(params)
        if not isinstance(chat, Group) or not chat.is_forum:
            raise bad_request("the chat is not a forum")
        if "can_manage_topics" not in chat.bot_rights:
            raise bad_request("not enough rights to edit the topic")
        topic = chat.topics.get(params["message_thread_id"])
        if topic is None or topic.deleted:
            raise bad_request("TOPIC_ID_INVALID")
        return topic

    # -- writing ------------------------------------------------------------------------------

    def formatted_text(
        self, method: str, params: Params, name: str = "text"
    ) -> tuple[str, list[dict[str, Any]]]:
        """The text and entities of a request, once its markup has been read."""
        entities_name = "entities" if name == "text" else "caption_entities"
        text, entities = formatted(
            params[name], params.get("parse_mode"), params.get(entities_name)
        )
        for problem in self.spec.check_text(method, name, text):
            raise BrokenDescription(str(problem), problem.telegram_says)
        return text, entities

    def caption(self, method: str, params: Params) -> tuple[str | None, list[dict[str, Any]]]:
        if not params.get("caption"):
            return None, []
        return self.formatted_text(method, params, "caption")

    def deliver(
        self, params: Params, kind: str, content: dict[str, Any], **details: Any
    ) -> ChatMessage:
        """Put a message of the bot where the request says."""
        chat, thread_id, target = self.place(params)
        markup = params.get("reply_markup") or {}
        reply = params.get("reply_parameters") or {}
        if target is not None and reply.get("quote"):
            position = (target.text or "").index(reply["quote"])
            quote = {"text": reply["quote"], "position": position, "is_manual": True}
            details["quote"] = quote
        shown = dict(content)
        if "link_preview_options" in params:
            shown["link_preview_options"] = params["link_preview_options"]
        if params.get("protect_content"):
            shown["has_protected_content"] = True
        return self.world.add_message(
            chat,
            self.world.bot,
            kind,
            shown,
            thread_id=thread_id,
            reply_to=target.id if target else None,
            keyboard=markup.get("inline_keyboard", []),
            reply_keyboard=markup if markup and "inline_keyboard" not in markup else None,
            silent=bool(params.get("disable_notification")),
            **details,
        )

    def file_from(self, kind: str, value: UploadedFile | str, params: Params) -> StoredFile:
        """The file that a request uploads, or names by its id."""
        if isinstance(value, str) and value.startswith("attach://"):
            value = params["uploads"][value.removeprefix("attach://")]
        if isinstance(value, UploadedFile):
            largest = LARGEST_PHOTO if kind == "photo" else LARGEST_UPLOAD
            if len(value.content) > largest:
                raise ApiError(413, "Request Entity Too Large")
            if not value.content:
                raise bad_request("file must be non-empty")
            usual_name, usual_mime = DEFAULT_NAMES[kind]
            return self.world.store_file(
                kind, value.content, value.name or usual_name, value.mime or usual_mime
            )
        if value.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        stored = self.world.files.get(value)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise bad_request(
                f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}"
            )
        return stored

    def send_media(self, method: str, kind: str, params: Params) -> Any:
        self.place(params)
        stored = self.file_from(kind, params[kind], params)
        text, entities = self.caption(method, params)
        told = ("duration", "performer", "title", "width", "height", "length", "emoji")
        details = {name: params[name] for name in told if name in params}
        if kind == "photo":
            details = {}
        return self.deliver(
            params,
            kind,
            media_content(stored, details),
            text=text,
            entities=entities,
            file=stored,
        ).to_api()
