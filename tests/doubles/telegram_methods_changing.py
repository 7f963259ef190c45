"""The methods that change what is in a chat: edits, deletions, reactions, pins."""

from typing import Any

from telegram.constants import ReactionEmoji

from tests.doubles.telegram_bot import BotActor, MethodTable, Params
from tests.doubles.telegram_errors import (
    bad_request,
    message_is_not_modified,
    query_is_too_old,
)
from tests.doubles.telegram_world import (
    ChatMessage,
    Group,
)

SECONDS_TO_DELETE = 48 * 3600
CHANGING = MethodTable()

_EMOJI = frozenset(ReactionEmoji)


def editable(bot: BotActor, params: Params) -> ChatMessage:
    message = bot.message(params, "edit")
    if message.sender is not bot.world.bot or message.is_service or message.origin:
        raise bad_request("message can't be edited")
    return message


def rewrite(
    bot: BotActor,
    params: Params,
    message: ChatMessage,
    text: str | None,
    entities: list[dict[str, Any]],
) -> Any:
    """Give a message a new text and keyboard; a keyboard that is not sent again goes."""
    keyboard = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    if (message.text, message.entities, message.keyboard) == (text, entities, keyboard):
        raise message_is_not_modified()
    message.keyboard = keyboard
    if (message.text, message.entities) != (text, entities):
        bot.world.edit_text(message, text, entities)
    bot.world.changes.ring()
    return message.to_api()


@CHANGING.method("editMessageText")
def edit_message_text(bot: BotActor, params: Params) -> Any:
    message = editable(bot, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    if "text" not in params:
        raise bad_request("message text is empty")
    text, entities = bot.formatted_text("editMessageText", params)
    return rewrite(bot, params, message, text, entities)


@CHANGING.method("editMessageCaption")
def edit_message_caption(bot: BotActor, params: Params) -> Any:
    message = editable(bot, params)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    text, entities = bot.caption("editMessageCaption", params)
    return rewrite(bot, params, message, text, entities)


@CHANGING.method("editMessageReplyMarkup")
def edit_message_reply_markup(bot: BotActor, params: Params) -> Any:
    message = editable(bot, params)
    return rewrite(bot, params, message, message.text, message.entities)


def delete(bot: BotActor, message: ChatMessage) -> None:
    chat = message.chat
    if message.kind == "forum_topic_created":
        raise bad_request("message can't be deleted")
    is_old = bot.world.now - message.at > SECONDS_TO_DELETE
    if isinstance(chat, Group):
        if "can_delete_messages" not in chat.bot_rights and (
            message.sender is not bot.world.bot or is_old
        ):
            raise bad_request("message can't be deleted")
    elif is_old:
        raise bad_request("message can't be deleted for everyone")
    bot.world.delete_message(message)


@CHANGING.method("deleteMessage")
def delete_message(bot: BotActor, params: Params) -> Any:
    delete(bot, bot.message(params, "delete"))
    return True


@CHANGING.method("deleteMessages")
def delete_messages(bot: BotActor, params: Params) -> Any:
    chat = bot.writable_chat(params)
    for message_id in params["message_ids"]:
        message = chat.messages_by_id.get(message_id)
        if message is not None and not message.deleted:
            delete(bot, message)
    return True


@CHANGING.method("answerCallbackQuery")
def answer_callback_query(bot: BotActor, params: Params) -> Any:
    press = bot.presses.get(params["callback_query_id"])
    if press is None:
        raise query_is_too_old()
    press.answers.append({key: params[key] for key in params if key != "callback_query_id"})
    bot.world.changes.ring()
    return True


@CHANGING.method("setMessageReaction")
def set_message_reaction(bot: BotActor, params: Params) -> Any:
    message = bot.message(params, "react")
    reactions = params.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(r["type"] == "emoji" and r["emoji"] not in _EMOJI for r in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions[bot.world.bot.id] = reactions
    bot.world.changes.ring()
    return True


@CHANGING.method("pinChatMessage")
def pin_chat_message(bot: BotActor, params: Params) -> Any:
    message = bot.message(params, "pin")
    group = message.chat
    if isinstance(group, Group) and "can_pin_messages" not in group.bot_rights:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message.pinned = True
    bot.world.add_message(
        group,
        bot.world.bot,
        "pinned_message",
        {"pinned_message": message.to_api(as_reply=True)},
        thread_id=message.thread_id,
        is_service=True,
    )
    return True


@CHANGING.method("unpinChatMessage")
def unpin_chat_message(bot: BotActor, params: Params) -> Any:
    chat = bot.writable_chat(params)
    pinned = [message for message in chat.messages_by_id.values() if message.pinned]
    wanted = params.get("message_id")
    if wanted is not None:
        pinned = [message for message in pinned if message.id == wanted]
    if not pinned:
        raise bad_request("message to unpin not found")
    pinned[-1].pinned = False
    bot.world.changes.ring()
    return True
