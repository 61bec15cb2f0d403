"""The mouse over the text: which gesture a press begins, and what a click hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.domain.spans import Span
from annotator.ui.text.bars import Chip
from annotator.ui.text.drags import Drag, GripDrag, LinkDrag, PieceDrag, SelectDrag
from annotator.ui.text.focus import EndChip, picture
from annotator.ui.text.held import Grip, grips, port, port_area
from annotator.ui.text.rail import rail_box_at

if TYPE_CHECKING:
    from annotator.ui.text.view import TextView

_SLACK = 4
_AUTOSCROLL_MS = 40
_Shape = Qt.CursorShape


class Under:
    """What lies under the pointer: grips and port of the mark in hand, chips, links, regions, words."""

    def __init__(self, view: TextView) -> None:
        self._view = view

    def cursor(self, point: QPoint) -> Qt.CursorShape:
        """The shape that says what a press would take hold of."""
        view = self._view
        if self.grip(point) is not None:
            return _Shape.SizeHorCursor
        if self.is_port(point):
            return _Shape.CrossCursor
        rail = rail_box_at(view.page, view.columns, point)
        if rail or self.chip(point) or self.end_chip(point) or view.regions_at(point):
            return _Shape.PointingHandCursor
        inside = view.columns.left - _SLACK <= point.x() < view.columns.left + view.columns.width + _SLACK
        return _Shape.IBeamCursor if inside else _Shape.ArrowCursor

    def words(self, point: QPoint) -> str:
        """What is to be said of it; empty where there is nothing."""
        view = self._view
        box = rail_box_at(view.page, view.columns, point)
        if box is not None:
            return box.entry.text
        end = self.end_chip(point)
        if end is not None:
            return end.text
        return "\n".join(view.labels_at(point) or [region.name for region in view.regions_at(point)])

    def grip(self, point: QPoint) -> Grip | None:
        """The grip of the mark in hand, the nearest where they overlap."""
        held = self._view.shown.held
        if held is None:
            return None
        at = self._view.to_page(point)
        near = [grip for grip in grips(self._view.page, held) if grip.area.contains(at)]
        return min(near, key=lambda grip: abs(grip.stem.center().x() - at.x()), default=None)

    def is_port(self, point: QPoint) -> bool:
        """Whether it is where links of the mark in hand are pulled from."""
        held = self._view.shown.held
        middle = None if held is None else port(self._view.page, held)
        return middle is not None and port_area(middle).contains(self._view.to_page(point))

    def chip(self, point: QPoint) -> Chip | None:
        """The count of marks that a line has no room for."""
        at = self._view.to_page(point)
        if at.x() < self._view.columns.width:
            return None
        seen, _ = self._view.page.at(at)
        return next((chip for chip in seen.marks.chips if chip.rect.translated(0, seen.y).contains(at)), None)

    def end_chip(self, point: QPoint) -> EndChip | None:
        """The name of an end of a link of the mark in hand that is out of sight."""
        links, at = self._view.shown.links, self._view.to_page(point)
        return picture(self._view.page, links).chip_at(at) if links.all and at.x() < 0 else None


class Mouse:
    """Turns what the mouse does over a view into gestures; it changes what is shown, never data."""

    def __init__(self, view: TextView) -> None:
        self._view = view
        self.under = Under(view)
        self._pressed: QPoint | None = None
        self._press_modifiers = Qt.KeyboardModifier.NoModifier
        self._drag: Drag | None = None
        self._handle: Drag | None = None
        self._double: tuple[int, QPoint] | None = None
        self._point = QPoint()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._autoscroll = QTimer(view)
        self._autoscroll.setInterval(_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)

    @property
    def is_dragging(self) -> bool:
        return self._drag is not None

    @property
    def _exact(self) -> bool:
        """Whether places are meant to the character, not to the word."""
        return bool(self._modifiers & Qt.KeyboardModifier.ShiftModifier)

    def cancel(self) -> None:
        """Give up the drag under way, as if it had not begun."""
        if self._drag is not None:
            self._drag.cancel()
        self._stop()

    def drop_handle(self) -> None:
        """Give up pulling a grip or the port: the mark it belongs to is not what it was."""
        if self._handle is not None:
            self.cancel()

    def _stop(self) -> None:
        self._drag = None
        self._handle = None
        self._pressed = None
        self._autoscroll.stop()

    def press(self, event: QMouseEvent) -> None:
        """The left button goes down; where to, decides what a pull will do."""
        if not self._takes(event):
            return
        self._view.end_flash()
        self._press_modifiers = event.modifiers()
        if self._is_third_click(event):
            text = self._view.page.text
            self._begin_unit(
                self._view.segmenter.sentence_at(text, self._view.nearest(self._point)), sentence=True
            )
            return
        self._pressed = self._point
        grip = self.under.grip(self._point)
        held = self._view.shown.held
        if held is not None and grip is not None:
            self._handle = GripDrag(self._view, held, grip.piece, grip.which)
        elif held is not None and self.under.is_port(self._point):
            self._handle = LinkDrag(self._view, held)

    def _takes(self, event: QMouseEvent) -> bool:
        """Note where the pointer is; whether it is about the left button, others are nobody's here."""
        self._note(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        event.setAccepted(is_left)
        return is_left

    def _note(self, event: QMouseEvent) -> None:
        self._modifiers = event.modifiers()
        self._point = event.position().toPoint()

    def _is_third_click(self, event: QMouseEvent) -> bool:
        double, self._double = self._double, None
        return (
            double is not None
            and event.timestamp() - double[0] <= QApplication.doubleClickInterval()
            and (self._point - double[1]).manhattanLength() <= _SLACK
        )

    def double(self, event: QMouseEvent) -> None:
        """The left button goes down a second time: a word is meant."""
        if not self._takes(event):
            return
        self._double = (event.timestamp(), self._point)
        text = self._view.page.text
        under = self._view.character_at(self._point)
        word = self._view.segmenter.word_at(text, self._view.nearest(self._point) if under is None else under)
        if not text[slice(*word)].isspace():
            self._begin_unit(word, sentence=False)

    def _begin_unit(self, span: Span, *, sentence: bool) -> None:
        """Select a word or sentence at once; pulling on goes on by such units."""
        self._pressed = self._point
        self._drag = SelectDrag(self._view, span, by_sentence=sentence)
        self._view.put_caret(*span)

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves, and pulls what it took hold of."""
        self._note(event)
        if not event.buttons() & Qt.MouseButton.LeftButton or self._pressed is None:
            self._view.viewport().setCursor(self.under.cursor(self._point))
            return
        if (self._point - self._pressed).manhattanLength() < _SLACK and not self._autoscroll.isActive():
            return
        if self._drag is None:
            self._drag = self._handle or self._from_text(self._pressed)
        self._drag.move(self._point, self._exact)
        if 0 <= self._point.y() < self._view.viewport().height() or not self._drag.may_scroll():
            self._autoscroll.stop()
        elif not self._autoscroll.isActive():
            self._autoscroll.start()

    def _from_text(self, pressed: QPoint) -> Drag:
        base = self._view.nearest(pressed)
        piece = bool(self._press_modifiers & Qt.KeyboardModifier.ControlModifier)
        return (PieceDrag if piece else SelectDrag)(self._view, Span(base, base))

    def _on_autoscroll(self) -> None:
        if self._drag is None:
            self._autoscroll.stop()
            return
        y, height = self._point.y(), self._view.viewport().height()
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (y if y < 0 else y - height) // 2)
        self._drag.move(self._point, self._exact)

    def release(self, event: QMouseEvent) -> None:
        """The left button comes up: a pull ends, or it was a click."""
        if not self._takes(event):
            return
        drag, handle, pressed = self._drag, self._handle, self._pressed
        self._stop()
        if drag is not None:
            drag.finish(self._point, self._exact)
        elif pressed is not None and (handle is None or self._is_on_marks(handle)):
            self._on_click(event.globalPosition().toPoint())

    def _is_on_marks(self, handle: Drag) -> bool:
        """Whether what was taken hold of, and not pulled, is a grip over marks: they are meant then."""
        return isinstance(handle, GripDrag) and bool(self._view.stack_at(self._point))

    def _on_click(self, place: QPoint) -> None:
        view, point = self._view, self._point
        box = rail_box_at(view.page, view.columns, point)
        end = self.under.end_chip(point)
        chip = self.under.chip(point)
        regions = view.regions_at(point)
        if box is not None and box.hidden:
            view.overflow_clicked.emit(box.marks, place)
        elif box is not None:
            view.rail_clicked.emit(box.entry.id)
        elif end is not None:
            view.rail_clicked.emit(end.entry)
        elif chip is not None:
            view.overflow_clicked.emit(chip.marks, place)
        elif regions:
            view.region_clicked.emit(regions[-1].span)
        elif self._press_modifiers & Qt.KeyboardModifier.ShiftModifier:
            view.put_caret(view.shown.anchor, view.nearest(point))
            view.selection_finished.emit(view.selection())
        else:
            view.set_caret(view.nearest(point))
            stack = view.stack_at(point) or view.ghosts_at(point)
            if stack or view.character_at(point) is None:
                view.mark_clicked.emit(stack, place)

    def context(self, event: QContextMenuEvent) -> None:
        """A menu is asked for, with the mouse or the keyboard."""
        view = self._view
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            view.context_asked.emit(
                view.caret(), view.viewport().mapToGlobal(view.rect_of(view.caret()).bottomLeft())
            )
        else:
            under = view.character_at(event.pos())
            offset = view.nearest(event.pos()) if under is None else under
            view.context_asked.emit(offset, event.globalPos())

    def tip(self, event: QHelpEvent) -> None:
        """Say what is under the pointer that rests over the view."""
        viewport = self._view.viewport()
        words = self.under.words(viewport.mapFromGlobal(event.globalPos()))
        QToolTip.showText(event.globalPos(), words, viewport)
