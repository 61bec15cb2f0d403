"""The way from one loose end to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import ArticleId, MarkId
from annotator.store.session import Session

if TYPE_CHECKING:
    from annotator.store.loose_ends import OpenEnd


class LooseEndWalk(QObject):
    """Goes to loose ends in reading order and says what is open there.

    settle: looks at what was touched just now.
    """

    said = Signal(str)

    def __init__(self, session: Session, settle: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._settle = settle

    def step(self, direction: int) -> None:
        """The loose end after (1) or before (-1) the mark in hand."""
        from annotator.store.loose_ends import after_mark

        self._settle()
        row = after_mark(self._session.store, self._session.focus.mark, direction)
        if row is None:
            self.said.emit(self.tr("No loose ends in the articles that are called done (Ctrl+Enter)."))
        else:
            self.show(row)

    def show(self, row: OpenEnd) -> None:
        """Go to a loose end and say what is open."""
        session, end = self._session, row.end
        if end.mark:
            session.leave_here()
            session.hold(MarkId(end.mark))
        elif end.article:
            session.open_article(ArticleId(end.article))
        self.said.emit(row.sentence)
