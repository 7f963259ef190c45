"""The refusals of Discord's HTTP API: status, code and words as Discord has them."""

from typing import Any


class Refusal(Exception):
    """A request was refused."""

    def __init__(self, status: int, code: int, message: str, **fields: Any) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields

    def body(self) -> dict[str, Any]:
        """The answer as it goes over the wire."""
        return {"message": self.message, "code": self.code, **self.fields}


def unauthorized() -> Refusal:
    return Refusal(401, 0, "401: Unauthorized")


def not_found() -> Refusal:
    return Refusal(404, 0, "404: Not Found")


def unknown(what: str) -> Refusal:
    """Something that is not there, by Discord's name for it."""
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Emoji": 10014,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
    }
    return Refusal(404, codes[what], f"Unknown {what}")


def missing_access() -> Refusal:
    return Refusal(403, 50001, "Missing Access")


def missing_permissions() -> Refusal:
    return Refusal(403, 50013, "Missing Permissions")


def another_authors_message() -> Refusal:
    return Refusal(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> Refusal:
    return Refusal(400, 50006, "Cannot send an empty message")


def user_cannot_be_reached() -> Refusal:
    return Refusal(403, 50007, "Cannot send messages to this user")


def system_message() -> Refusal:
    return Refusal(403, 50021, "Cannot execute action on a system message")


def wrong_channel_type() -> Refusal:
    return Refusal(400, 50024, "Cannot execute action on this channel type")


def thread_is_archived(status: int = 400) -> Refusal:
    return Refusal(status, 50083, "Thread is archived")


def thread_exists_already() -> Refusal:
    return Refusal(400, 160004, "A thread has already been created for this message")


def already_acknowledged() -> Refusal:
    return Refusal(400, 40060, "Interaction has already been acknowledged.")


def request_too_large() -> Refusal:
    return Refusal(413, 40005, "Request entity too large")


def invalid_form(path: str, code: str, message: str) -> Refusal:
    """Invalid Form Body, with the place of the error; `path` is dotted."""
    errors: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path.split(".")):
        errors = {part: errors}
    return Refusal(400, 50035, "Invalid Form Body", errors=errors)


def rate_limited(retry_after: float, *, everywhere: bool = False) -> Refusal:
    return Refusal(
        429, 0, "You are being rate limited.", retry_after=retry_after, **{"global": everywhere}
    )
