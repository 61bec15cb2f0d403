"""Hint letters: short words to type that stand for places in view."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page

_PADDING = 2


def hint_font(metrics: Metrics) -> QFont:
    """As large as the room for bars allows."""
    font = QFont(metrics.small)
    font.setPixelSize(round((metrics.full_line(0) - metrics.line) * 0.8))
    return font


def hint_boxes(
    page: Page, metrics: Metrics, hints: Collection[tuple[str, int]]
) -> Iterator[tuple[QRect, str]]:
    """Where each hint stands: under the start of its word, so that the words stay legible.

    Hints that would cover one another are moved apart to the right.
    """
    if not hints:
        return
    widths = QFontMetrics(hint_font(metrics))
    height = metrics.full_line(0) - metrics.line
    found = []
    for text, offset in hints:
        at = page.caret_rect(offset)
        if at is not None:
            width = widths.horizontalAdvance(text) + 2 * _PADDING
            found.append((QRect(at.left(), at.bottom(), width, height), text))
    before = QRect()
    for box, text in sorted(found, key=lambda hint: (hint[0].top(), hint[0].left())):
        if box.top() == before.top() and box.left() <= before.right():
            box.moveLeft(before.right() + 2)
        yield box, text
        before = box
