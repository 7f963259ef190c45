"""Customers' plain words may share a message; nothing else does."""

from __future__ import annotations

from msgspec import structs

from bot.outbox.batching import may_share, merged, together
from chat.actions import Button, Send, Speaker
from chat.address import Address
from chat.message import Attachment, MessageRef, Span

THREAD = Address("telegram", "-1", "5")


def relayed(n: int, text: str) -> Send:
    return Send(
        f"e{n}/0",
        THREAD,
        text,
        speaker=Speaker("customer", "Li"),
        mirrors=MessageRef("web", "v", str(n)),
    )


def test_plain_words_share_up_to_the_limit_and_in_order() -> None:
    words = [relayed(n, "x" * 10) for n in range(5)]
    assert together(words, 33) == words[:3]
    assert together(words, 5) == words[:1]
    stop = structs.replace(
        words[2], attachments=(Attachment("photo", "a", "image/png", 1, "web:1"),)
    )
    assert together([*words[:2], stop, *words[3:]], 1000) == words[:2]


def test_what_is_more_than_words_does_not_share() -> None:
    plain = relayed(1, "hello")
    assert may_share(plain)
    for other in (
        structs.replace(plain, speaker=Speaker("agent", "Lin")),
        structs.replace(plain, text=""),
        structs.replace(plain, reply_to=MessageRef("web", "v", "9")),
        structs.replace(plain, buttons=((Button("a", "A"),),)),
        structs.replace(plain, only_in=("human",)),
    ):
        assert not may_share(other)


def test_the_shared_message_holds_all_words_with_their_formatting() -> None:
    bold = structs.replace(relayed(2, "two"), spans=(Span("bold", 0, 3),))
    shared = merged([relayed(1, "一"), bold])
    assert shared.text == "一\ntwo"
    assert shared.spans == (Span("bold", 2, 5),)
    assert shared.text[2:5] == "two"
