"""What the mouse does over a text: selections, clicks on marks and links, ends that are pulled."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from annotator.domain.spans import Span

if TYPE_CHECKING:
    from annotator.ui.hands.bubble import Bubble
    from annotator.ui.hands.hands import Hands
    from annotator.ui.text.view import TextView


class Pointing(QObject):
    """Brings the gestures over the texts to those hands that do what they ask for."""

    def __init__(self, hands: Hands, over: QWidget) -> None:
        super().__init__(hands)
        self._hands = hands
        self._desk = hands.desk
        self._over = over

    @cached_property
    def bubble(self) -> Bubble:
        from annotator.ui.hands.bubble import Bubble

        return Bubble(self._hands, self._over)

    def hide_bubble(self) -> None:
        """Take the bubble away, where there is one."""
        if "bubble" in vars(self):
            self.bubble.hide()

    def connect_to(self, view: TextView) -> None:
        """Do what the mouse asks for over one more text."""
        hands = self._hands
        view.link_refusal = lambda mark, end, is_reversed: hands.linking.refusal(mark, end, is_reversed)
        view.caret_moved.connect(self._on_caret)
        view.selection_changed.connect(self._on_selection)
        view.selection_finished.connect(self._on_selection_finished)
        view.piece_dragged.connect(lambda span: hands.marking.gather(span))
        view.mark_clicked.connect(self._on_clicked)
        view.grip_moved.connect(lambda *moved: hands.marking.grip_moved(*moved))
        view.link_dropped.connect(lambda *dropped: hands.linking.drop(*dropped))
        view.rail_clicked.connect(hands.follow)
        view.overflow_clicked.connect(lambda marks, point: hands.offering.marks(marks, point))
        view.context_asked.connect(self._on_context)
        view.place_changed.connect(self._on_place)

    def _on_place(self) -> None:
        if "bubble" in vars(self):
            self.bubble.follow()
        self._desk.moved()

    def _on_caret(self, offset: int) -> None:
        self._desk.session.moved_to(offset)
        self._desk.state_changed.emit()

    def _on_selection(self, selection: Span | None) -> None:
        if selection is None:
            self.hide_bubble()
        self._desk.state_changed.emit()

    def _on_selection_finished(self, selection: Span | None) -> None:
        if selection is not None:
            self.bubble.show_for(selection)
        self._desk.view.setFocus()

    def _on_clicked(self, marks: list[str], point: QPoint) -> None:
        """One mark is taken in hand; of a stack the innermost, and the others are offered.

        A click beside the text lets go, so that the words under a grip can be dragged over.
        """
        hands, desk = self._hands, self._desk
        hands.acted.emit()
        if desk.mode is not None and desk.mode.click(marks):
            return
        if not marks:
            desk.session.hold(None)
            return
        if self._offers_proposal(marks[0], point):
            return
        if len(marks) == 1 or desk.held in marks:
            at = marks.index(desk.held) + 1 if desk.held in marks else 0
            if at < len(marks) or len(marks) == 1:
                desk.hold(marks[min(at, len(marks) - 1)])
            else:
                hands.offering.marks(marks, point)
            return
        desk.hold(marks[0])
        hands.offering.marks_soon(marks, point)

    def _on_context(self, offset: int, point: QPoint) -> None:
        """A menu for the selection under the pointer, otherwise for the mark or the proposal there."""
        self._hands.acted.emit()
        self.hide_bubble()
        desk = self._desk
        if not any(span.start <= offset <= span.end for span in desk.selected()):
            desk.drop_selection()
            stack = desk.view.marks_at(offset)
            ghosts = [] if stack else self._ghosts_at(offset)
            if ghosts and self._offers_proposal(ghosts[0], point):
                return
            if stack and desk.held not in stack:
                desk.hold(stack[0])
            desk.view.set_caret(offset)
        self._hands.menu_asked.emit(point, bool(desk.held) and not desk.selected())

    def _ghosts_at(self, offset: int) -> list[str]:
        view = self._desk.view
        rects = view.rects_of(Span(offset, offset + 1))
        return view.ghosts_at(rects[0].center()) if rects else []

    def _offers_proposal(self, ghost: str, point: QPoint) -> bool:
        """Stand on a proposal and offer to take or drop it; False where it is none."""
        hands = self._hands
        proposal = self._desk.panes.active.ghosts.at(ghost)
        if proposal is None:
            return False
        hands.proposing.stand_on(proposal)
        hands.offering.proposal(proposal, hands.proposing, point)
        return True
