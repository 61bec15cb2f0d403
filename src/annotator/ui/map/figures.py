"""A figure that is moved, made larger and walked through by mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from annotator.domain.model import Ref
from annotator.layout.walking import beside
from annotator.ui.map.shown import ShownFigure
from annotator.ui.panels.parts import wrapped

_STEP = 1.2
_DRAG = 4


class FigureView(ShownFigure):
    """Arrows go to the next box, Home to what it is about, Enter or a click to the words.

    Left and right follow lines where there are any; plus, minus, 0 size it.
    """

    opened = Signal(object)
    """The Ref of the box that was chosen."""

    _pressed: QPoint | None = None
    _is_dragging = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if turned.y() > 0 else 1 / _STEP, event.position())
        else:
            self.move_figure(QPointF(turned) / 2)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._is_dragging = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if self._pressed is None:
            box = self.box_at(event.position())
            shape = Qt.CursorShape.PointingHandCursor if box else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape)
            self.setToolTip(wrapped(self.told(box.key)) if box else "")
            return
        self._is_dragging = self._is_dragging or (here - self._pressed).manhattanLength() > _DRAG
        if self._is_dragging:
            self.move_figure(QPointF(here - self._pressed))
            self._pressed = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        box = self.box_at(event.position())
        if self._pressed is not None and not self._is_dragging and box is not None:
            self.stand_on(box.key)
            self.opened.emit(box.key)
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        sizes = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers():
            self._go(self.current and beside(self.figure, self.current, *steps[key]))
        elif key == Qt.Key.Key_Home:
            self._go(self.first)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        elif key in sizes:
            self.zoom(sizes[key])
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _go(self, key: Ref | None) -> None:
        if key is not None:
            self.stand_on(key)
