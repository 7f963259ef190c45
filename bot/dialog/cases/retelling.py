"""A thread that is new is told what was said before it was there."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from bot.dialog.cases.showing import relay_message
from bot.dialog.draft import Draft
from handoff.story import tell_story
from handoff.ticket import Held, Line, lines_of


def tell_all(draft: Draft, held: Sequence[Held]) -> None:
    """The story as one message, and each held message as one of its own, so that the customer's
    words stand in the order in which they were written. What is held and not in the story is
    newer than that, or belongs to what was held just before it."""
    waiting = deque(held)
    refs = {each.message.ref for each in held}
    lines = lines_of(draft.conversation.story)
    known = {line.ref for line in lines}
    told = False
    before: list[Line] = []

    def show_next() -> None:
        each = waiting.popleft()
        relay_message(draft, each.message, each.seq, keep=each.message.ref not in known)

    for line in lines:
        if line.ref is None or line.ref not in refs:
            before.append(line)
            continue
        # Of what we said in between alone no message is made: it is told with what follows.
        if not told or any(each.role == "customer" for each in before):
            _tell(draft, before)
            told, before = True, []
        while any(each.message.ref == line.ref for each in waiting):
            show_next()
    _tell(draft, before)
    while waiting:
        show_next()


def _tell(draft: Draft, lines: Sequence[Line]) -> None:
    story = tell_story(tuple(lines), draft.settings.desk_lang)
    if not story:
        return
    draft.tell_thread(story)
    # One by one: a file that cannot be shown here must not hold back the others.
    for line in lines:
        for file in line.attachments if line.role == "customer" else ():
            draft.tell_thread("", attachments=(file,))
