"""Figures as one SVG file that needs nothing else, runs nothing and reads in light and dark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import accumulate, pairwise
from typing import NamedTuple

from annotator.domain.figure import LABEL, LABEL_ROOM, LINE, Box, Caption, Figure, Point, Stroke
from annotator.domain.text import is_right_to_left

_MARGIN, _HEADING, _BETWEEN = 24.0, 60.0, 28.0
_PIXELS, _SMALL = 12, 10
_PADDING = 10.0
_ARROW = 7.0
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""What XML 1.0 cannot carry, and control characters."""
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Characters that would turn round the words beside them."""

_FAMILIES = {
    "support": "for",
    "supports": "for",
    "corroborates": "for",
    "evidence": "for",
    "claim": "for",
    "deny": "against",
    "denies": "against",
    "denial": "against",
    "contradicts": "against",
    "undermines": "doubt",
    "qualifies": "doubt",
    "silence": "silent",
    "no_comment": "silent",
    "responds_to": "silent",
}
"""The look of stances, labels and kinds of link; all others are plain."""

WORDS = {
    "support": "asserts",
    "deny": "denies",
    "silence": "no comment",
    "query": "asks",
    "comment": "comments",
    "says": "",
    "relays": "relays",
    "speaks_for": "speaks for",
    "prints": "prints the same as",
}
"""What lines say that are no links."""

STYLE = """
svg { color-scheme: light dark; }
text { fill: #1d1d1b; font-family: sans-serif; font-size: 12px; }
.ground { fill: #fdfcf8; } .box { fill: #ffffff; stroke: #8c8578; } .source { fill: #efeae0; }
.echo { stroke-dasharray: 5 3; }
.bold { font-weight: bold; } .quiet { fill: #5f5b52; font-size: 10px; } .title { font-size: 15px; }
.rule { stroke: #d9d4c7; } .line { fill: none; stroke: #57524a; stroke-width: 1.2; } .tip { fill: #57524a; }
.bar { stroke: #57524a; stroke-width: 4; }
.for { stroke: #0961bb; } .against { stroke: #b03f06; } .doubt { stroke: #805000; stroke-dasharray: 6 3; }
.silent { stroke: #494745; stroke-dasharray: 2 3; } .tip { stroke: none; }
.tip.for { fill: #0961bb; } .tip.against { fill: #b03f06; } .tip.doubt { fill: #805000; }
a:focus .box, a:hover .box { stroke-width: 2.5; }
@media screen and (prefers-color-scheme: dark) {
  text { fill: #e9e6df; } .ground { fill: #1b1a18; } .box { fill: #24221f; stroke: #7a7368; }
  .source { fill: #35322d; } .quiet { fill: #a8a297; } .rule { stroke: #403d37; }
  .line { stroke: #b5aea2; } .tip { fill: #b5aea2; } .bar { stroke: #b5aea2; }
  .for { stroke: #82b1f2; } .against { stroke: #ff8a45; } .doubt { stroke: #e6b84a; }
  .silent { stroke: #cfcac1; }
  .tip.for { fill: #82b1f2; } .tip.against { fill: #ff8a45; } .tip.doubt { fill: #e6b84a; }
}
"""
"""The look of drawings in a file of their own and in a page: plain CSS, which other programs know too."""

Address = Callable[[Box], str]
"""Where a click on a box leads, empty where it leads nowhere."""


class Drawn(NamedTuple):
    """Figures below one another under a title and a line that says more."""

    title: str
    remark: str
    figures: tuple[Figure, ...]


def words_on(kind: str, kinds: Mapping[str, str]) -> str:
    """What a line says; `kinds` holds the names of kinds of link."""
    return WORDS[kind] if kind in WORDS else kinds.get(kind, kind.replace("_", " "))


def svg(parts: Sequence[Drawn], title: str, kinds: Mapping[str, str]) -> str:
    """Drawings below one another as SVG 1.1. kinds: the names of kinds of link.

    All words are text, nothing is loaded or run, and fonts are named by their family alone,
    so that widths are estimated: words are cut where they might leave their box.
    """
    width = max((figure.width for part in parts for figure in part.figures), default=300.0) + 2 * _MARGIN
    lines: list[str] = []
    y = _MARGIN
    for part in parts:
        lines += _text(part.title, _MARGIN, y, width - 2 * _MARGIN, "bold title", 1, 15)
        lines += _text(part.remark, _MARGIN, y + 1.5 * LINE, width - 2 * _MARGIN, "quiet", 1, _SMALL)
        y += _HEADING
        for figure in part.figures:
            lines.append(f'<g transform="translate({_MARGIN:g} {y:g})">')
            lines += _figure(figure, kinds)
            lines.append("</g>")
            y += figure.height + _BETWEEN
    height = y + _MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}" role="img">'
    )
    ground = '<rect class="ground" width="100%" height="100%"/>'
    style = f"<style>{STYLE}</style>"
    return "\n".join([head, f"<title>{_safe(title)}</title>", style, ground, *lines, "</svg>"]) + "\n"


def inline(figure: Figure, title: str, kinds: Mapping[str, str], address: Address) -> str:
    """One figure to stand in a web page, whose style has to hold STYLE."""
    width, height = f"{figure.width:g}", f"{figure.height:g}"
    head = (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="group"'
        f' aria-label="{_safe(title)}">'
    )
    return "".join([head, *_figure(figure, kinds, address), "</svg>"])


def _nowhere(box: Box) -> str:
    del box
    return ""


def _figure(figure: Figure, kinds: Mapping[str, str], address: Address = _nowhere) -> Iterator[str]:
    for start, end in figure.rules:
        yield f'<path class="rule" d="M{_at(start)} L{_at(end)}"/>'
    for stroke in figure.strokes:
        yield from _stroke(stroke)
    for box in figure.boxes:
        leads = address(box)
        yield f'<a href="{escape(leads)}">' if leads else ""
        yield from _box(box)
        yield "</a>" if leads else ""
    for stroke in figure.strokes:
        yield from _words_on(stroke, words_on(stroke.kind, kinds))
    for caption in figure.captions:
        yield from _caption(caption)


def _box(box: Box) -> Iterator[str]:
    whole = ". ".join(filter(None, (box.head, box.text, box.foot)))
    is_maker = box.kind in ("source", "article")
    kind = "box" + " source" * is_maker + " echo" * box.is_echo
    corner = box.height / 2 if box.kind == "source" else 5
    yield f"<g><title>{_safe(whole)}</title>"
    yield (
        f'<rect class="{kind}" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
        f' rx="{corner:g}"/>'
    )
    if not is_maker:
        top, bottom = Point(box.x + 4, box.y + 6), Point(box.x + 4, box.y + box.height - 6)
        yield f'<path class="bar {_family(box.style)}" d="M{_at(top)} L{_at(bottom)}"/>'
    y, room = box.y + 4, box.width - 2 * _PADDING
    foot = " · ".join(filter(None, (box.foot, f"+{box.more}" if box.more else "")))
    head = " · ".join(filter(None, (box.head, WORDS.get(box.style, ""))))
    rows = max(1, int((box.height - 8) / LINE) - bool(head) - bool(foot))
    if box.kind == "source":
        y = box.y + (box.height - LINE * (2 if foot else 1)) / 2
    for words, style, most, pixels in (
        (head, "bold", 1, _PIXELS),
        (box.text, "", rows, _PIXELS),
        (foot, "quiet", 1, _SMALL),
    ):
        found = list(_text(words, box.x + _PADDING, y, room, style, most, pixels))
        yield from found
        y += LINE * len(found)
    yield "</g>"


def _stroke(stroke: Stroke) -> Iterator[str]:
    path = f"M{_at(stroke.points[0])}"
    for before, after in pairwise(stroke.points):
        half = (after.x - before.x) / 2
        path += (
            f" C{_at(Point(before.x + half, before.y))} {_at(Point(after.x - half, after.y))} {_at(after)}"
        )
    family = _family(stroke.kind)
    yield f'<path class="line {family}" d="{path}"/>'
    tip = stroke.points[-1]
    back = -_ARROW if tip.x >= stroke.points[-2].x else _ARROW
    wings = [Point(tip.x + back, tip.y + side) for side in (-3.5, 3.5)]
    yield f'<path class="tip {family}" d="M{_at(tip)} L{_at(wings[0])} L{_at(wings[1])} Z"/>'


def _words_on(stroke: Stroke, words: str) -> Iterator[str]:
    """Words at the left end of a line, on a ground of their own."""
    if not words:
        return
    corner = stroke.label
    width = min(_width(words, _SMALL), LABEL_ROOM - 4)
    yield (
        f'<rect class="ground" x="{corner.x:.1f}" y="{corner.y:.1f}" width="{width + 4:.1f}"'
        f' height="{LABEL:g}" rx="3"/>'
    )
    yield from _text(words, corner.x + 2, corner.y - 1, width + 1, "quiet", 1, _SMALL)


def _caption(caption: Caption) -> Iterator[str]:
    style, pixels = ("bold", _PIXELS) if caption.is_heading else ("quiet", _SMALL)
    yield from _text(caption.text, *caption.at, caption.width, style, 2, pixels)


def _text(words: str, x: float, y: float, width: float, style: str, most: int, pixels: int) -> Iterator[str]:
    """Lines of text from the top left corner of their room; each on the side its script begins."""
    for number, line in enumerate(_wrapped(_clean(words), width, most, pixels)):
        base = y + number * LINE + 11
        if is_right_to_left(line):
            place = f'x="{x + width:g}" y="{base:g}" direction="rtl"'
        else:
            place = f'x="{x:g}" y="{base:g}"'
        yield f'<text class="{style}" {place}>{escape(line)}</text>'


def _wrapped(words: str, width: float, most: int, pixels: int) -> list[str]:
    """Words in at most so many lines by estimated widths, the last one cut with …."""
    lines: list[str] = []
    rest = words
    while rest and len(lines) < most:
        end = _end(rest, width, pixels)
        if end == len(rest):
            return [*lines, rest]
        blank = rest.rfind(" ", 0, end + 1)
        if len(lines) == most - 1:
            cut = rest[: max(1, _end(rest, width - pixels, pixels))].rstrip()
            return [*lines, f"{cut}…"]
        end = blank if blank > 0 else max(1, end)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return lines


def _end(words: str, width: float, pixels: int) -> int:
    """How many characters fit; those behind them are not measured."""
    used = accumulate(map(_advance, words))
    return next((at for at, advance in enumerate(used) if advance * pixels > width), len(words))


def _width(words: str, pixels: int) -> float:
    """Words as wide as common sans-serif faces make them at most, roughly."""
    return sum(map(_advance, words)) * pixels


@lru_cache(maxsize=4096)
def _advance(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if char in "ijltfr.,:;'|! ":
        return 0.36
    return 0.88 if char in "mwMW@%" else 0.7 if char.isupper() else 0.6


def _family(kind: str) -> str:
    return _FAMILIES.get(kind, "plain")


def _at(point: Point) -> str:
    return f"{point.x:.1f} {point.y:.1f}"


def _safe(words: str) -> str:
    return escape(_clean(words))


def _clean(words: str) -> str:
    if not words.isprintable():  # what is holds nothing of either sort
        words = _BIDI.sub("", _FORBIDDEN.sub("\ufffd", words))
    return " ".join(words.split())
