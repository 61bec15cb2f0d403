"""What a window puts off until its text is on the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from annotator.ui.checking import Checker
    from annotator.ui.window import MainWindow

_BREATH_MS = 1
"""Between steps; with none at all some systems would run them all before they hear or paint."""
_FRAME_MS = 10
"""How long after the docks are filled begins what they did not wait for."""


class Afterwards(QObject):
    """Fills the docks that are seen; a frame later locks the project, and looks for loose ends and damage.

    All of it together takes a quarter of a second, so the window hears and paints between its steps.
    """

    damaged = Signal(object)
    """A Damage."""
    moved = Signal()
    """The path of the project leads to another file, or to none; told once."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_begun = self._is_closed = False
        self._checker: Checker | None = None
        self._steps = self._all_steps()

    def begin(self) -> None:
        """The window is painted: begin, once, when the text that lies on it is, too."""
        if not self._is_begun:
            self._is_begun = True
            QTimer.singleShot(0, self._step)

    def close(self) -> None:
        """Do nothing more; waits for the query of a check."""
        self._is_closed = True
        if self._checker is not None:
            self._checker.close()

    def _step(self) -> None:
        pause_ms = None if self._is_closed else next(self._steps, None)
        if pause_ms is not None:
            QTimer.singleShot(pause_ms, self._step)

    def _all_steps(self) -> Iterator[int]:
        """What is to be done; gives how many milliseconds the window has for itself before it goes on."""
        yield 0  # the text comes to the screen
        from annotator.ui.dialogs.busy import Patience

        window, store = self._window, self._window.session.store
        docks = window.arrangement
        store.when_busy = Patience(window, store).wait
        for _ in self._filled(docks.fill_seen()):
            yield _BREATH_MS
        yield _FRAME_MS
        window.commands.take()
        yield _BREATH_MS
        for _ in self._filled(docks.fill_dear()):
            yield _BREATH_MS
        window.tray.refresh()
        yield _BREATH_MS
        self._begin_checking()

    def _filled(self, names: Iterator[str]) -> Iterator[None]:
        """Load what docks are filled with, piece by piece, and fill them."""
        from annotator.ui.warming import PIECES

        for name in names:
            for module in PIECES.get(name, ()):
                if module not in sys.modules:
                    import_module(module)
                    yield
            yield

    def _begin_checking(self) -> None:
        """Look for damage, and load what comes next."""
        from annotator.ui.checking import Checker
        from annotator.ui.warming import Warming

        Warming(self._window, self._window.hands.desk.segmenter)
        self._checker = Checker(self._window.session, self)
        self._checker.found.connect(self.damaged)
        self._checker.moved.connect(self.moved)
