"""A source's page: what it said, denied and passed on, how it hedges, where it contradicts itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.ids import SourceId
from annotator.domain.model import Ref
from annotator.store.session import Session
from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.dossier_words import (
    SEPARATOR,
    AllMarks,
    DossierWords,
    dossier_words,
    refused_words,
    tr,
)
from annotator.ui.panels.judged_page import JudgedPage
from annotator.ui.panels.parts import Elided, Words
from annotator.ui.theme import Theme

_LOW = 8
"""In a page of fewer lines than these, for whom a source speaks stands behind its name, on one line."""
_LOWEST = 5
"""In one of still fewer the list of sources beside it says who it is."""


class Lines(ChoiceList):
    """Lines to go to by Enter or a click; Delete asks to take one away, J to judge."""

    delete_asked = Signal(object)
    """The Entry the list stands on."""
    judge_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.current())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.current())
        elif event.key() == Qt.Key.Key_J and not event.modifiers():
            self.judge_asked.emit()
        else:
            super().keyPressEvent(event)


class DossierPage(JudgedPage):
    """The dossier of one source: who it is, what is thought of it, then lines that lead to the words."""

    mark_asked = Signal(str)
    source_asked = Signal(str)
    marks_asked = Signal(str)
    """The name of a source whose marks are all wanted."""
    part_asked = Signal(str)
    """A source that was found to be this one and shall stand for itself again."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.source: SourceId | None = None
        self._said = DossierWords(None)
        self.about = Elided()
        self.speaks = Words(is_quiet=True)
        self.lines = Lines(look)
        self.lines.setAccessibleName(tr("What the source said"))
        self.lines.setMinimumHeight(self.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(self.speaks)
        column.addWidget(self.judged)
        column.addWidget(self.lines, 1)
        self.main_part = self.lines
        self.lines.taken.connect(self._go)
        self.lines.delete_asked.connect(self._part)
        self.lines.judge_asked.connect(self.judge)
        self.judged.closed.connect(self.lines.setFocus)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self.lines.set_look(look)
        self.judged.set_theme(look)

    def show_source(self, source: SourceId | None) -> None:
        """Show a source, or nobody, as soon as it is read; of the same one the line stood on stays."""
        self.source = source
        if source is None:
            self._reader.cancel()
            self._show(DossierWords(None))
        else:
            self._reader.look_up(partial(dossier_words, source=source))

    def _show_late(self) -> None:
        if self.source is not None and self.source != self._said.asked:
            self._show(dossier_words(self._store, self.source, most=0))

    def _show_refused(self, error: UserError) -> None:
        if self.source is not None:
            self._show(refused_words(dossier_words(self._store, self.source, most=0)))
        self.refused.emit(error)

    def _show(self, said: DossierWords) -> None:
        place = self.lines.currentIndex().row() if said.asked == self._said.asked else 0
        self._said = said
        self.judged.show_target(Ref("source", said.source) if said.source is not None else None)
        self.speaks.setText(said.speaks)
        self._fit()
        self.lines.set_entries(said.lines, max(0, place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = self.height() // self.fontMetrics().lineSpacing()
        is_low = lines < _LOW
        more = self.speaks.text().splitlines() if is_low else []
        self.about.set_whole(SEPARATOR.join([self._said.about, *more]))
        self.about.setVisible(lines >= _LOWEST)
        self.speaks.setVisible(bool(self.speaks.text()) and not is_low)

    def _go(self, entry: Entry) -> None:
        if isinstance(entry.value, AllMarks):
            self.marks_asked.emit(entry.value.name)
        elif isinstance(entry.value, Ref):
            asked = self.mark_asked if entry.value.table == "mark" else self.source_asked
            asked.emit(entry.value.id)

    def _part(self, entry: Entry | None) -> None:
        end = entry.value if entry else None
        if isinstance(end, Ref) and end.id in self._said.names:
            self.part_asked.emit(end.id)
