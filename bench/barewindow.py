"""`python -m bench.barewindow TEXT`: a bare window with the same docks and the same text, until painted."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QPlainTextEdit,
    QToolBar,
    QTreeView,
)

LEFT, RIGHT, BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)

SIZE = (1280, 800)


class Text(QPlainTextEdit):
    """Says `painted` after its first paint."""

    is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, say)


def say() -> None:
    print("painted", flush=True)
    QApplication.exit()


def bare_window(path: str) -> QMainWindow:
    """The window with the text of a file, not shown yet."""
    window = QMainWindow()
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - one import less
        text = Text(file.read())
    window.setCentralWidget(text)
    for title, area, inside in (
        ("Articles", LEFT, QTreeView()),
        ("Mark", RIGHT, QLabel()),
        ("Loose ends", BOTTOM, QTreeView()),
    ):
        dock = QDockWidget(title, window)
        dock.setWidget(inside)
        window.addDockWidget(area, dock)
    window.addToolBar(QToolBar(window))
    for name in ("File", "Edit", "View"):
        window.menuBar().addMenu(name)
    window.statusBar().showMessage("ready")
    window.resize(*SIZE)
    return window


def main() -> int:
    application = QApplication(sys.argv[:1])
    window = bare_window(sys.argv[1])
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
