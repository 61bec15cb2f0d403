"""The text with its marks, and whatever is laid over them for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from annotator.domain.segment import Segmenter
from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, normalise
from annotator.layout.marks import FocusLink
from annotator.ui.text.bars import FOOT, RowMarks
from annotator.ui.text.focus import FocusLinks
from annotator.ui.text.held import covered
from annotator.ui.text.page import Seen
from annotator.ui.text.placed import PlacedCanvas
from annotator.ui.text.shown import Held, Layer, SpansIn

_FLASH_MS = 1600


class _Stripe(NamedTuple):
    """Number, top and height of a row in view, and the marks on it."""

    number: int
    y: int
    height: int
    marks: RowMarks

    @property
    def stop(self) -> int:
        return self.y + self.height


class MarkedCanvas(PlacedCanvas):
    """Shows marks and knows which lie where; what it is told to lay over them is not stored anywhere."""

    def __init__(self, segmenter: Segmenter, parent: QWidget | None = None) -> None:
        super().__init__(segmenter, parent)
        self._flash_timer = QTimer(self)
        self._flash_timer.setSingleShot(True)
        self._flash_timer.setInterval(_FLASH_MS)
        self._flash_timer.timeout.connect(self.end_flash)

    def marks_changed(self, spans: Sequence[Span] | None, *, is_counted: bool = True) -> None:
        """Read the marks again that have a piece in `spans`; None reads all again.

        `spans` are all pieces of the marks that changed, old and new ones, and
        of those whose rail entries changed. Nothing moves but where a line
        has to grow. is_counted: whether any of them are marks that the overview counts.
        """
        before = self._rows_in_view()
        is_bare = any(row.marks.places is None for row in before)
        self.page.marks_changed(spans)
        if is_counted:
            self.overview.marks_changed()
        if spans is None or not self._move_rows(before, self._rows_in_view()):
            self.refresh()
            return
        known = {row.number: row.marks for row in before}
        for seen in self.page.visible():
            if seen.number in known and seen.marks is not known[seen.number]:
                self._update_changed(seen, known[seen.number])
        if is_bare:
            self.update_rail()

    def _rows_in_view(self) -> list[_Stripe]:
        return [_Stripe(seen.number, seen.y, seen.row.height, seen.marks) for seen in self.page.visible()]

    def _move_rows(self, before: Sequence[_Stripe], after: Sequence[_Stripe]) -> bool:
        """Move what stands below a row that grew or shrank; False where all is to be painted anew.

        Where the window stands in the text the scroll bar says once this is painted.
        """
        if before[0][:2] != after[0][:2]:
            return False
        pairs = zip(before, after, strict=False)
        grown = [(old, new) for old, new in pairs if old.height != new.height]
        if grown and not self.shown.moves_with_lines:
            return False
        if grown:
            old, new = grown[-1]
            view, moved_from = self.viewport().rect(), grown[0][1].stop
            self.viewport().scroll(0, new.stop - old.stop, view.adjusted(0, min(old.stop, new.stop), 0, 0))
            self.viewport().update(0, moved_from, view.width(), new.stop - moved_from)
        return True

    def _update_changed(self, seen: Seen, before: RowMarks) -> None:
        """Paint the lines of a row again whose marks are not what they were, and its rail if that changed."""
        row, marks, view = seen.row, seen.marks, self.viewport()
        tall = max(row.height + FOOT, self._metrics.rail_pitch)
        if list(before.drawn) != list(marks.drawn):  # tints of styles lie over one another in this order
            view.update(0, seen.y, view.width(), tall)
            return
        for number, (old, new) in enumerate(zip(before.lines, marks.lines, strict=True)):
            if old is not new:
                top, height = seen.y + row.line_top(number), row.line_height(number) + FOOT
                view.update(0, top, self.columns.rail, height)
        if (before.entries, before.places) != (marks.entries, marks.places):
            view.update(self.columns.rail, seen.y, view.width() - self.columns.rail, tall)

    def _update_spans(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self.update_span(span)

    def marks_at(self, offset: int) -> list[str]:
        """The marks whose words hold the character at an offset, innermost first; no ghosts."""
        return [shape.id for shape in self.page.laid.shapes_at(offset) if not shape.ghost]

    def ghosts_at(self, point: QPoint) -> list[str]:
        """The marks under a point that are not there yet, innermost first."""
        under = self.character_at(point)
        found = [] if under is None else self.page.laid.shapes_at(under)
        return [shape.id for shape in found if shape.ghost]

    def mark_ids_in_view(self) -> list[str]:
        """The marks with a piece in view, in text order, outer ones before inner ones."""
        return [shape.id for shape in self.shapes_in_view()]

    def shapes_in_view(self) -> list[Shape]:
        return self.page.laid.shapes_in(self.visible_span())

    def spans_in_view(self, mark: str) -> tuple[Span, ...]:
        """All pieces of a mark that has one on a row in view, as it is drawn; empty where it has none."""
        for shapes in (self.page.laid.last_stack, *(seen.marks.shapes for seen in self.page.visible())):
            for shape in shapes:
                if shape.id == mark:
                    return shape.spans
        return ()

    def stack_at(self, point: QPoint) -> list[str]:
        """The marks under a point, innermost first; a bar under the point puts its own mark before all."""
        under, bar = self.character_at(point), self.bar_at(point)
        stack = [] if under is None else self.marks_at(under)
        return stack if bar is None else [bar, *(mark for mark in stack if mark != bar)]

    def bar_at(self, point: QPoint) -> str | None:
        """The mark whose bar is under a point: there it is meant alone, whatever else lies above."""
        at = self.to_page(point)
        seen, line = self.page.at(at)
        if at.y() <= seen.y + seen.row.line_top(line) + seen.row.text_height(line):
            return None
        x, y = at.x(), at.y() - seen.y
        return next((bar.mark for bar in seen.marks.hits if bar.is_near(x, y)), None)

    def labels_at(self, point: QPoint) -> list[str]:
        """The labels of the marks under a point, in the order of `stack_at`, then those of ghosts."""
        names = {shape.id: shape.label for shape in self.shapes_in_view()}
        under = (*self.stack_at(point), *self.ghosts_at(point))
        return [names[mark] for mark in under if mark in names]

    def select_pieces(self, pieces: tuple[Span, ...]) -> None:
        """Show further pieces like the selection; they belong to the caller."""
        if pieces != self.shown.pieces:
            self._change("pieces", pieces)

    def hold(self, mark_id: str | None, spans: Sequence[Span] = ()) -> None:
        """Outline a mark and give it its grips and link port; None lets go."""
        before = self.shown.held
        self.shown.held = held = None if mark_id is None or not spans else Held(mark_id, tuple(spans))
        if held != before:
            for one in (before, held):
                for rect in covered(self.page, one) if one is not None else ():
                    self.viewport().update(rect.translated(self.columns.left, 0))

    def flash(self, spans: Sequence[Span]) -> None:
        """Show for a moment what changed; the next key or click ends it early."""
        spans = normalise(spans) if spans else ()
        before, self.shown.flashed = self.shown.flashed, spans
        self._update_spans((*before, *spans))
        if spans:
            self._flash_timer.start()
        else:
            self._flash_timer.stop()

    def show_hints(self, hints: Mapping[str, int], barred: Sequence[int] = ()) -> None:
        """Show letters to type, each at an offset, and a cross at offsets that cannot be chosen."""
        self.shown.barred = tuple(barred)
        self._change("hints", dict(hints))

    def set_highlights(self, spans: SpansIn | None) -> None:
        """Outline the spans a provider gives for each row in view, such as matches of a search."""
        self._change("highlights", spans)

    def set_focus_links(self, links: Sequence[FocusLink]) -> None:
        """Draw the links of the held mark in the left margin."""
        if tuple(links) != self.shown.links.all:
            self.shown.links = FocusLinks(links)
            self.viewport().update(0, 0, self.columns.left, self.viewport().height())

    def set_layers(self, layers: Sequence[Layer]) -> None:
        """Draw a thin line under words that belong to the mark in hand."""
        before, self.shown.layers = self.shown.layers, tuple(layers)
        if self.shown.layers != before:
            for layer in (*before, *layers):
                self._update_spans(layer.spans)

    def show_preview(self, spans: tuple[Span, ...]) -> None:
        """Outline dashed what a drag would leave behind."""
        if spans != self.shown.preview:
            self._change("preview", spans)

    def show_rubber(self, point: QPoint | None) -> None:
        """Show where a link is pulled to."""
        self._change("rubber", point)

    def link_ends(self, place: QPoint) -> list[str]:
        """Where a link may end that is let go at a global point: at the mark of a bar, else at the stack."""
        point = self.viewport().mapFromGlobal(place)
        bar, held = self.bar_at(point), self.shown.held
        return self.stack_at(point) if bar is None or (held and bar == held.mark) else [bar]

    def show_target(self, mark: str | None) -> None:
        """Outline the mark a link would end at."""
        found = next((shape.spans for shape in self.shapes_in_view() if shape.id == mark), ())
        if found != self.shown.target:
            self._change("target", found)

    def _change(self, what: str, value: object) -> None:
        setattr(self.shown, what, value)
        self.viewport().update()

    def end_flash(self) -> None:
        """The analyst has seen it, or does something else."""
        if self.shown.flashed:
            self.flash(())
