"""`python -m bench.start PROJECT`: the program as it starts, until its text has been painted."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator.app.open import open_window
from annotator.ui.text.view import TextView


class PaintWatch(QObject):
    """Says `painted` once the event in which a text view paints an article is over."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            view = watched.parent()
            if isinstance(view, TextView) and view.viewport() is watched and view.page.text:
                self._application.removeEventFilter(self)
                QTimer.singleShot(0, self._say)
        return False

    def _say(self) -> None:
        print("painted", flush=True)
        QApplication.exit()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    watch = PaintWatch(application)
    sys.exit(open_window(Path(sys.argv[1])))
