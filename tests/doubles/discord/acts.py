"""What persons do with buttons, selects, forms and commands: the bot hears of interactions."""

import secrets
from collections.abc import Mapping
from typing import Any

from tests.doubles.discord.desk import Desk
from tests.doubles.discord.interactions import Interaction, InteractionType
from tests.doubles.discord.rest_interactions import owners_of
from tests.doubles.discord.shapes import member_json, user_json
from tests.doubles.discord.things import Channel, Message, User, inputs_in

BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, LABEL = 2, 3, 4, 5, 18
LINK = 5
CHAT_INPUT, ON_MESSAGE = 1, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
USER_OPTION, CHANNEL_OPTION = 6, 7
UPLOAD_LIMIT = 10 * 1024 * 1024


class Acts:
    """One user's interactions with the bot."""

    def __init__(self, desk: Desk, user: User) -> None:
        self._desk = desk
        self._world = desk.world
        self._user = user

    # -- components ---------------------------------------------------------------------------

    def press(self, message: Message, button: str) -> Interaction:
        found = [
            part
            for part in message.inputs
            if part["type"] == BUTTON and button in (part.get("label"), part.get("custom_id"))
        ]
        if not found:
            raise AssertionError(f"no button {button!r} among {message.labels}")
        if found[0].get("disabled"):
            raise AssertionError(f"the button {button!r} is disabled")
        if found[0]["style"] == LINK:
            raise AssertionError(f"the button {button!r} is a link")
        return self._use(message, found[0])

    def choose(self, message: Message, values: list[str], select: str | None) -> Interaction:
        selects = [part for part in message.inputs if part["type"] == STRING_SELECT]
        found = [part for part in selects if select in (None, part["custom_id"])]
        if not found or found[0].get("disabled"):
            raise AssertionError(f"no select {select!r} among {selects}")
        chosen = [value_in(found[0], one) for one in values]
        if not found[0]["min_values"] <= len(chosen) <= found[0]["max_values"]:
            raise AssertionError(f"{len(chosen)} values cannot be chosen in {found[0]}")
        return self._use(message, found[0], values=chosen)

    def _use(self, message: Message, part: dict[str, Any], **more: Any) -> Interaction:
        data = {
            "component_type": part["type"],
            "custom_id": part["custom_id"],
            "id": part["id"],
            **more,
        }
        return self._tell(InteractionType.COMPONENT, message.channel, data, message=message)

    def submit(self, opened: Interaction, fields: Mapping[str, str]) -> Interaction:
        if opened.modal is None:
            raise AssertionError("no form was opened")
        modal = opened.modal
        wanted = {part["custom_id"]: part for row in modal["components"] for part in inputs_of(row)}
        if unknown := fields.keys() - wanted.keys():
            raise AssertionError(f"the form has no fields {unknown}")
        for name, part in wanted.items():
            check_field(name, part, fields.get(name, part.get("value") or ""))
        rows = [filled(row, number, fields) for number, row in enumerate(modal["components"])]
        chosen = [
            self._world.users[int(fields[name])]
            for name, part in wanted.items()
            if part["type"] == USER_SELECT and name in fields
        ]
        users = {str(user.id): user_json(user) for user in chosen}
        resolved = {"users": users} if users else {}
        data = {"custom_id": modal["custom_id"], "components": rows, "resolved": resolved}
        opened.modal = None
        return self._tell(
            InteractionType.MODAL,
            opened.channel,
            data,
            message=opened.message,
            opened_by=opened,
        )

    # -- commands -----------------------------------------------------------------------------

    def command(self, name: str, channel: Channel, options: dict[str, Any]) -> Interaction:
        root, *path = name.split()
        known = self._command(root, CHAT_INPUT, channel)
        places: list[dict[str, Any]] = []
        described = known.get("options") or []
        for word in path:
            place = next((one for one in described if one["name"] == word), None)
            if place is None:
                raise AssertionError(f"no subcommand {name!r}")
            places.append({"name": word, "type": place["type"]})
            described = place.get("options") or []
        if any(one["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for one in described):
            raise AssertionError(f"{name!r} needs a subcommand")
        given, resolved = self._options(described, options, channel)
        for place in reversed(places):
            given = [{**place, "options": given}]
        data = {"id": known["id"], "name": root, "type": CHAT_INPUT, "options": given}
        if resolved:
            data["resolved"] = resolved
        return self._tell(InteractionType.COMMAND, channel, data)

    def command_on(self, message: Message, name: str) -> Interaction:
        known = self._command(name, ON_MESSAGE, message.channel)
        shown = self._world.message_json(message)
        data = {
            "id": known["id"],
            "name": name,
            "type": ON_MESSAGE,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): shown}},
        }
        return self._tell(InteractionType.COMMAND, message.channel, data)

    def _command(self, name: str, kind: int, channel: Channel) -> dict[str, Any]:
        places = [None] if channel.guild is None else [channel.guild.id, None]
        for place in places:
            for command in self._desk.commands.get(place, {}).values():
                if (command["name"], command["type"]) == (name, kind):
                    return command
        raise AssertionError(f"the bot has no command {name!r}")

    def _options(
        self, described: list[dict[str, Any]], options: dict[str, Any], channel: Channel
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        names = {one["name"] for one in described}
        if unknown := options.keys() - names:
            raise AssertionError(f"the command has no options {unknown}")
        given, resolved = [], {}
        for one in described:
            if one["name"] not in options:
                if one.get("required"):
                    raise AssertionError(f"the option {one['name']!r} is required")
                continue
            value = options[one["name"]]
            if one["type"] == USER_OPTION:
                user = self._world.users[int(value)]
                resolved.setdefault("users", {})[str(user.id)] = user_json(user)
                value = str(user.id)
            given.append({"name": one["name"], "type": one["type"], "value": value})
        return given, resolved

    # -- telling the bot ----------------------------------------------------------------------

    def _tell(
        self,
        kind: InteractionType,
        channel: Channel,
        data: dict[str, Any],
        *,
        message: Message | None = None,
        opened_by: Interaction | None = None,
    ) -> Interaction:
        interaction = Interaction(
            self._world.new_id(),
            secrets.token_urlsafe(48),
            kind,
            self._user,
            channel,
            data,
            message,
            opened_by,
        )
        self._desk.interactions[interaction.id] = interaction
        self._world.emit("INTERACTION_CREATE", self._event(interaction), guild=channel.guild)
        return interaction

    def _event(self, interaction: Interaction) -> dict[str, Any]:
        channel, guild, bot = interaction.channel, interaction.channel.guild, self._world.bot
        payload = {
            "id": str(interaction.id),
            "application_id": str(bot.id),
            "type": int(interaction.type),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": self._world.shown(channel),
            "locale": self._user.locale,
            "entitlements": [],
            "authorizing_integration_owners": owners_of(interaction),
            "context": 1 if guild is None else 0,
            "attachment_size_limit": UPLOAD_LIMIT,
            "app_permissions": str(2**53 - 1),
        }
        if interaction.message is not None:
            payload["message"] = self._world.message_json(interaction.message)
        if guild is None:
            return {**payload, "user": user_json(self._user)}
        held = guild.permissions_of(self._user, channel)
        payload |= {
            "app_permissions": str(guild.permissions_of(bot, channel)),
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": {
                **member_json(guild.members[self._user.id]),
                "permissions": str(held),
            },
        }
        return payload


def value_in(select: dict[str, Any], wanted: str) -> str:
    for option in select["options"]:
        if wanted in (option["value"], option["label"]):
            return str(option["value"])
    raise AssertionError(f"no option {wanted!r} in {select['options']}")


def inputs_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [row["component"]] if row["type"] == LABEL else inputs_in(row)


def check_field(name: str, part: dict[str, Any], text: str) -> None:
    """Refuse what the form would not let a person send."""
    needed = part.get("required")
    if not text and (needed is None or needed):
        raise AssertionError(f"the field {name!r} is required")
    shortest, longest = part.get("min_length") or 0, part.get("max_length") or 4000
    if text and not shortest <= len(text) <= longest:
        raise AssertionError(f"the field {name!r} takes {shortest} to {longest} characters")


def _answer(part: dict[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """What was chosen, or written."""
    if part["type"] == USER_SELECT:
        return {"values": [fields[part["custom_id"]]] if part["custom_id"] in fields else []}
    return {"value": fields.get(part["custom_id"], part.get("value") or "")}


def filled(row: dict[str, Any], number: int, fields: Mapping[str, str]) -> dict[str, Any]:
    """A row of a form, with what the person wrote."""
    base = {"type": row["type"], "id": row.get("id") or 2 * number + 1}
    parts = [
        {
            "type": part["type"],
            "id": part.get("id") or 2 * number + 2,
            "custom_id": part["custom_id"],
            **_answer(part, fields),
        }
        for part in inputs_of(row)
    ]
    if row["type"] == LABEL:
        return {**base, "component": parts[0]}
    return {**base, "components": parts} if parts else base
