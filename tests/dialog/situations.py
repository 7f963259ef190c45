"""A conversation in each state, and an event for each trigger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import structs

from bot.dialog.conversation import Conversation, Decision, QueueView, Settings, State
from bot.dialog.engine import decide
from bot.dialog.guide import Guide, mark_of
from bot.dialog.reading import OPENING_TIMER, WAITING_TIMER
from bot.dialog.transitions import Trigger
from chat.actions import OpenThread, React, Reason, Send, Speaker
from chat.address import Address, Person
from chat.events import (
    AddressesLinked,
    ButtonPressed,
    DeliveryFailed,
    DeliveryUncertain,
    Event,
    LinkRefused,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ThreadFailed,
    ThreadOpened,
    TimerFired,
    TypingStarted,
)
from chat.message import Message, MessageRef, SecretKind
from handoff.lookalikes import Official
from handoff.secrets.finder import marker
from handoff.temper import Temper
from handoff.ticket import ClosedTicket, Held, HeldReply, Line, Ticket, written
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.scenarios.simulation.moods import MOODS
from tests.scenarios.simulation.norms import NORMS

DESK: Final = Address("tg", "-1")
THREAD: Final = DESK.in_thread("t1")
OTHER_THREAD: Final = DESK.in_thread("t2")
CUSTOMER: Final = Address("web", "v1")
LI: Final = Person("web", "v1", "Li")
LIN: Final = Person("tg", "9", "Lin")
BO: Final = Person("tg", "8", "Bo")
STRANGER: Final = Person("tg", "7", "Mallory")
SETTINGS: Final = Settings(
    desk=DESK,
    agents=frozenset({LIN.key, BO.key}),
    norms=NORMS,
    official=Official("Tokenim", ("tokenim.com",)),
)
NOW: Final = 1000.0

TICKET: Final = Ticket(id="KAAAAAA", cause="asked", quote="help", opened_at=900.0)
SAID: Final = Line("customer", "help", 890.0, "Li", ref=MessageRef("web", "v1", "m1"))


def conversation(state: State) -> Conversation:
    """A conversation in a state: with a person it is Lin's."""
    ticket = {
        State.BOT: None,
        State.OPENING: TICKET,
        State.WAITING: structs.replace(TICKET, thread=THREAD, card_message="card"),
        State.HUMAN: structs.replace(
            TICKET, thread=THREAD, card_message="card", agent=LIN, claimed_at=950.0
        ),
    }[state]
    return Conversation(
        id=CUSTOMER.key,
        customer=CUSTOMER,
        person=LI,
        state=state,
        seq=1,
        story=written(SAID),
        ticket=ticket,
    )


def holding_back(*, never: bool = False, changes: bool = False) -> Conversation:
    """A conversation with Lin, one of whose replies is held."""
    message = Message("a1", NOW - 5, LIN, THREAD, "it will arrive, guaranteed")
    held = HeldReply("k1", message, "promise", "guaranteed", never=never, changes=changes)
    line = Line("agent", message.text, message.at, LIN.name, internal=True, ref=message.ref)
    given = conversation(State.HUMAN)
    assert given.ticket is not None
    ticket = structs.replace(given.ticket, held_replies=(held,))
    return structs.replace(given, ticket=ticket, story=(*given.story, *written(line)))


def closed(at: float, agent: Person | None = LIN) -> Conversation:
    """A conversation whose case was closed."""
    ticket = structs.replace(TICKET, thread=THREAD, card_message="card", agent=agent)
    return structs.replace(conversation(State.BOT), last=ClosedTicket(ticket, at))


def walking(step: int, at: float = NOW - 60) -> Guide:
    """Somebody is at a step of the procedure in the small base."""
    entry = KNOWLEDGE.get("wallet.backup")
    return Guide(entry.id, len(entry.steps), at, step, mark_of(entry, step))


def holding(*texts: str) -> Conversation:
    """A conversation that waits for its thread and holds messages."""
    held = tuple(
        Held(n, Message(f"h{n}", NOW, LI, CUSTOMER, text)) for n, text in enumerate(texts, 2)
    )
    ticket = structs.replace(TICKET, held=held)
    return structs.replace(conversation(State.OPENING), ticket=ticket, seq=1 + len(texts))


def wrote(text: str, event: str = "e1", message: str = "m9", **more: object) -> MessageReceived:
    """The customer writes."""
    return MessageReceived(event, NOW, Message(message, NOW, LI, CUSTOMER, text, **more))  # type: ignore[arg-type]


def leaked(kind: SecretKind, text: str = "") -> MessageReceived:
    """The customer writes; a secret was taken out."""
    return wrote(f"{text} {marker(kind)}".strip(), removed=(kind,))


def agent_wrote(
    text: str, who: Person = LIN, where: Address = THREAD, event: str = "e1"
) -> MessageReceived:
    """An agent writes in a thread."""
    return MessageReceived(event, NOW, Message("a9", NOW, who, where, text))


def edited(text: str, who: Person, where: Address, message: str) -> MessageEdited:
    """Somebody edits a message."""
    return MessageEdited("e1", NOW, Message(message, NOW, who, where, text))


def pressed(
    value: str, who: Person = LI, where: Address = CUSTOMER, event: str = "e1"
) -> ButtonPressed:
    """Somebody presses a button."""
    return ButtonPressed(event, NOW, where, who, value)


def relay(where: Address = THREAD) -> Send:
    """A customer's message on its way to a thread."""
    return Send(
        "e0/0",
        to=where,
        text="lost words",
        speaker=Speaker("customer", "Li"),
        mirrors=MessageRef("web", "v1", "m5"),
        order=5,
    )


def failed(action: Send | React, reason: Reason) -> DeliveryFailed:
    """Something could not be delivered."""
    return DeliveryFailed("e1", NOW, CUSTOMER.key, action, reason)


def reaction(to: Address) -> React:
    """An emoji on its way to the other side."""
    return React("e0/0", to=to, target=MessageRef("web", "v1", "m1"), emoji="👍")


REPLY: Final = Send(
    "e0/0", to=CUSTOMER, text="a reply", speaker=Speaker("agent", "Lin"), mirrors=None
)

EVENTS: Final[dict[Trigger, Callable[[], Event]]] = {
    Trigger.STARTED: lambda: wrote("/start"),
    Trigger.ASKED_HELP: lambda: wrote("/help"),
    Trigger.CHOSE_LANGUAGE: lambda: wrote("/language en"),
    Trigger.GREETED: lambda: wrote("你好"),
    Trigger.THANKED: lambda: wrote("谢谢"),
    Trigger.ANSWERED: lambda: wrote("怎么重置登录密码"),
    Trigger.ANSWERED_CRITICAL: lambda: wrote("我的账号被盗了资产不见了"),
    Trigger.UNCLEAR: lambda: wrote("充值 ⟦1⟧"),
    Trigger.MISSED: lambda: wrote("xyzzy"),
    Trigger.MISSED_AGAIN: lambda: wrote("xyzzy"),
    Trigger.LEAKED: lambda: leaked("seed"),
    Trigger.SECRET_ONLY: lambda: leaked("card"),
    Trigger.STUCK: lambda: wrote("怎么重置登录密码"),
    Trigger.UPSET: lambda: wrote("你们就这样对待老用户的吗"),
    Trigger.DANGER: lambda: wrote("我不想活了"),
    Trigger.RAISED: lambda: wrote("我会找律师起诉你们"),
    Trigger.ASKED_PERSON: lambda: wrote("转人工"),
    Trigger.ASKED_VERIFY: lambda: wrote("/verify"),
    Trigger.SHOWED_FAKE: lambda: wrote("tokenim-support.com"),
    Trigger.HELPED: lambda: pressed("helped"),
    Trigger.NOT_HELPED: lambda: pressed("not_helped"),
    Trigger.ASKED_STEP: lambda: pressed("step:wallet.backup:1"),
    Trigger.ASKED_STEPS: lambda: pressed("steps:wallet.backup"),
    Trigger.ASKED_TIME: lambda: wrote("等一下"),
    Trigger.WALKED_ALL: lambda: pressed("walked:wallet.backup:3"),
    Trigger.STEP_FAILED: lambda: pressed("failed:wallet.backup:2"),
    Trigger.STEPS_CHANGED: lambda: pressed("step:wallet.gone:2"),
    Trigger.CAME_BACK: lambda: wrote("me again"),
    Trigger.WROTE: lambda: wrote("more"),
    Trigger.EDITED: lambda: edited("other words", LI, CUSTOMER, "m1"),
    Trigger.DELETED: lambda: MessageDeleted("e1", NOW, CUSTOMER, "m1", LI),
    Trigger.REACTED: lambda: ReactionChanged("e1", NOW, CUSTOMER, LI, "m1", "👍"),
    Trigger.RATED: lambda: pressed(f"rate:{TICKET.id}:4"),
    Trigger.CUSTOMER_TYPED: lambda: TypingStarted("e1", NOW, CUSTOMER, LI),
    Trigger.CLAIMED: lambda: agent_wrote("/claim", BO),
    Trigger.CLAIMED_AGAIN: lambda: pressed(f"claim:{TICKET.id}", BO, THREAD),
    Trigger.TOOK_OVER: lambda: agent_wrote("/takeover", BO),
    Trigger.TRANSFERRED: lambda: agent_wrote("/transfer tg:8"),
    Trigger.TRANSFER_REFUSED: lambda: agent_wrote("/transfer tg:7"),
    Trigger.RELEASED: lambda: agent_wrote("/transfer"),
    Trigger.LINKED: lambda: agent_wrote("/link tg:77"),
    Trigger.UNLINKED: lambda: agent_wrote("/unlink tg:77"),
    Trigger.LINKS_CHANGED: lambda: AddressesLinked("e1", NOW, CUSTOMER.key, ("tg:77",), LIN),
    Trigger.LINK_UNKNOWN: lambda: LinkRefused("e1", NOW, CUSTOMER.key, "tg:78"),
    Trigger.REPLIED: lambda: agent_wrote("hello"),
    Trigger.SPOKE_INSIDE: lambda: agent_wrote("I think so", BO),
    Trigger.NOTED: lambda: agent_wrote(". careful"),
    Trigger.MISTYPED: lambda: agent_wrote("/clsoe"),
    Trigger.ASKED_COMMANDS: lambda: agent_wrote("/help"),
    Trigger.CLOSED: lambda: agent_wrote("/close"),
    Trigger.RETURNED: lambda: agent_wrote("/bot"),
    Trigger.REPLY_EDITED: lambda: edited("better", LIN, THREAD, "a1"),
    Trigger.INSIDE_EDITED: lambda: edited(". better", LIN, THREAD, "a1"),
    Trigger.REPLY_DELETED: lambda: MessageDeleted("e1", NOW, THREAD, "a1", LIN),
    Trigger.REPLY_HELD: lambda: agent_wrote("it will arrive, guaranteed"),
    Trigger.EDIT_HELD: lambda: edited("it is guaranteed", LIN, THREAD, "a0"),
    Trigger.HELD_MENDED: lambda: edited("I will look after it", LIN, THREAD, "a1"),
    Trigger.HELD_DROPPED: lambda: MessageDeleted("e1", NOW, THREAD, "a1", LIN),
    Trigger.SENT_ANYWAY: lambda: pressed(f"send:{TICKET.id}:k1", LIN, THREAD),
    Trigger.SEND_REFUSED: lambda: pressed(f"send:{TICKET.id}:k0", LIN, THREAD),
    Trigger.SPOKE_LATE: lambda: agent_wrote("still there?", where=OTHER_THREAD),
    Trigger.NOT_AN_AGENT: lambda: agent_wrote("let me in", STRANGER),
    Trigger.AGENT_TYPED: lambda: TypingStarted("e1", NOW, THREAD, LIN),
    Trigger.AGENT_REACTED: lambda: ReactionChanged("e1", NOW, THREAD, LIN, "m1", "👍"),
    Trigger.REACTION_UNSHOWN: lambda: failed(reaction(THREAD), "unsupported"),
    Trigger.REACTION_UNSEEN: lambda: failed(reaction(CUSTOMER), "unsupported"),
    Trigger.THREAD_OPENED: lambda: ThreadOpened("e1", NOW, CUSTOMER.key, TICKET.id, THREAD, "card"),
    Trigger.EXTRA_THREAD: lambda: ThreadOpened(
        "e1", NOW, CUSTOMER.key, "KOTHER", OTHER_THREAD, "card"
    ),
    Trigger.THREAD_FAILED: lambda: ThreadFailed("e1", NOW, CUSTOMER.key, TICKET.id, "forbidden"),
    Trigger.THREAD_LOST: lambda: failed(relay(), "thread_gone"),
    Trigger.RELAY_ASTRAY: lambda: failed(relay(OTHER_THREAD), "thread_gone"),
    Trigger.RELAY_FAILED: lambda: failed(relay(), "too_large"),
    Trigger.REPLY_FAILED: lambda: failed(REPLY, "blocked"),
    Trigger.REPLY_UNCERTAIN: lambda: DeliveryUncertain("e1", NOW, CUSTOMER.key, REPLY),
    Trigger.WAITED_LONG: lambda: TimerFired("e1", NOW, CUSTOMER.key, WAITING_TIMER, 999.0),
    Trigger.RETRY_DUE: lambda: TimerFired("e1", NOW, CUSTOMER.key, OPENING_TIMER, 999.0),
}


def before(state: State, trigger: Trigger) -> Conversation:
    """A conversation in a state, ready for the trigger."""
    if trigger is Trigger.CAME_BACK and state is State.BOT:
        return closed(at=NOW - 60)
    if trigger in (Trigger.HELD_MENDED, Trigger.HELD_DROPPED, Trigger.SENT_ANYWAY):
        return holding_back() if state is State.HUMAN else conversation(state)
    if trigger is Trigger.STUCK:
        temper = Temper(0.0, NOW - 60)
        return structs.replace(conversation(state), topics=("account.password",), temper=temper)
    if trigger is Trigger.UNLINKED:
        return structs.replace(conversation(state), linked=("tg:77",))
    if trigger is Trigger.ASKED_TIME:
        return structs.replace(conversation(state), guide=walking(2))
    if trigger is Trigger.MISSED_AGAIN:
        return structs.replace(conversation(state), misses=1)
    return conversation(state)


def decided(given: Conversation, event: Event, settings: Settings = SETTINGS) -> Decision:
    """What is decided, with two cases ahead in the queue."""
    return decide(
        given,
        event,
        settings=settings,
        knowledge=KNOWLEDGE,
        mood=MOODS,
        queue=QueueView(ahead=2),
    )


def sent(decision: Decision, to: Address) -> list[Send]:
    """What is said at an address."""
    return [a for a in decision.actions if isinstance(a, Send) and a.to == to]


def opened(decision: Decision) -> list[OpenThread]:
    """The threads asked for."""
    return [a for a in decision.actions if isinstance(a, OpenThread)]
