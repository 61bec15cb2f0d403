"""Hint letters: short words to type that stand for places in view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page


def hint_boxes(page: Page, metrics: Metrics, hints: Mapping[str, int]) -> Iterator[tuple[QRect, str]]:
    """Where each hint stands: under the start of its word, so that the words stay legible."""
    if not hints:
        return
    font = QFontMetrics(metrics.small)
    height = metrics.full_line(0) - metrics.line
    for text, offset in hints.items():
        at = page.caret_rect(offset)
        if at is not None:
            width = font.horizontalAdvance(text) + 4
            yield QRect(at.left(), at.bottom(), width, height), text
