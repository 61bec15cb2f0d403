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
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.ids import SourceId
from annotator.domain.model import Source
from annotator.domain.sentences import filled
from annotator.domain.source_kinds import NAMELESS_KINDS
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, NoteField, label_for
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import kind_name, plain
from annotator.ui.theme import Theme

OFFERED = 2000
"""How many names are offered where another source is named."""
_MADE = {"affiliation": "organisation", "author": "person", "publisher": "organisation"}
"""The kind of a source that is made because a line of the form names it."""


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
        self._on_named()
        self.name.setFocus()
        self.name.selectAll()

    def _make_fields(self) -> None:
        self.name = QLineEdit()
        self.kind = QComboBox()
        scheme = read.scheme(self.store)
        for kind in scheme.source_kinds:
            self.kind.addItem(kind_name(scheme, kind), kind)
        self.role = QLineEdit()
        self.affiliation, self.author, self.publisher = (self._source_line() for _ in range(3))
        self.new_sources = Words(is_quiet=True)
        self.owner = Words(is_quiet=True)
        self.country = QLineEdit()
        self.aliases = QLineEdit()
        self.aliases.setPlaceholderText(self.tr("Other names, with semicolons between them"))
        self.anonymity = QLineEdit()
        self.anonymity.setPlaceholderText(self.tr("Why no name is given, as the article says it"))
        self.wikidata = QLineEdit()
        self.wikidata.setPlaceholderText("Q42")
        self.confidential = QCheckBox(self.tr("Confidential: leave the name out of reports"))
        self.note = NoteField()
        self.kind.currentIndexChanged.connect(self._on_kind)
        for line in (self.affiliation, self.author, self.publisher):
            line.textChanged.connect(self._on_named)

    def _source_line(self) -> QLineEdit:
        """A line for the name of a source, which offers those there are."""
        line = QLineEdit()
        completer = QCompleter([row.name for row in self._names.values()], line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        return line

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name"), self.name),
            (self.tr("Kind"), self.kind),
            (self.tr("Role"), self.role),
            (self.tr("Speaks for"), self.affiliation),
            ("", self.owner),
            (self.tr("Author"), self.author),
            (self.tr("Publisher"), self.publisher),
            ("", self.new_sources),
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
            self.kind.addItem(kind_name(read.scheme(self.store), source.kind), source.kind)
        self.name.setText(source.name)
        self.kind.setCurrentIndex(self.kind.findData(source.kind))
        self.role.setText(source.role or "")
        for name, line in self._lines().items():
            if (other := getattr(source, name)) is not None:
                line.setText(read.source(self.store, other).name)
        self.country.setText(source.country or "")
        self.aliases.setText("; ".join(source.aliases))
        self.anonymity.setText(source.anonymity or "")
        self.wikidata.setText(source.wikidata or "")
        self.confidential.setChecked(source.confidential)
        self.note.setPlainText(source.note or "")

    def _on_kind(self) -> None:
        is_unnamed = self.kind.currentData() in NAMELESS_KINDS
        is_made = self.kind.currentData() == "document"
        self._form.setRowVisible(self.anonymity, is_unnamed or bool(self.anonymity.text()))
        for line in (self.author, self.publisher):
            self._form.setRowVisible(line, is_made or bool(line.text()))

    def _lines(self) -> dict[str, QLineEdit]:
        """The lines that name another source, by the field they fill."""
        return {"affiliation": self.affiliation, "author": self.author, "publisher": self.publisher}

    def _on_named(self) -> None:
        """Say whom a chain ends at, and which sources would be made."""
        made = [self._new_source(field) for field in self._lines()]
        self.new_sources.setText("\n".join(filter(None, made)))
        self._form.setRowVisible(self.new_sources, any(made))
        row = self._names.get(plain(self.affiliation.text()))
        owner = row.owner if row else None
        self.owner.setText(self.tr("and so for {owner}").format(owner=owner) if owner else "")
        self._form.setRowVisible(self.owner, bool(owner))

    def _new_source(self, field: str) -> str:
        name = " ".join(self._lines()[field].text().split())
        if not name or plain(name) in self._names:
            return ""
        kind = kind_name(read.scheme(self.store), _MADE[field])
        return filled(self.tr("Makes a new source “{name}” ({kind})."), {"name": name, "kind": kind})

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
            **{field: self._source_named(field) for field in self._lines()},
            "country": _or_none(self.country.text()),
            "aliases": tuple(dict.fromkeys(alias for alias in aliases if alias)),
            "named": named,
            "anonymity": _or_none(self.anonymity.text()),
            "wikidata": _or_none(self.wikidata.text()),
            "confidential": self.confidential.isChecked(),
            "note": _or_none(self.note.toPlainText()),
        }

    def _source_named(self, field: str) -> SourceId | None:
        """The source a line names, made where there is none."""
        name = " ".join(self._lines()[field].text().split())
        if not name:
            return None
        if self._before and (before := getattr(self._before, field)):
            known = read.source(self.store, before)
            if known.name == name:
                return known.id
        row = self._names.get(plain(name))
        return row.id if row else edits.add_source(self.store, name, _MADE[field])


def _or_none(text: str) -> str | None:
    return text.strip() or None
