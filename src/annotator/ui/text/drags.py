"""What the left button can pull: a selection, a further piece, the end of a piece, a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint

from annotator.domain.spans import Span
from annotator.ui.text.graphemes import grapheme_end
from annotator.ui.text.held import End
from annotator.ui.text.pull import LinkPull
from annotator.ui.text.shown import Held

if TYPE_CHECKING:
    from annotator.ui.text.view import TextView


class Drag(Protocol):
    """A drag under way; `exact` while Shift is held."""

    def move(self, point: QPoint, exact: bool) -> None: ...

    def finish(self, point: QPoint, exact: bool) -> None: ...

    def cancel(self) -> None: ...

    def may_scroll(self) -> bool:
        """Whether the text scrolls while the pointer is above or below it."""
        return True


def _snapped(view: TextView, span: Span) -> Span:
    """The span in whole words; their rules are loaded with the first drag."""
    from annotator.domain.grow import snap

    return snap(view.page.text, span, view.segmenter)


def _reach(view: TextView, base: Span, point: QPoint, exact: bool) -> tuple[Span, int]:
    """From `base` to the pointer, snapped to words unless exact; and the offset under the pointer."""
    to = view.nearest(point)
    raw = Span(min(base.start, to), max(base.end, to))
    if exact or raw.start == raw.end:
        return raw, to
    return _snapped(view, raw), to


class SelectDrag(Drag):
    """Selects from `base` (a place, a word or a sentence) to the pointer."""

    def __init__(self, view: TextView, base: Span, *, by_sentence: bool = False) -> None:
        self._view = view
        self._base = base
        self._by_sentence = by_sentence
        self._before = (view.shown.anchor, view.shown.caret)
        self._pulled = base

    def move(self, point: QPoint, exact: bool) -> None:
        span, to = _reach(self._view, self._base, point, exact)
        self._pulled = Span(min(self._base.start, to), max(self._base.end, to))
        if self._by_sentence:
            other = self._view.segmenter.sentence_at(self._view.page.text, to)
            span = Span(min(self._base.start, other.start), max(self._base.end, other.end))
        backwards = to < self._base.start or (to == self._base.start and self._base.start == self._base.end)
        anchor, caret = (span.end, span.start) if backwards else (span.start, span.end)
        self._view.put_caret(anchor, caret)

    def finish(self, point: QPoint, exact: bool) -> None:
        self._view.pulled = self._pulled
        self._view.selection_finished.emit(self._view.selection())

    def cancel(self) -> None:
        self._view.put_caret(*self._before)


class PieceDrag(Drag):
    """Shows a further piece while it is pulled open, and reports it in the end."""

    def __init__(self, view: TextView, base: Span) -> None:
        self._view = view
        self._base = base

    def move(self, point: QPoint, exact: bool) -> None:
        span, _ = _reach(self._view, self._base, point, exact)
        self._view.show_preview((span,) if span.start < span.end else ())

    def finish(self, point: QPoint, exact: bool) -> None:
        self.move(point, exact)
        pieces = self._view.shown.preview
        self.cancel()
        if pieces:
            self._view.piece_dragged.emit(pieces[0])

    def cancel(self) -> None:
        self._view.show_preview(())


class GripDrag(Drag):
    """Moves one end of a piece of the held mark; the other end stays, and a piece never becomes empty."""

    def __init__(self, view: TextView, held: Held, piece: int, which: End) -> None:
        self._view = view
        self._held = held
        self._piece = piece
        self._which = which

    def _moved(self, point: QPoint, exact: bool) -> Span:
        text, segmenter = self._view.page.text, self._view.segmenter
        old = self._held.spans[self._piece]
        to = self._view.nearest(point)
        if self._which == "start":
            start = min(to, segmenter.grapheme_before(text, old.end))
            return Span(start if exact else _snapped(self._view, Span(start, old.end)).start, old.end)
        end = max(to, grapheme_end(segmenter, text, old.start + 1))
        return Span(old.start, end if exact else _snapped(self._view, Span(old.start, end)).end)

    def move(self, point: QPoint, exact: bool) -> None:
        self._view.show_preview((self._moved(point, exact),))

    def finish(self, point: QPoint, exact: bool) -> None:
        old, new = self._held.spans[self._piece], self._moved(point, exact)
        self.cancel()
        if new != old:
            offset = new.start if self._which == "start" else new.end
            self._view.grip_moved.emit(self._held.mark, self._piece, self._which, offset)

    def cancel(self) -> None:
        self._view.show_preview(())


class LinkDrag(LinkPull, Drag):
    """Pulls a link from the held mark, with a line beside the text to where it is."""

    def __init__(self, view: TextView, held: Held) -> None:
        super().__init__(view.viewport(), held.mark, view.link_refusal, view.link_dropped.emit)
        self._view = view
        self.goal = view

    def move(self, point: QPoint, exact: bool) -> None:
        super().move(point, exact)
        self._view.show_rubber(point)

    def cancel(self) -> None:
        super().cancel()
        self._view.show_rubber(None)

    def may_scroll(self) -> bool:
        return self.goal is None or self.goal is self._view
