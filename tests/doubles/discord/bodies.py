"""What a bot may put into a message, and how Discord keeps it."""

import itertools
from collections.abc import Iterator
from typing import Any

from tests.doubles.discord.calls import Call, Unsupported
from tests.doubles.discord.errors import (
    Refusal,
    empty_message,
    invalid_form,
    request_too_large,
)
from tests.doubles.discord.things import (
    Channel,
    Message,
    MessageFlag,
    MessageType,
    Upload,
    inputs_in,
)

LONGEST_CONTENT = 2000
MOST_ROWS = 5
LARGEST_EMBEDS = 6000
LARGEST_FILE = 10 * 1024 * 1024
STRING_SELECT = 3
SELECTS = range(5, 9)
UNANSWERABLE = "Cannot reply without permission to read message history"


def without_nulls(value: Any) -> Any:
    """JSON without the fields that are null."""
    if isinstance(value, list):
        return [without_nulls(part) for part in value]
    if isinstance(value, dict):
        return {key: without_nulls(part) for key, part in value.items() if part is not None}
    return value


def kept_components(components: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Components as a message keeps them: numbered, with the usual values filled in."""
    kept = without_nulls(components or [])
    if len(kept) > MOST_ROWS and all(row["type"] == 1 for row in kept):
        raise invalid_form("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5.")
    seen: set[str] = set()
    for part in (part for row in kept for part in inputs_in(row)):
        name = part.get("custom_id")
        if name in seen:
            raise invalid_form(
                "components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id is duplicated"
            )
        if name is not None:
            seen.add(name)
        if part["type"] == STRING_SELECT or part["type"] in SELECTS:
            part.setdefault("min_values", 1)
            part.setdefault("max_values", 1)
    numbers = itertools.count(1)
    for part in every_part(kept):
        # A number of 0 is one that the writer left to Discord.
        part["id"] = part.get("id") or next(numbers)
    return kept


def every_part(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from every_part(component.get("components", []))
        yield from every_part(
            [component[one] for one in ("accessory", "component") if one in component]
        )


def kept_embeds(embeds: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    kept = [{**without_nulls(embed), "type": "rich"} for embed in embeds or []]
    if sum(length_of(embed) for embed in kept) > LARGEST_EMBEDS:
        raise invalid_form(
            "embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000"
        )
    for embed in kept:
        for image in ("image", "thumbnail"):
            if image in embed:
                embed[image].setdefault("proxy_url", embed[image]["url"])
        for line in embed.get("fields", []):
            line.setdefault("inline", False)
    return kept


def length_of(embed: dict[str, Any]) -> int:
    texts = [embed.get("title", ""), embed.get("description", "")]
    texts += [embed.get("footer", {}).get("text", ""), embed.get("author", {}).get("name", "")]
    texts += [line[part] for line in embed.get("fields", []) for part in ("name", "value")]
    return sum(map(len, texts))


def kept_uploads(call: Call, body: dict[str, Any]) -> list[Upload]:
    """The files of a request, with what the body says about them."""
    described = {int(one["id"]): one for one in body.get("attachments") or []}
    for upload in call.uploads.values():
        if len(upload.content) > LARGEST_FILE:
            raise request_too_large()
    return [
        Upload(
            described.get(number, {}).get("filename") or upload.filename,
            upload.content,
            described.get(number, {}).get("description"),
        )
        for number, upload in sorted(call.uploads.items())
    ]


def check_content(content: str | None) -> str:
    content = content or ""
    if len(content) > LONGEST_CONTENT:
        raise invalid_form("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    return content.strip()


def new_message(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """What `World.post` needs for a message with this body; refuses what Discord refuses."""
    for unsupported in ("poll", "sticker_ids", "shared_client_theme"):
        if body.get(unsupported):
            raise Unsupported(unsupported)
    content = check_content(body.get("content"))
    uploads = kept_uploads(call, body)
    embeds, components = kept_embeds(body.get("embeds")), kept_components(body.get("components"))
    known = {int(one["id"]) for one in body.get("attachments") or []}
    if missing := known - call.uploads.keys():
        raise invalid_form(
            "attachments", "ATTACHMENT_NOT_FOUND", f"No file is there for {sorted(missing)}"
        )
    if not (content or uploads or embeds or components):
        raise empty_message()
    return {
        "content": content,
        "uploads": uploads,
        "embeds": embeds,
        "components": components,
        "flags": body.get("flags") or 0,
        "tts": body.get("tts") or False,
        "allowed_mentions": body.get("allowed_mentions"),
    }


def reference_of(call: Call, body: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """The details of a reply, if it is one."""
    asked = body.get("message_reference")
    if asked is None:
        return {}
    if asked.get("type"):
        raise Unsupported("forwarding a message")
    if not call.may("read_message_history", channel):
        raise Refusal(400, 160002, UNANSWERABLE)
    original = channel.messages.get(int(asked["message_id"]))
    if original is not None and original.is_visible:
        reference = call.world.reference_to(original)
        return {"kind": MessageType.REPLY, "reference": reference}
    if asked.get("fail_if_not_exists") is False:
        return {}
    raise invalid_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")


def change_message(
    call: Call, message: Message, body: dict[str, Any], *, is_first: bool = False
) -> None:
    """Edit a message as the body says; the first content of a deferred one is no edit."""
    if "content" in body:
        content: str | None = check_content(body["content"])
    else:
        content = None
    embeds = kept_embeds(body["embeds"]) if "embeds" in body else message.embeds
    components = kept_components(body["components"]) if "components" in body else message.components
    uploads = kept_uploads(call, body)
    staying = message.attachments
    if body.get("attachments") is not None:
        named = {int(one["id"]) for one in body["attachments"]}
        staying = [attachment for attachment in staying if attachment.id in named]
    left = message.content if content is None else content
    if not (left or embeds or components or uploads or staying):
        raise empty_message()
    message.embeds, message.components = embeds, components
    if body.get("allowed_mentions") is not None:
        message.allowed_mentions = body["allowed_mentions"]
    if body.get("flags") is not None:
        message.flags = message.flags & MessageFlag.HAS_THREAD | body["flags"]
    message.attachments = staying + [call.world.store(message, upload) for upload in uploads]
    call.world.message_changed(message, content=content, is_first=is_first)
