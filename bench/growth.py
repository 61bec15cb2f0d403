"""How cost grows with size: exponents fitted on log-log scales, and pictures of them as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from bench.measure import Row

GOALS = {"open an article until painted": 0.3}
"""The greatest exponents that are good enough, by step."""
PICTURES = {
    "reading": ("marks", "Reading", ("open an", "page", "wheel", "jump")),
    "editing": (
        "marks",
        "One edit, until on disk and painted",
        ("add", "undo", "redo", "relabel", "move an", "remove"),
    ),
    "pointing": ("marks", "Pointing", ("move the", "click", "cycle")),
    "lists": ("articles", "Lists, until their first page is painted", ("open a", "switch", "list", "table")),
    "searches": (
        "articles",
        "Filters, orders and searches",
        ("filter", "sort", "search", "articles that", "marks with"),
    ),
    "files": ("articles", "Files in and out", ("import", "export")),
}
"""Each picture by the name of its file: its axis, its title, and how the steps on it begin."""
FIRST_MARKS = 1_000
"""Below so many marks the fixed cost of a page hides how it grows."""

Point = tuple[float, float]
"""A size and the seconds for it."""


class Curve(NamedTuple):
    """A step over sizes, at least two of them."""

    step: str
    points: list[Point]

    @property
    def exponent(self) -> float:
        """The slope of the line that fits best on log-log scales."""
        xs = [math.log(size) for size, _ in self.points]
        ys = [math.log(max(seconds, 1e-6)) for _, seconds in self.points]
        x, y = sum(xs) / len(xs), sum(ys) / len(ys)
        return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def curves(rows: Sequence[Row]) -> Mapping[str, list[Curve]]:
    """The steps that were measured at several sizes, by axis."""
    found: dict[str, dict[str, dict[float, float]]] = {}
    for one in rows:
        if one.axis and (one.axis != "marks" or one.size >= FIRST_MARKS):
            found.setdefault(one.axis, {}).setdefault(one.step, {})[one.size] = one.seconds
    return {
        axis: [Curve(step, sorted(points.items())) for step, points in steps.items() if len(points) > 1]
        for axis, steps in found.items()
    }


def growth(rows: Sequence[Row]) -> Iterator[Row]:
    """A row for each curve: seconds at its largest and smallest size, and the exponent as ratio."""
    for axis, found in curves(rows).items():
        for curve in found:
            (low, first), (high, last) = curve.points[0], curve.points[-1]
            goal = GOALS.get(curve.step) if axis == "marks" else None
            case = f"{low:,.0f} to {high:,.0f}"
            yield Row(f"growth of {curve.step} in {axis}", case, last, first, curve.exponent, goal)


WIDTH, HEIGHT = 960, 520
LEFT, RIGHT, TOP, BOTTOM = 84, 430, 56, 56
INK, QUIET, RULE = "#1f2933", "#616e7c", "#e4e7eb"
COLOURS = ("#0b6bcb", "#b45309", "#0f766e", "#a21caf", "#b91c1c", "#4d7c0f", "#5b21b6", "#334155")
LABEL_STEP = 17
AXES = {"marks": "marks in an article of 1 MB", "articles": "articles in the project"}


def draw(folder: Path, rows: Sequence[Row]) -> list[Path]:
    """Write the pictures for which there is anything to show; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    found = curves(rows)
    for name, (axis, title, beginnings) in PICTURES.items():
        shown = [
            curve
            for curve in found.get(axis, ())
            if curve.step.startswith(beginnings) and not curve.step.endswith(", half of them")
        ]
        if shown:
            path = folder / f"{name}.svg"
            path.write_text(picture(title, AXES[axis], shown), encoding="utf-8")
            made.append(path)
    return made


def picture(title: str, axis: str, found: Sequence[Curve]) -> str:
    """An SVG with a line for each curve, named at its right end with its exponent."""
    xs = _Scale([size for curve in found for size, _ in curve.points], LEFT, WIDTH - RIGHT)
    ys = _Scale([seconds for curve in found for _, seconds in curve.points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="30" font-size="17" fill="{INK}">{escape(title)}</text>',
        *_rules(xs, ys, axis),
    ]
    heights = _apart([ys.at(curve.points[-1][1]) for curve in found])
    for number, (curve, height) in enumerate(zip(found, heights, strict=True)):
        parts += _line(curve, xs, ys, height, COLOURS[number % len(COLOURS)], number // len(COLOURS))
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Scale:
    """Powers of ten that hold all values, spread evenly from one pixel to another."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        logs = [math.log10(max(value, 1e-6)) for value in values]
        self.low = math.floor(min(logs))
        self.high = max(self.low + 1, math.ceil(max(logs)))
        self._first, self._last = first, last

    def at(self, value: float) -> float:
        part = (math.log10(max(value, 1e-6)) - self.low) / (self.high - self.low)
        return self._first + part * (self._last - self._first)

    def powers(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _rules(xs: _Scale, ys: _Scale, axis: str) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for value in ys.powers():
        y = ys.at(value)
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="{RULE}"/>'
        words = f'text-anchor="end" fill="{QUIET}">{_seconds(value)}'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" {words}</text>'
    for value in xs.powers():
        x = xs.at(value)
        yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="{RULE}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle" fill="{QUIET}">{value:,.0f}</text>'
    middle = (LEFT + right) / 2
    yield f'<text x="{middle:.0f}" y="{HEIGHT - 14}" text-anchor="middle" fill="{INK}">{escape(axis)}</text>'


def _line(curve: Curve, xs: _Scale, ys: _Scale, height: float, colour: str, style: int) -> Iterator[str]:
    places = [(xs.at(size), ys.at(seconds)) for size, seconds in curve.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dash = ' stroke-dasharray="6 4"' if style else ""
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    x, y = places[-1]
    label = x + 26
    yield f'<path d="M{x + 4:.1f} {y:.1f}L{label - 4:.1f} {height:.1f}" stroke="{colour}" opacity="0.45"/>'
    step = curve.step.removesuffix(", 95 of 100").removesuffix(", committed and painted")
    words = f"{step} · {_seconds(curve.points[-1][1])} · size^{curve.exponent:.2f}"
    yield f'<text x="{label:.1f}" y="{height + 4:.1f}" fill="{colour}">{escape(words)}</text>'


def _apart(wanted: Sequence[float]) -> list[float]:
    """Heights near those wanted, in the same order, none nearer to the next than a label is high."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    heights = list(wanted)
    top: float = TOP
    for place in order:
        heights[place] = max(heights[place], top)
        top = heights[place] + LABEL_STEP
    bottom: float = HEIGHT - BOTTOM
    for place in reversed(order):
        heights[place] = min(heights[place], bottom)
        bottom = heights[place] - LABEL_STEP
    return heights


def _seconds(value: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e-3)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-6:.3g} µs"
