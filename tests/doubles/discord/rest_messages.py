"""Operations about messages: writing, reading, changing, reactions and pins."""

from typing import Any

from tests.doubles.discord.bodies import change_message, new_message, reference_of
from tests.doubles.discord.calls import Answer, Call, answers
from tests.doubles.discord.errors import (
    Refusal,
    another_authors_message,
    missing_access,
    system_message,
    thread_is_archived,
    user_cannot_be_reached,
    wrong_channel_type,
)
from tests.doubles.discord.shapes import user_json
from tests.doubles.discord.things import WRITTEN, Channel, Message

MOST_PINS = 250


def check_may_write(call: Call, channel: Channel, body: dict[str, Any]) -> None:
    """Refuse a message in a place where the bot may not write."""
    if channel.is_forum:
        raise wrong_channel_type()
    if channel.recipient is not None and channel.recipient.refuses_bot:
        raise user_cannot_be_reached()
    call.needs("send_messages_in_threads" if channel.is_thread else "send_messages", channel)
    if channel.locked and not call.may("manage_threads", channel):
        raise thread_is_archived(403)
    if body.get("embeds"):
        call.needs("embed_links", channel)
    if call.uploads:
        call.needs("attach_files", channel)


@answers("create_message")
def create_message(call: Call) -> Answer:
    channel, body = call.channel, call.body
    check_may_write(call, channel, body)
    details = {**new_message(call, body), **reference_of(call, body, channel)}
    nonce = body.get("nonce")
    if nonce is not None and body.get("enforce_nonce"):
        earlier = call.desk.said_with(channel, str(nonce))
        if earlier is not None:
            return Answer(call.world.message_json(earlier, with_nonce=True))
    message = call.world.post(channel, call.bot, **details, nonce=nonce)
    if nonce is not None:
        call.desk.note_nonce(message, str(nonce))
    return Answer(call.world.message_json(message, with_nonce=True))


@answers("get_message")
def get_message(call: Call) -> Answer:
    if not call.may("read_message_history", call.channel):
        raise missing_access()
    return Answer(call.world.message_json(call.message))


@answers("list_messages")
def list_messages(call: Call) -> Answer:
    if not call.may("read_message_history", call.channel):
        return Answer([])
    newest_first = list(reversed(call.channel.visible))
    limit = call.query.get("limit", 50)
    if "around" in call.query:
        at = int(call.query["around"])
        earlier = [one for one in newest_first if one.id < at][: limit // 2]
        later = [one for one in newest_first if one.id >= at][-(limit - len(earlier)) :]
        found = later + earlier
    elif "after" in call.query:
        after = int(call.query["after"])
        # The oldest ones after it, yet newest first.
        found = [one for one in newest_first if one.id > after][-limit:]
    else:
        before = int(call.query.get("before", 2**63))
        found = [one for one in newest_first if one.id < before][:limit]
    return Answer([call.world.message_json(message) for message in found])


@answers("update_message")
def update_message(call: Call) -> Answer:
    message = call.message
    if message.author is not call.bot:
        raise another_authors_message()
    if call.channel.archived:
        raise thread_is_archived()
    if message.type not in WRITTEN:
        raise system_message()
    change_message(call, message, call.body)
    return Answer(call.world.message_json(message))


@answers("delete_message")
def delete_message(call: Call) -> None:
    check_may_delete(call, call.message)
    call.world.delete_message(call.message)


def check_may_delete(call: Call, message: Message) -> None:
    if message.author is call.bot:
        return
    if message.channel.is_dm:
        raise Refusal(403, 50003, "Cannot execute action on a DM channel")
    call.needs("manage_messages", message.channel)


@answers("bulk_delete_messages")
def bulk_delete(call: Call) -> None:
    channel = call.channel
    call.needs("manage_messages", channel)
    ids = {int(one) for one in call.body["messages"]}
    found = [message for message in channel.visible if message.id in ids]
    for message in found:
        message.deleted = True
    payload = {"ids": [str(message.id) for message in found], **call.world.place_of(channel)}
    call.world.emit("MESSAGE_DELETE_BULK", payload, channel=channel)


# -- reactions and pins -----------------------------------------------------------------------


def emoji_of(call: Call) -> str:
    emoji = call.words["emoji_name"]
    # A word without a number is nobody's emoji.
    if emoji.isascii() and ":" not in emoji:
        raise Refusal(400, 10014, "Unknown Emoji")
    return emoji


@answers("add_my_message_reaction")
def react(call: Call) -> None:
    if call.channel.archived:
        raise thread_is_archived()
    call.needs("read_message_history", call.channel)
    if emoji_of(call) not in call.message.reactions:
        call.needs("add_reactions", call.channel)
    call.world.react(call.message, call.bot, emoji_of(call), added=True)


@answers("delete_my_message_reaction", "delete_user_message_reaction")
def unreact(call: Call) -> None:
    if call.channel.archived:
        raise thread_is_archived()
    user = call.bot
    if "user_id" in call.ids:
        user = call.world.user(call.ids["user_id"])
        call.needs("manage_messages", call.channel)
    call.world.react(call.message, user, emoji_of(call), added=False)


@answers("delete_all_message_reactions")
def unreact_all(call: Call) -> None:
    message = call.message
    call.needs("manage_messages", call.channel)
    message.reactions.clear()
    payload = {"message_id": str(message.id), **call.world.place_of(call.channel)}
    call.world.emit("MESSAGE_REACTION_REMOVE_ALL", payload, channel=call.channel)


@answers("list_message_reactions_by_emoji")
def reactions(call: Call) -> Answer:
    after, limit = int(call.query.get("after", 0)), call.query.get("limit", 25)
    users = sorted(call.message.reactions.get(emoji_of(call), []))
    found = [call.world.users[one] for one in users if one > after]
    return Answer([user_json(user) for user in found[:limit]])


@answers("create_pin", "deprecated_create_pin", "delete_pin", "deprecated_delete_pin")
def pin(call: Call) -> None:
    channel, message = call.channel, call.message
    if not channel.is_dm:
        call.needs("pin_messages", channel)
    if channel.archived:
        raise thread_is_archived()
    if message.type not in WRITTEN:
        raise system_message()
    pinned = call.method == "PUT"
    if pinned and len(pins_of(channel)) >= MOST_PINS:
        raise Refusal(400, 30003, f"Maximum number of pins reached ({MOST_PINS})")
    if pinned != (message.pinned_at is not None):
        call.world.pin(message, call.bot, pinned=pinned)


def pins_of(channel: Channel) -> list[Message]:
    pinned = [message for message in channel.visible if message.pinned_at is not None]
    return sorted(pinned, key=lambda message: message.pinned_at or "", reverse=True)


@answers("list_pins")
def list_pins(call: Call) -> Answer:
    before, limit = call.query.get("before"), call.query.get("limit", 50)
    found = [one for one in pins_of(call.channel) if not before or (one.pinned_at or "") < before]
    items = [
        {"pinned_at": message.pinned_at, "message": call.world.message_json(message)}
        for message in found[:limit]
    ]
    return Answer({"items": items, "has_more": len(found) > limit})


@answers("deprecated_list_pins")
def list_pins_as_before(call: Call) -> Answer:
    return Answer([call.world.message_json(message) for message in pins_of(call.channel)])
