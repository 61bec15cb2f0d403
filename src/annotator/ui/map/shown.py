"""A figure on the screen: painted, seen whole or in part, and told box by box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.figure import LINE, Box, Figure
from annotator.domain.model import Ref
from annotator.ui.map.accessible import FigureTelling
from annotator.ui.map.painting import FigurePainter
from annotator.ui.map.sight import Sight
from annotator.ui.map.wording import tr
from annotator.ui.theme import Theme


class ShownFigure(QWidget):
    """One figure, one box of which is current.

    names: what a kind of line is called. spoken: a box in words. is_about_current: a figure too
    large to be seen whole is shown about its current box, not from its beginning.
    """

    def __init__(
        self,
        look: Theme,
        name: str,
        names: Callable[[str], str],
        spoken: Callable[[Box], str],
        *,
        is_about_current: bool = False,
    ) -> None:
        super().__init__()
        self._painter = FigurePainter(look, names)
        self._names, self._spoken = names, spoken
        self._sight = Sight()
        self._boxes: dict[Ref, Box] = {}
        self.keys: list[Ref] = []
        self.current: Ref | None = None
        self.first: Ref | None = None
        """What the figure is about."""
        self._is_about_current = is_about_current
        self._is_placed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setMinimumSize(80, 40)
        self.setMouseTracking(True)
        self._telling = FigureTelling(self)

    @property
    def figure(self) -> Figure:
        """What is shown."""
        return self._sight.figure

    def set_theme(self, look: Theme) -> None:
        """Paint in another theme."""
        self._painter.look = look
        self.update()

    def show_figure(self, figure: Figure, current: Ref | None = None) -> None:
        """Show a figure; where it is much the same as before, place and scale stay."""
        if figure == self.figure:
            return
        before = self._boxes.keys()
        self._sight.figure = figure
        self._boxes = {box.key: box for box in figure.boxes}
        self.keys = list(self._boxes)
        is_same = bool(self._boxes.keys() & before) and (current is None or current in before)
        self.first = current if current in self._boxes else next(iter(self.keys), None)
        if not is_same or self.current not in self._boxes:
            self.current = self.first
        if not is_same:
            self._is_placed = False
            self._place()
        self._telling.figure_changed()
        self._tell()
        self.update()

    def box(self, key: Ref | None) -> Box | None:
        """The box that stands for something."""
        return self._boxes.get(key) if key is not None else None

    def told(self, key: Ref) -> str:
        """A box in words."""
        box = self.box(key)
        return self._spoken(box) if box else ""

    def lines_told(self, key: Ref) -> str:
        """Where the lines of a box lead and come from, in words."""
        lines = []
        for stroke in self.figure.strokes:
            is_out = stroke.origin == key
            other = self.box(stroke.target if is_out else stroke.origin)
            if other is None or key not in (stroke.origin, stroke.target):
                continue
            end = other.head or other.text
            kind = self._names(stroke.kind) or tr("says")
            template = tr("{kind} {end}") if is_out else tr("{end}: {kind} this")
            lines.append(template.format(kind=kind, end=end))
        return "; ".join(lines)

    def rect_of(self, key: Ref) -> QRectF:
        """Where a box is seen, in pixels of this widget."""
        box = self.box(key)
        assert box is not None  # noqa: S101 - the caller names a box that is there
        return self._sight.rect_of(box)

    def fit(self) -> None:
        """Show all of the figure, no larger than usual."""
        self._measure()
        self._sight.fit()
        self.update()

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Make it larger or smaller about a place of the widget, else about its middle."""
        self._sight.zoom(factor, about if about is not None else QPointF(self.rect().center()))
        self.update()

    def _measure(self) -> None:
        self._sight.room = QSizeF(self.size())
        self._sight.unit = self.fontMetrics().height() / (LINE * 1.15)

    def move_figure(self, by: QPointF) -> None:
        """Show another part of it, so many pixels away."""
        self._sight.move(by)
        self.update()

    def _place(self) -> None:
        if self._is_placed or not self.isVisible() or not self.figure.boxes:
            return
        self._is_placed = True
        self._measure()
        self._sight.begin_at(self.box(self.current), is_about=self._is_about_current)
        self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.told(self.current) if self.current else "")
        self._telling.moved()

    def stand_on(self, key: Ref) -> None:
        """Make a box the one that keys act on."""
        self.current = key
        self._tell()
        box = self.box(key)
        if box is not None:
            self._sight.reveal(box)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._painter.look.colour("panel"))
        if not self.figure.boxes:
            painter.setPen(self._painter.look.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("There is no statement to show."))
            return
        sight = self._sight
        painter.translate(sight.offset)
        painter.scale(sight.scale, sight.scale)
        self._painter.paint(painter, self.figure, sight.seen, self.current, self.hasFocus())
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        del event
        self._measure()
        self._is_placed = False
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._telling.moved()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def box_at(self, place: QPointF) -> Box | None:
        """The box at a place of the widget."""
        found = (box for box in self.figure.boxes if self.rect_of(box.key).contains(place))
        return next(found, None)
