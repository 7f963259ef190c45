"""Methods about channels, their members and their history."""

from typing import Any

from tests.doubles.slack.errors import SlackError
from tests.doubles.slack.methods import Workspace, method, page
from tests.doubles.slack.records import Message

Json = dict[str, Any]

PUBLIC_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": ""}


@method("conversations.info", "{}:read")
def info(workspace: Workspace, given: Json) -> Json:
    channel = workspace.channel(given.get("channel", ""))
    count = bool(given.get("include_num_members"))
    shown = workspace.shown.channel(channel, with_num_members=count)
    if given.get("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


@method("conversations.open", "im:write")
def open_direct(workspace: Workspace, given: Json) -> Json:
    world = workspace.world
    if given.get("channel"):
        channel = workspace.channel(given["channel"])
        if channel.kind != "im":
            raise SlackError("method_not_supported_for_channel_type")
    else:
        users = given.get("users")
        if not users:
            raise SlackError("users_list_not_supplied")
        ids = users if isinstance(users, list) else [one.strip() for one in users.split(",")]
        if len(ids) > 1:
            raise SlackError("method_not_supported_for_channel_type")
        account = workspace.account(ids[0])
        if account.is_bot:
            raise SlackError("cannot_dm_bot")
        if account.deleted:
            raise SlackError("user_disabled")
        known = any(c.kind == "im" and c.user == account.id for c in world.channels.values())
        if not known and given.get("prevent_creation"):
            raise SlackError("channel_not_found")
        channel = world.direct(account.id)
    if not given.get("return_im"):
        return {"channel": {"id": channel.id}}
    return {"channel": workspace.shown.channel(channel)}


@method("conversations.list", "channels:read")
def list_channels(workspace: Workspace, given: Json) -> Json:
    bot = workspace.world.bot.id
    wanted = {PUBLIC_TYPES.get(t.strip()) for t in given.get("types", "public_channel").split(",")}
    if None in wanted:
        raise SlackError("invalid_types")
    shown = [
        workspace.shown.channel(channel, with_num_members=channel.kind != "im")
        for channel in workspace.world.channels.values()
        if channel.kind in wanted
        and (channel.kind == "channel" or bot in channel.members)
        and not (given.get("exclude_archived") and channel.archived)
    ]
    channels, cursor = page(shown, given)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


@method("conversations.members", "{}:read")
def members(workspace: Workspace, given: Json) -> Json:
    channel = workspace.channel(given.get("channel", ""))
    found, cursor = page([{"id": one} for one in channel.members], given)
    ids = [one["id"] for one in found]
    return {"members": ids, "response_metadata": {"next_cursor": cursor}}


@method("conversations.join", "channels:join")
def join(workspace: Workspace, given: Json) -> Json:
    channel = workspace.channel(given.get("channel", ""))
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    bot = workspace.world.bot.id
    already = {"warning": "already_in_channel"} if bot in channel.members else {}
    if not already:
        workspace.happenings.join(channel, bot)
    return {"channel": workspace.shown.channel(channel), **already}


def between(messages: list[Message], given: Json) -> list[Message]:
    """The messages of the span that was asked for; its ends only with `inclusive`."""
    inclusive = bool(given.get("inclusive"))
    oldest, latest = seconds(given, "oldest", 0.0), seconds(given, "latest", float("inf"))
    return [
        message
        for message in messages
        if oldest < float(message.ts) < latest
        or (inclusive and float(message.ts) in (oldest, latest))
    ]


def seconds(given: Json, name: str, otherwise: float) -> float:
    try:
        return float(given.get(name) or otherwise)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def listed(workspace: Workspace, messages: list[Message], given: Json) -> Json:
    all_metadata = bool(given.get("include_all_metadata"))
    shown = [workspace.shown.message(m, all_metadata=all_metadata) for m in messages]
    found, cursor = page(shown, given)
    more: Json = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": found, "has_more": bool(cursor), **more}


@method("conversations.history", "{}:history")
def history(workspace: Workspace, given: Json) -> Json:
    channel = workspace.channel(given.get("channel", ""), member=True)
    top = [m for m in channel.messages if not m.is_reply or m.broadcast]
    return {
        **listed(workspace, between(top, given)[::-1], given),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }


@method("conversations.replies", "{}:history")
def replies(workspace: Workspace, given: Json) -> Json:
    """A thread, oldest first, its first message always among them; of a reply only itself."""
    channel = workspace.channel(given.get("channel", ""), member=True)
    first = channel.message(str(given.get("ts", "")))
    if first is None:
        raise SlackError("thread_not_found")
    answers = [] if first.is_reply else between(channel.replies(first.ts), given)
    return listed(workspace, [first, *answers], given)
