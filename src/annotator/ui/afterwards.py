"""What a window puts off until its text is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from annotator.ui.checking import Checker
    from annotator.ui.window import MainWindow

_FRAME_MS = 10
"""How long after the docks are filled begins what they did not wait for."""


class Afterwards(QObject):
    """Fills the docks that are seen; a frame later locks the project, and looks for loose ends and damage."""

    damaged = Signal(object)
    """A Damage."""
    moved = Signal()
    """The path of the project leads to another file, or to none; told once."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_begun = self._is_closed = False
        self._checker: Checker | None = None

    def begin(self) -> None:
        """The window is painted: begin, once, when the text that lies on it is, too."""
        if not self._is_begun:
            self._is_begun = True
            QTimer.singleShot(0, self._on_painted)

    def close(self) -> None:
        """Do nothing more; waits for the query of a check."""
        self._is_closed = True
        if self._checker is not None:
            self._checker.close()

    def _on_painted(self) -> None:
        """Let the text come to the screen."""
        QTimer.singleShot(0, self._fill_docks)

    def _fill_docks(self) -> None:
        if self._is_closed:
            return
        from annotator.ui.dialogs.busy import Patience

        window, store = self._window, self._window.session.store
        store.when_busy = Patience(window, store).wait
        window.arrangement.fill_seen()
        QTimer.singleShot(_FRAME_MS, self._begin_checking)

    def _begin_checking(self) -> None:
        """Look for loose ends and for damage, and load what comes next."""
        if self._is_closed:
            return
        window = self._window
        window.commands.take()
        window.arrangement.fill_dear()
        window.tray.refresh()
        from annotator.ui.checking import Checker
        from annotator.ui.warming import Warming

        Warming(window, window.hands.desk.segmenter)
        self._checker = Checker(window.session, self)
        self._checker.found.connect(self.damaged)
        self._checker.moved.connect(self.moved)
