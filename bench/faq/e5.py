"""The larger sentence encoder as a network that can learn, read from its package's file."""

from __future__ import annotations

import re
import struct
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from bot.e5_file import array_at, package_file, places

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
    """multilingual-e5-small (Wang et al. 2024), whose biases and norms alone can be learnt."""

    def __init__(self) -> None:
        super().__init__()
        content = package_file().read_bytes()
        self.pieces = Pieces(content)
        self.width, self.layers, self.heads = struct.unpack_from("<3i", content, 8)
        (self.least,) = struct.unpack_from("<f", content, 36)
        with package_file().open("rb") as file:
            arrays = {name: array_at(file, place) for name, place in places(file).items()}
        self.names: Final = [name for name in arrays if name.endswith((".b", "ln.w"))]
        self.before: Final = {name: torch.from_numpy(arrays[name].copy()) for name in self.names}
        self.now = torch.nn.ParameterDict(
            {
                name.replace(".", "_"): torch.nn.Parameter(self.before[name].clone())
                for name in self.names
            }
        )
        self.words = torch.from_numpy(arrays["emb.word"]).reshape(-1, self.width)
        self.places = torch.from_numpy(arrays["emb.pos"]).reshape(-1, self.width)
        self.kind = torch.from_numpy(arrays["emb.type"])[: self.width]
        self.fixed = {}
        for layer in range(self.layers):
            for name in MATRICES:
                inputs = self.width if name != "fo" else 4 * self.width
                weights = torch.from_numpy(arrays[f"l{layer}.{name}.w"])
                self.fixed[f"l{layer}.{name}"] = weights.reshape(-1, inputs)

    def added(self) -> dict[str, np.ndarray]:
        """What has been learnt to add to each array."""
        return {
            name: (self.now[name.replace(".", "_")].detach() - self.before[name]).numpy()
            for name in self.names
        }

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
        heard = functional.scaled_dot_product_attention(asked, told, said, attn_mask=unseen)
        heard = heard.transpose(1, 2).reshape(count, size, self.width)
        hidden = self._norm(hidden + self._linear(heard, name + "ao"), name + "aln")
        wide = functional.gelu(self._linear(hidden, name + "fi"))
        return self._norm(hidden + self._linear(wide, name + "fo"), name + "oln")

    def _linear(self, hidden: Tensor, name: str) -> Tensor:
        return functional.linear(hidden, self.fixed[name], self._of(name + ".b"))

    def _norm(self, hidden: Tensor, name: str) -> Tensor:
        gain, bias = self._of(name + ".w"), self._of(name + ".b")
        return functional.layer_norm(hidden, (self.width,), gain, bias, self.least)

    def _of(self, name: str) -> Tensor:
        return self.now[name.replace(".", "_")]
