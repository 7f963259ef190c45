"""Methods that open and change views."""

from typing import Any

from tests.doubles.slack.block_kit import problems_of_view
from tests.doubles.slack.errors import BrokenDescription, SlackError
from tests.doubles.slack.methods import Workspace, method
from tests.doubles.slack.records import Trigger, View

Json = dict[str, Any]

TRIGGER_SECONDS = 3.0
STACK_MOST = 3


def view_given(given: Json, kind: str) -> Json:
    view = given.get("view")
    problems = problems_of_view(view)
    if not problems and view["type"] != kind:  # type: ignore[index]
        problems = [f"view: must be of type {kind}"]
    if problems:
        raise BrokenDescription(problems)
    assert isinstance(view, dict)
    return view


def trigger_given(workspace: Workspace, given: Json) -> Trigger:
    world = workspace.world
    trigger = world.triggers.get(given["trigger_id"])
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if world.now - trigger.at > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    return trigger


@method("views.open")
def open_view(workspace: Workspace, given: Json) -> Json:
    definition = view_given(given, "modal")
    trigger = trigger_given(workspace, given)
    trigger.used = True
    view = workspace.interactions.new_view(trigger.user, definition)
    return {"view": workspace.shown.view(view)}


@method("views.push")
def push(workspace: Workspace, given: Json) -> Json:
    definition = view_given(given, "modal")
    trigger = trigger_given(workspace, given)
    below = workspace.world.views.get(trigger.view or "")
    if below is None or not below.is_open:
        raise SlackError("not_found")
    if len(workspace.interactions.open_views(trigger.user)) >= STACK_MOST:
        raise SlackError("push_limit_reached")
    trigger.used = True
    view = workspace.interactions.new_view(trigger.user, definition, above=below)
    return {"view": workspace.shown.view(view)}


@method("views.update")
def update(workspace: Workspace, given: Json) -> Json:
    definition = view_given(given, "modal")
    view = sought(workspace, given)
    if given.get("hash") and given["hash"] != view.hash:
        raise SlackError("hash_conflict")
    workspace.interactions.change_view(view, definition)
    return {"view": workspace.shown.view(view)}


def sought(workspace: Workspace, given: Json) -> View:
    for view in workspace.world.views.values():
        external = given.get("external_id")
        is_it = view.id == given.get("view_id") or (
            external and view.definition.get("external_id") == external
        )
        if is_it and view.is_open:
            return view
    raise SlackError("not_found")


@method("views.publish")
def publish(workspace: Workspace, given: Json) -> Json:
    definition = view_given(given, "home")
    user = workspace.account(given["user_id"])
    home = workspace.world.homes.get(user.id)
    if home is not None and given.get("hash") and given["hash"] != home.hash:
        raise SlackError("hash_conflict")
    view = workspace.interactions.publish_home(user.id, definition)
    return {"view": workspace.shown.view(view)}
