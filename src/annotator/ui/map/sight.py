"""How large a figure is seen, and which part of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from annotator.domain.figure import NOTHING, Box, Figure

_MARGIN = 16
_SMALLEST, _LARGEST = 0.15, 3.0
_READABLE = 0.8
"""The scale below which words cannot be read; a figure that does not fit is shown at this one at first."""


class Sight:
    """A figure through a widget: places of the figure times `scale`, plus `offset`, are its pixels.

    room: the size of the widget. unit: the scale at which words have the size of the interface.
    """

    def __init__(self) -> None:
        self.figure: Figure = NOTHING
        self.scale, self.offset = 1.0, QPointF()
        self.room = QSizeF()
        self.unit = 1.0

    def rect_of(self, box: Box) -> QRectF:
        """Where a box is seen."""
        size = QSizeF(box.width, box.height) * self.scale
        return QRectF(QPointF(box.x, box.y) * self.scale + self.offset, size)

    @property
    def seen(self) -> QRectF:
        """The part of the figure that is seen."""
        return QRectF(-self.offset / self.scale, self.room / self.scale)

    def fit(self) -> None:
        """See all of the figure, no larger than usual."""
        across = (self.room.width() - 2 * _MARGIN) / max(self.figure.width, 1.0)
        down = (self.room.height() - 2 * _MARGIN) / max(self.figure.height, 1.0)
        self.scale = min(max(min(across, down), _SMALLEST), self.unit)
        beside = self.room - QSizeF(self.figure.width, self.figure.height) * self.scale
        self.offset = QPointF(max(beside.width() / 2, _MARGIN), max(beside.height() / 2, _MARGIN))

    def begin_at(self, box: Box | None, *, is_about: bool) -> None:
        """See all of it where words stay readable then; else its beginning, or what is about a box.

        A box it is about stands at the right, where lines lead to it.
        """
        self.fit()
        readable = self.unit * _READABLE
        if self.scale >= readable or box is None:
            return
        self.scale, self.offset = readable, QPointF(_MARGIN, _MARGIN)
        if is_about:
            right = self.room.width() - _MARGIN - (box.x + box.width) * readable
            is_narrow = self.figure.width * readable <= self.room.width() - 2 * _MARGIN
            self.offset = QPointF(_MARGIN if is_narrow else right, self._top_about(box))

    def _top_about(self, box: Box) -> float:
        """Where it begins with a box in the middle; no room stays empty where some of it is hidden."""
        spare = self.room.height() - self.figure.height * self.scale
        if spare >= 2 * _MARGIN:
            return spare / 2
        return min(max(self.room.height() / 2 - box.middle.y * self.scale, spare - _MARGIN), _MARGIN)

    def zoom(self, factor: float, about: QPointF) -> None:
        """See it larger or smaller, with one pixel where it is."""
        scale = min(max(self.scale * factor, _SMALLEST), _LARGEST)
        self.offset = about - (about - self.offset) * (scale / self.scale)
        self.scale = scale

    def move(self, by: QPointF) -> None:
        """See another part, so many pixels away."""
        self.offset += by

    def reveal(self, box: Box) -> None:
        """Bring a box into sight, beside what stands at the edges of the figure."""
        rect = self.rect_of(box)
        left, top = self.figure.left * self.scale, self.figure.top * self.scale
        room = QRectF(QPointF(), self.room).adjusted(_MARGIN + left, _MARGIN + top, -_MARGIN, -_MARGIN)
        across = max(0.0, room.left() - rect.left()) or min(0.0, room.right() - rect.right())
        down = max(0.0, room.top() - rect.top()) or min(0.0, room.bottom() - rect.bottom())
        self.move(QPointF(across, down))
