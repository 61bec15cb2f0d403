"""The one question undo asks: before it takes back what was done earlier or by somebody else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QSpacerItem, QWidget

from annotator.domain.sentences import filled
from annotator.store.journal import Operation
from annotator.store.store import Store
from annotator.ui.panels.history_words import operation_words
from annotator.ui.panels.words import local_time

WIDTH = 420


class UndoQuestion(QMessageBox):
    """Names who did what and when. Esc and Enter keep it, so that a held Ctrl+Z cannot go on by itself."""

    def __init__(
        self, parent: QWidget | None, operation: Operation, annotator_name: str, store: Store | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Undo"))
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("Undo something from before?"))
        told = self.tr("{name} did this, {when}: {what}.")
        self.setInformativeText(
            told.format(name=annotator_name, when=local_time(operation.at), what=_what(operation, store))
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


def ask_before_undo(
    parent: QWidget | None, operation: Operation, annotator_name: str, store: Store | None = None
) -> bool:
    """Whether to undo an operation of an earlier session or of somebody else.

    With the store the question can name the mark, article or source by its handle.
    """
    question = UndoQuestion(parent, operation, annotator_name, store)
    question.exec()
    question.deleteLater()
    return question.is_allowed


def _what(operation: Operation, store: Store | None) -> str:
    """What was done, and to what where the operation itself says it."""
    words = operation_words(operation, store)
    about = next((operation.details[key] for key in ("title", "file") if operation.details.get(key)), "")
    if not about or str(about) in words:
        return words
    form = QCoreApplication.translate("UndoQuestion", "{what} “{about}”")
    return filled(form, {"what": words, "about": about})
