"""What stands beside a list, shown when the list has been painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

AFTER_MS = 40
"""Longer than from one row to the next while an arrow key is held down: rows passed over are not read."""


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
