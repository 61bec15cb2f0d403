"""The one question undo asks: before it takes back what was done earlier or by somebody else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QSpacerItem, QWidget

from annotator.store.journal import Operation
from annotator.ui.panels.history import operation_words
from annotator.ui.panels.words import local_time

WIDTH = 420


class UndoQuestion(QMessageBox):
    """Names who did what and when. Esc and Enter keep it, so that a held Ctrl+Z cannot go on by itself."""

    def __init__(self, parent: QWidget | None, operation: Operation, annotator_name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Undo"))
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("Undo something from before?"))
        told = self.tr("{name} did this, {when}: {what}.")
        self.setInformativeText(
            told.format(name=annotator_name, when=local_time(operation.at), what=_what(operation))
            + "\n\n"
            + self.tr("It stays in the history, and redo brings it back. You will be asked only once.")
        )
        self.undo_button = self.addButton(self.tr("&Undo it"), QMessageBox.ButtonRole.YesRole)
        self.keep_button = self.addButton(self.tr("&Keep it"), QMessageBox.ButtonRole.NoRole)
        self.setDefaultButton(self.keep_button)
        self.setEscapeButton(self.keep_button)
        grid = self.layout()
        if isinstance(grid, QGridLayout):
            # A message box takes its width from its layout alone.
            grid.addItem(QSpacerItem(WIDTH, 0), grid.rowCount(), 0, 1, grid.columnCount())

    @property
    def is_allowed(self) -> bool:
        """Whether the analyst said to undo."""
        return self.clickedButton() is self.undo_button


def ask_before_undo(parent: QWidget | None, operation: Operation, annotator_name: str) -> bool:
    """Whether to undo an operation of an earlier session or of somebody else."""
    question = UndoQuestion(parent, operation, annotator_name)
    question.exec()
    question.deleteLater()
    return question.is_allowed


def _what(operation: Operation) -> str:
    """What was done, with the name of what it was done to where the operation says it."""
    words = operation_words(operation)
    about = next((operation.details[key] for key in ("title", "file") if operation.details.get(key)), "")
    if not about:
        return words
    return QCoreApplication.translate("UndoQuestion", "{what} “{about}”").format(what=words, about=about)
