"""A label, by its colours, its letter and its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.panels.parts import letter_badge, wrapped
from annotator.ui.text.palette import StyleColours


class LabelChip(QWidget):
    """A label as it looks in the text: its bar pattern and letter on its tint, then its name.

    A name that is too long ends in …; the whole of it is in the tooltip then.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style: StyleColours | None = None
        self._name = self._about = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_label(self, style: StyleColours, name: str, about: str = "") -> None:
        """Show another label; about: what its tooltip says."""
        self._style, self._name, self._about = style, name, about
        self.setAccessibleName(name)
        self._tell()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        name = self._name if self.width() < self.sizeHint().width() else ""
        self.setToolTip(wrapped("\n".join(filter(None, (name, self._about)))))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._name) + metrics.height() + 20, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._style is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._style.tint)
        painter.drawRoundedRect(ground, 6, 6)
        side = self.fontMetrics().height() + 2
        badge = QRectF(4, (self.height() - side) / 2, side, side)
        letter_badge(painter, badge, self._style, self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = ground.adjusted(side + 10, 0, -4, 0)
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, round(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, name)
        painter.end()
