"""What the matcher is made of: likeness, the head, calibration, repair."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq import logistic
from faq.calibration import Trial, TrialKind, calibrate, foreign_indeed, threshold, weights_of
from faq.hold_out import calibrated
from faq.likely_slips import unlikelihood
from faq.matching import Matcher
from faq.meanings import Meanings
from faq.nearest import Nearest
from faq.normal import normalise
from faq.parts import Parts, is_one_word, parts, says_nothing
from faq.postings import Postings
from faq.ranking import SIGNS, Texts
from faq.repair import Repair

TEXTS = ["how do i withdraw", "how do i deposit", "提现手续费多少", "充值多久到账"]
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g"]), max_size=6).map(Counter)


def test_a_text_is_most_like_itself() -> None:
    every = [parts(normalise(text)) for text in TEXTS]
    for kind in ("exact", "loose"):
        postings = Postings([getattr(found, kind) for found in every])
        for at, found in enumerate(every):
            alike, known = postings.compare(getattr(found, kind))
            assert alike.argmax() == at
            assert alike[at] == pytest.approx(1, abs=1e-5)
            assert known == pytest.approx(1)


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=8))
def test_likeness_among_all_is_likeness_one_by_one(texts: list[Counter[str]]) -> None:
    postings = Postings(texts)
    one_by_one = np.array([postings.compare(text)[0] for text in texts])
    assert np.allclose(postings.among(), one_by_one, atol=1e-5)


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
def test_likeness_is_within_bounds(texts: list[Counter[str]], asked: Counter[str]) -> None:
    alike, known = Postings(texts, most=3).compare(asked)
    assert ((alike >= 0) & (alike <= 1 + 1e-5)).all()
    assert 0 <= known <= 1


def test_the_head_is_at_the_least_of_its_loss() -> None:
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(40, 5)).astype(np.float32)
    alike, classes = rows @ rows.T, rng.integers(0, 3, 40)

    def loss(weights: np.ndarray) -> float:
        shares = logistic.softmax(alike @ weights)
        penalty = float((weights * (alike @ weights)).sum()) / 2
        return float(-np.log(shares[np.arange(40), classes]).sum()) + penalty

    weights = logistic.fit(alike, classes, 3)
    least = loss(weights)
    for _ in range(50):
        assert loss(weights + rng.normal(scale=0.02, size=weights.shape)) >= least


def test_characters_exchanged_leave_nearly_all_pairs_of_sounds() -> None:
    def pairs(text: str) -> Counter[str]:
        return Counter({each: n for each, n in parts(text).loose.items() if each.count("~") == 2})

    meant = pairs("提币手续费多少")
    for exchanged in ("提币续手费多少", "币提续手费少多"):
        shared = meant & pairs(exchanged)
        assert shared.total() / meant.total() > 0.8, exchanged
    assert pairs("提币手序费多少") == meant
    assert not meant & pairs("怎么注销")


def test_the_promise_is_kept_where_chances_are_what_they_say() -> None:
    rng = np.random.default_rng(5)
    chances = rng.uniform(size=20_000)
    right = rng.uniform(size=20_000) < chances
    for promised in (0.8, 0.95):
        bound = threshold(chances, np.ones(20_000), promised)
        given_ = chances >= bound
        assert right[given_].mean() == pytest.approx(promised, abs=0.01)
    assert threshold(np.full(10, 0.5), np.ones(10), 0.95) > 1


def test_a_sign_never_speaks_against_an_answer() -> None:
    rng = np.random.default_rng(7)
    trials = []
    for n in range(400):
        right = bool(rng.uniform() < 0.5)
        signs = rng.normal(size=4).astype(np.float32)
        signs[0] += 2 * right
        signs[1] -= 2 * right
        trials.append(Trial(signs, "own" if n % 2 else "hidden", right=right, offered=right))
    found = calibrate(trials, 0.9)
    assert (found.confidence.weights >= 0).all()
    assert found.confidence.weights[0] > 0
    assert found.confidence.weights[1] == 0


def test_what_is_out_of_scope_has_its_share_of_the_trials_whatever_their_number() -> None:
    kinds: list[TrialKind] = ["own"] * 50 + ["hidden"] * 50 + ["near"] * 3 + ["foreign"] * 7
    trials = [Trial(np.zeros(1, np.float32), kind, right=False, offered=False) for kind in kinds]
    counts = weights_of(trials) / len(trials)
    shares = {kind: counts[[each == kind for each in kinds]].sum() for kind in set(kinds)}
    assert shares == pytest.approx({"own": 0.8, "hidden": 0.05, "near": 0.05, "foreign": 0.1})
    without_near = weights_of(trials[:100]) / 100
    assert without_near[50:].sum() == pytest.approx(0.2)


def _own_and_foreign(covered: int) -> list[Trial]:
    """Trials in which one sign tells right from wrong, and 40 foreign questions, of which some have
    it as those have that are answered."""
    rng = np.random.default_rng(9)
    trials = []
    kinds: list[tuple[TrialKind, float, bool]] = [("own", 3.0, True), ("hidden", -3.0, False)]
    for kind, mean, right in kinds:
        for sign in rng.normal(mean, 1.5, 300):
            signs = np.array([sign], np.float32)
            trials.append(Trial(signs, kind, right=right, offered=right))
    for number in range(40):
        signs = np.array([4.0 if number < covered else -5.0], np.float32)
        trials.append(Trial(signs, "foreign", right=False, offered=False))
    return trials


def test_foreign_questions_that_a_base_answers_are_not_held_against_it() -> None:
    everyday = calibrate(_own_and_foreign(covered=12), 0.95)
    narrow = calibrate(_own_and_foreign(covered=0), 0.95)
    assert everyday.answer == pytest.approx(narrow.answer, abs=0.05)
    assert everyday.decide(np.array([3.0], np.float32)) == "answer"


def test_one_that_passes_by_chance_is_held_against_it() -> None:
    trials = _own_and_foreign(covered=1)
    assert foreign_indeed(trials) is trials
    only_right = [trial for trial in trials if trial.right]
    assert foreign_indeed(only_right) is only_right


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        ("my card", "a fee", 1.0),
        ("提现手续费", "充值", 1 / 2),
        ("提现手续费", "a fee", (1 / 2) ** 0.5),
    ],
)
def test_meaning_counts_less_in_chinese_and_as_its_encoder_is_telling(
    one: str, other: str, counts: float
) -> None:
    vectors = np.array([[[1, 0]], [[0.8, 0.6]], [[-1, 0.5]]], dtype=np.float32)
    owners = np.array([0, 1, 2])
    every = [parts(normalise(text)) for text in (one, other, "nothing else")]
    found = {}
    for telling in (1.0, 2.0):
        among = Texts(every, Meanings(vectors, owners, 3, telling)).among()
        assert among.meant is not None
        assert among.meaning is not None
        found[telling] = among.meant[0, 1] / among.meaning[0, 1]
    plain = Texts([parts("x"), parts("y"), parts("z")], Meanings(vectors, owners, 3)).among()
    assert plain.meant is not None
    assert plain.meaning is not None
    usual = plain.meant[0, 1] / plain.meaning[0, 1]
    assert found[1.0] == pytest.approx(counts * usual)
    assert found[2.0] == pytest.approx(2 * counts * usual)


def test_that_it_does_not_work_says_nothing_of_what() -> None:
    for text in ("it doesn't work", "not working", "stopped working"):
        assert says_nothing(normalise(text))
    assert not says_nothing(normalise("my card is not working"))


def test_what_only_names_a_thing_is_one_word() -> None:
    assert is_one_word("那手续费呢")
    assert is_one_word("那手续费")
    assert not is_one_word("提现手续费")


def test_slips_are_mended_where_one_word_is_meant() -> None:
    repair = Repair(["withdraw deposit frozen proven my card", "get my fee"])
    assert repair.mend("how do i withdrwa") == "how do i withdraw"
    assert repair.mend("depsoit 充值") == "deposit 充值"
    assert repair.mend("fee") == "fee"
    assert repair.mend("proxen") == "proven"
    assert repair.mend("unrelated") == "unrelated"
    assert repair.mend("egt mh crad") == "get mh card"
    assert repair.mend("abc usd") == "abc usd"


def test_what_is_likelier_on_a_keyboard_and_in_the_base_is_meant() -> None:
    assert Repair(["new need"]).mend("neew") == "new"
    assert Repair(["zold zald"]).mend("zpld") == "zold"
    assert Repair(["zart", *["zard"] * 9]).mend("zarx") == "zard"
    assert Repair(["zart now", "zard later"]).mend("zark now") == "zart now"
    assert Repair(["zart now", "zard later"]).mend("zark later") == "zard later"
    both = Repair(["zart of wood", "zard of stone"])
    assert both.mend("wood or a zark") == "wood or a zart"
    assert both.mend("stone or a zark") == "stone or a zard"


def test_two_slips_are_mended_too_where_little_else_is_meant() -> None:
    repair = Repair(["turn coins into cash", "import a wallet", "verify me"])
    assert repair.mend("turn coubs into acdh") == "turn coins into cash"
    assert repair.mend("imorot wallet") == "import wallet"
    assert repair.mend("vrify em") == "verify em"
    assert repair.mend("xqzt jvkw") == "xqzt jvkw"


def test_in_a_large_base_two_slips_are_mended_in_long_words_alone() -> None:
    texts = ["turn coins into cash", *(f"{'abcdefghij'[n % 10]}zqv {n}" for n in range(4_000))]
    assert Repair(texts[:4_000]).mend("coubs") == "coins"
    assert Repair(texts).mend("coubs") == "coubs"


def test_what_fingers_do_is_likelier_than_what_they_do_not() -> None:
    least = unlikelihood("cach", "cash")
    for likely in ("csah", "cah", "cassh", "cadh"):
        assert unlikelihood(likely, "cash") < least, likely
    assert unlikelihood("cash", "cash") == 0
    assert unlikelihood("xash", "cash") > unlikelihood("cssh", "cash")
    assert unlikelihood("csahh", "cash") > least


def test_common_words_are_no_slips_and_what_slips_may_mean() -> None:
    class Words:
        def common_words(self) -> list[str]:
            return ["dace", "zebras", "vielle"]

    repair = Repair(["daze declined fine"], Words())
    assert repair.mend("dace zberas vielel dzae") == "dace zebras vielle daze"
    assert Repair(["daze declined fine"]).mend("dazf zberas") == "daze zberas"
    assert Repair(["dice declined fine"]).mend("missing wthdraw") == "missing withdraw"


def test_spellings_that_are_made_one_elsewhere_are_no_slips() -> None:
    assert Repair(["does have"]).mend("doesnt havent") == "doesnt havent"


def test_chinese_characters_exchanged_or_left_out_are_put_back() -> None:
    repair = Repair(["怎么取消提币", "充值没到账"])
    assert repair.mend("怎么消取提币") == "怎么取消提币"
    assert repair.mend("充没到账") == "充值没到账"
    assert repair.mend("天气好吗") == "天气好吗"
    assert repair.mend("怎么取消提币") == "怎么取消提币"


def test_a_homophone_slip_is_heard() -> None:
    matcher = Matcher([("deposit", "充值没到账怎么办"), ("fee", "提现手续费是多少")], quick=True)
    assert matcher.closest("冲植没到帐", 1) == ["deposit"]


def test_learning_ends_when_who_is_told_of_it_says_so() -> None:
    class NotWanted(Exception):
        pass

    def tick(done: int, total: int) -> None:
        raise NotWanted

    with pytest.raises(NotWanted):
        Matcher([("deposit", "my deposit is late"), ("fee", "what is the fee")], tick=tick)


def test_a_large_base_is_ranked_by_the_nearest_and_calibrated() -> None:
    topics = [f"{a} {b}" for a in ("fee", "limit", "delay", "error", "refund") for b in range(100)]
    wordings = [
        (f"t{n}", f"{opening} {topic} of account {n * 7919 % 1000}")
        for n, topic in enumerate(topics)
        for opening in ("what is the", "tell me about", "help with")
    ]
    matcher = Matcher(wordings)
    assert matcher.asked.is_large
    assert matcher.closest("what is the fee 42 of account 598", 1) == ["t42"]
    assert calibrated(matcher, 0.95).answer > 0


def test_of_a_large_base_the_entry_nearest_in_meaning_comes_first() -> None:
    count = 300
    rng = np.random.default_rng(11)
    owners = np.repeat(np.arange(count + 1), 3)
    middles = rng.normal(size=(count + 1, 512))
    vectors = (middles[owners] + rng.normal(size=(len(owners), 512)) / 4).astype(np.float32)
    meanings = Meanings(vectors[:, None], owners, count)
    nothing = Parts(Counter(), Counter())
    nearest = Nearest(Texts([nothing] * len(owners), meanings), owners, count)
    for entry in range(0, count, 7):
        asked = middles[entry][None].astype(np.float32)
        assert nearest.rank(nothing, asked).order[0] == entry
        assert entry not in nearest.rank(nothing, asked, without=entry).order
        own = entry * 3 + 1
        seen = nearest.rank(nothing, vectors[own][None])
        unseen = nearest.rank_unseen(nothing, vectors[own][None], None, own)
        assert seen.order[0] == unseen.order[0] == entry
        nearness = SIGNS.index("near_meaning")
        assert unseen.signs[nearness] < seen.signs[nearness]


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("看 https://example.com/a?b=1 这个", "看xlink这个"),
        ("tx " + "ab12" * 16, "tx xhash"),
        ("TRX TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE", "trx xaddress"),
        ("充了1000usdt", "充了xamount usdt"),
        ("error 404", "error 404"),
        ("幫我查一下帳戶", "帮我查一下账户"),
    ],
)
def test_what_says_only_its_kind_is_masked(text: str, normal: str) -> None:
    assert normalise(text).replace(" ", "") == normal.replace(" ", "")
