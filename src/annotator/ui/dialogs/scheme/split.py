"""Choosing the marks of a label that get a new one."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import MarkId
from annotator.domain.sentences import as_quote, filled
from annotator.store import lists, read
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog, label_for, plain_button
from annotator.ui.dialogs.scheme.parts import Line, TickList
from annotator.ui.panels.parts import Words
from annotator.ui.panels.words import count_of_marks
from annotator.ui.theme import Theme

LISTED = 500
"""How many marks are listed at once."""
PAUSE_MS = 200


class SplitDialog(Dialog):
    """The marks of a label, filtered by their words, source or note; those ticked get the new label."""

    chosen = Signal(str, list)

    def __init__(self, store: Store, look: Theme, parent: QWidget | None, label: str) -> None:
        super().__init__(look, parent, "", "", (620, 560))
        self.store = store
        self._label = label
        name = read.scheme(store).labels[label].name
        self.setWindowTitle(filled(self.tr("Split “{label}”"), {"label": name}))
        self.accept_button.setText(self.tr("Make the label"))
        self.name = Line()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Words, source or note"))
        self.filter.setClearButtonEnabled(True)
        self.list = TickList(filled(self.tr("Marks of “{label}”"), {"label": name}), 12)
        self.count = Words(is_quiet=True)
        self.every = plain_button(self.tr("Tick all listed"))
        self._on: dict[str, None] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.reread)
        self._lay_out()
        self.filter.textChanged.connect(lambda: self._pause.start())
        self.list.ticked.connect(self._on_ticked)
        self.every.clicked.connect(self.tick_all)
        self.reread()
        self.name.setFocus()

    def _lay_out(self) -> None:
        for words, field in ((self.tr("New label"), self.name), (self.tr("Marks that hold"), self.filter)):
            row = QHBoxLayout()
            row.addWidget(label_for(words, field))
            row.addWidget(field, 1)
            self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        row.addWidget(self.every)
        self.column.addLayout(row)

    def reread(self) -> None:
        """List the marks that the filter finds; what is ticked stays so."""
        rows = lists.marks(self.store, text=self.filter.text().strip(), label=self._label, limit=LISTED + 1)
        self._is_more = len(rows) > LISTED
        named = [
            (
                row.id,
                f"{handle('mark', row.number)}  {as_quote(row.quote)}"
                + (f"  {row.source}" if row.source else ""),
            )
            for row in rows[:LISTED]
        ]
        self.list.show_rows(named, self._on)
        self._tell()

    def tick_all(self) -> None:
        """Choose all that are listed."""
        self._on |= dict.fromkeys(self.list.ids())
        self.reread()

    def _on_ticked(self, mark: str, is_on: bool) -> None:
        if is_on:
            self._on[mark] = None
        else:
            self._on.pop(mark, None)
        self._tell()

    def _tell(self) -> None:
        words = self.tr("{marks} chosen").format(marks=count_of_marks(len(self._on)))
        if self._is_more:
            words += " · " + self.tr("only the first {count} are listed").format(count=LISTED)
        self.count.setText(words)

    def accept(self) -> None:
        """Hand on the choice; without a name or a mark say what is missing."""
        if not self.name.text().strip():
            self.say(self.tr("The new label needs a name."))
            self.name.setFocus()
        elif not self._on:
            self.say(self.tr("Tick the marks that get it: Space ticks the current one."))
            self.list.setFocus()
        else:
            super().accept()
            self.chosen.emit(self.name.text(), [MarkId(mark) for mark in self._on])
