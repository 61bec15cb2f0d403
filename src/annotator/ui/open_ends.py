"""The way from one loose end to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.domain.checks import LooseEnd
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.remarks import message
from annotator.store.open_ends import facts, open_ends
from annotator.store.session import Session


class LooseEndWalk(QObject):
    """Goes to loose ends and says what is open there."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def step(self, direction: int) -> None:
        """The loose end after (1) or before (-1) the mark in hand, in the order of the panel."""
        found = open_ends(self._session.store)
        ends = [row.end for row in found if row.end.mark and not row.end.is_quiet]
        if not ends:
            self.said.emit(self.tr("No loose ends in the articles that are called done (Ctrl+Enter)."))
            return
        marks = [end.mark for end in ends]
        held = self._session.focus.mark
        if held in marks:
            at = (marks.index(held) + direction) % len(ends)
        else:
            at = 0 if direction > 0 else len(ends) - 1
        self.show(ends[at])

    def show(self, end: LooseEnd) -> None:
        """Go to a loose end and say what is open."""
        session = self._session
        if end.mark:
            session.leave_here()
            session.hold(MarkId(end.mark))
        elif end.article:
            session.open_article(ArticleId(end.article))
        self.said.emit(message(end, facts(session.store)))
