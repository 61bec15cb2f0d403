"""A new project: its name, its place, and how much of the scheme it starts with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.formats.names import safe_name
from annotator.ui.dialogs.frame import Dialog, label_for, plain_button
from annotator.ui.files import ask_folder
from annotator.ui.panels.parts import Elided, Heading, Words
from annotator.ui.theme import Theme

SUFFIX = ".annotator"
PRESETS = ("quick", "analyst", "corpus")
INDENT = 26


class NewProjectDialog(Dialog):
    """Asks for what `path` and `preset` then say. Makes nothing."""

    def __init__(self, look: Theme, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(look, parent, "", "", (560, 480))
        self.setWindowTitle(self.tr("New project"))
        self.accept_button.setText(self.tr("Make the project"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Orlova dam"))
        self.place = QLineEdit(str(folder or _usual_folder()))
        self.choose_button = plain_button(self.tr("&Choose…"))
        self.result_path = Elided(is_quiet=True)
        self.presets = {preset: QRadioButton(words) for preset, words in self._preset_names().items()}
        self._lay_out()
        for field in (self.name, self.place):
            field.textChanged.connect(lambda: self._check())
        self.choose_button.clicked.connect(self._choose)
        self._check()
        self.name.setFocus()

    def _preset_names(self) -> dict[str, str]:
        return {"quick": self.tr("&Quick"), "analyst": self.tr("&Analyst"), "corpus": self.tr("C&orpus")}

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(label_for(self.tr("&Name"), self.name), self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_button)
        form.addRow(label_for(self.tr("&Folder"), self.place), row)
        form.addRow("", self.result_path)
        self.column.addLayout(form)
        self.column.addWidget(Heading(self.tr("To begin with")))
        about = {
            "quick": self.tr("Claim, denial, evidence, who says it and how they answer each other."),
            "analyst": self.tr(
                "Also no comment, certainty, kinds of denial and evidence, and your own judgement."
            ),
            "corpus": self.tr(
                "Everything, also cue words, names of sources and hedges, for a labelled corpus."
            ),
        }
        group = QButtonGroup(self)
        for preset, button in self.presets.items():
            group.addButton(button)
            button.setAccessibleDescription(about[preset])
            words = Words(about[preset], is_quiet=True)
            words.setContentsMargins(INDENT, 0, 0, 4)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(button)
            part.addWidget(words)
            self.column.addLayout(part)
        self.presets["quick"].setChecked(True)
        self.column.addWidget(
            Words(self.tr("This can be changed at any time; nothing is lost by it."), is_quiet=True)
        )
        self.column.addStretch(1)

    def path(self) -> Path:
        """The file of the new project; its name is safe on every system."""
        name = self.name.text().strip().removesuffix(SUFFIX)
        return Path(self.place.text().strip()).expanduser() / (safe_name(name) + SUFFIX)

    def preset(self) -> str:
        """quick, analyst or corpus."""
        return next(preset for preset, button in self.presets.items() if button.isChecked())

    def accept(self) -> None:
        if self._check():
            super().accept()

    def _check(self) -> bool:
        """Say what stands in the way; whether nothing does."""
        has_name, path = bool(self.name.text().strip()), self.path()
        wrong = ""
        if not path.parent.is_dir():
            wrong = self.tr("There is no such folder. Choose another one.")
        elif has_name and path.exists():
            wrong = self.tr("There is a project of that name already. Choose another name, or open that one.")
        self.say(wrong)
        self.result_path.set_whole(str(path) if has_name else "")
        self.accept_button.setEnabled(has_name and not wrong)
        return has_name and not wrong

    def _choose(self) -> None:
        name = ask_folder(self, self.tr("Folder of the project"), self.place.text())
        if name:
            self.place.setText(name)


def _usual_folder() -> Path:
    """The folder for documents, or the home folder where there is none."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
