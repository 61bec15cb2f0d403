"""Hands on marks: making, relabelling, reshaping, deleting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain import spans as span_rules
from annotator.domain.ids import MarkId
from annotator.domain.scheme import Label
from annotator.domain.spans import Span
from annotator.store import edits, picking, read
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.modes import Gripping

if TYPE_CHECKING:  # records are loaded with the first mark in hand
    from annotator.domain.model import Attribution


class Marking:
    """What keys and the bubble do to selections and to the mark in hand."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def label_with(self, label: Label) -> MarkId | None:
        """A new mark on the selection, or another label for the mark in hand."""
        desk = self._desk
        if desk.selected() and desk.article:
            article, spans = desk.article, desk.selected()
            mark = desk.guarded(lambda: edits.add_mark(desk.store, article, label.id, spans))
            if mark:
                desk.drop_selection()
                desk.session.hold(mark)
            return mark
        if desk.held:
            held = desk.held
            desk.guarded(lambda: edits.relabel(desk.store, held, label.id))
            return None
        desk.notice.emit(tr("Select some words first: drag, or press F and type letters."))
        return None

    def repeat(self) -> MarkId | None:
        """The selection gets the label and the sources of the newest mark; a cue stays with its own words."""
        desk = self._desk
        newest = picking.newest_mark(desk.store)
        if newest is None or not desk.selected() or not desk.article:
            desk.notice.emit(tr("Nothing to repeat yet: select words and press a digit for a label."))
            return None
        article, spans = desk.article, desk.selected()

        def act() -> MarkId:
            with desk.store.operation("add-mark", label=newest.label):
                mark = edits.add_mark(desk.store, article, newest.label, spans)
                edits.set_attribution(desk.store, mark, _sources_of(newest.attribution))
            return mark

        mark = desk.guarded(act)
        if mark:
            desk.drop_selection()
            desk.session.hold(mark)
        return mark

    def same_source(self) -> None:
        """The mark in hand gets the chain of the newest other mark that has one.

        With its cue, which may attribute several marks, where both stand in one article.
        """
        desk = self._desk
        held = desk.held_mark()
        newest = picking.newest_mark(desk.store, besides=desk.held, attributed=True)
        if held is None or newest is None:
            desk.notice.emit(tr("No other mark has a source yet."))
            return
        mark, steps = held.id, newest.attribution
        if newest.article != held.article:
            steps = _sources_of(steps)
        desk.guarded(lambda: edits.set_attribution(desk.store, mark, steps, "set-source"))

    def add_piece(self, piece: Span | None = None) -> None:
        """Add the selection, or a dragged piece, to the mark in hand."""
        self._reshape("add-piece", [piece] if piece else list(self._desk.selected()))

    def cut_hole(self) -> None:
        """Take the selection out of the mark in hand."""
        self._reshape("cut-hole", list(self._desk.selected()))

    def _reshape(self, name: str, pieces: list[Span]) -> None:
        desk, mark = self._desk, self._desk.held_mark()
        if mark is None or not pieces:
            desk.notice.emit(tr("Take a mark in hand (Space or click), then select the words to add or cut."))
            return

        def act() -> None:
            spans = mark.spans
            for piece in pieces:
                if name == "add-piece":
                    spans = span_rules.add_piece(spans, piece)
                else:
                    from annotator.domain.trimming import widened

                    spans = span_rules.cut(spans, widened(desk.text, piece))
            edits.set_spans(desk.store, mark.id, spans, name)

        if desk.did(act):
            desk.drop_selection()

    def gather(self, piece: Span) -> None:
        """A piece pulled with Ctrl: added to the selection, otherwise to the mark in hand."""
        desk = self._desk
        selection = desk.view.selection()
        if selection or desk.pieces:
            kept = (*desk.pieces, selection) if selection else desk.pieces
            desk.view.select(None)
            desk.view.select_pieces(span_rules.normalise([*kept, piece]))
            desk.state_changed.emit()
        elif desk.held:
            self.add_piece(piece)
        else:
            desk.view.select(piece)

    def move_ends(self) -> None:
        """Let the arrow keys move the ends of the piece at the caret."""
        desk, mark = self._desk, self._desk.held_mark()
        if mark is None:
            return

        def done(spans: tuple[Span, ...]) -> None:
            desk.leave_mode()
            desk.guarded(lambda: edits.set_spans(desk.store, mark.id, spans, "move-end"))

        caret = desk.view.caret()
        piece = next((i for i, span in enumerate(mark.spans) if span.start <= caret <= span.end), 0)
        desk.enter(Gripping(desk.view, desk.segmenter, desk.text, mark.spans, piece, done))

    def grip_moved(self, mark: str, piece: int, which: str, offset: int) -> None:
        """An end was dragged with the mouse."""
        desk = self._desk
        found = read.mark(desk.store, MarkId(mark))

        def act() -> None:
            side = "start" if which == "start" else "end"
            spans = span_rules.move_end(found.spans, piece, side, offset, len(desk.text))  # type: ignore[arg-type]
            edits.set_spans(desk.store, found.id, spans, "move-end")

        desk.guarded(act)

    def duplicate(self) -> None:
        """A second mark on the same words, taken in hand."""
        held = self._desk.held
        if held:
            copy = self._desk.guarded(lambda: edits.duplicate_mark(self._desk.store, held))
            if copy:
                self._desk.session.hold(copy)

    def pin(self) -> None:
        """Keep the mark at hand in every article, or take it off again."""
        from annotator.domain.model import Pin

        desk, held = self._desk, self._desk.held
        if held is None:
            return
        if read.records(desk.store, Pin, "mark = ?", (held,)):
            self.unpin(held)
        elif desk.did(lambda: edits.add_record(desk.store, Pin(id="", mark=held))):
            desk.notice.emit(tr("Pinned."))

    def unpin(self, mark: str) -> None:
        """Take a mark off the tray."""
        from annotator.domain.model import Pin

        desk = self._desk

        def act() -> None:
            with desk.store.operation("delete-pin", mark=mark):
                for pin in read.records(desk.store, Pin, "mark = ?", (mark,)):
                    edits.delete_record(desk.store, Pin, pin.id)

        if desk.did(act):
            desk.notice.emit(tr("Unpinned."))

    def confirm(self) -> None:
        """Say that the mark in hand is right under the scheme as it is now."""
        desk, held = self._desk, self._desk.held
        if held is not None and desk.did(lambda: edits.confirm_marks(desk.store, [held])):
            desk.notice.emit(
                tr("Confirmed under version {version} of the scheme.").format(
                    version=read.scheme(desk.store).version
                )
            )

    def delete(self) -> None:
        """Delete the mark in hand with its links."""
        desk, held = self._desk, self._desk.held
        if held is not None and desk.did(lambda: edits.delete_marks(desk.store, [held])):
            desk.notice.emit(tr("Mark deleted with its links. Undo brings all of it back."))

    def hold_next_at(self, offset: int) -> None:
        """Take the innermost mark at an offset in hand; the next outer one where one is held; then none."""
        desk = self._desk
        stack = desk.view.marks_at(offset) or desk.view.marks_at(max(0, offset - 1))
        if not stack:
            desk.notice.emit(tr("No mark at the caret. N goes to the next one."))
            return
        at = stack.index(desk.held) + 1 if desk.held in stack else 0
        if at < len(stack):
            desk.hold(stack[at])
        else:
            desk.session.hold(None)

    def go_to_mark(self, backwards: bool) -> None:
        """Take the next or previous mark of the article in hand."""
        desk = self._desk
        if desk.article is None:
            return
        held = desk.held_mark()
        mark = picking.neighbour(desk.store, desk.article, desk.view.caret(), held, backwards)
        if mark is None:
            desk.notice.emit(tr("No further mark in this article."))
        else:
            desk.session.hold(mark)


def _sources_of(chain: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Who is named in a chain, without the words that say so."""
    if all(step.source is None for step in chain):
        return ()
    return tuple(step._replace(cue=(), mention=()) for step in chain)
