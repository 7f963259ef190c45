"""The larger sentence encoder as a network that can learn, read from its package's file."""

from __future__ import annotations

import re
import struct
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from bot.e5_file import BLOCK, array_at, package_file, places

LONGEST: Final = 36
"""Pieces of a text that are looked at."""
MATRICES: Final = ("q", "k", "v", "ao", "fi", "fo")
PREFIX: Final = "query: "


class Pieces:
    """Cuts texts into the pieces that are most probable together (unigrams: Kudo 2018)."""

    def __init__(self, content: bytes) -> None:
        at = struct.calcsize("<4s I 7i f i")
        count, self.begin, self.end, _, self.unknown, letters = struct.unpack_from(
            "<5i Q", content, at
        )
        at += struct.calcsize("<5i Q")
        ends = np.frombuffer(content, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(content, "<f4", count, at).tolist()
        at += 4 * count
        every = content[at : at + letters]
        at += letters
        self.numbers = {every[ends[i] : ends[i + 1]].decode(): i for i in range(count)}
        self.longest = max(map(len, self.numbers))
        self.least = min(self.scores) - 10
        spellings, _ = struct.unpack_from("<i I", content, at)
        at += 8
        self.spelt = {}
        for _ in range(spellings):
            code, size = struct.unpack_from("<I B", content, at)
            at += 5
            letters_of = struct.unpack_from(f"<{size}I", content, at)
            self.spelt[chr(code)] = "".join(map(chr, letters_of))
            at += 4 * size

    def __call__(self, text: str) -> list[int]:
        text = "".join(self.spelt.get(char, char) for char in text)
        text = "\u2581" + re.sub(" +", " ", text).strip().replace(" ", "\u2581")
        best = [0.0] + [-np.inf] * len(text)
        back: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                number = self.numbers.get(text[start:end])
                if number is None and end > start + 1:
                    continue
                score = self.least if number is None else self.scores[number]
                if best[start] + score > best[end]:
                    best[end] = best[start] + score
                    back[end] = (start, self.unknown if number is None else number)
        found, end = [], len(text)
        while end:
            end, number = back[end]
            found.append(number)
        return [self.begin, *reversed(found), self.end]


class Network(torch.nn.Module):
    """multilingual-e5-small (Wang et al. 2024). Its matrices stay as they are, numbers of 4 bits;
    what can be learnt is by which share the scale of each block of them grows (PEQA: Kim et al.
    2023), what its layers add, and the gains of its norms."""

    def __init__(self) -> None:
        super().__init__()
        content = package_file().read_bytes()
        self.pieces = Pieces(content)
        self.width, self.layers, self.heads = struct.unpack_from("<3i", content, 8)
        (self.least,) = struct.unpack_from("<f", content, 36)
        with package_file().open("rb") as file:
            arrays = {name: array_at(file, place) for name, place in places(file).items()}
        self.before: Final = {
            name: torch.from_numpy(array.copy())
            for name, array in arrays.items()
            if name.endswith((".b", "ln.w"))
        }
        self.now = torch.nn.ParameterDict(
            {_key(name): torch.nn.Parameter(array.clone()) for name, array in self.before.items()}
        )
        self.words = torch.from_numpy(arrays["emb.word"]).reshape(-1, self.width)
        self.places = torch.from_numpy(arrays["emb.pos"]).reshape(-1, self.width)
        self.kind = torch.from_numpy(arrays["emb.type"])[: self.width]
        self.fixed: dict[str, Tensor] = {}
        self.shares = torch.nn.ParameterDict()
        for layer in range(self.layers):
            for name in MATRICES:
                full, inputs = f"l{layer}.{name}", self.width if name != "fo" else 4 * self.width
                self.fixed[full] = torch.from_numpy(arrays[f"{full}.w"]).reshape(-1, inputs)
                blocks = torch.zeros(len(self.fixed[full]), inputs // BLOCK)
                self.shares[_key(full)] = torch.nn.Parameter(blocks)
        self.matrices: dict[str, Tensor] = {}

    def changes(self) -> dict[str, np.ndarray]:
        """What has been learnt, as `bot.e5_file.changed_copy` takes it."""
        added = {name: self.now[_key(name)] - before for name, before in self.before.items()}
        grown = {f"{name}.w": self.shares[_key(name)] for name in self.fixed}
        return {name: array.detach().numpy().reshape(-1) for name, array in (added | grown).items()}

    def begin(self) -> None:
        """Make the matrices anew for the texts of a step."""
        for name, fixed in self.fixed.items():
            blocks = fixed.view(len(fixed), -1, BLOCK)
            now = blocks * (1 + self.shares[_key(name)])[:, :, None]
            self.matrices[name] = now.view(fixed.shape).to(torch.bfloat16)

    def forward(self, texts: list[str]) -> Tensor:
        """The vectors of texts, one of length 1 a row."""
        rows = [self.pieces(PREFIX + text)[:LONGEST] for text in texts]
        size = max(map(len, rows))
        numbers = torch.zeros(len(rows), size, dtype=torch.long)
        there = torch.zeros(len(rows), size)
        for at, row in enumerate(rows):
            numbers[at, : len(row)] = torch.tensor(row)
            there[at, : len(row)] = 1
        hidden = self.words[numbers] + self.places[:size] + self.kind
        hidden = self._norm(hidden, "emb.ln")
        unseen = (there[:, None, None, :] == 0) * -1e9
        for layer in range(self.layers):
            hidden = self._layer(hidden, f"l{layer}.", unseen)
        middle = (hidden * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        return functional.normalize(middle, dim=1)

    def _layer(self, hidden: Tensor, name: str, unseen: Tensor) -> Tensor:
        count, size, _ = hidden.shape
        asked, told, said = (
            self._linear(hidden, name + each).view(count, size, self.heads, -1).transpose(1, 2)
            for each in "qkv"
        )
        # By hand, as what torch has for this is slow backwards where texts are short.
        odds = (asked @ told.transpose(2, 3)).float() / asked.shape[-1] ** 0.5 + unseen
        heard = torch.softmax(odds, -1).to(said.dtype) @ said
        heard = heard.transpose(1, 2).reshape(count, size, self.width)
        hidden = self._norm(hidden + self._linear(heard, name + "ao"), name + "aln")
        wide = functional.gelu(self._linear(hidden, name + "fi"))
        return self._norm(hidden + self._linear(wide, name + "fo"), name + "oln")

    def _linear(self, hidden: Tensor, name: str) -> Tensor:
        matrix = self.matrices[name]
        return functional.linear(hidden.to(matrix.dtype), matrix, self._of(name + ".b").to(matrix))

    def _norm(self, hidden: Tensor, name: str) -> Tensor:
        gain, bias = self._of(name + ".w"), self._of(name + ".b")
        return functional.layer_norm(hidden.float(), (self.width,), gain, bias, self.least)

    def _of(self, name: str) -> Tensor:
        return self.now[_key(name)]


def _key(name: str) -> str:
    return name.replace(".", "_")
