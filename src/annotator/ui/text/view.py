"""The text view: one article, its marks, caret and selection, and the gestures made over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.layout.marks import MarkSource
from annotator.ui.text.accessible import TextAccess
from annotator.ui.text.caret import CaretMoves, step_of
from annotator.ui.text.graphemes import grapheme_start
from annotator.ui.text.marked import MarkedCanvas
from annotator.ui.text.mouse import Mouse
from annotator.ui.text.page import Place
from annotator.ui.text.shown import Shown


class TextView(MarkedCanvas):
    """Paints, hits, scrolls, selects and reports gestures; it decides nothing about data.

    Offsets and spans are code points of the article's text; lists of mark ids
    are innermost first; points in signals are global.
    """

    pressed = Signal()
    """A button of the mouse went down over the text; nothing came of it yet."""
    caret_moved = Signal(int)
    selection_changed = Signal(object)
    """The new Span, or None."""
    selection_finished = Signal(object)
    """The Span (or None) when the mouse lets go of a selection."""
    piece_dragged = Signal(object)
    """A Span pulled with Ctrl held."""
    mark_clicked = Signal(object, QPoint)
    """The ids of all marks under the pointer; when a bar was hit, its mark comes first.

    None of them when the click went beside the text; a click on bare words is not reported. Ghosts
    are reported where no mark is.
    """
    grip_moved = Signal(str, int, str, int)
    """Mark id, number of the piece, "start" or "end", the new offset of that end."""
    link_dropped = Signal(str, object, QPoint, bool)
    """From which mark, what `link_ends` found under the pointer, where, and whether Shift turns it round."""
    rail_clicked = Signal(str)
    """The id of a rail entry or of a focus link whose end is out of view."""
    region_clicked = Signal(object)
    """The Span of a region whose sign in the margin was clicked."""
    overflow_clicked = Signal(object, QPoint)
    """The ids of all marks of a line, or of a rail, that shows only some."""
    context_asked = Signal(int, QPoint)

    def __init__(self, segmenter: Segmenter, parent: QWidget | None = None) -> None:
        super().__init__(segmenter, parent)
        self.link_refusal: Callable[[str, str, bool], str] = lambda mark, end, is_reversed: ""
        """Why no link can be drawn from a mark to another one, or the other way; empty where one can."""
        self.pulled: Span | None = None
        """What the last selecting drag went over to the character, before it was snapped to words."""
        self._moves = CaretMoves(segmenter)
        self._mouse = Mouse(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._access = TextAccess(self)

    def show_article(self, text: str, marks: MarkSource, at: int = 0) -> None:
        """Show another article with the caret at an offset, near the top.

        Of what was laid over the last one, only the provider of highlights
        stays. No signal tells of it, but `place_changed` where it does not begin at the top.
        """
        self._mouse.cancel()
        self.shown = Shown(highlights=self.shown.highlights)
        self.open_page(text, marks)
        caret = grapheme_start(self.segmenter, text, min(max(0, at), len(text)))
        self.shown.caret = self.shown.anchor = caret
        if caret:
            self.restore_place(Place(caret, -self.viewport().height() // 5))
        self._access.text_changed()

    def words_in_view(self) -> list[Span]:
        """The words that begin in view, in text order."""
        seen = self.visible_span()
        # The segmenter looks for the ends of the paragraph, which may be a megabyte away.
        before = max(0, seen.start - _LONGEST_WORD)
        text = self.page.text[before : seen.end + _LONGEST_WORD]
        start, end = seen.start - before, seen.end - before
        words = []
        at = max(0, start - 1)
        while at < end and (after := self.segmenter.word_after(text, at)) > at:
            word = self.segmenter.word_at(text, after - 1)
            if max(at, start) <= word.start < end and any(map(str.isalnum, text[word.start : word.end])):
                words.append(Span(word.start + before, word.end + before))
            at = after
        return words

    def hold(self, mark_id: str | None, spans: Sequence[Span] = ()) -> None:
        """Outline a mark; where it is not what it was, a handle of it that is pulled is let go."""
        before = self.shown.held
        super().hold(mark_id, spans)
        if self.shown.held != before:
            self._mouse.drop_handle()

    # Caret and selection

    def caret(self) -> int:
        return self.shown.caret

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere and drop the selection; nothing is scrolled."""
        self._moves.forget_column()
        self.put_caret(offset, offset)

    def selection(self) -> Span | None:
        return self.shown.selection

    def select(self, span: Span | None) -> None:
        """Select a span, the caret at its end, or drop the selection; nothing is scrolled."""
        self._moves.forget_column()
        if span is None:
            self.put_caret(self.shown.caret, self.shown.caret)
        else:
            self.put_caret(*span)

    def put_caret(self, anchor: int, caret: int) -> None:
        """Select from one offset to the other; out of range is moved into the text."""
        length = len(self.page.text)
        anchor, caret = (min(max(0, offset), length) for offset in (anchor, caret))
        shown = self.shown
        if (anchor, caret) == (shown.anchor, shown.caret):
            return
        old, moved = shown.selection, caret != shown.caret
        dirty = Span(min(shown.anchor, shown.caret), max(shown.anchor, shown.caret))
        shown.anchor, shown.caret = anchor, caret
        self.update_span(dirty)
        self.update_span(Span(min(anchor, caret), max(anchor, caret)))
        if moved:
            self._access.caret_moved()
            self.caret_moved.emit(caret)
        if shown.selection != old:
            self._access.selection_changed()
            self.selection_changed.emit(shown.selection)

    # Events

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._mouse.tip(event)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_mine(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        return step_of(event) is not None or (self._mouse.is_dragging and event.key() == Qt.Key.Key_Escape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.end_flash()
        if not self._is_mine(event):
            event.ignore()
            return
        step = step_of(event)
        if step is None:
            self._mouse.cancel()
            return
        selection = self.selection()
        caret = self.shown.caret
        if selection is not None and not step.selects and not step.ctrl and step.key in _SIDEWAYS:
            target = selection.start if step.key == Qt.Key.Key_Left else selection.end
        else:
            target = self._moves.target(self.page, caret, step)
        self.put_caret(self.shown.anchor if step.selects else target, target)
        self.reveal(Span(target, target))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._mouse.context(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update_span(Span(self.shown.caret, self.shown.caret))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update_span(Span(self.shown.caret, self.shown.caret))


_LONGEST_WORD = 600
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
