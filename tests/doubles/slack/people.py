"""The people of a workspace, and what they do."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from tests.doubles.slack.deliveries import Delivery
from tests.doubles.slack.happenings import Happenings
from tests.doubles.slack.interactions import Interactions
from tests.doubles.slack.records import (
    Account,
    Channel,
    Ephemeral,
    Message,
    StoredFile,
    View,
    elements_of,
)
from tests.doubles.slack.rich_text import escaped, rich_text_of

Json = dict[str, Any]
Where = Channel | None
Element = tuple[Json, Json]

_CHOICE = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_OF_OPTIONS = ("selected_option", "selected_options")


class FileGiven(NamedTuple):
    """A file that somebody sends; a voice message is one that Slack recorded itself.

    `size` lets a small file pass for a large one. `hidden`: only its id is told; `elsewhere`: where
    it lies, when not at Slack.
    """

    name: str
    content: bytes
    mimetype: str = "application/octet-stream"
    voice: bool = False
    hidden: bool = False
    elsewhere: str = ""
    size: int | None = None


class Person:
    """A person, with everything they can do."""

    def __init__(
        self, account: Account, happenings: Happenings, interactions: Interactions
    ) -> None:
        self.account = account
        self._happenings = happenings
        self._interactions = interactions
        self._world = happenings.world

    @property
    def id(self) -> str:
        return self.account.id

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    @property
    def dm(self) -> Channel:
        """The direct messages with the app."""
        return self._world.direct(self.id)

    # -- saying -------------------------------------------------------------------------------

    def say(
        self,
        text: str = "",
        *,
        at: Where = None,
        thread: Message | str | None = None,
        files: Sequence[FileGiven | tuple[str, bytes]] = (),
        broadcast: bool = False,
        blocks: list[Json] | None = None,
    ) -> Message:
        """Say something: directly to the app, in a channel, or in a thread.

        The text is as typed; `<@U...>` is a mention. Blocks replace those made of the text.
        """
        if isinstance(thread, Message):
            at, thread = thread.channel, thread.thread_ts or thread.ts
        channel = self._in(at or self.dm)
        if thread is not None and channel.message(thread) is None:
            raise AssertionError(f"no thread {thread} in {channel.id}")
        kept = escaped(text)
        stored = [self._stored(FileGiven(*file)) for file in files]
        if blocks is None:
            blocks = [rich_text_of(kept, self._world.new_id("b"))] if kept else []
        return self._happenings.post(
            channel,
            self.account,
            kept,
            blocks=blocks,
            thread_ts=thread,
            files=stored,
            broadcast=broadcast,
            client_msg_id=f"{self._world.new_id('m')}-double",
        )

    def _in(self, channel: Channel) -> Channel:
        if self.id not in channel.members:
            raise AssertionError(f"{self.account.name} is not in {channel.name or channel.id}")
        if channel.archived:
            raise AssertionError(f"{channel.name} is archived")
        return channel

    def _stored(self, given: FileGiven) -> StoredFile:
        file = StoredFile(
            self._world.new_id("F"),
            given.name,
            given.name,
            given.content,
            len(given.content) if given.size is None else given.size,
            self.account,
            int(self._world.now),
            mimetype=given.mimetype,
            voice=given.voice,
            hidden=given.hidden,
            elsewhere=given.elsewhere,
        )
        self._world.files[file.id] = file
        return file

    def edit(self, message: Message, text: str) -> None:
        self._own(message)
        kept = escaped(text)
        blocks = [rich_text_of(kept, self._world.new_id("b"))]
        self._happenings.edit(message, kept, blocks)

    def delete(self, message: Message) -> None:
        """Take a message back; an administrator may take back anybody's."""
        self._happenings.delete(message)

    def _own(self, message: Message) -> None:
        if message.sender is not self.account:
            raise AssertionError("people edit their own messages only")

    def react(self, message: Message, name: str) -> list[Delivery]:
        return self._happenings.react(message, self.id, name, added=True)

    def unreact(self, message: Message, name: str) -> list[Delivery]:
        return self._happenings.react(message, self.id, name, added=False)

    # -- buttons, menus, views ----------------------------------------------------------------

    def press(self, where: Message | Ephemeral | View, label: str) -> Delivery:
        """Press the button with this label or action_id."""
        for block, element in _elements(where):
            if element["type"] == "button" and label in (
                element["text"]["text"],
                element["action_id"],
            ):
                return self._act(where, (block, element), {})
        raise AssertionError(f"no button {label!r}")

    def choose(
        self, where: Message | Ephemeral | View, action_id: str, chosen: str | list[str]
    ) -> Delivery:
        """Choose in a menu: by an option's value or label, or a user, channel or date."""
        for block, element in _elements(where):
            if element["action_id"] == action_id:
                return self._act(where, (block, element), choice(element, chosen))
        raise AssertionError(f"no menu {action_id!r}")

    def _act(self, where: Message | Ephemeral | View, element: Element, chosen: Json) -> Delivery:
        if isinstance(where, View):
            return self._interactions.act_in_view(self.account, where, *element, chosen)
        return self._interactions.act_on_message(self.account, where, *element, chosen)

    @property
    def views(self) -> list[View]:
        """The modals they see, the topmost last."""
        return self._interactions.open_views(self.id)

    @property
    def home(self) -> View | None:
        """The App Home they see."""
        return self._world.homes.get(self.id)

    def submit(self, view: View | None = None, **values: str | list[str]) -> Delivery:
        """Fill in a modal (by default the topmost) by action_id, and send it."""
        view = view or self.views[-1]
        filled = set()
        for block, element in view.elements():
            if block["type"] != "input":
                continue
            action_id = element["action_id"]
            given = values.get(action_id)
            if given is None and not block.get("optional") and not _initial(element):
                raise AssertionError(f"{action_id!r} must be filled in")
            check_length(element, given)
            filled.add(action_id)
            state = {"type": element["type"], **choice(element, given)}
            view.values.setdefault(block["block_id"], {})[action_id] = state
        if unknown := set(values) - filled:
            raise AssertionError(f"no fields {sorted(unknown)}")
        return self._interactions.submit(self.account, view)

    def close(self, view: View | None = None) -> Delivery | None:
        """Close a modal; the app hears of it only if it asked for that."""
        return self._interactions.close_view(self.account, view or self.views[-1])

    # -- shortcuts, commands, the App Home ----------------------------------------------------

    def message_shortcut(self, message: Message, callback_id: str) -> Delivery:
        return self._interactions.message_shortcut(self.account, message, callback_id)

    def global_shortcut(self, callback_id: str) -> Delivery:
        return self._interactions.global_shortcut(self.account, callback_id)

    def command(self, command: str, text: str = "", *, at: Where = None) -> Delivery:
        """A slash command, as `/kefu`; it works where the app is not, too."""
        return self._interactions.command(self.account, command, text, at or self.dm)

    def open_home(self, tab: Literal["home", "messages"] = "home") -> list[Delivery]:
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.dm.id,
            "tab": tab,
            "event_ts": self._world.new_ts(),
        }
        if tab == "home" and self.home is not None:
            event["view"] = self._interactions.shown_view(self.home)
        return self._happenings.deliveries.event(event)

    # -- coming and going ---------------------------------------------------------------------

    def join(self, channel: Channel) -> None:
        self._happenings.join(channel, self.id)

    def leave(self, channel: Channel) -> None:
        self._happenings.leave(channel, self.id)

    def set_presence(self, presence: Literal["active", "away"]) -> None:
        self.account.presence = presence

    def deactivate(self) -> None:
        """Their account is closed: nobody can write to them."""
        self.account.deleted = True
        self._world.changes.ring()


def _elements(where: Message | Ephemeral | View) -> list[Element]:
    if isinstance(where, Ephemeral):
        return list(elements_of(where.blocks))
    return list(where.elements())


def _initial(element: Json) -> Any:
    return next((one for name, one in element.items() if name.startswith("initial_")), None)


def choice(element: Json, chosen: Any) -> Json:
    """What a payload says of what was chosen or typed."""
    if chosen is None:
        chosen = _initial(element)
        if isinstance(chosen, dict):
            chosen = chosen["value"]
    name = _CHOICE.get(element["type"], "value")
    if name not in _OF_OPTIONS or chosen is None:
        return {name: chosen}
    wanted = chosen if isinstance(chosen, list) else [chosen]
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(o for g in groups for o in g["options"])]
    found = [o for o in options if o["value"] in wanted or o["text"]["text"] in wanted]
    if len(found) != len(wanted):
        raise AssertionError(f"no option {wanted}")
    return {name: found if name == "selected_options" else found[0]}


def check_length(element: Json, given: Any) -> None:
    """What Slack's clients do not let anybody send."""
    if isinstance(given, str) and element["type"] == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if not least <= len(given) <= most:
            raise AssertionError(f"{len(given)} characters, must be {least} to {most}")
