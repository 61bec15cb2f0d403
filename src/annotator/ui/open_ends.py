"""The way from one loose end to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import ArticleId, MarkId
from annotator.store.session import Session

if TYPE_CHECKING:
    from annotator.store.open_ends import OpenEnd


class LooseEndWalk(QObject):
    """Goes to loose ends and says what is open there; `find` gives them in the order of the panel."""

    said = Signal(str)

    def __init__(self, session: Session, find: Callable[[], list[OpenEnd]], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._find = find

    def step(self, direction: int) -> None:
        """The loose end after (1) or before (-1) the mark in hand, in the order of the panel."""
        rows = [row for row in self._find() if row.end.mark and not row.end.is_quiet]
        if not rows:
            self.said.emit(self.tr("No loose ends in the articles that are called done (Ctrl+Enter)."))
            return
        marks = [row.end.mark for row in rows]
        held = self._session.focus.mark
        if held in marks:
            at = (marks.index(held) + direction) % len(rows)
        else:
            at = 0 if direction > 0 else len(rows) - 1
        self.show(rows[at])

    def show(self, row: OpenEnd) -> None:
        """Go to a loose end and say what is open."""
        session, end = self._session, row.end
        if end.mark:
            session.leave_here()
            session.hold(MarkId(end.mark))
        elif end.article:
            session.open_article(ArticleId(end.article))
        self.said.emit(row.sentence)
