"""Operations about channels and threads as places: showing, changing, deleting, typing."""

from typing import Any

from tests.doubles.discord.calls import Answer, Call, answers
from tests.doubles.discord.errors import (
    Refusal,
    missing_permissions,
    thread_is_archived,
    user_cannot_be_reached,
)
from tests.doubles.discord.things import Channel, MessageType

# What whoever began a thread may change of it.
OWNERS = frozenset({"name", "archived", "auto_archive_duration"})


@answers("get_channel")
def get_channel(call: Call) -> Answer:
    return Answer(call.world.shown(call.channel))


@answers("update_channel")
def update_channel(call: Call) -> Answer:
    channel, body = call.channel, call.body
    if channel.is_dm:
        raise Refusal(403, 50003, "Cannot execute action on a DM channel")
    if channel.is_thread:
        change_thread(call, channel, body)
    else:
        call.needs("manage_channels", channel)
        change_place(channel, body)
    call.world.channel_changed(channel)
    return Answer(call.world.shown(channel))


def change_place(channel: Channel, body: dict[str, Any]) -> None:
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    if body.get("position") is not None:
        channel.position = body["position"]
    if body.get("rate_limit_per_user") is not None:
        channel.slow_mode_seconds = body["rate_limit_per_user"]
    if body.get("permission_overwrites") is not None:
        channel.overwrites = {
            int(one["id"]): (int(one.get("allow") or 0), int(one.get("deny") or 0))
            for one in body["permission_overwrites"]
        }


def change_thread(call: Call, thread: Channel, body: dict[str, Any]) -> None:
    """Rename, archive or lock a thread; an archived one has to be opened first."""
    check_may_change(call, thread, body)
    if thread.archived and body.get("archived") is not False:
        raise thread_is_archived()
    renamed = body.get("name") not in (None, thread.name)
    if renamed:
        thread.name = body["name"]
    if body.get("locked") is not None:
        thread.locked = body["locked"]
    if body.get("invitable") is not None:
        thread.invitable = body["invitable"]
    if body.get("auto_archive_duration") is not None:
        thread.auto_archive_minutes = body["auto_archive_duration"]
    if body.get("rate_limit_per_user") is not None:
        thread.slow_mode_seconds = body["rate_limit_per_user"]
    if body.get("applied_tags") is not None:
        thread.applied_tags = [int(tag) for tag in body["applied_tags"]]
    if renamed:
        # Before the thread is closed: a new message would open it again.
        thread.archived = False
        call.world.post(thread, call.bot, thread.name, kind=MessageType.CHANNEL_NAME_CHANGE)
    if body.get("archived") is not None:
        thread.archived = body["archived"]
        thread.archived_at = call.world.now()


def check_may_change(call: Call, thread: Channel, body: dict[str, Any]) -> None:
    if call.may("manage_threads", thread):
        return
    opens_only = set(body) == {"archived"} and not body["archived"] and not thread.locked
    if opens_only and call.may("send_messages_in_threads", thread):
        return
    if thread.owner is not call.bot or set(body) - OWNERS or thread.locked:
        raise missing_permissions()


@answers("delete_channel")
def delete_channel(call: Call) -> Answer:
    channel = call.channel
    if not channel.is_dm:
        call.needs("manage_threads" if channel.is_thread else "manage_channels", channel)
    shown = call.world.shown(channel)
    if not channel.is_dm:
        call.world.delete_channel(channel)
    return Answer(shown)


@answers("trigger_typing_indicator")
def start_typing(call: Call) -> None:
    channel = call.channel
    if channel.recipient is not None and channel.recipient.refuses_bot:
        raise user_cannot_be_reached()
    call.needs("send_messages_in_threads" if channel.is_thread else "send_messages", channel)
    call.desk.typing.append(channel)
    call.world.start_typing(channel, call.bot)
