"""Draws throughput and latency by number of conversations, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from bench.figures import Figure

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 420, 300, 60, 40, 50
_COLOURS = ("#1565c0", "#2e7d32", "#c62828", "#6a1b9a", "#ef6c00")


class Line(Struct, frozen=True):
    """Points with a name: number of conversations, value."""

    name: str
    points: list[tuple[int, float]]


def draw(figures: Sequence[Figure]) -> str:
    """Two panels side by side; both axes are logarithmic."""
    rates = _lines(figures, lambda figure: figure.rate)
    slowest = _lines(figures, lambda figure: figure.p99 and figure.p99 * 1000)
    width = 2 * _WIDTH
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" '
            'font-family="sans-serif" font-size="11">',
            f'<rect width="{width}" height="{_HEIGHT}" fill="white"/>',
            *_panel("Messages a second", rates, 0),
            *_panel("Milliseconds to delivery, p99", slowest, _WIDTH),
            "</svg>",
            "",
        ]
    )


def _lines(figures: Sequence[Figure], value: Callable[[Figure], float | None]) -> list[Line]:
    names = {
        "relay": "to an agent",
        "unheard": "moods unheard",
        "answer": "bot answers",
        "bare": "bare loop",
        "ptb": "PTB",
    }
    lines = []
    for scenario, name in names.items():
        points = [
            (figure.conversations, found)
            for figure in figures
            if figure.scenario == scenario and (found := value(figure)) is not None
        ]
        if points:
            lines.append(Line(name, sorted(points)))
    return lines


def _panel(title: str, lines: Sequence[Line], x: int) -> list[str]:
    sizes = sorted({size for line in lines for size, _ in line.points})
    values = [value for line in lines for _, value in line.points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    last = math.log10(sizes[-1]) or 1.0
    across, down = _WIDTH - _LEFT - 90, _HEIGHT - _TOP - _BOTTOM

    def at(size: int, value: float) -> tuple[float, float]:
        return (
            x + _LEFT + across * math.log10(size) / last,
            _TOP + down * (high - math.log10(value)) / (high - low),
        )

    drawn = [f'<text x="{x + _LEFT}" y="20" font-size="13" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        _, y = at(1, 10.0**power)
        drawn += [
            f'<line x1="{x + _LEFT}" x2="{x + _LEFT + across}" y1="{y:.1f}" y2="{y:.1f}" '
            'stroke="#ddd"/>',
            f'<text x="{x + _LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>',
        ]
    for size in sizes:
        left, _ = at(size, 10.0**low)
        drawn.append(
            f'<text x="{left:.1f}" y="{_TOP + down + 16}" text-anchor="middle">{size}</text>'
        )
    drawn.append(
        f'<text x="{x + _LEFT + across / 2}" y="{_HEIGHT - 12}" text-anchor="middle">'
        "conversations at once</text>"
    )
    for number, (line, colour) in enumerate(zip(lines, _COLOURS, strict=False)):
        points = [at(size, value) for size, value in line.points]
        path = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [
            f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3" fill="{colour}"/>'
            for left, top in points
        ]
        drawn.append(
            f'<text x="{x + _LEFT + across + 10}" y="{_TOP + 12 + 16 * number}" '
            f'fill="{colour}">{line.name}</text>'
        )
    return drawn
