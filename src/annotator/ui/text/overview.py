"""The overview bar: where in the article its marks are, and which part is in view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from annotator.layout.overview import Block, Density, blocks, window
from annotator.ui.text.palette import TextPalette, fill_plainly

WIDTH = 14
_BUCKET = 3
_REST_MS = 150
_WINDOW_ALPHA = 45


class OverviewBar(QWidget):
    """A narrow picture of the whole article; a click or drag asks to go there.

    The density is asked for after the bar has been painted, and at most once
    in a while, so that neither opening nor an edit waits for it. While it cannot
    be told the bar keeps its picture and asks again.
    """

    asked = Signal(float)
    """A place of the article between 0 and 1 was clicked."""

    def __init__(self, palette: TextPalette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._density: Callable[[int], Density | None] | None = None
        self._found: Density | None = None
        self._blocks: list[Block] | None = None
        self._picture: QPixmap | None = None
        self._window = (0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or all it lies on is painted first

    def show_density(self, density: Callable[[int], Density | None]) -> None:
        """Show another article's marks, once `set_window` tells what is seen of it."""
        self._density = density
        self._found = None
        self._forget()

    def set_palette(self, palette: TextPalette) -> None:
        self._palette = palette
        self._picture = None
        self.update()

    def set_window(self, first: int, last: int, length: int) -> None:
        """The characters in view, of how many; the text is painted already."""
        if (first, last, length) != self._window or self._blocks is None:
            self._window = (first, last, length)
            self.update()

    def marks_changed(self) -> None:
        """Ask for the density again when there is a moment's rest."""
        if self.isVisible():
            self._timer.start(_REST_MS)
        else:
            self._forget()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_plainly(painter, self.rect(), self._palette.base)
        first, last, length = self._window
        top, height = window(first, last, length, self.height())
        shade = QColor(self._palette.dim)
        shade.setAlpha(_WINDOW_ALPHA)
        fill_plainly(painter, QRect(0, top, self.width(), height), shade)
        if self._blocks:
            painter.drawPixmap(0, 0, self._drawn(self._blocks))
        painter.end()
        if self._blocks is None and self._density is not None and not self._timer.isActive():
            self._timer.start(0)

    def _drawn(self, found: list[Block]) -> QPixmap:
        """The picture of all blocks, kept: every scroll paints the bar."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            for block in found:
                colour = self._palette.style(block.style).bar
                painter.fillRect(2 + block.x, block.y, block.width, block.height, colour)
            painter.end()
        return self._picture

    def _forget(self) -> None:
        self._blocks = self._picture = None

    def resizeEvent(self, event: object) -> None:
        self._forget()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _ask(self, event: QMouseEvent) -> None:
        self.asked.emit(min(1.0, max(0.0, event.position().y() / max(1, self.height()))))

    def _read(self) -> None:
        if self._density is None:
            return
        if not self.isVisible():  # where it was closed meanwhile, its project may be, too
            self._forget()
            return
        now = self._density(max(1, self.height() // _BUCKET))
        if now is None:
            self._timer.start(_REST_MS)
        else:
            self._found = now
            self._forget()
        if self._blocks is None and self._found is not None:
            self._blocks = blocks(self._found, self.width() - 4, self.height())
            self.update()
