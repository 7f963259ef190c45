"""Operations about the bot itself: login, its application, its commands, users and guilds."""

from typing import Any

from tests.doubles.discord.bodies import without_nulls
from tests.doubles.discord.calls import Answer, Call, answers
from tests.doubles.discord.errors import missing_access, missing_permissions, unknown
from tests.doubles.discord.permissions import bits
from tests.doubles.discord.shapes import (
    application_json,
    channel_json,
    guild_json,
    member_json,
    my_user_json,
    role_json,
    thread_member_json,
    user_json,
)
from tests.doubles.discord.things import ChannelType

CHAT_INPUT = 1
GATEWAY_MESSAGE_CONTENT = 1 << 18


@answers("get_gateway")
def gateway(call: Call) -> Answer:
    return Answer({"url": call.desk.gateway_url})


@answers("get_bot_gateway")
def bot_gateway(call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 999, "reset_after": 86400000, "max_concurrency": 1}
    return Answer(
        {"url": call.desk.gateway_url, "shards": call.desk.shards, "session_start_limit": limit}
    )


@answers("get_my_user")
def my_user(call: Call) -> Answer:
    return Answer(my_user_json(call.bot))


@answers("get_user")
def user(call: Call) -> Answer:
    return Answer(user_json(call.world.user(call.ids["user_id"])))


@answers("get_my_oauth2_application", "get_my_application", "get_application")
def application(call: Call) -> Answer:
    if call.ids.get("application_id", call.bot.id) != call.bot.id:
        raise missing_access()
    shown = application_json(call.bot, call.world.owner, len(call.world.guilds))
    if call.desk.allows_privileged_intents():
        shown["flags"] |= GATEWAY_MESSAGE_CONTENT
    return Answer(shown)


@answers("create_dm")
def open_dm(call: Call) -> Answer:
    person = call.world.user(int(call.body["recipient_id"]))
    return Answer(call.world.shown(call.world.open_dm(person)))


# -- guilds -----------------------------------------------------------------------------------


@answers("get_guild")
def guild(call: Call) -> Answer:
    shown = guild_json(call.guild)
    if call.query.get("with_counts"):
        count = len(call.guild.members)
        shown |= {"approximate_member_count": count, "approximate_presence_count": count}
    return Answer(shown)


@answers("list_guild_channels")
def guild_channels(call: Call) -> Answer:
    return Answer([channel_json(one, me=call.bot) for one in call.guild.channels.values()])


@answers("create_guild_channel")
def create_guild_channel(call: Call) -> Answer:
    if not call.guild.permissions_of(call.bot) & bits(["manage_channels"]):
        raise missing_permissions()
    channel = call.world.create_channel(
        call.guild,
        call.body["name"],
        ChannelType(call.body.get("type") or ChannelType.TEXT),
        topic=call.body.get("topic"),
    )
    for overwrite in call.body.get("permission_overwrites") or []:
        allow, deny = int(overwrite.get("allow") or 0), int(overwrite.get("deny") or 0)
        channel.overwrites[int(overwrite["id"])] = (allow, deny)
    return Answer(call.world.shown(channel))


@answers("list_guild_roles")
def guild_roles(call: Call) -> Answer:
    return Answer([role_json(role) for role in call.guild.roles.values()])


@answers("list_guild_members")
def guild_members(call: Call) -> Answer:
    after, limit = int(call.query.get("after", 0)), call.query.get("limit", 1)
    found = [one for user_id, one in sorted(call.guild.members.items()) if user_id > after]
    return Answer([member_json(member) for member in found[:limit]])


@answers("get_guild_member")
def guild_member(call: Call) -> Answer:
    member = call.guild.members.get(call.world.user(call.ids["user_id"]).id)
    if member is None:
        raise unknown("Member")
    return Answer(member_json(member))


@answers("get_active_guild_threads")
def active_threads(call: Call) -> Answer:
    threads = [
        thread
        for thread in call.guild.threads.values()
        if not thread.archived and call.may("view_channel", thread)
    ]
    joined = [thread for thread in threads if call.bot.id in thread.thread_members]
    return Answer(
        {
            "threads": [call.world.shown(thread) for thread in threads],
            "members": [thread_member_json(thread, call.bot.id) for thread in joined],
            "has_more": False,
        }
    )


# -- commands ---------------------------------------------------------------------------------


def commands_of(call: Call) -> dict[int, dict[str, Any]]:
    if call.ids["application_id"] != call.bot.id:
        raise missing_access()
    place = call.guild.id if "guild_id" in call.ids else None
    kept: dict[int, dict[str, Any]] = call.desk.commands.setdefault(place, {})
    return kept


def kept_command(call: Call, body: dict[str, Any], command_id: int) -> dict[str, Any]:
    permissions = body.get("default_member_permissions")
    kept = {
        **without_nulls({key: value for key, value in body.items() if key != "handler"}),
        "id": str(command_id),
        "application_id": str(call.bot.id),
        "version": str(call.world.new_id()),
        "type": body.get("type") or CHAT_INPUT,
        "description": body.get("description") or "",
        "default_member_permissions": None if permissions is None else str(permissions),
    }
    return {**kept, "guild_id": str(call.ids["guild_id"])} if "guild_id" in call.ids else kept


@answers("list_application_commands", "list_guild_application_commands")
def list_commands(call: Call) -> Answer:
    return Answer(list(commands_of(call).values()))


@answers("bulk_set_application_commands", "bulk_set_guild_application_commands")
def set_commands(call: Call) -> Answer:
    commands = commands_of(call)
    ids = {(one["name"], one["type"]): int(one["id"]) for one in commands.values()}
    commands.clear()
    for body in call.body:
        known = ids.get((body["name"], body.get("type") or CHAT_INPUT))
        command_id = known or call.world.new_id()
        commands[command_id] = kept_command(call, body, command_id)
    return Answer(list(commands.values()))


@answers("create_application_command", "create_guild_application_command")
def create_command(call: Call) -> Answer:
    commands = commands_of(call)
    key = (call.body["name"], call.body.get("type") or CHAT_INPUT)
    ids = {(one["name"], one["type"]): int(one["id"]) for one in commands.values()}
    command_id = ids.get(key) or call.world.new_id()
    commands[command_id] = kept_command(call, call.body, command_id)
    return Answer(commands[command_id], 200 if key in ids else 201)


@answers(
    "get_application_command",
    "get_guild_application_command",
    "update_application_command",
    "update_guild_application_command",
    "delete_application_command",
    "delete_guild_application_command",
)
def one_command(call: Call) -> Answer | None:
    commands, command_id = commands_of(call), call.ids["command_id"]
    if command_id not in commands:
        raise unknown("application command")
    if call.method == "DELETE":
        del commands[command_id]
        return None
    if call.method == "PATCH":
        merged = {**commands[command_id], **call.body}
        commands[command_id] = kept_command(call, merged, command_id)
    return Answer(commands[command_id])
