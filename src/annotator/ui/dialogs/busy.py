"""Waiting for another program that keeps the project to itself."""

from __future__ import annotations

from threading import get_ident

from PySide6.QtCore import QEventLoop, Qt, QThread
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from annotator.store.store import Store
from annotator.ui.panels.parts import Words, breakable

_LOOKS_MS = 50
"""How often it is looked whether the project is free."""
_QUIET = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents | QEventLoop.ProcessEventsFlag.X11ExcludeTimers
_WIDTH = 460


class BusyDialog(QDialog):
    """Says that the window waits, and for what."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Waiting for {name}").format(name=name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        words = self.tr("Another program keeps {name} to itself.").format(name=name)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(Words(breakable(words)))
        column.addWidget(
            Words(self.tr("The window goes on as soon as it is free. Nothing is lost."), is_quiet=True)
        )
        self.setFixedWidth(_WIDTH)


class Patience:
    """Lets a window wait where a project cannot be read, in the middle of whatever it is doing.

    Timers stand still and keys wait meanwhile, where the platform lets them, so that nothing else is begun.
    """

    def __init__(self, window: QWidget, store: Store) -> None:
        self._window = window
        self._store = store
        self._thread = get_ident()
        self._is_shown = False

    def wait(self) -> bool:
        """Wait until the project can be read; False on a thread that is not the window's.

        Such a thread gives the project back when the window is gone.
        """
        if get_ident() != self._thread:
            return False
        # While something is painted nothing else can be; and what could not be kept back reads as well.
        if self._is_shown or _is_painting():
            while not self._store.is_free():
                QThread.msleep(_LOOKS_MS)
            return True
        dialog = BusyDialog(self._window, self._store.path.name if self._store.path else "")
        dialog.show()
        self._is_shown = True
        try:
            while not self._store.is_free():
                QApplication.processEvents(_QUIET)
                QThread.msleep(_LOOKS_MS)
        finally:
            self._is_shown = False
            dialog.hide()
            dialog.deleteLater()
        return True


def _is_painting() -> bool:
    """Whether a widget of the program is in the middle of its paint event."""
    in_paint = Qt.WidgetAttribute.WA_WState_InPaintEvent
    return any(widget.testAttribute(in_paint) for widget in QApplication.allWidgets())
