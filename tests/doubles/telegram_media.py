"""How a stored file shows in a message, by kind."""

from typing import Any

from tests.doubles.telegram_world import StoredFile

# kind: (file name, MIME type) where the sender names none.
DEFAULT_NAMES = {
    "photo": ("photo.jpg", "image/jpeg"),
    "document": ("file.bin", "application/octet-stream"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("note.mp4", "video/mp4"),
    "animation": ("animation.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}
FILE_KINDS = frozenset(DEFAULT_NAMES)


def media_content(stored: StoredFile, details: dict[str, Any] | None = None) -> dict[str, Any]:
    """The part of a message that shows this file."""
    extra = details or {}
    shown: dict[str, Any] = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }
    match stored.kind:
        case "photo":
            thumbnail = {**shown, "file_size": min(stored.size, 1024), "width": 90, "height": 67}
            return {"photo": [thumbnail, {**shown, "width": 1280, "height": 960}]}
        case "document":
            shown |= {"file_name": stored.name, "mime_type": stored.mime}
        case "voice":
            shown |= {"duration": 3, "mime_type": stored.mime}
        case "audio":
            shown |= {"duration": 3, "mime_type": stored.mime, "file_name": stored.name}
        case "video":
            shown |= {"width": 640, "height": 480, "duration": 3}
            shown |= {"mime_type": stored.mime, "file_name": stored.name}
        case "video_note":
            shown |= {"length": 240, "duration": 3}
        case "animation":
            shown |= {"width": 320, "height": 240, "duration": 3}
            shown |= {"mime_type": stored.mime, "file_name": stored.name}
            # Telegram shows an animation as a document too, for old bots.
            old = {key: shown[key] for key in shown if key not in {"width", "height", "duration"}}
            return {"animation": shown | extra, "document": old}
        case "sticker":
            shown |= {"type": "regular", "width": 512, "height": 512}
            shown |= {"is_animated": False, "is_video": False}
        case other:
            raise ValueError(f"no file shows as {other!r}")
    return {stored.kind: shown | extra}
