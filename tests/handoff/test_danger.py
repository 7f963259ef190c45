"""Who is in danger of their life, who may be, and who only sounds like it."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.phrases import Lang
from faq.language import detect
from handoff.mood.danger import DIMENSIONS, Alarm, DangerDetector, DangerTableError, Said
from handoff.mood.features import folded, grams_of
from handoff.mood.model import MoodModel
from handoff.mood.said_plainly import said_plainly

TABLE = files("handoff").joinpath("mood", "danger.bin").read_bytes()
DETECTOR = DangerDetector(TABLE)


def seen(text: str) -> tuple[str, Said]:
    form = folded(text)
    return form, DETECTOR.said_in([form], grams_of([text], [form]))[0]


def heard(text: str) -> Alarm | None:
    return DETECTOR.hear(*seen(text), detect(text, "zh"))


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "不想活了，真的不是玩笑",
        "活着没意思",
        "我想自杀",
        "我已經不想活了",
        "遗书我已经写好了",
        "我吃了一整瓶安眠药",
        "我现在在楼顶，准备跳下去",
        "我老公说他不想活了，把自己关在屋里",
        "我带汽油去你们公司，同归于尽",
        "I want to die",
        "i dont want to live anymore",
        "I'm going to kill myself tonight",
        "I have written my suicide note",
        "I took all my pills",
        "My brother says he wants to die because of the money he lost",
        "I'm going to shoot whoever froze my account",
        "KYC rejected again. I’m going to end my life.",
        "提现失败，i want to kill myself",
    ],
)
def test_what_is_said_outright_rings(text: str) -> None:
    alarm = heard(text)
    assert alarm is not None
    assert alarm.sure


@pytest.mark.parametrize(
    "text",
    [
        "今晚过后我就不在了，钱转给我妈，谢谢你们",
        "药已经数好了，信放在孩子枕头底下，我不回去了",
        "我走了以后，麻烦把余额给我女儿，对不起",
        "I won't be here tomorrow. Please give the money to my daughter and tell her I'm sorry",
        "I've written letters to my kids and said goodbye. I won't need this account after tonight",
    ],
)
def test_indirect_words_call_a_person_at_least(text: str) -> None:
    assert heard(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了哈哈",
        "这手续费贵死了",
        "急死我了，验证码收不到",
        "死亡交叉的提醒怎么设置",
        "天台见兄弟们😂",
        "又爆仓了，怎么查强平记录",
        "父亲去世了，他的账户怎么继承",
        "手机掉河里了，谷歌验证器怎么重置",
        "跨链桥上的币还没到",
        "怎么杀掉后台进程",
        "一键结束所有仓位在哪里",
        "我不玩了，怎么注销账户",
        "this fee is killing me lol",
        "where is the kill switch for API keys",
        "dead cat bounce, can I set an alert",
        "my phone died, how do I log in",
        "how do I end all my positions",
        "my father passed away, how do we claim his account",
        "I'm done with crypto, how do I close my account",
        "funds stuck on the bridge",
        "does the insurance fund cover a liquidation?",
        "I'd rather die than fill another form 😂",
    ],
)
def test_what_only_sounds_like_it_does_not_ring(text: str) -> None:
    alarm = heard(text)
    assert alarm is None or not alarm.sure


@pytest.mark.parametrize("text", ["钱没到账", "怎么重置密码", "how do I withdraw", "thanks, bye"])
def test_ordinary_questions_are_not_even_doubted(text: str) -> None:
    assert heard(text) is None


def test_laughter_takes_plain_words_back_and_earnest_restores_them() -> None:
    assert said_plainly("我不想活了")
    assert not said_plainly("我不想活了哈哈")
    assert said_plainly("哈哈哈 不是开玩笑 我不想活了")


def test_the_sentence_that_says_so_is_the_evidence() -> None:
    said = "遗书写好了，放在桌上"
    mood = MoodModel(_mood_table(), DETECTOR).assess(f"提现还没到账。{said}。谢谢。", "zh")
    assert (mood.kind, mood.priority) == ("danger", "P0")
    assert mood.evidence.startswith(said)


def test_without_its_table_plain_words_are_still_heard() -> None:
    mood = MoodModel(_mood_table()).assess("我不想活了", "zh")
    assert (mood.kind, mood.priority) == ("danger", "P0")


def test_who_may_be_in_danger_is_p1() -> None:
    doubtful = DangerDetector(_with_thresholds(maybe=-1e9, sure=1e9))
    mood = MoodModel(_mood_table(), doubtful).assess("怎么充值", "zh")
    assert (mood.kind, mood.priority, mood.fires) == ("danger", "P1", True)


@pytest.mark.parametrize(
    ("unsure", "sure", "wants_vector"), [(-1e9, 1e9, True), (1e9, 1e9, False), (-1e9, -1e9, False)]
)
def test_a_vector_is_wanted_where_words_alone_are_near_to_danger_but_do_not_ring(
    unsure: float, sure: float, wants_vector: bool
) -> None:
    detector = DangerDetector(_with_thresholds(maybe=1e9, sure=sure, unsure=unsure))
    model = MoodModel(_mood_table(), detector)
    assert model.assess("怎么充值到我的账户", "zh").unsure == wants_vector
    vector = np.full(DIMENSIONS, DIMENSIONS**-0.5, np.float32)
    assert not model.assess("怎么充值到我的账户", "zh", vector).unsure


def test_no_vector_is_wanted_for_ordinary_questions() -> None:
    model = MoodModel(_mood_table(), DETECTOR)
    for text in ("钱没到账", "怎么重置密码", "how do I withdraw", "thanks, bye"):
        assert not model.assess(text, detect(text, "zh")).unsure


def test_a_vector_of_another_encoder_is_left_aside() -> None:
    form = seen("今晚过后我就不在了")
    assert DETECTOR.hear(*form, "zh", np.ones(3, np.float32)) == DETECTOR.hear(*form, "zh")


@pytest.mark.parametrize("table", [b"", b"\x00" * 4, b"\xff\xff\xff\xff{}", TABLE[:-1]])
def test_what_is_no_table_is_refused(table: bytes) -> None:
    with pytest.raises(DangerTableError):
        DangerDetector(table)


@given(st.text(max_size=400), st.sampled_from(["zh", "en"]), st.booleans())
def test_any_text_is_heard(text: str, lang: Lang, with_vector: bool) -> None:
    vector = np.full(DIMENSIONS, DIMENSIONS**-0.5, np.float32) if with_vector else None
    assert DETECTOR.hear(*seen(text), lang, vector) == DETECTOR.hear(*seen(text), lang, vector)


def _mood_table() -> bytes:
    return files("handoff").joinpath("mood", "table.bin").read_bytes()


def _with_thresholds(*, maybe: float, sure: float, unsure: float = 1e9) -> bytes:
    from msgspec import structs

    from handoff.mood.danger import packed, read

    header, arrays = read(TABLE)
    links = {
        lang: structs.replace(link, maybe=maybe, sure=sure, unsure=unsure)
        for lang, link in header.plain.items()
    }
    return packed(structs.replace(header, plain=links), arrays)
