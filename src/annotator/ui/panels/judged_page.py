"""A page beside a list, read in a thread, with the judgements of what it is about."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.store.session import Session
from annotator.ui.panels.judged import Judged
from annotator.ui.panels.later import PageReader
from annotator.ui.tabbing import Handing
from annotator.ui.theme import Theme


class JudgedPage(Handing):
    """What a claim or a source is about; subclasses ask for it, and lay it out with the judgements."""

    refused = Signal(object)
    """A UserError."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = session.store
        self.judged = Judged(session, look)
        self._reader = PageReader(session.store, self)
        self._reader.answered.connect(self._show)
        self._reader.late.connect(self._show_late)
        self._reader.refused.connect(self._show_refused)
        self.judged.refused.connect(self.refused)

    @property
    def is_reading(self) -> bool:
        """Whether some of the page is still to come."""
        return self._reader.is_waiting

    def judge(self) -> None:
        """Open the judgements of what is shown, with the keys on them."""
        self.hurry()
        if self.judged.target is not None:
            self.judged.judge(self.judged.target)

    def hurry(self) -> None:
        """Show at once at least what takes no time."""
        self._reader.hurry()

    def _show(self, answer: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def _show_late(self) -> None:
        """Show what takes no time, and nothing of another row."""
        raise NotImplementedError

    def _show_refused(self, error: UserError) -> None:
        """Show the same where the rest cannot be read, and hand on why."""
        raise NotImplementedError
