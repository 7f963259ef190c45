"""Reads Slack's events and interactions as ours. Pure."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from msgspec import Struct

from adapters.slack.files import attachment_of, is_kept, links_in
from adapters.slack.reading import PLATFORM, Names, rich_of
from chat.address import Address, Person
from chat.message import Message

Json: TypeAlias = dict[str, Any]

_SAID: Final = (None, "file_share", "thread_broadcast", "me_message")


class Reader(Struct, frozen=True):
    """The desk's channel, and those in which customers may mention us."""

    desk: str | None
    entrances: frozenset[str]


class Said(Struct, frozen=True):
    """A message of an event, before its sender's name is known. `kind` is new, edit or delete."""

    kind: str
    channel: str
    ts: str
    thread: str | None
    user: str | None
    body: Json
    direct: bool = False
    mention: bool = False
    team: str = ""


def said_in(event: Json) -> Said | None:
    """What a `message` or `app_mention` event tells; None when no person said it."""
    subtype = event.get("subtype")
    channel = str(event.get("channel", ""))
    direct = event.get("channel_type") == "im"
    match subtype:
        case "message_changed":
            message, before = event.get("message") or {}, event.get("previous_message") or {}
            if message.get("subtype") == "tombstone":
                # What has answers in its thread leaves a stone when it is deleted.
                return _deletion(channel, str(message.get("ts") or ""), before, direct=direct)
            if not _is_person(message) or _same(message, before):
                return None
            return _said("edit", channel, message, direct=direct)
        case "message_deleted":
            before = event.get("previous_message") or {}
            ts = str(event.get("deleted_ts") or before.get("ts") or "")
            return _deletion(channel, ts, before, direct=direct)
        case _ if subtype in _SAID and _is_person(event):
            mention = event.get("type") == "app_mention"
            return _said("new", channel, event, direct=direct, mention=mention)
        case _:
            return None


def _deletion(channel: str, ts: str, before: Json, *, direct: bool) -> Said | None:
    if before and not _is_person(before):
        return None
    return _said("delete", channel, {**before, "ts": ts}, direct=direct)


def _said(kind: str, channel: str, body: Json, *, direct: bool, mention: bool = False) -> Said:
    return Said(
        kind=kind,
        channel=channel,
        ts=str(body.get("ts", "")),
        thread=body.get("thread_ts"),
        user=body.get("user"),
        body=body,
        direct=direct,
        mention=mention,
        team=str(body.get("user_team") or body.get("team") or ""),
    )


def _is_person(message: Json) -> bool:
    return bool(message.get("user")) and not message.get("bot_id")


def _same(message: Json, before: Json) -> bool:
    """A preview of a link, or a reply in its thread, also changes a message."""
    kept = ("text", "blocks")
    files = [f.get("id") for f in message.get("files") or []]
    files_before = [f.get("id") for f in before.get("files") or []]
    return all(message.get(k) == before.get(k) for k in kept) and files == files_before


def place_of(said: Said, reader: Reader, owner: str | None) -> Address | None:
    """Where it was said, for us; `owner` is whose conversation its thread is, in an entrance."""
    if said.direct:
        return Address(PLATFORM, said.channel)
    if said.channel == reader.desk:
        in_thread = said.thread is not None and said.thread != said.ts
        return Address(PLATFORM, said.channel, said.thread) if in_thread else None
    if said.channel in reader.entrances and (owner is not None and owner == said.user):
        return Address(PLATFORM, thread_key(said))
    return None


def thread_key(said: Said) -> str:
    """The conversation of a thread in an entrance, as one channel."""
    return f"{said.channel}/{said.thread or said.ts}"


def line_of(said: Said) -> str:
    """What is said in one conversation stays in order."""
    return said.channel if said.direct else thread_key(said)


def message_of(
    said: Said, address: Address, sender: Person, names: Names, bot_user: str
) -> Message | None:
    """The message; None when there is nothing in it."""
    rich = rich_of(said.body, names)
    files = tuple(attachment_of(f) for f in said.body.get("files") or [] if is_kept(f))
    text, spans = rich.text, rich.spans
    if said.mention:
        for span in spans:
            if span.kind == "mention" and span.start == 0 and span.url == f"{PLATFORM}:{bot_user}":
                text, spans = text[span.end :].strip(), ()
                break
    text = "\n".join(filter(None, (text, *links_in(said.body.get("files") or []))))
    if not text.strip() and not files:
        return None
    return Message(
        id=said.ts,
        at=float(said.ts),
        sender=sender,
        address=address,
        text=text,
        spans=spans,
        attachments=files,
        reply_to=_answered(said),
    )


def _answered(said: Said) -> str | None:
    """In direct messages a thread is an answer to its first message; elsewhere it is the case, or
    the conversation, itself."""
    in_thread = said.direct and said.thread is not None and said.thread != said.ts
    return said.thread if in_thread else None


def interaction_address(body: Json, reader: Reader) -> Address | None:
    """Where a button was pressed; None in the App Home and in strangers' places."""
    channel = str((body.get("channel") or {}).get("id") or "")
    message = body.get("message") or {}
    thread = message.get("thread_ts") or message.get("ts")
    if not channel:
        return None
    if channel == reader.desk:
        return Address(PLATFORM, channel, str(thread)) if thread else None
    if channel.startswith("D"):
        return Address(PLATFORM, channel)
    return Address(PLATFORM, f"{channel}/{thread}") if channel in reader.entrances else None
