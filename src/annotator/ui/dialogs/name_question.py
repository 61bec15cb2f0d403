"""Who goes on under a new name: the same person, or somebody else at the same machine."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.domain.sentences import filled


class NameQuestion(QMessageBox):
    """Asked where the former name has signed something, which a second reader must not take over."""

    def __init__(self, parent: QWidget | None, former: str, name: str) -> None:
        super().__init__(parent)
        names = {"former": former, "name": name}
        self.setWindowTitle(self.tr("Your name"))
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(filled(self.tr("Is “{name}” another name of “{former}”, or somebody else?"), names))
        told = self.tr(
            "“{former}” has signed work in this project. The same person: that work takes the new name."
            " Somebody else: it keeps its name, and “{name}” signs what follows until the window is closed."
        )
        self.setInformativeText(filled(told, names))
        self.same_button = self.addButton(self.tr("&The same person"), QMessageBox.ButtonRole.AcceptRole)
        self.other_button = self.addButton(self.tr("&Somebody else"), QMessageBox.ButtonRole.AcceptRole)
        self.setEscapeButton(self.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        self.setDefaultButton(self.same_button)


def is_same_person(parent: QWidget | None, former: str, name: str) -> bool | None:
    """Whether a new name is another one of the same person; None where that was not answered."""
    question = NameQuestion(parent, former, name)
    question.exec()
    question.deleteLater()
    answers = {question.same_button: True, question.other_button: False}
    return next((is_same for button, is_same in answers.items() if question.clickedButton() is button), None)
