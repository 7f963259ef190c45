"""The methods that put something into a chat."""

from typing import Any

from tests.doubles.telegram_bot import BotActor, MethodTable, Params
from tests.doubles.telegram_errors import (
    bad_request,
)
from tests.doubles.telegram_media import media_content
from tests.doubles.telegram_world import (
    GENERAL_TOPIC,
    ChatMessage,
)

SENDING = MethodTable()


@SENDING.method("sendMessage")
def send_message(bot: BotActor, params: Params) -> Any:
    bot.place(params)
    text, entities = bot.formatted_text("sendMessage", params)
    return bot.deliver(params, "text", {}, text=text, entities=entities).to_api()


@SENDING.method("sendPhoto")
def send_photo(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendPhoto", "photo", params)


@SENDING.method("sendDocument")
def send_document(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendDocument", "document", params)


@SENDING.method("sendVoice")
def send_voice(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendVoice", "voice", params)


@SENDING.method("sendVideo")
def send_video(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendVideo", "video", params)


@SENDING.method("sendAudio")
def send_audio(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendAudio", "audio", params)


@SENDING.method("sendAnimation")
def send_animation(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendAnimation", "animation", params)


@SENDING.method("sendVideoNote")
def send_video_note(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendVideoNote", "video_note", params)


@SENDING.method("sendSticker")
def send_sticker(bot: BotActor, params: Params) -> Any:
    return bot.send_media("sendSticker", "sticker", params)


@SENDING.method("sendLocation")
def send_location(bot: BotActor, params: Params) -> Any:
    return bot.deliver(params, "location", {"location": location_in(params)}).to_api()


@SENDING.method("sendVenue")
def send_venue(bot: BotActor, params: Params) -> Any:
    told = ("title", "address", "foursquare_id", "google_place_id")
    venue = {name: params[name] for name in told if name in params}
    place = location_in(params)
    content = {"venue": {"location": place, **venue}, "location": place}
    return bot.deliver(params, "venue", content).to_api()


def location_in(params: Params) -> dict[str, Any]:
    told = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading")
    return {name: params[name] for name in told if name in params}


@SENDING.method("sendContact")
def send_contact(bot: BotActor, params: Params) -> Any:
    told = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: params[name] for name in told if name in params}
    return bot.deliver(params, "contact", {"contact": contact}).to_api()


@SENDING.method("sendMediaGroup")
def send_media_group(bot: BotActor, params: Params) -> Any:
    bot.place(params)
    album = str(13_000_000_000_000 + bot.world.next_serial())
    kinds = {item["type"] for item in params["media"]}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("can't mix documents, audios or other media in an album")
    prepared = [
        (
            item["type"],
            bot.file_from(item["type"], item["media"], params),
            bot.caption("sendMediaGroup", item),
        )
        for item in params["media"]
    ]
    return [
        bot.deliver(
            params,
            kind,
            media_content(stored),
            text=text,
            entities=entities,
            file=stored,
            album=album,
        ).to_api()
        for kind, stored, (text, entities) in prepared
    ]


@SENDING.method("copyMessage")
def copy_message(bot: BotActor, params: Params) -> Any:
    source = source_message(bot, params, "copy")
    text, entities = source.text, source.entities
    if "caption" in params and source.kind != "text":
        text, entities = bot.caption("copyMessage", params)
    copied = bot.deliver(
        params, source.kind, dict(source.content), text=text, entities=entities, file=source.file
    )
    return {"message_id": copied.id}


@SENDING.method("forwardMessage")
def forward_message(bot: BotActor, params: Params) -> Any:
    source = source_message(bot, params, "forward")
    origin = source.origin or {
        "type": "user",
        "date": source.at,
        "sender_user": source.sender.to_api(),
    }
    return bot.deliver(
        params,
        source.kind,
        dict(source.content),
        text=source.text,
        entities=source.entities,
        file=source.file,
        origin=origin,
    ).to_api()


def source_message(bot: BotActor, params: Params, purpose: str) -> ChatMessage:
    bot.writable_chat(params)
    chat = bot.known_chat(params["from_chat_id"])
    source = chat.messages_by_id.get(params["message_id"])
    if source is None or source.deleted:
        raise bad_request(f"message to {purpose} not found")
    if source.is_service:
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return source


@SENDING.method("sendChatAction")
def send_chat_action(bot: BotActor, params: Params) -> Any:
    chat = bot.writable_chat(params)
    thread_id = params.get("message_thread_id")
    if thread_id is not None and thread_id != GENERAL_TOPIC:
        bot.live_topic(chat, thread_id)
    bot.chat_actions.append((chat.id, thread_id, params["action"]))
    bot.world.changes.ring()
    return True
