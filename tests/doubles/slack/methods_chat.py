"""Methods that post, change and take back messages."""

from typing import Any

from tests.doubles.slack.block_kit import problems_of_blocks
from tests.doubles.slack.errors import BrokenDescription, SlackError
from tests.doubles.slack.methods import Workspace, method
from tests.doubles.slack.records import Channel, Ephemeral, Message
from tests.doubles.slack.shown import UNTRANSLATABLE

Json = dict[str, Any]

TEXT_MOST = 40_000
METADATA_MOST = 16 * 1024
FLAGS = ("unfurl_links", "unfurl_media", "link_names", "mrkdwn", "parse")


def contents(given: Json) -> tuple[str, list[Json]]:
    """Text and blocks of a message, as far as Slack takes them."""
    text, blocks = str(given.get("text") or ""), given.get("blocks") or []
    if len(text) > TEXT_MOST:
        raise SlackError("msg_too_long")
    if problems := problems_of_blocks(blocks):
        raise BrokenDescription(problems, "invalid_blocks")
    if not text and not blocks and not given.get("attachments"):
        raise SlackError("no_text")
    return text or (UNTRANSLATABLE if blocks else ""), blocks


def metadata_of(given: Json) -> Json | None:
    metadata = given.get("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if metadata and not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(str(metadata)) > METADATA_MOST:
        raise SlackError("metadata_too_large")
    return metadata


def thread_of(channel: Channel, given: Json) -> str | None:
    """The thread to post in; it must be named by its first message."""
    ts = given.get("thread_ts")
    if not ts:
        return None
    first = channel.message(str(ts))
    if first is None:
        raise SlackError("thread_not_found")
    if first.is_reply:
        raise BrokenDescription([f"thread_ts {ts} is a reply; a thread is its first message's"])
    return str(ts)


def place_of(workspace: Workspace, given: str) -> Channel:
    """Where to post: a channel's id or name, or a person's direct messages."""
    world = workspace.world
    if given in world.accounts:
        return world.direct(given)
    for channel in world.channels.values():
        if given.startswith("#") and channel.name == given[1:]:
            return workspace.channel(channel.id)
    return workspace.channel(given)


def writable(workspace: Workspace, channel: Channel) -> Channel:
    world = workspace.world
    if channel.kind == "im" and world.accounts[channel.user or ""].deleted:
        raise SlackError("user_disabled")
    if channel.archived:
        raise SlackError("is_archived")
    if world.bot.id not in channel.members and "chat:write.public" not in world.app.scopes:
        raise SlackError("not_in_channel")
    return channel


@method("chat.postMessage", "chat:write")
def post_message(workspace: Workspace, given: Json) -> Json:
    channel = writable(workspace, place_of(workspace, given["channel"]))
    text, blocks = contents(given)
    thread_ts = thread_of(channel, given)
    message = workspace.happenings.post(
        channel,
        workspace.world.bot,
        text,
        blocks=blocks,
        thread_ts=thread_ts,
        broadcast=bool(thread_ts and given.get("reply_broadcast")),
        metadata=metadata_of(given),
        attachments=given.get("attachments") or [],
        asked={flag: given[flag] for flag in FLAGS if flag in given},
    )
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": workspace.shown.message(message, all_metadata=True),
    }


def own(workspace: Workspace, given: Json, refusal: str) -> Message:
    channel = workspace.channel(given["channel"])
    message = workspace.message(channel, str(given["ts"]))
    if message.tombstone:
        raise SlackError("message_not_found")
    if not message.by_app:
        raise SlackError(refusal)
    return message


@method("chat.update", "chat:write")
def update(workspace: Workspace, given: Json) -> Json:
    message = own(workspace, given, "cant_update_message")
    if message.channel.archived:
        raise SlackError("is_inactive")
    if not message.files:
        contents(given)
    metadata = metadata_of(given)
    # What is not given stays, but blocks go when only a text is given.
    text = str(given["text"]) if given.get("text") is not None else message.text
    blocks = given.get("blocks")
    if blocks is None:
        blocks = [] if given.get("text") is not None else message.blocks
    workspace.happenings.edit(
        message, text, blocks, metadata=metadata, attachments=given.get("attachments")
    )
    shown = workspace.shown.message(message, all_metadata=True)
    del shown["ts"]
    return {
        "channel": message.channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": shown,
    }


@method("chat.delete", "chat:write")
def delete(workspace: Workspace, given: Json) -> Json:
    given = {"channel": "", "ts": "", **given}
    message = own(workspace, given, "cant_delete_message")
    workspace.happenings.delete(message)
    return {"channel": message.channel.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(workspace: Workspace, given: Json) -> Json:
    channel = writable(workspace, workspace.channel(given["channel"]))
    text, blocks = contents(given)
    if given["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    shown = Ephemeral(
        channel,
        workspace.world.new_ts(),
        given["user"],
        text,
        workspace.happenings.with_ids(blocks),
        thread_of(channel, given),
    )
    channel.ephemerals.append(shown)
    workspace.world.changes.ring()
    return {"message_ts": shown.ts}


@method("chat.getPermalink")
def get_permalink(workspace: Workspace, given: Json) -> Json:
    channel = workspace.channel(given["channel"])
    message = workspace.message(channel, given["message_ts"])
    link = (
        f"https://{workspace.world.domain}.slack.com/archives/{channel.id}"
        f"/p{message.ts.replace('.', '')}"
    )
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
