"""The things of the world as Discord's JSON shows them."""

from typing import Any

from tests.doubles.discord.things import (
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    MessageFlag,
    Role,
    User,
)

NO_FLAGS = 0


def without_nones(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def user_json(user: User) -> dict[str, Any]:
    shown = {
        "id": str(user.id),
        "username": user.username,
        "discriminator": "0000" if user.is_bot else "0",
        "global_name": user.global_name,
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": NO_FLAGS,
        "flags": NO_FLAGS,
    }
    return {**shown, "bot": True} if user.is_bot else shown


def my_user_json(user: User) -> dict[str, Any]:
    return {
        **user_json(user),
        "mfa_enabled": True,
        "locale": user.locale,
        "premium_type": 0,
        "email": None,
        "verified": True,
    }


def application_json(bot: User, owner: User, guilds: int) -> dict[str, Any]:
    return {
        "id": str(bot.id),
        "name": bot.username,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_json(bot),
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": NO_FLAGS,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_json(owner),
        "approximate_guild_count": guilds,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def role_json(role: Role) -> dict[str, Any]:
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": NO_FLAGS,
    }


def member_json(member: Member, *, with_user: bool = True) -> dict[str, Any]:
    shown = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": NO_FLAGS,
        "joined_at": member.joined_at,
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role.id) for role in member.roles],
        "mute": False,
        "deaf": False,
    }
    return {**shown, "user": user_json(member.user)} if with_user else shown


def guild_json(guild: Guild) -> dict[str, Any]:
    nothing = dict.fromkeys(
        [
            "icon",
            "description",
            "home_header",
            "splash",
            "discovery_splash",
            "banner",
            "application_id",
            "afk_channel_id",
            "system_channel_id",
            "widget_channel_id",
            "max_presences",
            "vanity_url_code",
            "rules_channel_id",
            "safety_alerts_channel_id",
            "public_updates_channel_id",
            "incidents_data",
        ]
    )
    return {
        **nothing,
        "id": str(guild.id),
        "name": guild.name,
        "features": ["COMMUNITY"],
        "owner_id": str(guild.owner.id),
        "region": "rotterdam",
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "verification_level": 0,
        "roles": [role_json(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500000,
        "max_stage_video_channel_users": 0,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
    }


def channel_json(channel: Channel, *, me: User) -> dict[str, Any]:
    """A channel of any kind, as it is shown to one user."""
    newest = next(reversed(channel.visible), None)
    shown: dict[str, Any] = {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": NO_FLAGS,
        "last_message_id": None if newest is None else str(newest.id),
    }
    if channel.is_dm:
        return {**shown, "recipients": [user_json(channel.recipient or me)]}
    assert channel.guild is not None
    shown |= {
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "parent_id": None if channel.parent is None else str(channel.parent.id),
        "rate_limit_per_user": channel.slow_mode_seconds,
    }
    return shown | (thread_part(channel, me) if channel.is_thread else place_part(channel))


def place_part(channel: Channel) -> dict[str, Any]:
    guild = channel.guild
    assert guild is not None
    part: dict[str, Any] = {
        "topic": channel.topic,
        "position": channel.position,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if target in guild.roles else 1,
                "allow": str(allow),
                "deny": str(deny),
            }
            for target, (allow, deny) in channel.overwrites.items()
        ],
    }
    if channel.is_forum:
        part |= {
            "available_tags": [
                {
                    "id": str(tag),
                    "name": name,
                    "moderated": False,
                    "emoji_id": None,
                    "emoji_name": None,
                }
                for tag, name in channel.tags.items()
            ],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return part


def thread_part(thread: Channel, me: User) -> dict[str, Any]:
    assert thread.owner is not None
    is_in_forum = thread.parent is not None and thread.parent.is_forum
    written = thread.sent_ever - (1 if is_in_forum else 0)
    part: dict[str, Any] = {
        "owner_id": str(thread.owner.id),
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": thread.archived_at or thread.created_at,
            "auto_archive_duration": thread.auto_archive_minutes,
            "locked": thread.locked,
            "create_timestamp": thread.created_at,
        },
        "message_count": max(0, written - sum(m.deleted for m in thread.messages.values())),
        "member_count": min(len(thread.thread_members), 50),
        "total_message_sent": max(0, written),
    }
    if thread.type == 12:
        part["thread_metadata"]["invitable"] = thread.invitable
    if is_in_forum:
        part["applied_tags"] = [str(tag) for tag in thread.applied_tags]
    if me.id in thread.thread_members:
        part["member"] = thread_member_json(thread, me.id)
    return part


def thread_member_json(thread: Channel, user_id: int) -> dict[str, Any]:
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": thread.thread_members[user_id],
        "flags": 1,
    }


def emoji_json(emoji: str) -> dict[str, Any]:
    """A standard emoji, or a guild's own one, written as ``name:id``."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def attachment_json(attachment: Attachment, url: str, *, spoken: bool = False) -> dict[str, Any]:
    return without_nones(
        id=str(attachment.id),
        filename=attachment.filename,
        size=attachment.size,
        url=url,
        proxy_url=url,
        content_type=attachment.content_type,
        description=attachment.description,
        ephemeral=True if attachment.ephemeral else None,
        duration_secs=1.5 if spoken else None,
        waveform="AAAA" if spoken else None,
    )


def reactions_json(message: Message, me: User) -> list[dict[str, Any]]:
    return [
        {
            "emoji": emoji_json(emoji),
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "burst_colors": [],
            "me_burst": False,
            "me": me.id in users,
        }
        for emoji, users in message.reactions.items()
        if users
    ]


def is_loading(message: Message) -> bool:
    return bool(message.flags & MessageFlag.LOADING)
