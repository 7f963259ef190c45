"""Permissions: their bits, and what a member may do in a channel."""

from collections.abc import Iterable

BITS = {
    "administrator": 3,
    "manage_channels": 4,
    "manage_guild": 5,
    "add_reactions": 6,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "mention_everyone": 17,
    "manage_roles": 28,
    "use_application_commands": 31,
    "manage_threads": 34,
    "create_public_threads": 35,
    "create_private_threads": 36,
    "send_messages_in_threads": 38,
    "pin_messages": 51,
}
ADMINISTRATOR = 1 << BITS["administrator"]
EVERYTHING = (1 << 53) - 1


def bits(names: Iterable[str]) -> int:
    """The set of permissions with these names."""
    return sum(1 << BITS[name] for name in set(names))


EVERYBODYS = bits(
    [
        "add_reactions",
        "view_channel",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "use_application_commands",
        "create_public_threads",
        "send_messages_in_threads",
    ]
)
BOTS = EVERYBODYS | bits(
    [
        "manage_channels",
        "manage_messages",
        "manage_threads",
        "create_private_threads",
        "pin_messages",
    ]
)
