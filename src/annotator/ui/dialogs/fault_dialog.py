"""The window that tells of a fault nobody foresaw."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator import __version__
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme


class FaultDialog(Dialog):
    """Says that something went wrong and shows the report that helps to mend it, ready to be copied."""

    def __init__(self, look: Theme, parent: QWidget | None, trace: str) -> None:
        super().__init__(look, parent, "", "", (640, 420))
        self.setWindowTitle(self.tr("Something went wrong"))
        self.accept_button.setText(self.tr("&Copy the report"))
        self.cancel_button.setText(self.tr("Close"))
        words = Words(
            self.tr(
                "The program met a fault of its own. What you did last may not have been carried out;"
                " what the window called saved is in the project."
            )
        )
        self.report = QPlainTextEdit(f"{_here()}\n\n{trace}")
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        self.column.addWidget(words)
        self.column.addWidget(self.report, 1)
        note = self.tr("Nothing is sent anywhere. The report may hold words of your project.")
        self.column.addWidget(Words(note, is_quiet=True))
        self.cancel_button.setFocus()

    def accept(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        super().accept()


def _here() -> str:
    """What runs where."""
    python, system = platform.python_version(), QSysInfo.prettyProductName()
    return f"annotator {__version__} · Python {python} · Qt {qVersion()} · {system}"
