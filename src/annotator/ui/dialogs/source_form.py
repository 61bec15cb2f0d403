"""Everything known about a source, in one form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.ids import SourceId
from annotator.domain.model import Source
from annotator.domain.voices import NAMELESS_KINDS
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, label_for
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import kind_name, plain
from annotator.ui.theme import Theme

OFFERED = 2000
"""How many names are offered as affiliation."""


class SourceForm(Dialog):
    """Makes a source, or changes one. `source` is its id once the form was accepted."""

    def __init__(
        self,
        session: Session,
        look: Theme,
        parent: QWidget | None = None,
        source: SourceId | None = None,
    ) -> None:
        title = self.tr("Source") if source else self.tr("New source")
        super().__init__(look, parent, title, self.tr("Save"), (440, 480))
        self.store = session.store
        self.source = source
        self._before = read.source(self.store, source) if source else None
        self._names = {plain(row.name): row for row in lists.sources(self.store, limit=OFFERED)}
        self._make_fields()
        self._lay_out()
        if self._before is not None:
            self._fill(self._before)
        self._on_kind()
        self._on_affiliation()
        self.name.setFocus()
        self.name.selectAll()

    def _make_fields(self) -> None:
        self.name = QLineEdit()
        self.kind = QComboBox()
        for kind in read.scheme(self.store).source_kinds:
            self.kind.addItem(kind_name(kind), kind)
        self.role = QLineEdit()
        self.affiliation = QLineEdit()
        completer = QCompleter([row.name for row in self._names.values()], self.affiliation)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.affiliation.setCompleter(completer)
        self.new_affiliation = Words(is_quiet=True)
        self.country = QLineEdit()
        self.aliases = QLineEdit()
        self.aliases.setPlaceholderText(self.tr("Other names, with semicolons between them"))
        self.anonymity = QLineEdit()
        self.anonymity.setPlaceholderText(self.tr("Why no name is given, as the article says it"))
        self.wikidata = QLineEdit()
        self.wikidata.setPlaceholderText("Q42")
        self.confidential = QCheckBox(self.tr("Confidential: leave the name out of reports"))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.affiliation.textChanged.connect(self._on_affiliation)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name"), self.name),
            (self.tr("Kind"), self.kind),
            (self.tr("Role"), self.role),
            (self.tr("Speaks for"), self.affiliation),
            ("", self.new_affiliation),
            (self.tr("Country"), self.country),
            (self.tr("Other names"), self.aliases),
            (self.tr("Why unnamed"), self.anonymity),
            (self.tr("Wikidata"), self.wikidata),
            (self.tr("Note"), self.note),
        )
        for words, field in rows:
            if words:
                form.addRow(label_for(words, field), field)
            else:
                form.addRow(field)
        form.addRow(self.confidential)
        self._form = form
        self.column.addLayout(form)

    def _fill(self, source: Source) -> None:
        if self.kind.findData(source.kind) < 0:
            self.kind.addItem(kind_name(source.kind), source.kind)
        self.name.setText(source.name)
        self.kind.setCurrentIndex(self.kind.findData(source.kind))
        self.role.setText(source.role or "")
        if source.affiliation:
            self.affiliation.setText(read.source(self.store, source.affiliation).name)
        self.country.setText(source.country or "")
        self.aliases.setText("; ".join(source.aliases))
        self.anonymity.setText(source.anonymity or "")
        self.wikidata.setText(source.wikidata or "")
        self.confidential.setChecked(source.confidential)
        self.note.setPlainText(source.note or "")

    def _on_kind(self) -> None:
        is_unnamed = self.kind.currentData() in NAMELESS_KINDS
        self._form.setRowVisible(self.anonymity, is_unnamed or bool(self.anonymity.text()))

    def _on_affiliation(self) -> None:
        name = " ".join(self.affiliation.text().split())
        is_new = bool(name) and plain(name) not in self._names
        words = self.tr("Makes a new source “{name}” (organisation).").format(name=name)
        self.new_affiliation.setText(words if is_new else "")
        self._form.setRowVisible(self.new_affiliation, is_new)

    def accept(self) -> None:
        """Write what was changed; what the store refuses is said, and the form stays."""
        try:
            self._write()
        except UserError as error:
            self.say(sentence(error))
            if error.code == "source-without-name":
                self.name.setFocus()
            return
        super().accept()

    def _write(self) -> None:
        with self.store.operation("edit-source" if self.source else "add-source", title=self.name.text()):
            values = self._values()
            if self._before is None:
                self.source = edits.add_source(self.store, **values)
                return
            changes = {name: value for name, value in values.items() if value != getattr(self._before, name)}
            if changes:
                edits.edit_source(self.store, self._before.id, **changes)

    def _values(self) -> dict[str, Any]:
        kind = self.kind.currentData()
        named = (
            self._before.named if self._before and self._before.kind == kind else kind not in NAMELESS_KINDS
        )
        aliases = (" ".join(part.split()) for part in self.aliases.text().split(";"))
        return {
            "name": " ".join(self.name.text().split()),
            "kind": kind,
            "role": _or_none(self.role.text()),
            "affiliation": self._affiliation(),
            "country": _or_none(self.country.text()),
            "aliases": tuple(dict.fromkeys(alias for alias in aliases if alias)),
            "named": named,
            "anonymity": _or_none(self.anonymity.text()),
            "wikidata": _or_none(self.wikidata.text()),
            "confidential": self.confidential.isChecked(),
            "note": _or_none(self.note.toPlainText()),
        }

    def _affiliation(self) -> SourceId | None:
        name = " ".join(self.affiliation.text().split())
        if not name:
            return None
        if self._before and self._before.affiliation:
            known = read.source(self.store, self._before.affiliation)
            if known.name == name:
                return known.id
        row = self._names.get(plain(name))
        return row.id if row else edits.add_source(self.store, name, "organisation")


def _or_none(text: str) -> str | None:
    return text.strip() or None
