"""What the export says of a format: what it writes, and what it leaves out of this project."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.summary import Summary, feature_name
from annotator.formats.registry import Format, Loss
from annotator.ui.panels.parts import Heading, Words


class FormatPart(QWidget):
    """One format at a time, with its one option."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.files = Words()
        self.lost = QListWidget()
        self.lost.setAccessibleName(self.tr("What is left out"))
        self.lost.setWordWrap(True)
        self.lost.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.lost_words = Heading("")
        self.lost_words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.for_spreadsheets = QCheckBox(self.tr("For &spreadsheets"))
        why = self.tr("Words that a spreadsheet would take for a formula get an apostrophe before them.")
        self.for_spreadsheets.setAccessibleDescription(why)
        self.why = Words(why, is_quiet=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.files)
        column.addWidget(self.lost_words)
        column.addWidget(self.lost, 1)
        column.addStretch(0)
        column.addWidget(self.for_spreadsheets)
        column.addWidget(self.why)

    @property
    def options(self) -> dict[str, bool]:
        """What was chosen for the format shown."""
        is_for_them = self._name == "csv" and self.for_spreadsheets.isChecked()
        return {"for_spreadsheets": True} if is_for_them else {}

    def show_format(self, one: Format, counted: Summary | None, *, is_counting: bool) -> None:
        """Say what a format is and leaves out of this project; until that is counted, of any."""
        self._name = one.name
        self.files.setText(
            self.tr("One file, {suffix}.").format(suffix=one.suffixes[0] if one.suffixes else "")
            if one.extent == "file"
            else self.tr("A folder of files, {suffix}.").format(suffix=", ".join(one.suffixes))
        )
        for part in (self.for_spreadsheets, self.why):
            part.setVisible(one.name == "csv")
        losses = one.losses(counted or Summary.of_everything())
        self.lost.clear()
        self.lost.addItems([_words(loss, is_counted=counted is not None) for loss in losses])
        self.lost.setVisible(bool(losses))
        if not losses:
            words = self.tr("Nothing of this project is left out.")
        elif counted is not None:
            words = self.tr("Left out of this project")
        else:
            being = self.tr("Left out wherever the project has it; being counted…")
            words = being if is_counting else self.tr("Left out wherever the project has it")
        self.lost_words.setText(words)


def _words(loss: Loss, *, is_counted: bool) -> str:
    """A loss as a line: how many of what, and where they are kept instead."""
    count = loss.count if is_counted else 0
    what = QCoreApplication.translate("Features", feature_name(loss.code, count))
    line = f"{count:,} {what}" if is_counted else what
    if not loss.beside:
        return line
    return QCoreApplication.translate("FormatPart", "{line} (kept beside, in {file})").format(
        line=line, file=loss.beside
    )
