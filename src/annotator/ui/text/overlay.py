"""Paints what is laid over the rows: caret, mark in hand, hints, flashes, links in focus."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.domain.spans import Span
from annotator.ui.text.focus import BEND, BRACKET, CHIP, FocusPicture, picture
from annotator.ui.text.glyphs import KNOB_AT, PORT_AT, RING_AT, SIGN_EDGE, Glyphs
from annotator.ui.text.held import grips, port
from annotator.ui.text.hints import hint_boxes, hint_font
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page
from annotator.ui.text.palette import TextPalette, fill_plainly
from annotator.ui.text.shown import Held, Layer, Shown

_LAYER_LINES = {"source_mention": Qt.PenStyle.DotLine, "hedge": Qt.PenStyle.DashLine}
_RUBBER = -16
_RING = -11
_FLASH_ALPHA = 70
_BARRED = "×"


class OverlayPainter:
    """Paints over one page; the painter's origin is the top of the column."""

    def __init__(self, palette: TextPalette, metrics: Metrics, glyphs: Glyphs) -> None:
        self._palette = palette
        self._metrics = metrics
        self._glyphs = glyphs

    def paint(self, painter: QPainter, page: Page, shown: Shown, focused: bool) -> None:
        if shown.flashed:
            self._flash(painter, page, shown.flashed)
        for layer in shown.layers:
            self._layer(painter, page, layer)
        if shown.held is not None:
            self._outline(painter, page, shown.held.spans, 1)
        if shown.preview:
            self._outline_dashed(painter, page, shown.preview)
        if shown.target:
            self._outline(painter, page, shown.target, 2)
        if shown.links.all:
            self._links(painter, picture(page, shown.links))
        if shown.held is not None:
            self._handles(painter, page, shown.held)
            if shown.rubber is not None:
                self._rubber(painter, page, shown.held, shown.rubber.y())
        self._caret(painter, page, shown, focused)
        if shown.hints or shown.barred:
            self._hints(painter, page, shown)

    def _outline(self, painter: QPainter, page: Page, spans: Iterable[Span], width: int) -> None:
        # Filling four edges, told in numbers, costs a third of drawing a rectangle with a pen.
        colour, fill = self._palette.focus, painter.fillRect
        for span in spans:
            for rect in page.lines_of(span):
                # The binding declares the four numbers that it returns as an object.
                numbers: Any = rect.getRect()
                left, top, wide, tall = numbers
                fill(left - 1, top, wide + 2, width, colour)
                fill(left - 1, top + tall - width, wide + 2, width, colour)
                fill(left - 1, top, width, tall, colour)
                fill(left + wide + 1 - width, top, width, tall, colour)

    def _outline_dashed(self, painter: QPainter, page: Page, spans: Iterable[Span]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._palette.focus, 1, Qt.PenStyle.DashLine))
        for span in spans:
            for rect in page.lines_of(span):
                painter.drawRect(rect.adjusted(-1, 0, 0, -1))

    def _layer(self, painter: QPainter, page: Page, layer: Layer) -> None:
        """A thin line close under the words; its pattern tells the layers apart, not its colour alone."""
        colour = self._palette.style(layer.style).bar
        painter.setPen(QPen(colour, 1, _LAYER_LINES.get(layer.style, Qt.PenStyle.SolidLine)))
        for span in layer.spans:
            for rect in page.lines_of(span):
                painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
                painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _flash(self, painter: QPainter, page: Page, spans: Iterable[Span]) -> None:
        colour = QColor(self._palette.focus)
        colour.setAlpha(_FLASH_ALPHA)
        for span in spans:
            for rect in page.lines_of(span):
                painter.fillRect(rect, colour)

    def _handles(self, painter: QPainter, page: Page, held: Held) -> None:
        ink = self._palette.focus
        knob, ring = self._glyphs.handles(ink, self._palette.base)
        for grip in grips(page, held):
            painter.fillRect(grip.stem, ink)
            painter.drawPixmap(grip.knob - KNOB_AT, knob)
        middle = port(page, held)
        if middle is not None:
            painter.drawPixmap(middle - PORT_AT, ring)

    def _links(self, painter: QPainter, focus: FocusPicture) -> None:
        fill, draw, painted = painter.fillRect, painter.drawPixmap, self._palette.style
        for style, top, height in focus.brackets:
            colour = painted(style).bar
            fill(BRACKET, top, 2, height, colour)
            fill(BRACKET, top, 4, 2, colour)
            fill(BRACKET, top + height - 2, 4, 2, colour)
        for style, reach, top, bottom, downs, ups in focus.curves:
            colour, x = painted(style).bar, -reach - 1
            down, up = self._glyphs.bends(reach, colour)
            fill(x, top, 2, bottom - top, colour)
            for y in downs:
                draw(x, y - 1, down)
            for y in ups:
                draw(x, y - BEND, up)
        for style, height in focus.rings:
            draw(_RING - RING_AT.x(), height - RING_AT.y(), self._glyphs.ring(painted(style).bar))
        edge, palette = SIGN_EDGE.x(), self._palette
        for chip in focus.chips:
            sign = self._glyphs.sign(chip.sign, painted(chip.style).bar, palette.text, palette.base)
            draw(CHIP - edge, chip.top - edge, sign)

    def _rubber(self, painter: QPainter, page: Page, held: Held, y: int) -> None:
        start = page.caret_rect(held.spans[0].start)
        if start is not None:
            near = start.center().y()
        else:
            near = -1 if held.spans[0].start < page.visible_span().start else page.height
        painter.fillRect(QRect(_RUBBER, min(near, y), 2, abs(near - y) + 2), self._palette.focus)
        for height in (near, y):
            painter.fillRect(QRect(_RUBBER, height, -_RUBBER - 4, 2), self._palette.focus)

    def _caret(self, painter: QPainter, page: Page, shown: Shown, focused: bool) -> None:
        rect = page.caret_rect(shown.caret)
        if rect is not None:
            fill_plainly(painter, rect, self._palette.caret if focused else self._palette.dim)

    def _hints(self, painter: QPainter, page: Page, shown: Shown) -> None:
        painter.setFont(hint_font(self._metrics))
        hints = [*shown.hints.items(), *((_BARRED, offset) for offset in shown.barred)]
        for box, text in hint_boxes(page, self._metrics, hints):
            is_barred = text == _BARRED
            painter.setPen(QPen(self._palette.dim, 1) if is_barred else Qt.PenStyle.NoPen)
            painter.setBrush(self._palette.base if is_barred else self._palette.hint_back)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(self._palette.dim if is_barred else self._palette.hint_text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
