"""An exhibit's page: what is known of it, and what it is a ground of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.scheme import LinkKind
from annotator.domain.sentences import as_quote
from annotator.store import read
from annotator.store.lists.exhibits import ExhibitRow, GroundRow, grounds
from annotator.store.store import Store
from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.parts import Elided, Words
from annotator.ui.theme import Theme


class KeyedRows(ChoiceList):
    """Rows with keys: Enter opens one, Delete takes it away, other letters are handed on."""

    opened = Signal()
    delete_asked = Signal()
    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.text().strip() and not event.modifiers():
            self.typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


class ExhibitPage(QWidget):
    """One exhibit: its addresses and hash, its note, and the far ends of its links."""

    mark_asked = Signal(str)
    claim_asked = Signal(str)
    source_asked = Signal(str)
    unlink_asked = Signal(str)
    """A link that shall go; the exhibit stays."""

    def __init__(self, store: Store, look: Theme) -> None:
        super().__init__()
        self._store = store
        self.about, self.note = Elided(is_quiet=True), Words(is_quiet=True)
        self.grounds = KeyedRows(look)
        self.grounds.setAccessibleName(self.tr("What the exhibit is a ground of"))
        self.grounds.opened.connect(self._open_ground)
        self.grounds.taken.connect(lambda entry: self._open_ground())
        self.grounds.delete_asked.connect(self._unlink)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(self.note)
        column.addWidget(self.grounds, 1)

    def show_exhibit(self, row: ExhibitRow | None) -> None:
        """Tell of an exhibit, or of none."""
        if row is None:
            self.about.set_whole("")
            self.note.setText("")
            self.grounds.set_entries([])
            return
        archived = self.tr("archived: {address}").format(address=row.archive_url) if row.archive_url else ""
        captured = self.tr("captured {date}").format(date=row.captured) if row.captured else ""
        hashed = f"SHA-256 {row.sha256}" if row.sha256 else ""
        self.about.set_whole(" · ".join(part for part in (captured, row.url, archived, hashed) if part))
        self.note.setText(row.note)
        self.note.setVisible(bool(row.note))
        kinds = read.scheme(self._store).link_kinds
        found = grounds(self._store, row.id)
        self.grounds.set_entries([_entry(one, kinds.get(one.kind)) for one in found])

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self.grounds.set_look(look)

    def _open_ground(self) -> None:
        row = self._current()
        if row is not None:
            asked = {"mark": self.mark_asked, "proposition": self.claim_asked, "source": self.source_asked}
            asked[row.target.table].emit(row.target.id)

    def _unlink(self) -> None:
        row = self._current()
        if row is not None:
            self.unlink_asked.emit(row.id)

    def _current(self) -> GroundRow | None:
        entry = self.grounds.current()
        return entry.value if entry is not None and isinstance(entry.value, GroundRow) else None


def _entry(row: GroundRow, kind: LinkKind | None) -> Entry:
    name = kind.name if kind else row.kind
    return Entry(f"{name} {as_quote(row.words)}", row, style=row.label, right=row.handle)
