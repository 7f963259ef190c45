"""What Slack's recordings cannot tell: which keys are always there, and which are newer.

The recordings are unions: every key that was ever seen, with its type.
"""


def words(text: str) -> list[str]:
    return text.split()


WRAPPER = words(
    """token team_id api_app_id event type event_id event_time event_context
        authorizations is_ext_shared_channel authed_users"""
)
MESSAGE = ["type", "user", "text", "ts", "team"]
EVENT_MESSAGE = [*MESSAGE, "channel", "event_ts", "channel_type"]
FILE = words(
    """id created timestamp name title mimetype filetype pretty_type user editable size
        mode is_external external_type is_public public_url_shared display_as_bot
        username url_private url_private_download permalink permalink_public
        has_rich_preview file_access"""
)
CHANNEL = ["id", "created", "is_archived", "is_im", "is_org_shared", "context_team_id", "updated"]
USER = words(
    """id team_id name deleted color real_name tz tz_label tz_offset profile is_admin
        is_owner is_primary_owner is_restricted is_ultra_restricted is_bot is_app_user
        updated is_email_confirmed who_can_share_contact_card"""
)
VIEW = words(
    """id team_id type title private_metadata callback_id external_id state hash
        clear_on_close notify_on_close submit_disabled root_view_id previous_view_id
        submit close app_id app_installed_team_id bot_id"""
)
INTERACTION = ["type", "team", "user", "api_app_id", "token", "enterprise", "is_enterprise_install"]
CHANGE = ["type", "subtype", "channel", "hidden", "event_ts", "ts", "channel_type"]
LEFT = ["type", "channel", "actor_id", "event_ts"]
MEMBER = ["type", "user", "channel", "channel_type", "team", "event_ts"]
REACTION = ["type", "user", "item", "reaction", "event_ts"]
ARCHIVE = ["type", "channel", "user", "event_ts"]

ALWAYS: dict[str, dict[str, list[str]]] = {
    "answers": {
        "auth.test": words("ok url team user team_id user_id bot_id is_enterprise_install"),
        "apps.connections.open": ["ok", "url"],
        "chat.postMessage": ["ok", "channel", "ts", "message"],
        "chat.update": ["ok", "channel", "ts", "text", "message"],
        "chat.delete": ["ok", "channel", "ts"],
        "chat.postEphemeral": ["ok", "message_ts"],
        "chat.getPermalink": ["ok", "permalink", "channel"],
        "conversations.info": ["ok", "channel"],
        "conversations.open": ["ok", "channel"],
        "conversations.list": ["ok", "channels", "response_metadata"],
        "conversations.history": ["ok", "messages", "has_more"],
        "conversations.replies": ["ok", "messages", "has_more"],
        "conversations.members": ["ok", "members", "response_metadata"],
        "users.info": ["ok", "user"],
        "users.list": ["ok", "members", "cache_ts", "response_metadata"],
        "users.getPresence": ["ok", "presence"],
        "files.info": ["ok", "file"],
        "files.getUploadURLExternal": ["ok", "upload_url", "file_id"],
        "files.completeUploadExternal": ["ok", "files"],
        "reactions.add": ["ok"],
        "reactions.remove": ["ok"],
        "views.open": ["ok", "view"],
        "views.update": ["ok", "view"],
    },
    "events": {
        "Message": EVENT_MESSAGE,
        "MessageFileShare": [
            *(key for key in EVENT_MESSAGE if key != "team"),
            *["files", "upload", "display_as_bot"],
        ],
        "MessageThreadBroadcast": [*(k for k in EVENT_MESSAGE if k != "team"), "thread_ts", "root"],
        "MessageChanged": [*CHANGE, "message", "previous_message"],
        "MessageDeleted": [*CHANGE, "deleted_ts", "previous_message"],
        "AppMention": ["type", "user", "text", "ts", "team", "channel", "event_ts"],
        "AppHomeOpened": ["type", "user", "channel", "tab", "event_ts"],
        "ReactionAdded": REACTION,
        "ReactionRemoved": REACTION,
        "ChannelArchive": ARCHIVE,
        "ChannelUnarchive": ARCHIVE,
        "GroupArchive": ARCHIVE,
        "GroupUnarchive": ARCHIVE,
        "MessageChannelArchive": words("type subtype user channel channel_type text ts event_ts"),
        "MessageChannelUnarchive": words("type subtype user channel channel_type text ts event_ts"),
        "ChannelLeft": LEFT,
        "GroupLeft": LEFT,
        "MemberJoinedChannel": MEMBER,
        "MemberLeftChannel": MEMBER,
        "FileShared": ["type", "file_id", "user_id", "file", "channel_id", "event_ts"],
        "FileDeleted": ["type", "file_id", "event_ts"],
        "AppUninstalled": ["type", "event_ts"],
        "TokensRevoked": ["type", "tokens", "event_ts"],
        "UserChange": ["type", "user", "event_ts"],
    },
    "payloads": {
        "BlockActionPayload": [*INTERACTION, "container", "trigger_id", "actions"],
        "MessageShortcutPayload": [
            *words("""type callback_id trigger_id message_ts response_url message channel user"""),
            *["team", "token", "action_ts", "is_enterprise_install"],
        ],
        "ViewSubmissionPayload": [*INTERACTION, "trigger_id", "view"],
        "ViewClosedPayload": [*INTERACTION, "view", "is_cleared"],
        "SlashCommandPayload": words(
            """token api_app_id team_id team_domain channel_id channel_name user_id user_name
        command text response_url trigger_id is_enterprise_install"""
        ),
    },
}
"""Keys that are there every time, by shape."""

INSIDE: dict[str, list[str]] = {
    "files": FILE,
    "user": USER,
    "members": USER,
    "view": VIEW,
    "channel": CHANNEL,
    "channels": CHANNEL,
    "messages": ["type", "text", "ts"],
}
"""Keys that these objects always have, in answers."""

BARE = {"conversations.open"}
"""Methods that give only the id of an object unless asked for more."""

EVENT_SHAPES = {
    "message_changed": "MessageChanged",
    "message_deleted": "MessageDeleted",
    "file_share": "MessageFileShare",
    "thread_broadcast": "MessageThreadBroadcast",
    "channel_archive": "MessageChannelArchive",
    "channel_unarchive": "MessageChannelUnarchive",
    "group_archive": "MessageChannelArchive",
    "group_unarchive": "MessageChannelUnarchive",
}
"""The recording for a subtype of message."""

NEWER_KEYS = set(
    words(
        """app_id authed_users blocks bot_id bot_profile client_msg_id event_ts files hidden
        is_user_deleted metadata parent_user_id reply_users response_urls root source_team
        subtype team user_id user_team users thread_ts subscribed
        reply_count reply_users_count latest_reply is_locked reactions"""
    )
)
"""Keys that some recordings lack although Slack sends them there today."""

LOOSE_TYPES = {"color", "is_moved", "is_enterprise_install", "last_set", "cache_ts", "previews"}
"""Keys whose recorded type is not what Slack sends."""

EXTRA_ARGUMENTS: dict[str, set[str]] = {
    "chat.postMessage": {"metadata", "markdown_text", "client_msg_id"},
    "chat.update": {"metadata", "markdown_text", "reply_broadcast", "file_ids"},
    "chat.postEphemeral": {"markdown_text"},
    "conversations.history": {"include_all_metadata"},
    "conversations.replies": {"include_all_metadata"},
    "conversations.open": {"prevent_creation"},
    "views.open": {"interactivity_pointer"},
    "views.push": {"interactivity_pointer"},
}
"""Arguments that came after the description of 2020."""

EVERYWHERE = {"team_id"}
"""What the client library adds to every call of an app that bolt authorised."""

EXTRA_METHODS: dict[str, dict[str, tuple[str, bool]]] = {
    "apps.connections.open": {},
    "files.getUploadURLExternal": {
        "filename": ("string", True),
        "length": ("integer", True),
        "alt_txt": ("string", False),
        "snippet_type": ("string", False),
    },
    "files.completeUploadExternal": {
        "files": ("array", True),
        "channel_id": ("string", False),
        "channels": ("string", False),
        "thread_ts": ("string", False),
        "initial_comment": ("string", False),
        "blocks": ("array", False),
    },
}
"""Methods that came after the description of 2020: arguments with type and whether required."""

TAKES_JSON = {"apps.connections.open", "files.completeUploadExternal"}
