"""Hands on words: selecting them by growing and by letters."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.spans import Span
from annotator.ui.hands.codes import coded
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.modes import Hinting, Offer, Spot


class Selecting:
    """What keys do to the selection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._anchor: int | None = None

    def grow(self) -> None:
        """Select the next larger unit, from the caret, the selection or the mark in hand."""
        desk = self._desk
        selection = desk.view.selection()
        mark = None if selection else desk.held_mark()
        start = selection or (mark.spans[0] if mark else None)
        if start is None:
            caret = desk.view.caret()
            start = Span(caret, caret)
            self._anchor = caret
        elif self._anchor is None or not start.start <= self._anchor <= start.end:
            self._anchor = start.start
        from annotator.domain.grow import grow

        span = grow(desk.text, mark.spans if mark and not selection else start, desk.segmenter)
        self._select(span)

    def shrink(self) -> None:
        """Back to the next smaller unit around where growing began."""
        desk = self._desk
        selection = desk.view.selection()
        if selection is None:
            return
        inside = self._anchor is not None and selection.start <= self._anchor <= selection.end
        anchor = self._anchor if inside and self._anchor is not None else selection.start
        from annotator.domain.grow import shrink

        self._select(shrink(desk.text, selection, anchor, desk.segmenter))

    def _select(self, span: Span) -> None:
        self._desk.view.select(span if span.start < span.end else None)
        self._desk.view.reveal(span)

    def select_by_hints(self) -> None:
        """Letters at every word: the first choice starts the selection, the second ends it.

        On a selection the choice is its new end. The word of the first choice is
        selected at once, so that Return or a digit may follow for one word; Backspace
        asks for another one.
        """
        desk = self._desk
        selection = desk.view.selection()
        if selection:
            self._hint_words(selection.start, tr("choose the new end"))
            return

        def start(word: object) -> None:
            if isinstance(word, Span):
                desk.view.select(word)
                self._hint_words(word.start, tr("choose the last word"), back=self._another_first)

        self._hint(tr("choose the first word"), desk.view.caret(), start)

    def _another_first(self) -> None:
        """Let go of the first word that was chosen and ask for it again."""
        self._desk.leave_mode()
        self._desk.drop_selection()
        self.select_by_hints()

    def _hint_words(self, start: int, name: str, back: Callable[[], None] = lambda: None) -> None:
        desk = self._desk

        def end(word: object) -> None:
            desk.leave_mode()
            if isinstance(word, Span):
                from annotator.domain.trimming import balance

                span = balance(desk.text, Span(start, word.end))
                desk.view.select(span)
                desk.state_changed.emit()

        self._hint(name, start, end, after=start, back=back)

    def _hint(
        self,
        name: str,
        near: int,
        chosen: Callable[[object], None],
        after: int = 0,
        back: Callable[[], None] = lambda: None,
    ) -> None:
        """Letters at the words in view that end after an offset, the shortest near another one."""
        desk, view = self._desk, self._desk.view

        def offered(before: Offer | None) -> Offer:
            words = [word for word in view.words_in_view() if word.end > after]
            known = before.things.items() if before else ()
            kept = {code: word for code, word in known if isinstance(word, Span)}
            codes = coded(words, [abs(word.start - near) for word in words], kept)
            return Offer(codes, {code: Spot(view, word.start) for code, word in codes.items()})

        is_end = view.selection() is not None
        desk.enter(Hinting(name, lambda: [view], offered, chosen, back=back, lets_digits_pass=is_end))
