"""What a workspace keeps: people, channels, messages, files and views."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["channel", "group", "im"]


@dataclass(eq=False)
class Account:
    """A person, or the app's bot user."""

    id: str
    name: str
    team_id: str
    locale: str = "en-US"
    is_bot: bool = False
    deleted: bool = False
    presence: Literal["active", "away"] = "active"

    @property
    def handle(self) -> str:
        return "".join(c for c in self.name.lower() if c.isalnum()) or self.id.lower()


@dataclass(eq=False)
class StoredFile:
    """A file that Slack keeps."""

    id: str
    name: str
    title: str
    content: bytes | None = field(repr=False)
    """None until it is uploaded."""
    size: int
    owner: Account
    created: int
    mimetype: str = "application/octet-stream"
    voice: bool = False
    deleted: bool = False
    hidden: bool = False
    """Beyond what a free workspace keeps in view."""
    elsewhere: str = ""
    """Its address, when Slack only points to it."""
    shared_in: list["Message"] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        if self.mimetype == "application/octet-stream":
            self.mimetype = mimetypes.guess_type(self.name)[0] or self.mimetype

    @property
    def filetype(self) -> str:
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"


@dataclass(eq=False)
class Message:
    """A message, with everything that happened to it."""

    channel: "Channel" = field(repr=False)
    ts: str
    sender: Account
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    metadata: Json | None = None
    unfurls: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited_ts: str | None = None
    earlier: list[tuple[str, list[Json]]] = field(default_factory=list)
    """Text and blocks before each edit."""
    asked: Json = field(default_factory=dict)
    """The flags of the call that posted it: unfurl_links, unfurl_media and so on."""
    client_msg_id: str = ""
    deleted: bool = False
    tombstone: bool = False
    deliveries: list[Any] = field(default_factory=list, repr=False)

    @property
    def by_app(self) -> bool:
        return self.sender.is_bot

    @property
    def edited(self) -> bool:
        return self.edited_ts is not None

    @property
    def earlier_texts(self) -> list[str]:
        return [text for text, _ in self.earlier]

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def elements(self) -> Iterator[tuple[Json, Json]]:
        """Every interactive element, with its block."""
        return elements_of(self.blocks)

    @property
    def labels(self) -> list[str]:
        """What is written on the buttons, in order."""
        return [e["text"]["text"] for _, e in self.elements() if e.get("type") == "button"]


@dataclass(eq=False)
class Ephemeral:
    """A message that only one person sees."""

    channel: "Channel" = field(repr=False)
    ts: str
    user: str
    text: str
    blocks: list[Json]
    thread_ts: str | None


@dataclass(eq=False)
class Channel:
    """A channel, a private channel or a direct message with the app."""

    id: str
    kind: ChannelKind
    name: str
    team_id: str
    created: int
    members: list[str] = field(default_factory=list)
    creator: str = ""
    user: str | None = None
    """In a direct message: with whom."""
    archived: bool = False
    connected_teams: list[str] = field(default_factory=list)
    every_message: list[Message] = field(default_factory=list, repr=False)
    ephemerals: list[Ephemeral] = field(default_factory=list, repr=False)

    @property
    def is_shared(self) -> bool:
        return bool(self.connected_teams)

    @property
    def messages(self) -> list[Message]:
        """What is there now, oldest first, threads included."""
        return [message for message in self.every_message if not message.deleted]

    def message(self, ts: str) -> Message | None:
        return next((m for m in self.messages if m.ts == ts), None)

    def replies(self, ts: str) -> list[Message]:
        """What is in a thread, without its first message."""
        return [m for m in self.messages if m.thread_ts == ts and m.ts != ts]

    def thread(self, ts: "str | Message") -> list[Message]:
        """A thread, with its first message."""
        ts = ts.ts if isinstance(ts, Message) else ts
        return [m for m in self.messages if ts in (m.ts, m.thread_ts)]


@dataclass(eq=False)
class View:
    """A modal that is open, or an App Home."""

    id: str
    user: str
    definition: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    is_open: bool = True

    def elements(self) -> Iterator[tuple[Json, Json]]:
        return elements_of(self.definition.get("blocks", []))

    @property
    def title(self) -> str:
        return str((self.definition.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.definition.get("callback_id", ""))


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element, with its block."""
    for block in blocks:
        found = block.get("elements", []) if block.get("type") == "actions" else []
        for element in [*found, block.get("accessory"), block.get("element")]:
            if element and "action_id" in element:
                yield block, element


@dataclass(eq=False)
class Trigger:
    """What lets an app open a view: good for three seconds, once."""

    user: str
    at: float
    view: str | None = None
    used: bool = False


@dataclass(eq=False)
class ResponseUrl:
    """Where an app may answer an interaction: five times within half an hour."""

    channel: Channel
    user: str
    at: float
    message: Message | None = None
    uses: int = 0
