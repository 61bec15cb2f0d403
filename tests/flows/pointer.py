"""The analyst who has the mouse only, and types nothing but names."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint

from annotator.domain.grow import snap
from annotator.domain.ids import MarkId
from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.store import picking, read
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.text.held import grips, port
from tests.flows.analyst import NONE, PATIENCE, SHIFT, Analyst

GRIP = 3
"""So many characters at an end of a mark in hand lie under its grip."""


class Pointer(Analyst):
    """Drags over words, clicks buttons of the bubble, pulls links from the port."""

    def bring(self, *spans: Span) -> None:
        """Turn the wheel until all of it is seen, and free of what floats over the text."""
        hull = Span(min(span.start for span in spans), max(span.end for span in spans))
        turned = False
        for _ in range(PATIENCE):
            if all(self.is_seen(span) and self._is_free(span) for span in spans):
                self.gestures += turned
                return
            turned = True
            self.turn_wheel(down=self.is_below(hull.end - 1) or not self._is_free(hull))
        raise AssertionError(f"{spans} is out of reach")

    def _is_free(self, span: Span) -> bool:
        if not self.is_seen(span):
            return True
        port_of = self.view.viewport()
        return all(self.under(port_of, at)[0] is port_of for at in (self.start_of(span), self.end_of(span)))

    def start_of(self, span: Span) -> QPoint:
        rect = self.view.rects_of(Span(span.start, span.start + 1))[0]
        return QPoint(rect.left() + 1, rect.center().y())

    def end_of(self, span: Span) -> QPoint:
        rect = self.view.rects_of(Span(span.end - 1, span.end))[-1]
        return QPoint(rect.right(), rect.center().y())

    def select(self, span: Span) -> None:
        """Drag over words; with Shift where they do not end where words do."""
        self.bring(span)
        held = self.view.shown.held
        at = self.view.to_page(self.start_of(span))
        if held and any(grip.area.contains(at) for grip in grips(self.view.page, held)):
            self.let_go()
        is_exact = snap(self.text, span, self.view.segmenter) != span
        self.pull(self.start_of(span), lambda: self.end_of(span), moved=SHIFT if is_exact else NONE)
        assert self.view.selection() == span, f"{self.view.selection()} is not {span}"

    def label(self, label: str) -> None:
        """The button of a label in the bubble."""
        self.click_button(read.scheme(self.window.session.store).labels[label].name)

    def say(self, source: str | None, via: Sequence[str] = ()) -> None:
        """Answer the picker that a label opens; a click into the text leaves it out."""
        if source is None:
            self.leave_popup()
            return
        self._name(source)
        for relay in via:
            self.click_button("Add who passed it on")
            self._name(relay)

    def leave_popup(self) -> None:
        """Click where nothing is."""
        self.click(self.view.viewport(), QPoint(2, 2))

    def _name(self, source: str) -> None:
        entry = self.entry(lambda entry: entry.text == source)
        if entry is None:
            self.type(source)
            entry = self.entry(lambda entry: entry.text == source)
        if entry is None:
            entry = self.choices.entries[-1]
        self.click_entry(entry)

    def mark_words(
        self, span: Span, label: str, source: str | None = None, via: Sequence[str] = ()
    ) -> MarkId:
        """Select, label and say who; the mark stays in hand. What the last mark had is one click."""
        self.select(span)
        if source is not None and not via and self._was_last(label, source):
            self.click_button(f"Again: {source}")
            return self.held
        self.label(label)
        made = self.held
        self.say(source, via)
        return made

    def _was_last(self, label: str, source: str) -> bool:
        """Whether the newest mark has this label and this source, and nobody passed it on."""
        store = self.window.session.store
        last = picking.newest_mark(store)
        if last is None or last.source is None or last.relays:
            return False
        return last.label == label and read.source(store, last.source).name == source

    def take(self, mark: MarkId) -> None:
        """Click a mark, of several under the pointer until it is the one, or choose it from the list."""
        if self.window.session.focus.mark == mark:
            return
        offset = self._unshared(self.shape(mark))
        self.bring(Span(offset, offset + 1))
        for _ in self.view.marks_at(offset):
            self.click(self.view.viewport(), self.on(offset))
            if self.popup is not None:
                self._choose_mark(mark)
            if self.window.session.focus.mark == mark:
                return
        raise AssertionError(f"{mark} cannot be taken: {self.status} / {self.notice}")

    def _choose_mark(self, mark: MarkId) -> None:
        entry = self.entry(lambda entry: entry.value == mark)
        assert entry is not None
        self.click_entry(entry)

    def on(self, offset: int) -> QPoint:
        return self.view.rects_of(Span(offset, offset + 1))[0].center()

    def bar_of(self, mark: MarkId) -> QPoint:
        """A point on the bar of a mark, free of those of others."""
        for seen in self.view.page.visible():
            for bar in seen.marks.hits:
                at = bar.rect.translated(self.view.columns.left, seen.y).center()
                if bar.mark == mark and self.view.bar_at(at) == mark:
                    return at
        raise AssertionError("no bar in view")

    def shape(self, mark: MarkId) -> Shape:
        found = self.mark(mark)
        return Shape(found.id, found.label, found.spans, found.label)

    def _unshared(self, shape: Shape) -> int:
        """A character under which few other marks lie, seen already if there is one."""
        places = [
            at for span in shape.spans for at in range(span.start, span.end) if not self.text[at].isspace()
        ]

        def cost(at: int) -> tuple[int, bool, bool]:
            has_grip = any(min(abs(at - span.start), abs(span.end - at)) < GRIP for span in shape.spans)
            return len(self.view.marks_at(at)), not self.is_seen(Span(at, at + 1)), has_grip

        return min(places, key=cost)

    def link(self, kind: str, target: MarkId) -> None:
        """Pull a link from the port of the mark in hand to another mark, and choose its kind."""
        last, offset = self.mark().spans[-1].end, self._unshared(self.shape(target))
        self.bring(Span(last - 1, last))
        self.pull(
            self._port(),
            lambda: self.bar_of(target) if len(self.view.marks_at(offset)) > 1 else self.on(offset),
            on_the_way=lambda: self.pull_along(Span(offset, offset + 1)),
        )
        if self.entry(lambda entry: entry.value == target) is not None:
            self._choose_mark(target)
        entry = self.entry(lambda entry: entry.value == kind)
        assert entry is not None, f"{kind} is not offered"
        assert not entry.reason, entry.reason
        self.click_entry(entry)

    def _port(self) -> QPoint:
        """The port of the mark in hand; it stands below the last line, which may be the last in view."""
        for _ in range(PATIENCE):
            knob = port(self.view.page, self.view.shown.held) if self.view.shown.held else None
            assert knob is not None, "no port in view"
            at = knob + QPoint(self.view.columns.left, 0)
            if self.view.viewport().rect().contains(at):
                return at
            self.gestures += 1
            self.turn_wheel(down=True)
        raise AssertionError("the port is out of reach")

    def add_piece(self, span: Span) -> None:
        self.select(span)
        self.click_button("Add piece")

    def cut(self, span: Span) -> None:
        self.select(span)
        self.click_button("Cut out")

    def let_go(self) -> None:
        """Click beside all marks."""
        self.leave_popup()

    def open_article(self, row: int) -> None:
        """Click a row of the list of articles."""
        panel = self.window.panels["articles"]
        assert isinstance(panel, ArticlesPanel)
        table = panel.list
        self.double_click(table.viewport(), table.visualRect(table.model().index(row, 0)).center())
