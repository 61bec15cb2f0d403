"""What is said of all texts of an import at once: name pattern, manifest, first line, and the rest."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.errors import UserError
from annotator.formats.metadata import FIELDS, NamePattern, read_manifest
from annotator.ui.dialogs.frame import label_for, plain_button
from annotator.ui.dialogs.import_rows import FOR_ALL, TextsModel, fitting, unused_rows
from annotator.ui.files import Files
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Elided, Words


class KnownPart(QWidget):
    """Fields that change what the model knows of its texts, and say at once what came of it."""

    def __init__(self, model: TextsModel, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._files = files
        self._wrong: dict[str, str] = {}
        self.pattern = QLineEdit()
        self.pattern.setPlaceholderText("{date}_{outlet}_{title}")
        self.pattern_says = Elided(is_quiet=True)
        self.manifest = QLineEdit()
        self.manifest.setPlaceholderText(self.tr("CSV with a column “file” and title, outlet, date, url…"))
        self.manifest_button = plain_button(self.tr("Choose…"))
        self.manifest_says = Elided(is_quiet=True)
        self.first_line = QCheckBox(self.tr("The first line is the title"))
        self.first_line.setChecked(model.known.takes_first_line)
        self.first_line.setToolTip(self.tr("Where it is clearly one; else the file name is"))
        self.for_all = {name: QLineEdit() for name in FOR_ALL}
        self._lay_out()
        self.pattern.textChanged.connect(lambda: self._on_pattern())
        self.manifest.editingFinished.connect(self.read_list)
        self.manifest_button.clicked.connect(self.choose_manifest)
        self.first_line.toggled.connect(self._on_first_line)
        for field in (self.pattern, self.manifest, *self.for_all.values()):
            field.setAcceptDrops(False)  # what is dropped here is meant for the dialog
        for field in self.for_all.values():
            field.textChanged.connect(lambda: self._on_for_all())

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        named = _beside(self.pattern, self.pattern_says)
        form.addRow(label_for(self.tr("File &names say"), self.pattern), named)
        listed = _beside(self.manifest, self.manifest_button, self.manifest_says)
        form.addRow(label_for(self.tr("&List of texts"), self.manifest), listed)
        words = {"outlet": self.tr("O&utlet"), "date": self.tr("&Date"), "language": self.tr("Lan&guage")}
        spoken = {
            "outlet": self.tr("Outlet where nothing else is said"),
            "date": self.tr("Date where nothing else is said"),
            "language": self.tr("Language where nothing else is said"),
        }
        parts: list[QWidget] = []
        for name, field in self.for_all.items():
            field.setAccessibleName(spoken[name])
            parts += [label_for(words[name], field), field]
        form.addRow(Words(self.tr("Otherwise")), _beside(*parts, self.first_line))

    def wrong(self) -> str:
        """Why these fields cannot be used as they stand; empty where they can."""
        self.read_list()
        return next(iter(self._wrong.values()), "")

    def renew(self) -> None:
        """Say anew what came of the fields, for other texts than before."""
        self._on_pattern()
        self._tell_list()

    def choose_manifest(self) -> None:
        """Ask for a CSV file that says what the texts are."""
        tables = self.tr("Tables (*.csv *.tsv *.txt)")
        path = self._files.one(self, "import", self.tr("List of texts"), tables)
        if path:
            self.manifest.setText(str(path))
            self.read_list()

    def read_list(self) -> None:
        """Read the list of texts that is named, if it was not read yet."""
        words, known = self.manifest.text().strip(), self._model.known
        if str(known.manifest.path if known.manifest else "") == words and "list" not in self._wrong:
            return
        known.manifest = None
        self._wrong.pop("list", None)
        if words:
            try:
                known.manifest = read_manifest(Path(words))
            except UserError as error:
                self._wrong["list"] = sentence(error)
        self._tell_list()
        self._model.renew()

    def _on_pattern(self) -> None:
        words, known = self.pattern.text().strip(), self._model.known
        known.pattern = None
        self._wrong.pop("pattern", None)
        says = self.tr("parts: {fields}").format(fields=", ".join(FIELDS))
        if words:
            try:
                known.pattern = NamePattern(words)
            except UserError as error:
                says = self._wrong["pattern"] = sentence(error)
            else:
                count, first = fitting(known.pattern, self._model.texts)
                says = self.tr("fits {count} of {all}").format(count=count, all=len(self._model.texts))
                if first is not None:
                    says += " · " + " · ".join(f"{name}: {value}" for name, value in first.items())
        self.pattern_says.set_whole(says)
        self._model.renew()

    def _tell_list(self) -> None:
        manifest = self._model.known.manifest
        if manifest is None:
            self.manifest_says.set_whole(self._wrong.get("list", ""))
            return
        unused = unused_rows(manifest, self._model.texts)
        says = self.tr("lines found: {used} of {all}").format(
            used=len(manifest.rows) - len(unused), all=len(manifest.rows)
        )
        if unused:
            says += " · " + self.tr("no text for {file}").format(file=unused[0])
        self.manifest_says.set_whole(says)

    def _on_first_line(self, is_on: bool) -> None:
        self._model.known.takes_first_line = is_on
        self._model.renew()

    def _on_for_all(self) -> None:
        said = {name: field.text().strip() for name, field in self.for_all.items()}
        self._model.known.for_all = {name: words for name, words in said.items() if words}
        self._model.renew()


def _beside(*widgets: QWidget) -> QWidget:
    """Widgets in a row, fields as wide as there is room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QLineEdit | Elided) else 0)
    return row
