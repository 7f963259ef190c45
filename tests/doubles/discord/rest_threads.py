"""Operations about threads: beginning them, their members, the archived ones."""

from typing import Any

from tests.doubles.discord.bodies import new_message
from tests.doubles.discord.calls import Answer, Call, answers
from tests.doubles.discord.errors import (
    Refusal,
    invalid_form,
    thread_exists_already,
    thread_is_archived,
    unknown,
    wrong_channel_type,
)
from tests.doubles.discord.shapes import member_json, thread_member_json
from tests.doubles.discord.things import Channel, ChannelType, MessageType


def settings_in(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "auto_archive_minutes": body.get("auto_archive_duration"),
        "slow_mode_seconds": body.get("rate_limit_per_user"),
    }


@answers("create_thread")
def create_thread(call: Call) -> Answer:
    channel, body = call.channel, call.body
    if channel.is_forum:
        return create_post(call, channel)
    if channel.type is not ChannelType.TEXT:
        raise wrong_channel_type()
    kind = ChannelType(body.get("type") or ChannelType.PRIVATE_THREAD)
    is_private = kind is ChannelType.PRIVATE_THREAD
    call.needs("create_private_threads" if is_private else "create_public_threads", channel)
    thread = call.world.create_thread(
        channel,
        call.bot,
        body["name"],
        kind=kind,
        invitable=body.get("invitable") is not False,
        **settings_in(body),
    )
    if not is_private:
        # Discord shows a new public thread in the channel that it belongs to.
        reference = {"type": 0, **call.world.place_of(thread)}
        kind_of_note = MessageType.THREAD_CREATED
        call.world.post(
            channel, call.bot, thread.name, kind=kind_of_note, reference=reference, thread=thread
        )
    return Answer(call.world.shown(thread), 201)


def create_post(call: Call, forum: Channel) -> Answer:
    """A thread of a forum, whose first message has the thread's id."""
    call.needs("send_messages", forum)
    body = call.body
    tags = [int(tag) for tag in body.get("applied_tags") or []]
    if wrong := [tag for tag in tags if tag not in forum.tags]:
        raise invalid_form("applied_tags", "TAG_NOT_FOUND", f"no tags {wrong}")
    details = new_message(call, body["message"])
    thread = call.world.create_thread(
        forum, call.bot, body["name"], applied_tags=tags, **settings_in(body)
    )
    first = call.world.post(thread, call.bot, message_id=thread.id, **details)
    shown = {**call.world.shown(thread), "message": call.world.message_json(first)}
    return Answer(shown, 201)


@answers("create_thread_from_message")
def create_thread_from_message(call: Call) -> Answer:
    channel, message = call.channel, call.message
    if channel.type is not ChannelType.TEXT:
        raise wrong_channel_type()
    call.needs("create_public_threads", channel)
    if message.thread is not None:
        raise thread_exists_already()
    thread = call.world.create_thread(
        channel, call.bot, call.body["name"], thread_id=message.id, **settings_in(call.body)
    )
    call.world.start_thread_at(message, thread)
    return Answer(call.world.shown(thread), 201)


@answers("list_public_archived_threads", "list_private_archived_threads")
def archived_threads(call: Call) -> Answer:
    channel = call.channel
    call.needs("read_message_history", channel)
    kind = ChannelType.PUBLIC_THREAD
    if "private" in call.name:
        call.needs("manage_threads", channel)
        kind = ChannelType.PRIVATE_THREAD
    assert channel.guild is not None
    before, limit = call.query.get("before"), call.query.get("limit", 50)
    found = [
        thread
        for thread in channel.guild.threads.values()
        if thread.parent is channel and thread.archived and thread.type is kind
        if before is None or thread.archived_at < before
    ]
    found.sort(key=lambda thread: thread.archived_at, reverse=True)
    joined = [thread for thread in found[:limit] if call.bot.id in thread.thread_members]
    return Answer(
        {
            "threads": [call.world.shown(thread) for thread in found[:limit]],
            "members": [thread_member_json(thread, call.bot.id) for thread in joined],
            "has_more": len(found) > limit,
        }
    )


# -- members ----------------------------------------------------------------------------------


def thread_of(call: Call) -> Channel:
    thread = call.channel
    if not thread.is_thread:
        raise wrong_channel_type()
    return thread


@answers("list_thread_members")
def thread_members(call: Call) -> Answer:
    thread = thread_of(call)
    return Answer([shown_member(call, thread, one) for one in thread.thread_members])


@answers("get_thread_member")
def thread_member(call: Call) -> Answer:
    thread = thread_of(call)
    if call.ids["user_id"] not in thread.thread_members:
        raise unknown("Member")
    return Answer(shown_member(call, thread, call.ids["user_id"]))


def shown_member(call: Call, thread: Channel, user_id: int) -> dict[str, Any]:
    shown = thread_member_json(thread, user_id)
    assert thread.guild is not None
    if call.query.get("with_member") and user_id in thread.guild.members:
        shown["member"] = member_json(thread.guild.members[user_id])
    return shown


@answers("join_thread", "leave_thread", "add_thread_member", "delete_thread_member")
def change_thread_members(call: Call) -> None:
    thread = thread_of(call)
    if thread.archived:
        raise thread_is_archived()
    user = call.bot
    if "user_id" in call.ids:
        user = call.world.user(call.ids["user_id"])
        call.needs("send_messages_in_threads", thread)
        assert thread.guild is not None
        if user.id not in thread.guild.members:
            raise Refusal(403, 50001, "Missing Access")
    adds = call.method == "PUT"
    if adds == (user.id in thread.thread_members):
        return
    if not adds and user is not call.bot:
        call.needs("manage_threads", thread)
    if adds:
        call.world.change_thread_members(thread, added=user)
    else:
        call.world.change_thread_members(thread, removed=user)
    if user is not call.bot:
        kind = MessageType.RECIPIENT_ADD if adds else MessageType.RECIPIENT_REMOVE
        call.world.post(thread, call.bot, kind=kind, mentions=[user])
