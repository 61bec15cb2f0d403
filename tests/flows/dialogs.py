"""Answering the dialogs that stop a window until they are answered."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

D = TypeVar("D", bound=QDialog)
_POLL_MS = 10


def answer(
    kind: type[D], act: Callable[[D], object], ready: Callable[[D], bool] = lambda dialog: True
) -> None:
    """Do something in a dialog once it is open, has the keys, and is ready; what fails there closes it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isActiveWindow() and ready(dialog):
            try:
                act(dialog)
            except BaseException:
                dialog.reject()
                raise
        else:
            QTimer.singleShot(_POLL_MS, look)

    QTimer.singleShot(_POLL_MS, look)
