"""The text view: one article, its marks, caret and selection, and the gestures made over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.layout.marks import FocusLink, MarkSource, Shape
from annotator.ui.text.accessible import TextAccess
from annotator.ui.text.canvas import Canvas
from annotator.ui.text.caret import CaretMoves, step_of
from annotator.ui.text.graphemes import grapheme_start
from annotator.ui.text.mouse import Mouse
from annotator.ui.text.page import Place
from annotator.ui.text.shown import Held, SpansIn

_FLASH_MS = 1600


class TextView(Canvas):
    """Paints, hits, scrolls, selects and reports gestures; it decides nothing about data.

    Offsets and spans are code points of the article's text; lists of mark ids
    are innermost first; points in signals are global.
    """

    caret_moved = Signal(int)
    selection_changed = Signal(object)
    """The new Span, or None."""
    selection_finished = Signal(object)
    """The Span (or None) when the mouse lets go of a selection."""
    piece_dragged = Signal(object)
    """A Span pulled with Ctrl held."""
    mark_clicked = Signal(object, QPoint)
    """The ids of all marks under the pointer; when a bar was hit, its mark comes first."""
    grip_moved = Signal(str, int, str, int)
    """Mark id, number of the piece, "start" or "end", the new offset of that end."""
    link_dropped = Signal(str, object, QPoint)
    """From which mark, the ids of all marks under the pointer, where."""
    rail_clicked = Signal(str)
    """The id of a rail entry or of a focus link whose end is out of view."""
    overflow_clicked = Signal(object, QPoint)
    """The ids of all marks of a line, or of a rail, that shows only some."""
    context_asked = Signal(int, QPoint)

    def __init__(self, segmenter: Segmenter, parent: QWidget | None = None) -> None:
        super().__init__(segmenter, parent)
        self._moves = CaretMoves(segmenter)
        self._mouse = Mouse(self)
        self._flash_timer = QTimer(self)
        self._flash_timer.setSingleShot(True)
        self._flash_timer.setInterval(_FLASH_MS)
        self._flash_timer.timeout.connect(lambda: self.flash(()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._access = TextAccess(self)

    # The article and its marks

    def show_article(self, text: str, marks: MarkSource, at: int = 0) -> None:
        """Show another article with the caret at an offset, near the top; nothing else is carried over."""
        self._mouse.cancel()
        highlights = self.shown.highlights
        self.shown = type(self.shown)(highlights=highlights)
        self.open_page(text, marks)
        caret = grapheme_start(self.segmenter, text, min(max(0, at), len(text)))
        self.shown.caret = self.shown.anchor = caret
        if caret:
            self.restore_place(Place(caret, -self.viewport().height() // 5))
        self._access.text_changed()

    def marks_changed(self, spans: Sequence[Span] | None) -> None:
        """Read the marks again that have a piece in `spans`; None reads all again.

        `spans` are the pieces that changed, old and new ones. The text does
        not move but where a line has to grow.
        """
        self.page.marks_changed(spans)
        self.overview.marks_changed()
        self.refresh()

    def marks_at(self, offset: int) -> list[str]:
        """The marks whose words hold the character at an offset, innermost first."""
        return [shape.id for shape in self.page.laid.shapes_at(offset)]

    def mark_ids_in_view(self) -> list[str]:
        """The marks with a piece in view, in text order, outer ones before inner ones."""
        return [shape.id for shape in self.shapes_in_view()]

    def shapes_in_view(self) -> list[Shape]:
        return self.page.laid.shapes_in(self.visible_span())

    def stack_at(self, point: QPoint) -> list[str]:
        """The marks under a point, innermost first; a bar under the point puts its own mark before all."""
        at = self.to_page(point)
        seen, _ = self.page.at(at)
        under = self.character_at(point)
        stack = [] if under is None else self.marks_at(under)
        bar = next(
            (
                bar.mark
                for bar in seen.marks.hits
                if bar.rect.translated(0, seen.y).adjusted(-1, 0, 1, 1).contains(at)
            ),
            None,
        )
        return stack if bar is None else [bar, *(mark for mark in stack if mark != bar)]

    def labels_at(self, point: QPoint) -> list[str]:
        """The labels of the marks under a point, in the order of `stack_at`."""
        names = {shape.id: shape.label for shape in self.shapes_in_view()}
        return [names[mark] for mark in self.stack_at(point) if mark in names]

    def words_in_view(self) -> list[Span]:
        """The words that begin in view, in text order."""
        text, (start, end) = self.page.text, self.visible_span()
        words = []
        at = max(0, start - 1)
        while at < end and (after := self.segmenter.word_after(text, at)) > at:
            word = self.segmenter.word_at(text, after - 1)
            if max(at, start) <= word.start < end and any(map(str.isalnum, text[word.start : word.end])):
                words.append(word)
            at = after
        return words

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

    def select_pieces(self, pieces: tuple[Span, ...]) -> None:
        """Show further pieces like the selection; they belong to the caller."""
        self._change("pieces", pieces)

    def put_caret(self, anchor: int, caret: int) -> None:
        """Select from one offset to the other; out of range is moved into the text."""
        length = len(self.page.text)
        anchor, caret = (min(max(0, offset), length) for offset in (anchor, caret))
        shown = self.shown
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

    # What is laid over the text

    def hold(self, mark_id: str | None, spans: Sequence[Span] = ()) -> None:
        """Outline a mark and give it its grips and link port; None lets go."""
        self._change("held", None if mark_id is None or not spans else Held(mark_id, tuple(spans)))

    def flash(self, spans: Sequence[Span]) -> None:
        """Show for a moment what changed; the next key or click ends it early."""
        self._change("flashed", tuple(spans))
        if spans:
            self._flash_timer.start()
        else:
            self._flash_timer.stop()

    def show_hints(self, hints: Mapping[str, int]) -> None:
        """Show letters to type, each at an offset."""
        self._change("hints", dict(hints))

    def clear_hints(self) -> None:
        self._change("hints", {})

    def set_highlights(self, spans: SpansIn | None) -> None:
        """Outline the spans a provider gives for each row in view, such as matches of a search."""
        self._change("highlights", spans)

    def set_focus_links(self, links: Sequence[FocusLink]) -> None:
        """Draw the links of the held mark in the left margin."""
        self._change("links", tuple(links))

    def show_preview(self, spans: tuple[Span, ...]) -> None:
        """Outline dashed what a drag would leave behind."""
        if spans != self.shown.preview:
            self._change("preview", spans)

    def show_rubber(self, point: QPoint | None, target: str | None) -> None:
        """Show where a link is pulled to, and outline the mark it would end at."""
        found = next((shape.spans for shape in self.shapes_in_view() if shape.id == target), ())
        self.shown.target = found
        self._change("rubber", point)

    def _change(self, what: str, value: object) -> None:
        setattr(self.shown, what, value)
        self.viewport().update()

    # Events

    def event(self, event: QEvent) -> bool:
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

    def end_flash(self) -> None:
        """The analyst has seen it, or does something else."""
        if self.shown.flashed:
            self.flash(())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
