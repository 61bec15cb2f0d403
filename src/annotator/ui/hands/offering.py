"""Hands on what may be meant: menus and lists that float over the text until one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, QTimer

from annotator.domain.ids import MarkId
from annotator.store import lists, read
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.floating import Floating
from annotator.ui.hands.proposing import Proposing

if TYPE_CHECKING:  # a popup is loaded when it is opened
    from annotator.domain.proposing import Proposal


class Offering:
    """Opens what offers something."""

    def __init__(self, desk: Desk, floating: Floating) -> None:
        self._desk = desk
        self._floating = floating
        self._soon: tuple[list[str], QPoint] = [], QPoint()
        self._next = QTimer(floating.over, singleShot=True, interval=0)
        self._next.timeout.connect(self._open_soon)

    def forget(self) -> None:
        """Open nothing that waits for the next event."""
        self._next.stop()

    def labels(self, label_with: Callable[[str], None]) -> None:
        """The labels as a menu at the selection."""
        from annotator.ui.dialogs.label_menu import LabelMenu

        desk = self._desk
        if not desk.selected():
            desk.notice.emit(tr("Select some words first: drag, or press F and type letters."))
            return
        menu = LabelMenu(self._floating.look, self._floating.over, read.scheme(desk.store))
        menu.chosen.connect(label_with)
        self._floating.open(menu, self._floating.near(desk.view.caret()))

    def marks(self, marks: list[str], point: QPoint) -> None:
        """The marks of a stack at a global point, to take one in hand; a single one is taken at once."""
        from annotator.ui.dialogs.mark_list import MarkList

        session = self._desk.session
        rows = list(lists.marks_of(self._desk.store, [MarkId(mark) for mark in marks]).values())
        if len(rows) == 1:
            session.hold(rows[0].id)
            return
        popup = MarkList(self._floating.look, self._floating.over, rows)
        popup.chosen.connect(lambda mark: session.hold(MarkId(mark)))
        self._floating.open(popup, self._floating.at(point))

    def marks_soon(self, marks: list[str], point: QPoint) -> None:
        """The same for a stack whose first mark is in hand, with the next event, when that is painted."""
        self._soon = marks, point
        self._next.start()

    def settle(self) -> bool:
        """Open at once what waits for the next event, so that a key is meant for it; whether it did."""
        return self._next.isActive() and self._open_soon()

    def _open_soon(self) -> bool:
        self._next.stop()
        marks, point = self._soon
        if self._desk.held not in marks[:1]:
            return False
        self.marks(marks, point)
        return self._floating.popup is not None

    def proposal(self, proposal: Proposal, proposing: Proposing, point: QPoint) -> None:
        """What can be done with a ghost that was clicked at a global point."""
        from annotator.ui.dialogs.proposal_menu import ProposalMenu

        floating = self._floating
        menu = ProposalMenu(floating.look, floating.over, read.scheme(self._desk.store), proposal)
        menu.chosen.connect(lambda label: proposing.take(proposal, label))
        menu.dropped.connect(lambda: proposing.drop(proposal))
        floating.open(menu, self._lines(proposal, point))

    def _lines(self, proposal: Proposal, point: QPoint) -> QRect:
        """Under a global point all lines of a proposal that are in view: what is decided about stays seen."""
        view = self._desk.view
        viewport = view.viewport()
        at = viewport.mapFromGlobal(point)
        lines = QRect(at, QSize(1, 1))
        for span in proposal.spans:
            for rect in view.rects_of(span):
                lines = lines.united(rect.intersected(viewport.rect()))
        corner = viewport.mapToGlobal(QPoint(at.x(), lines.top()))
        return QRect(self._floating.over.mapFromGlobal(corner), QSize(1, lines.height()))
