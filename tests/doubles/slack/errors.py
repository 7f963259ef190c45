"""How Slack refuses."""

from typing import Any


class SlackError(Exception):
    """A call that Slack refuses; `details` go into the answer beside the error's code."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.details}


class BrokenDescription(SlackError):
    """A request that breaks what Slack describes: refused, and recorded as a violation."""

    def __init__(self, problems: list[str], code: str = "invalid_arguments") -> None:
        super().__init__(code, response_metadata={"messages": [f"[ERROR] {p}" for p in problems]})
        self.problems = problems


def missing_scope(needed: str, provided: set[str]) -> SlackError:
    return SlackError("missing_scope", needed=needed, provided=",".join(sorted(provided)))
