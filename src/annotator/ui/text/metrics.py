"""Sizes that follow from the reading font, all in whole pixels so that scrolling can move the picture."""

from __future__ import annotations

from math import ceil, floor
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QFontMetricsF

from annotator.layout.heights import Estimate
from annotator.layout.lanes import MOST, ROOM

BAR = 3
PITCH = 4
"""From the top of one bar to the top of the next."""
_BAR_AREA = {ROOM: PITCH * ROOM + 3, MOST: PITCH * MOST + 3}
_SAMPLE = "The spokesman for the ministry said on Tuesday that 27 of the reports were false. "


class Metrics(NamedTuple):
    """`line` is the height of a line without its bars, `average` the mean width of a character."""

    font: QFont
    small: QFont
    line: int
    ascent: int
    average: float
    column: int
    rail_pitch: int

    @classmethod
    def of(cls, font: QFont, column_chars: int) -> Metrics:
        exact = QFontMetricsF(font)
        small = QFont(font)
        if font.pixelSize() > 0:
            small.setPixelSize(max(10, round(font.pixelSize() * 0.78)))
        else:
            small.setPointSizeF(max(7.0, font.pointSizeF() * 0.78))
        average = exact.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        return cls(
            font=font,
            small=small,
            line=ceil(exact.height()),
            ascent=round(exact.ascent()),
            average=average,
            column=round(average * column_chars),
            rail_pitch=QFontMetrics(small).height(),
        )

    def full_line(self, depth: int) -> int:
        """The height of a line with `depth` bars: one of two heights, so that it grows at most once."""
        return self.line + _BAR_AREA[ROOM if depth <= ROOM else MOST]

    @property
    def paragraph_gap(self) -> int:
        return round(self.line * 0.45)

    @property
    def empty_row(self) -> int:
        return round(self.line * 0.3)

    def estimate(self, width: int) -> Estimate:
        """What rows of a column `width` pixels wide will be tall: half a line is lost at the end of each."""
        line = self.full_line(0)
        return Estimate(
            empty=self.empty_row,
            base=self.paragraph_gap + line * 0.5,
            per_char=line * self.average * 1.03 / max(1, width),
        )


def count_words(more: int) -> str:
    """How many more there are, for a place that has room for two digits."""
    return f"+{more}" if more < 100 else "99+"


def narrowed(font: QFont, words: str, width: int) -> QFont:
    """The font, or a smaller one in which some words are at most `width` pixels wide."""
    wide = QFontMetricsF(font).horizontalAdvance(words)
    if wide <= width:
        return font
    made = QFont(font)
    made.setPixelSize(max(1, floor(QFontInfo(font).pixelSize() * width / wide)))
    return made
