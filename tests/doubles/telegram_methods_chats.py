"""The methods about topics, chats, members and files."""

from typing import Any

from tests.doubles.telegram_bot import BotActor, MethodTable, Params
from tests.doubles.telegram_errors import (
    bad_request,
)
from tests.doubles.telegram_people import bot_as_member, person_as_member
from tests.doubles.telegram_world import (
    TOPIC_COLOR,
    Group,
)

LARGEST_DOWNLOAD = 20 * 1024 * 1024
CHATS = MethodTable()


@CHATS.method("createForumTopic")
def create_forum_topic(bot: BotActor, params: Params) -> Any:
    chat = bot.writable_chat(params)
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if "can_manage_topics" not in chat.bot_rights:
        raise bad_request("not enough rights to create a topic")
    return bot.world.open_topic(
        chat,
        bot.world.bot,
        params["name"],
        params.get("icon_color", TOPIC_COLOR),
        params.get("icon_custom_emoji_id"),
    ).to_api()


@CHATS.method("editForumTopic")
def edit_forum_topic(bot: BotActor, params: Params) -> Any:
    topic = bot.manageable_topic(params)
    name = params.get("name") or topic.name
    emoji = params.get("icon_custom_emoji_id")
    same_emoji = emoji is None or emoji == (topic.icon_custom_emoji_id or "")
    if name == topic.name and same_emoji:
        raise bad_request("TOPIC_NOT_MODIFIED")
    bot.world.rename_topic(topic, bot.world.bot, name, emoji)
    return True


@CHATS.method("closeForumTopic")
def close_forum_topic(bot: BotActor, params: Params) -> Any:
    topic = bot.manageable_topic(params)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    bot.world.close_topic(topic, bot.world.bot)
    return True


@CHATS.method("reopenForumTopic")
def reopen_forum_topic(bot: BotActor, params: Params) -> Any:
    topic = bot.manageable_topic(params)
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    bot.world.reopen_topic(topic, bot.world.bot)
    return True


@CHATS.method("deleteForumTopic")
def delete_forum_topic(bot: BotActor, params: Params) -> Any:
    bot.world.delete_topic(bot.manageable_topic(params))
    return True


# -- looking things up ------------------------------------------------------------------------


@CHATS.method("getFile")
def get_file(bot: BotActor, params: Params) -> Any:
    stored = bot.world.files.get(params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


@CHATS.method("getChat")
def get_chat(bot: BotActor, params: Params) -> Any:
    chat = bot.known_chat(params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    shown = chat.to_api() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), True),
    }
    pinned = [message for message in chat.messages_by_id.values() if message.pinned]
    if pinned:
        shown["pinned_message"] = pinned[-1].to_api(as_reply=True)
    return shown


@CHATS.method("getChatMember")
def get_chat_member(bot: BotActor, params: Params) -> Any:
    chat = bot.known_chat(params["chat_id"])
    account = bot.world.accounts.get(params["user_id"])
    if account is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if not isinstance(chat, Group):
        return {"status": "member", "user": account.to_api()}
    if account is bot.world.bot:
        return bot_as_member(bot.world, chat)
    return person_as_member(chat, account)
