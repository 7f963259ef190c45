"""How a mistake in a file is told."""

from __future__ import annotations


class InputError(ValueError):
    """Something wrong in a file; `str()` gives `file:line: problem; instead` in one line."""

    def __init__(self, file: str, line: int, problem: str, instead: str) -> None:
        super().__init__(f"{file}:{line}: {problem}; {instead}")
        self.file = file
        self.line = line
        self.problem = problem
        self.instead = instead
