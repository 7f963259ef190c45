"""Methods that upload, share and delete files."""

from typing import Any

from tests.doubles.slack.errors import SlackError
from tests.doubles.slack.methods import Workspace, method
from tests.doubles.slack.methods_chat import place_of, thread_of, writable
from tests.doubles.slack.records import StoredFile

Json = dict[str, Any]

FILE_MOST = 1024**3


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(workspace: Workspace, given: Json) -> Json:
    world = workspace.world
    if given["length"] <= 0:
        raise SlackError("file_upload_size_restricted")
    if given["length"] > FILE_MOST:
        raise SlackError("file_upload_size_restricted")
    file = StoredFile(
        world.new_id("F"),
        given["filename"],
        given["filename"],
        None,
        given["length"],
        world.bot,
        int(world.now),
    )
    world.files[file.id] = file
    return {"upload_url": f"{workspace.shown.base_url}/upload/v1/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(workspace: Workspace, given: Json) -> Json:
    """Make files of what was uploaded; with a channel, post them as one message there."""
    files = []
    if not isinstance(given["files"], list):
        raise SlackError("invalid_arguments")
    for one in given["files"]:
        file = workspace.world.files.get(one.get("id", ""))
        if file is None or file.content is None or file.shared_in:
            raise SlackError("file_not_found")
        files.append((file, one))
    places = [*str(given.get("channels") or "").split(","), given.get("channel_id") or ""]
    channels = [writable(workspace, place_of(workspace, one)) for one in places if one]
    threads = [thread_of(channel, given) for channel in channels]
    for file, one in files:
        file.title = one.get("title") or file.title
    for channel, thread_ts in zip(channels, threads, strict=True):
        workspace.happenings.post(
            channel,
            workspace.world.bot,
            given.get("initial_comment") or "",
            blocks=given.get("blocks"),
            thread_ts=thread_ts,
            files=[file for file, _ in files],
        )
    # Slack answers before it has posted: where the files are is seen by files.info only.
    return {"files": [workspace.shown.file(file) for file, _ in files]}


def known_file(workspace: Workspace, given: Json) -> StoredFile:
    file = workspace.world.files.get(str(given.get("file", "")))
    bot = workspace.world.bot
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    if file.owner is not bot and not any(bot.id in m.channel.members for m in file.shared_in):
        raise SlackError("file_not_found")
    return file


@method("files.info", "files:read")
def info(workspace: Workspace, given: Json) -> Json:
    return {"file": workspace.shown.file_with_shares(known_file(workspace, given))}


@method("files.delete", "files:write")
def delete(workspace: Workspace, given: Json) -> Json:
    file = known_file(workspace, given)
    if file.owner is not workspace.world.bot:
        raise SlackError("cant_delete_file")
    workspace.happenings.delete_file(file)
    return {}
