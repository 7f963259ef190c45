"""How people and channels look as Slack's JSON."""

from typing import Any

from tests.doubles.slack.records import Account, Channel
from tests.doubles.slack.world import World

Json = dict[str, Any]

ICONS = {f"image_{size}": f"https://a.slack-edge.com/bot_{size}.png" for size in (36, 48, 72)}


class ShownPlaces:
    """Renders the people and channels of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    # -- people -------------------------------------------------------------------------------

    def user(self, account: Account, *, with_locale: bool = False) -> Json:
        name = account.name
        profile: Json = {
            "title": "",
            "phone": "",
            "skype": "",
            "real_name": name,
            "real_name_normalized": name,
            "display_name": name,
            "display_name_normalized": name,
            "status_text": "",
            "status_emoji": "",
            "status_emoji_display_info": [],
            "status_expiration": 0,
            "avatar_hash": "g0",
            "first_name": name.partition(" ")[0],
            "last_name": name.partition(" ")[2],
            "status_text_canonical": "",
            "team": account.team_id,
            **{
                f"image_{size}": f"https://a.slack-edge.com/{account.id}_{size}.png"
                for size in (24, 32, 48, 72, 192, 512)
            },
        }
        shown: Json = {
            "id": account.id,
            "team_id": account.team_id,
            "name": account.handle,
            "deleted": account.deleted,
            "color": "9f69e7",
            "real_name": name,
            "tz": "Asia/Shanghai",
            "tz_label": "China Standard Time",
            "tz_offset": 28800,
            "profile": profile,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": account.is_bot,
            "is_app_user": False,
            "updated": 1700000000,
            "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
        if account.is_bot:
            app = self._world.app
            profile |= {"api_app_id": app.id, "bot_id": app.bot_id, "always_active": False}
        if account.team_id != self._world.team_id:
            shown["is_stranger"] = True
        if with_locale:
            shown["locale"] = account.locale
        return shown

    def bot_profile(self) -> Json:
        app = self._world.app
        return {
            "id": app.bot_id,
            "deleted": False,
            "name": app.name,
            "updated": 1700000000,
            "app_id": app.id,
            "user_id": app.user_id,
            "icons": dict(ICONS),
            "team_id": self._world.team_id,
        }

    # -- channels -----------------------------------------------------------------------------

    def channel(self, channel: Channel, *, with_num_members: bool = False) -> Json:
        world = self._world
        shown: Json = {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.archived,
            "is_im": channel.kind == "im",
            "is_org_shared": False,
            "context_team_id": channel.team_id,
            "updated": channel.created * 1000,
        }
        if channel.kind == "im":
            return {
                **shown,
                "user": channel.user,
                "is_user_deleted": world.accounts[channel.user or ""].deleted,
                "priority": 0,
            }
        words = {"value": "", "creator": "", "last_set": 0}
        shown |= {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "group",
            "is_mpim": False,
            "is_private": channel.kind == "group",
            "is_general": channel.name == "general",
            "unlinked": 0,
            "is_shared": channel.is_shared,
            "is_ext_shared": channel.is_shared,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "pending_connected_team_ids": [],
            "shared_team_ids": [channel.team_id, *channel.connected_teams],
            "creator": channel.creator,
            "is_member": world.bot.id in channel.members,
            "topic": dict(words),
            "purpose": dict(words),
            "previous_names": [],
        }
        if channel.is_shared:
            shown["connected_team_ids"] = list(channel.connected_teams)
            shown["conversation_host_id"] = channel.team_id
        if with_num_members:
            shown["num_members"] = len(channel.members)
        return shown
