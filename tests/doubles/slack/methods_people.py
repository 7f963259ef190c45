"""Methods about the app, its connections, people, and reactions."""

import re
from typing import Any

from tests.doubles.slack.errors import SlackError
from tests.doubles.slack.methods import Workspace, method, page
from tests.doubles.slack.records import Message

Json = dict[str, Any]

EMOJI_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


@method("auth.test")
def auth_test(workspace: Workspace, _given: Json) -> Json:
    world = workspace.world
    return {
        "url": f"https://{world.domain}.slack.com/",
        "team": world.team_name,
        "user": world.bot.handle,
        "team_id": world.team_id,
        "user_id": world.bot.id,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def connections_open(workspace: Workspace, _given: Json) -> Json:
    base = workspace.shown.base_url.replace("http://", "ws://")
    ticket = workspace.sockets.new_ticket()
    return {"url": f"{base}/link/?ticket={ticket}&app_id={workspace.world.app.id}"}


@method("bots.info", "users:read")
def bots_info(workspace: Workspace, given: Json) -> Json:
    profile = workspace.shown.bot_profile()
    if given.get("bot", profile["id"]) != profile["id"]:
        raise SlackError("bot_not_found")
    return {"bot": {key: one for key, one in profile.items() if key != "team_id"}}


@method("users.info", "users:read")
def users_info(workspace: Workspace, given: Json) -> Json:
    account = workspace.account(given.get("user", ""))
    with_locale = bool(given.get("include_locale"))
    return {"user": workspace.shown.user(account, with_locale=with_locale)}


@method("users.getPresence", "users:read")
def presence(workspace: Workspace, given: Json) -> Json:
    return {"presence": workspace.account(given.get("user", "")).presence}


@method("users.list", "users:read")
def users_list(workspace: Workspace, given: Json) -> Json:
    with_locale = bool(given.get("include_locale"))
    accounts = workspace.world.accounts.values()
    found = [workspace.shown.user(account, with_locale=with_locale) for account in accounts]
    members, cursor = page(found, given)
    return {
        "members": members,
        "cache_ts": int(workspace.world.now),
        "response_metadata": {"next_cursor": cursor},
    }


def item(workspace: Workspace, given: Json) -> Message:
    if not given.get("channel") or not given.get("timestamp"):
        raise SlackError("no_item_specified")
    channel = workspace.channel(given["channel"], member=True)
    message = workspace.message(channel, str(given["timestamp"]))
    if message.tombstone:
        raise SlackError("message_not_found")
    return message


@method("reactions.add", "reactions:write")
def add_reaction(workspace: Workspace, given: Json) -> Json:
    message, name = item(workspace, given), given["name"].strip(":")
    bot = workspace.world.bot.id
    if EMOJI_NAME.fullmatch(name) is None:
        raise SlackError("invalid_name")
    if message.channel.archived:
        raise SlackError("is_archived")
    if bot in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    workspace.happenings.react(message, bot, name, added=True)
    return {}


@method("reactions.remove", "reactions:write")
def remove_reaction(workspace: Workspace, given: Json) -> Json:
    message, name = item(workspace, given), given["name"].strip(":")
    bot = workspace.world.bot.id
    if bot not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    workspace.happenings.react(message, bot, name, added=False)
    return {}


@method("reactions.get", "reactions:read")
def get_reactions(workspace: Workspace, given: Json) -> Json:
    message = item(workspace, given)
    shown = workspace.shown.message(message)
    return {"type": "message", "channel": message.channel.id, "message": shown}
