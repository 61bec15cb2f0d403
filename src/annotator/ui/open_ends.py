"""The way from one loose end to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.store.session import Session

if TYPE_CHECKING:
    from annotator.store.loose_ends import OpenEnd, Stop


class LooseEndWalk(QObject):
    """Goes to one loose end after another and says what is open there.

    settle: looks at what was touched just now. land: shows where one is open.
    """

    said = Signal(str)
    reached = Signal(object)
    """The Stop that a step led to."""

    def __init__(
        self,
        session: Session,
        settle: Callable[[], object],
        land: Callable[[OpenEnd], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settle = settle
        self._land = land
        self._left: Stop | None = None
        self._mark = session.focus.mark

    def step(self, direction: int) -> None:
        """The loose end after (1) or before (-1) the last one, or the mark in hand where that is another."""
        from annotator.store.loose_ends import Walk

        self._settle()
        walk, mark = Walk(self._session.store, direction), self._session.focus.mark
        is_there = self._left is not None and mark == self._mark
        stop = walk.from_stop(self._left) if self._left and is_there else walk.from_mark(mark)
        if stop is None:
            self.said.emit(self._nothing())
        else:
            self.show(stop.row)
            self.reached.emit(stop)
        self._left, self._mark = stop, self._session.focus.mark

    def _nothing(self) -> str:
        from annotator.store.loose_ends import backlog

        if backlog(self._session.store).rows:
            return self.tr("Still looking for what is open. Try again in a moment.")
        return self.tr("No loose ends. Each article is asked about once it is done (Ctrl+Enter).")

    def show(self, row: OpenEnd) -> None:
        """Go to a loose end and say what is open."""
        self._land(row)
        self.said.emit(row.sentence)
