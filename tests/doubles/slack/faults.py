"""The fault table: which call or event goes wrong, and how."""

from tests.doubles.telegram_faults import Fault, Where
from tests.doubles.telegram_faults import FaultTable as CommonFaultTable


class FaultTable(CommonFaultTable):
    """The table of the Telegram double, with Slack's word for an update.

    For a call: before_commit, drop_before_commit, commit_then_drop, commit_then_5xx,
    rate_limited, delay, commit_then_delay. For an event: duplicate, reorder.
    """

    def add_event(
        self,
        kind: str,
        *,
        event_type: str = "*",
        nth: int = 1,
        times: int | None = 1,
        where: Where = None,
    ) -> Fault:
        """Make the `nth` fitting event go wrong; `where` sees the event itself."""
        return self.add_update(kind, update_type=event_type, nth=nth, times=times, where=where)

    def for_event(self, event_type: str, event: dict[str, object]) -> Fault | None:
        """The fault that strikes this event, if any."""
        return self.for_update(event_type, event)
