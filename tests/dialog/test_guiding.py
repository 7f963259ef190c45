"""A procedure that a customer is walked through: by buttons, by words, with old buttons, and when
the base is edited meanwhile."""

from __future__ import annotations

import itertools

import pytest
from msgspec import structs

from bot.dialog.conversation import Conversation, Decision, QueueView, State
from bot.dialog.engine import decide
from chat.actions import Button, OpenThread, Record, Send
from chat.events import ButtonPressed, Event, MessageReceived
from chat.message import Message
from chat.phrases import Lang, say
from faq.knowledge_base import KnowledgeBase, load
from handoff.ticket import lines_of
from tests.dialog.situations import CUSTOMER, LI, NOW, SETTINGS, conversation
from tests.scenarios.simulation.moods import MOODS

BASE = """
- id: fees.withdraw
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: 看页面。, en: See the page.}
  phrasings:
    zh: [提币手续费是多少]
    en: [what is the withdrawal fee]
- id: account.register
  dept: account
  urgency: normal
  title: {zh: 注册账号, en: Open an account, fr: Ouvrir un compte}
  answer: {zh: 几分钟就好。, en: A few minutes., fr: Quelques minutes.}
  steps:
    - {zh: 打开官网。, en: Open the site., fr: Ouvrez le site.}
    - {zh: 填写邮箱。, en: Enter your e-mail., fr: Entrez votre e-mail.}
    - {zh: 设置密码。, en: Choose a password., fr: Choisissez un mot de passe.}
  phrasings:
    zh: [怎么注册一个账号]
    en: [how do i open an account]
    fr: [comment ouvrir un compte chez vous]
- id: wallet.lost
  dept: wallet
  urgency: critical
  title: {zh: 钱包被盗, en: Wallet stolen}
  answer: {zh: 马上转移资产。, en: Move your funds at once.}
  steps:
    - {zh: 新建钱包。, en: Make a new wallet.}
    - {zh: 转走资产。, en: Move the funds.}
  phrasings:
    zh: [我的钱包被人盗走了]
    en: [somebody stole my wallet]
"""
KNOWLEDGE = load({"f.yaml": BASE})
ID = "account.register"
STEPS = {
    "zh": ["打开官网。", "填写邮箱。", "设置密码。"],
    "en": ["Open the site.", "Enter your e-mail.", "Choose a password."],
}


class Talk:
    """One customer with the assistant."""

    def __init__(self, lang: Lang = "en", knowledge: KnowledgeBase = KNOWLEDGE) -> None:
        self.lang: Lang = lang
        self.knowledge = knowledge
        self.now = NOW
        self.conversation: Conversation = structs.replace(
            conversation(State.BOT), lang=lang, story=()
        )
        self._numbers = itertools.count(1)
        self.last: Decision = Decision(self.conversation, ())

    def _hear(self, event: Event) -> list[Send]:
        self.last = decide(
            self.conversation,
            event,
            settings=SETTINGS,
            knowledge=self.knowledge,
            mood=MOODS,
            queue=QueueView(0),
        )
        self.conversation = self.last.conversation
        return [a for a in self.last.actions if isinstance(a, Send) and a.to == CUSTOMER]

    def write(self, text: str, after: float = 60.0) -> str:
        """The customer writes; what they read."""
        self.now += after
        number = next(self._numbers)
        message = Message(f"g{number}", self.now, LI, CUSTOMER, text)
        return "\n".join(
            s.text for s in self._hear(MessageReceived(f"e{number}", self.now, message))
        )

    def press(self, value: str, after: float = 60.0) -> str:
        """The customer presses; what they read."""
        self.now += after
        event = ButtonPressed(f"e{next(self._numbers)}", self.now, CUSTOMER, LI, value)
        return "\n".join(s.text for s in self._hear(event))

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons under what was said last: labels by value."""
        return {b.value: b.label for row in self._rows for b in row}

    @property
    def _rows(self) -> tuple[tuple[Button, ...], ...]:
        return tuple(row for a in self.last.actions if isinstance(a, Send) for row in a.buttons)

    def facts(self, kind: str) -> list[dict[str, object]]:
        """The facts of one kind that the last event made."""
        return [a.data for a in self.last.actions if isinstance(a, Record) and a.kind == kind]

    @property
    def state(self) -> State:
        """Who has the conversation."""
        return self.conversation.state


def offered(lang: Lang = "en") -> Talk:
    talk = Talk(lang)
    talk.write({"en": "how do i open an account", "zh": "怎么注册一个账号"}[lang])
    return talk


def at_step(step: int, lang: Lang = "en") -> Talk:
    talk = offered(lang)
    talk.press(f"step:{ID}:{step}")
    return talk


def test_the_answer_is_short_and_offers_to_walk() -> None:
    talk = Talk()
    told = talk.write("how do i open an account")
    assert told == "A few minutes.\n" + say("customer.walk_offer", "en", of=3)
    assert talk.buttons[f"step:{ID}:1"] == say("customer.button.walk", "en")
    assert {f"steps:{ID}", "helped", "not_helped", "person"} <= set(talk.buttons)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_buttons_lead_through_all_steps_and_ask_whether_it_helped(lang: Lang) -> None:
    talk = offered(lang)
    for number, text in enumerate(STEPS[lang], start=1):
        told = talk.press(f"step:{ID}:{number}")
        assert told == say("customer.step", lang, n=number, of=3) + "\n" + text
        on = f"step:{ID}:{number + 1}" if number < 3 else f"walked:{ID}:3"
        back = {f"step:{ID}:{number - 1}"} if number > 1 else set()
        assert set(talk.buttons) == {on, f"failed:{ID}:{number}"} | back
    assert talk.press(f"walked:{ID}:3") == say("customer.steps_done", lang)
    assert {"helped", "not_helped", "person"} == set(talk.buttons)
    assert talk.press("helped") == say("customer.helped", lang)
    assert talk.facts("helped")[0]["topic"] == ID


@pytest.mark.parametrize(
    ("lang", "yes", "on", "done"),
    [
        ("en", "yes please", ("next", "ok done", "Done!", "I did it"), "all done"),
        ("zh", "好的", ("下一步", "好了", "繼續", "弄好了"), "完成了"),
        ("zh", "带我做", ("嗯", "ok", "然后呢", "做完了"), "搞定了"),
    ],
)
def test_words_do_as_buttons_do(lang: Lang, yes: str, on: tuple[str, ...], done: str) -> None:
    for word in on:
        talk = offered(lang)
        assert STEPS[lang][0] in talk.write(yes)
        assert STEPS[lang][1] in talk.write(word)
        assert STEPS[lang][2] in talk.write(word)
        assert talk.write(done) == say("customer.steps_done", lang)
        assert talk.conversation.lang == lang


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["back", "previous step"]), ("zh", ["上一步", "返回"])]
)
def test_words_lead_back(lang: Lang, words: list[str]) -> None:
    for word in words:
        talk = at_step(3, lang)
        assert STEPS[lang][1] in talk.write(word)
        assert STEPS[lang][0] in talk.write(word)
        assert STEPS[lang][0] in talk.write(word)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "didn't work"),
        ("en", "It still doesn’t work"),
        ("en", "I'm stuck"),
        ("zh", "不行"),
        ("zh", "这一步没反应啊"),
        ("zh", "還是不行"),
    ],
)
def test_a_step_that_does_not_work_goes_to_a_person_who_is_told_which(
    lang: Lang, words: str
) -> None:
    for tell in (lambda talk: talk.press(f"failed:{ID}:2"), lambda talk: talk.write(words)):
        talk = at_step(2, lang)
        told = tell(talk)
        assert talk.state is State.OPENING
        title = KNOWLEDGE.get(ID).title[lang]
        assert say("customer.step_stuck", lang, title=title, n=2) in told
        (thread,) = [a for a in talk.last.actions if isinstance(a, OpenThread)]
        assert thread.card.reason == say("desk.cause.step_failed", "zh")
        where = say("desk.card.step", "zh", title="注册账号", n=2, of=3, text="填写邮箱。")
        assert where in thread.card.lines
        assert thread.card.quote in ("how do i open an account", "怎么注册一个账号")
        story = [line.text for line in lines_of(talk.conversation.story) if line.internal]
        assert say("desk.step_failed", "zh", title="注册账号", n=2, text="填写邮箱。") in story
        (fact,) = talk.facts("step_failed")
        assert (fact["topic"], fact["step"], fact["text"]) == (ID, 2, "填写邮箱。")


def test_after_handing_over_the_buttons_are_silent() -> None:
    talk = at_step(2)
    talk.press(f"failed:{ID}:2")
    for value in (
        f"failed:{ID}:2",
        f"step:{ID}:3",
        f"step:{ID}:1",
        f"walked:{ID}:3",
        f"steps:{ID}",
    ):
        assert talk.press(value) == ""
        assert talk.last.actions == ()


def test_steps_are_not_shown_once_somebody_else_has_the_conversation() -> None:
    talk = at_step(2)
    assert [a.only_in for a in talk.last.actions if isinstance(a, Send)] == [("bot",)]


def test_whoever_asks_for_a_person_amid_steps_need_not_say_where_they_are() -> None:
    talk = at_step(2)
    talk.write("talk to a person")
    (thread,) = [a for a in talk.last.actions if isinstance(a, OpenThread)]
    assert any("2/3" in line for line in thread.card.lines)


def test_a_button_pressed_twice_counts_once() -> None:
    talk = offered()
    assert talk.press(f"step:{ID}:1")
    assert talk.press(f"step:{ID}:1", after=1) == ""
    assert talk.press(f"step:{ID}:2")
    assert talk.press(f"step:{ID}:2", after=1) == ""
    assert talk.press(f"walked:{ID}:3")
    assert talk.press(f"walked:{ID}:3", after=1) == ""
    assert talk.press(f"steps:{ID}")
    assert talk.press(f"steps:{ID}", after=1) == ""


def test_later_it_shows_the_step_again() -> None:
    talk = at_step(2)
    assert STEPS["en"][1] in talk.press(f"step:{ID}:2", after=300)


def test_an_old_button_leads_where_it_says() -> None:
    talk = at_step(1)
    talk.press(f"step:{ID}:2")
    talk.press(f"step:{ID}:3")
    assert STEPS["en"][1] in talk.press(f"step:{ID}:2")
    assert STEPS["en"][2] in talk.write("next")


def test_another_question_leaves_the_steps_and_a_button_leads_back() -> None:
    talk = at_step(2)
    told = talk.write("what is the withdrawal fee")
    assert told == "See the page."
    assert talk.buttons[f"step:{ID}:2"] == say("customer.button.resume", "en", number=2)
    assert talk.write("thanks") == say("customer.thanks", "en")
    assert STEPS["en"][1] in talk.press(f"step:{ID}:2")
    assert STEPS["en"][2] in talk.write("next")


def test_words_lead_back_too() -> None:
    talk = at_step(2)
    talk.write("what is the withdrawal fee")
    assert STEPS["en"][1] in talk.write("continue")


def test_words_that_are_not_understood_leave_the_steps_where_they_are() -> None:
    talk = at_step(2)
    assert talk.write("xyzzy") == say("customer.missed", "en")
    assert f"step:{ID}:2" in talk.buttons
    assert STEPS["en"][2] in talk.write("next")


def test_a_moment_is_given() -> None:
    for words in ("wait", "not yet", "no"):
        talk = at_step(2)
        assert talk.write(words) == say("customer.take_your_time", "en")
        assert STEPS["en"][2] in talk.write("done")


def test_an_offer_may_be_declined() -> None:
    talk = offered()
    assert talk.write("no thanks") == say("customer.thanks", "en")
    assert talk.write("ok") == say("customer.thanks", "en")
    assert STEPS["en"][0] in talk.press(f"step:{ID}:1")


def test_who_asks_again_what_was_just_offered_is_walked_through_it() -> None:
    talk = offered()
    assert STEPS["en"][0] in talk.write("how do i open an account")
    assert talk.state is State.BOT


def test_an_all_right_long_after_is_no_yes() -> None:
    talk = offered()
    assert talk.write("ok", after=7200) == say("customer.thanks", "en")
    talk = at_step(1)
    assert talk.write("ok", after=2 * 86400) == say("customer.thanks", "en")


def test_at_the_end_words_say_whether_it_helped() -> None:
    talk = at_step(3)
    talk.write("done")
    assert talk.write("yes") == say("customer.helped", "en")
    talk = at_step(3)
    talk.write("done")
    talk.write("no")
    assert talk.state is State.OPENING
    assert talk.facts("not_helped")[0]["topic"] == ID


def test_it_did_not_work_is_said_of_any_answer() -> None:
    talk = Talk()
    talk.write("what is the withdrawal fee")
    talk.write("that didn't help")
    assert talk.state is State.OPENING
    assert talk.facts("not_helped")[0]["topic"] == "fees.withdraw"


def test_all_steps_can_be_seen_at_once() -> None:
    talk = offered()
    told = talk.press(f"steps:{ID}")
    assert told == "1. Open the site.\n2. Enter your e-mail.\n3. Choose a password."
    assert {"helped", "not_helped"} <= set(talk.buttons)


def test_what_is_urgent_is_told_whole_and_handed_over() -> None:
    talk = Talk()
    told = talk.write("somebody stole my wallet")
    assert "Move your funds at once.\n1. Make a new wallet.\n2. Move the funds." in told
    assert talk.state is State.OPENING


def test_steps_are_in_a_further_language_where_it_was_asked_in() -> None:
    talk = Talk()
    assert "Quelques minutes." in talk.write("comment ouvrir un compte chez vous")
    assert talk.press(f"step:{ID}:1") == "1/3\nOuvrez le site."
    assert talk.write("next") == "2/3\nEntrez votre e-mail."


def test_another_language_may_be_chosen_amid_the_steps() -> None:
    talk = at_step(1)
    talk.press("lang:zh")
    assert STEPS["zh"][1] in talk.press(f"step:{ID}:2")


# ── edits of the base meanwhile ──────────────────────────────────────────────────────────────


def edited(old: str, new: str) -> KnowledgeBase:
    assert old in BASE
    return load({"f.yaml": BASE.replace(old, new)})


def removed(entry: str) -> KnowledgeBase:
    return load(
        {
            "f.yaml": "\n- id:".join(
                p for p in BASE.split("\n- id:") if not p.startswith(f" {entry}")
            )
        }
    )


@pytest.mark.parametrize("go_on", [lambda t: t.press(f"step:{ID}:3"), lambda t: t.write("next")])
def test_steps_that_changed_begin_again(go_on: object) -> None:
    talk = at_step(2)
    talk.knowledge = edited("Open the site.", "Open the app.")
    told = go_on(talk)  # type: ignore[operator]
    assert told.startswith(say("customer.steps_changed", "en"))
    assert "Open the app." in told
    assert "Enter your e-mail." in talk.write("next")


def test_a_change_of_what_comes_later_goes_unnoticed() -> None:
    talk = at_step(2)
    talk.knowledge = edited("Choose a password.", "Choose a long password.")
    assert talk.write("next").endswith("Choose a long password.")


def test_fewer_or_more_steps_than_there_were() -> None:
    talk = at_step(3)
    talk.knowledge = edited(
        "    - {zh: 设置密码。, en: Choose a password., fr: Choisissez un mot de passe.}\n", ""
    )
    assert talk.press(f"walked:{ID}:3") == say("customer.steps_done", "en")
    assert STEPS["en"][0] in talk.press(f"step:{ID}:3")
    talk = at_step(3)
    last = "    - {zh: 设置密码。, en: Choose a password., fr: Choisissez un mot de passe.}\n"
    talk.knowledge = edited(last, last + "    - {zh: 登录。, en: Sign in., fr: Entrez.}\n")
    assert talk.press(f"walked:{ID}:3").endswith("Sign in.")


@pytest.mark.parametrize(
    "go_on",
    [
        lambda t: t.press(f"step:{ID}:3"),
        lambda t: t.press(f"steps:{ID}"),
        lambda t: t.write("next"),
        lambda t: t.write("back"),
    ],
)
def test_a_procedure_that_is_gone_is_told_kindly(go_on: object) -> None:
    talk = at_step(2)
    talk.knowledge = removed(ID)
    assert go_on(talk) == say("customer.steps_gone", "en")  # type: ignore[operator]
    assert "person" in talk.buttons
    assert talk.write("ok") == say("customer.thanks", "en")


def test_a_step_of_what_is_gone_can_still_fail() -> None:
    talk = at_step(2)
    talk.knowledge = removed(ID)
    talk.press(f"failed:{ID}:2")
    (thread,) = [a for a in talk.last.actions if isinstance(a, OpenThread)]
    assert any("Enter your e-mail." in line for line in thread.card.lines)


@pytest.mark.parametrize(
    "value",
    [
        "step:",
        "step:x",
        "step:account.register:99",
        "step:account.register:-1",
        "walked:x:0",
        "step:account.register:٣",
        "failed:none:1",
        "failed:account.register:0",
        "steps:",
        "failed:account.register:9999999",
    ],
)
def test_buttons_that_nobody_made_break_nothing(value: str) -> None:
    talk = offered()
    talk.press(value)


def test_buttons_fit_the_platforms() -> None:
    name = "a" * 48
    for value in (f"step:{name}:999", f"failed:{name}:999", f"walked:{name}:999", f"steps:{name}"):
        assert len(value.encode()) <= 64


def test_an_upset_customer_is_heard_amid_steps() -> None:
    talk = at_step(2, "zh")
    talk.write("你们就这样对待老用户的吗")
    assert talk.state is State.OPENING
    (thread,) = [a for a in talk.last.actions if isinstance(a, OpenThread)]
    assert any("2/3" in line for line in thread.card.lines)


def test_an_old_button_works_again_after_a_case() -> None:
    talk = at_step(2)
    over = structs.replace(talk.conversation, guide=None, topics=())
    talk.conversation = over
    assert STEPS["en"][2] in talk.press(f"step:{ID}:3")
    assert talk.write("done") == say("customer.steps_done", "en")


@pytest.mark.parametrize("at", [None, 1, 2])
def test_after_an_old_button_to_the_end_steps_are_not_said_to_have_changed(at: int | None) -> None:
    talk = at_step(at) if at else offered()
    if at is None:
        talk.conversation = structs.replace(talk.conversation, guide=None)
    talk.press(f"walked:{ID}:3")
    assert talk.press(f"step:{ID}:2").endswith(STEPS["en"][1])
