"""What is known about an article: title, outlet, date and the like, and which paragraphs are no text."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.dates import is_date
from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, SourceId
from annotator.domain.model import Region, Source
from annotator.domain.paragraphs import ParagraphNumbers
from annotator.domain.sentences import shortened
from annotator.formats.metadata import tags
from annotator.store import edits, read
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, NoteField, label_for, plain_button
from annotator.ui.messages import sentence
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.parts import Heading
from annotator.ui.panels.words import plain, region_name
from annotator.ui.theme import Theme

LINES = ("title", "byline", "outlet", "agency", "date", "language", "url", "archive_url", "tags")
NAMED = {"outlet": "outlet", "agency": "organisation"}
"""Fields that name a source, with the kind a new one gets."""
ASKED = ("title", "outlet", "date")
"""What is wanted of every article: the first of them that is not known has the keys."""
SHOWN_WORDS = 60
_SOURCES = partial(read.records, record=Source)


class ArticleForm(Dialog):
    """Edits one article; what was changed is one operation, and nothing changed is none.

    The names of sources are read in a thread: whoever saves one before that is done waits for it.
    """

    def __init__(
        self, session: Session, article_id: ArticleId | str, look: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent, "", "", (640, 640))
        self.setWindowTitle(self.tr("About the article"))
        self.accept_button.setText(self.tr("Save"))
        self._store = session.store
        self._article = read.article(self._store, ArticleId(article_id))
        self._text = read.text(self._store, self._article.id)
        self._paragraphs = ParagraphNumbers(self._text)
        self._sources: list[Source] | None = None
        self._is_saving = False
        self.regions: list[Region] = list(self._article.regions)
        self.fields = {name: QLineEdit() for name in LINES}
        self.note = NoteField()
        self._lay_out()
        self._fill()
        self._reader = Reader(self._store, self)
        self._reader.answered.connect(self._take_sources)
        self._reader.refused.connect(self._on_unread)
        self._reader.hindered.connect(self._on_unread)
        self._reader.look_up(_SOURCES)
        first = next((name for name in ASKED if not self._filled[name]), "title")
        self._first = self.fields[first]
        self._first.setFocus()

    def setVisible(self, visible: bool) -> None:
        """Shown, it has nothing selected: Qt selects all of the first line, and typing would overwrite it."""
        super().setVisible(visible)
        self._first.home(False)

    def _words(self) -> dict[str, str]:
        """What stands before each line."""
        return {
            "title": self.tr("&Title"),
            "byline": self.tr("&Byline"),
            "outlet": self.tr("&Outlet"),
            "agency": self.tr("&Agency"),
            "date": self.tr("&Date"),
            "language": self.tr("&Language"),
            "url": self.tr("&Web address"),
            "archive_url": self.tr("Archi&ved at"),
            "tags": self.tr("Ta&gs"),
        }

    def _lay_out(self) -> None:
        words, web = self._words(), "https://"
        hints = {"date": "2017-08-24", "language": "en", "url": web, "archive_url": web}
        hints["tags"] = self.tr("with commas between them")
        form = QFormLayout()
        form.setVerticalSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in LINES:
            field = self.fields[name]
            field.setPlaceholderText(hints.get(name, ""))
            label = label_for(words[name], field)
            if name in NAMED:
                field.setCompleter(self._completer())
            if name == "language":
                row.addWidget(label)
                row.addWidget(field, 1)
            elif name == "date":
                row.addWidget(field, 2)
                form.addRow(label, row)
            else:
                form.addRow(label, field)
        self.note.setFixedHeight(self.note.sizeHint().height())
        form.addRow(label_for(self.tr("&Note"), self.note), self.note)
        self.column.addLayout(form)
        self.column.addWidget(Heading(self.tr("Paragraphs that are not running text")))
        self.column.addLayout(self._region_part(), 1)

    def _region_part(self) -> QVBoxLayout:
        self.region_list = QListWidget()
        self.region_list.setAccessibleName(self.tr("Paragraphs that are not running text"))
        self.region_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.region_list.setMinimumHeight(60)
        self.region_kind = QComboBox()
        self.region_kind.setAccessibleName(self.tr("What the paragraph is"))
        scheme = read.scheme(self._store)
        for kind in scheme.data.get("region_kinds", ()):
            self.region_kind.addItem(region_name(scheme, kind), kind)
        self.paragraph = QSpinBox()
        self.paragraph.setRange(1, max(1, len(self._paragraphs)))
        self.paragraph.setPrefix("¶ ")
        for named in (self.paragraph, self.paragraph.lineEdit()):
            named.setAccessibleName(self.tr("Number of the paragraph"))
        self.add_region_button = plain_button(self.tr("Add"))
        self.add_region_button.setEnabled(bool(len(self._paragraphs)) and self.region_kind.count() > 0)
        self.remove_region_button = plain_button(self.tr("Remove"))
        self.add_region_button.clicked.connect(self.add_region)
        self.remove_region_button.clicked.connect(self.remove_region)
        self.region_list.currentRowChanged.connect(lambda row: self.remove_region_button.setEnabled(row >= 0))
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.region_kind, self.paragraph, self.add_region_button, self.remove_region_button):
            row.addWidget(widget)
        row.addStretch(1)
        part = QVBoxLayout()
        part.addWidget(self.region_list, 1)
        part.addLayout(row)
        return part

    def _completer(self) -> QCompleter:
        completer = QCompleter(QStringListModel(self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        return completer

    @property
    def is_settled(self) -> bool:
        """Whether the names of sources are known."""
        return self._sources is not None

    def _take_sources(self, sources: list[Source]) -> None:
        self._sources = sources
        for field, kind in NAMED.items():
            of_kind = sorted({source.name for source in sources if source.kind == kind}, key=plain)
            model = self.fields[field].completer().model()
            assert isinstance(model, QStringListModel)  # noqa: S101 - it is the one made above
            model.setStringList(of_kind)
        if self._is_saving:
            self.accept()

    def _on_unread(self, error: UserError) -> None:
        """Say so to whoever waits for it."""
        if self._is_saving:
            self._is_saving = False
            self.say(sentence(error), "danger")

    def _fill(self) -> None:
        for name, field in self.fields.items():
            value = getattr(self._article, name)
            if name in NAMED and value is not None:
                named = read.by_ids(self._store, Source, [value])
                value = named[0].name if named else None
            field.setText(", ".join(value) if name == "tags" else value or "")
            field.setCursorPosition(0)
        self._filled = {name: field.text() for name, field in self.fields.items()}
        self.note.setPlainText(self._article.note or "")
        self._filled_note = self._note()
        self._show_regions()

    def add_region(self) -> None:
        """Call the paragraph with the number chosen a title, caption or the like."""
        span = self._paragraphs.span_of(self.paragraph.value())
        self.regions = [region for region in self.regions if region.span != span]
        self.regions.append(Region(self.region_kind.currentData(), span))
        self.regions.sort(key=lambda region: region.span)
        self._show_regions()

    def remove_region(self) -> None:
        """Call the chosen paragraph running text again."""
        row = self.region_list.currentRow()
        if row >= 0:
            del self.regions[row]
            self._show_regions()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.region_list.hasFocus():
            self.remove_region()
            return
        super().keyPressEvent(event)

    def changes(self) -> dict[str, Any]:
        """The fields that are not as they were; outlet and agency as names."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            words = field.text().strip()
            if words != self._filled[name].strip():
                found[name] = tags(words) if name == "tags" else words or None
        note = self._note()
        if note != self._filled_note:
            found["note"] = note or None
        if tuple(self.regions) != self._article.regions:
            found["regions"] = tuple(self.regions)
        return found

    def accept(self) -> None:
        changes = self.changes()
        date = changes.get("date")
        if date and not is_date(date):
            self.say(self.tr("Write the date as 2017-08-24, or only what is known of it: 2017-08, 2017."))
            self.fields["date"].setFocus()
            return
        self._is_saving = not self.is_settled and any(changes.get(name) for name in NAMED)
        if self._is_saving:
            if not self._reader.is_waiting:
                self._reader.look_up(_SOURCES)
            return
        try:
            if changes:
                self._save(changes)
        except UserError as error:
            self.say(sentence(error), "danger")
            return
        super().accept()

    def done(self, result: int) -> None:
        self._reader.cancel()
        super().done(result)

    def _save(self, changes: dict[str, Any]) -> None:
        article = self._article.id
        title = changes.get("title", self._article.title)
        with self._store.operation("edit-article", article=article, fields=sorted(changes), title=title):
            for name, kind in NAMED.items():
                if changes.get(name):
                    changes[name] = self._source(changes[name], kind)
            edits.edit_article(self._store, article, **changes)

    def _source(self, name: str, kind: str) -> SourceId:
        """The source of that name, one of the kind first, never a person; a new one where there is none."""
        called = [
            source
            for source in self._sources or ()
            if plain(name) in map(plain, (source.name, *source.aliases))
        ]
        fitting = sorted((one for one in called if one.kind != "person"), key=lambda one: one.kind != kind)
        return fitting[0].id if fitting else edits.add_source(self._store, name, kind)

    def _note(self) -> str:
        return self.note.document().toRawText().replace("\u2029", "\n").strip()

    def _show_regions(self) -> None:
        self.region_list.clear()
        scheme = read.scheme(self._store)
        for kind, span in self.regions:
            cut = shortened(self._text[span.start : span.end], SHOWN_WORDS)
            number = self._paragraphs.number_at(span.start)
            self.region_list.addItem(f"{region_name(scheme, kind)} · ¶ {number} · {cut}")
        self.remove_region_button.setEnabled(False)
