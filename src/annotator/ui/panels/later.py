"""What stands beside a list: asked for when the list has been painted, and read in a thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.store.store import Store
from annotator.ui.panels.asking import Lookup, Reader

AFTER_MS = 40
"""Longer than from one row to the next while an arrow key is held down: rows passed over are not read."""
PATIENCE_MS = 50
"""How long the page of another row may stand while the page of this one is read: too short to be noticed."""


class Later(QObject):
    """Does something a moment after it was asked for, once however often it was."""

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._pause = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._pause.timeout.connect(act)

    def ask(self) -> None:
        """Do it in a moment."""
        self._pause.start()

    def settle(self) -> None:
        """Do at once what was asked for."""
        if self._pause.isActive():
            self._pause.stop()
            self._act()


class PageReader(Reader):
    """Looks up what a page says; until then the page stays as it is, so that nothing flickers."""

    late = Signal()
    """The answer is not there yet: what takes no time is to be shown, and nothing of another row."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(store, parent)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.late)
        self.answered.connect(self._patience.stop)
        self.refused.connect(self._patience.stop)

    def look_up(self, question: Lookup) -> None:
        super().look_up(question)
        self._patience.start()

    def cancel(self) -> None:
        super().cancel()
        self._patience.stop()

    def hurry(self) -> None:
        """Be late at once, since somebody acts on what the page is about."""
        if self._patience.isActive():
            self._patience.stop()
            self.late.emit()
