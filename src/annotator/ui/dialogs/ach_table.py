"""The table of competing claims: a row for each piece of evidence, a column for each claim."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTableWidget, QTableWidgetItem

from annotator.domain import ach
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.sentences import shortened
from annotator.ui.dialogs.ach_words import claim_name, credibility_words, signed, tr, value_words
from annotator.ui.panels.parts import breakable, wrapped
from annotator.ui.theme import Theme

_LETTERS = {"C": ("C", "CC"), "N": ("N", "NA"), "I": ("I", "II")}
"""What a letter sets, and what it sets where that stands already."""
_EVIDENCE, _CREDIBILITY, _FIRST = range(3)
_HEADER_LINES, _LOW_LINES = 5, 1.6
_SHORT = 56
"""So many lines and characters of a claim stand above its column; the whole of it is in the ranking."""
_NARROW, _UNBROKEN = 12, 11
"""Characters that the narrowest column shows, and how many of a word it leaves together."""


class Place(NamedTuple):
    """Where the table stands: a piece of evidence, a claim, and the cell of both."""

    row: ach.Row
    claim: PropositionId
    cell: ach.Cell


class AchTable(QTableWidget):
    """The cells; letters or a menu set them, digits the credibility of the row, Delete goes back."""

    value_asked = Signal(str)
    """A value for the cell it stands on."""
    credibility_asked = Signal(str)
    withdrawn = Signal()
    copied = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._facts: Facts | None = None
        self._found: ach.Table | None = None
        self._is_low = False
        self.setAccessibleName(tr("Evidence by hypotheses"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.cellDoubleClicked.connect(self._offer_at)

    def show_table(self, facts: Facts, found: ach.Table) -> None:
        """Show another state of the same table; it stays where it stands."""
        self._facts, self._found = facts, found
        place, column = self.currentRow(), self.currentColumn()
        names = [claim_name(facts, one) for one in found.hypotheses]
        self.clear()
        self.setRowCount(len(found.rows))
        self.setColumnCount(_FIRST + len(names))
        self.setHorizontalHeaderLabels([tr("Evidence"), tr("Credibility")])
        for number, name in enumerate(names, _FIRST):
            above = QTableWidgetItem(breakable(shortened(name, _SHORT), _UNBROKEN))
            above.setToolTip(wrapped(name))
            self.setHorizontalHeaderItem(number, above)
        self._fit_header()
        for number, row in enumerate(found.rows):
            self._show_row(facts, number, row)
        self.resizeRowsToContents()
        if found.rows:
            self.setCurrentCell(max(0, min(place, len(found.rows) - 1)), max(_FIRST, column))

    def be_low(self, is_low: bool) -> None:
        """Give the names of claims one line where there is little height, otherwise as many as they need."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._fit_header()

    def _fit_header(self) -> None:
        header = self.horizontalHeader()
        # What is shortened is drawn in one line, however much room there is.
        elide = Qt.TextElideMode.ElideRight if self._is_low else Qt.TextElideMode.ElideNone
        header.setTextElideMode(elide)
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter if self._is_low else wrapped)
        lines = _LOW_LINES if self._is_low else _HEADER_LINES
        header.setMinimumSectionSize(_NARROW * self.fontMetrics().averageCharWidth())
        header.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_EVIDENCE, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_CREDIBILITY, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(_EVIDENCE, 140 if self._is_low else 240)

    def _show_row(self, facts: Facts, number: int, row: ach.Row) -> None:
        words, handle = ach.name_of(facts, row.evidence), facts.handle(*row.evidence)
        note = "" if row.is_diagnostic else "\n" + tr("no diagnostic value: the same for all")
        texts = [f"{handle} · {words}{note}", credibility_words(row.credibility)]
        texts += [cell.value if cell.judgement else f"({cell.value})" for cell in row.cells]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column >= _FIRST:
                _dress(item, row.cells[column - _FIRST])
            if not row.is_diagnostic:
                item.setForeground(self._look.colour("muted"))
            self.setItem(number, column, item)

    @property
    def evidence(self) -> ach.Row | None:
        """The row it stands on."""
        place = self.currentRow()
        return self._found.rows[place] if self._found and 0 <= place < len(self._found.rows) else None

    @property
    def place(self) -> Place | None:
        """The cell it stands on; None beside the cells."""
        row, column = self.evidence, self.currentColumn() - _FIRST
        if row is None or self._found is None or column < 0:
            return None
        return Place(row, self._found.hypotheses[column], row.cells[column])

    def menu_at(self, point: QPoint) -> QMenu:
        """The values for the cell under the mouse."""
        index = self.indexAt(point)
        if index.isValid():
            self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value in ach.VALUES if self.place else ():
            action = menu.addAction(f"{value}   {value_words(value)}")
            action.triggered.connect(lambda _=False, value=value: self.value_asked.emit(value))
        return menu

    def _offer(self, point: QPoint) -> None:
        self.menu_at(point).popup(self.viewport().mapToGlobal(point))

    def _offer_at(self, row: int, column: int) -> None:
        if column >= _FIRST:
            self._offer(self.visualRect(self.model().index(row, column)).center())

    def as_text(self) -> str:
        """The table with tabs between columns, the whole names of claims, and the scores below."""
        facts, found = self._facts, self._found
        if facts is None or found is None:
            return ""
        model, columns = self.model(), range(self.columnCount())
        names = (claim_name(facts, one) for one in found.hypotheses)
        rows = [
            [str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())
        ]
        scores = [tr("Inconsistency"), "", *(str(found.scores[one]) for one in found.hypotheses)]
        lines = ([tr("Evidence"), tr("Credibility"), *names], *rows, scores)
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def _press(self, letter: str) -> None:
        here = self.place
        if here is not None:
            first, second = _LETTERS[letter]
            is_there = here.cell.judgement is not None and here.cell.value == first
            self.value_asked.emit(second if is_there else first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif letter in _LETTERS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._press(letter)
        elif letter in tuple("123456"):
            self.credibility_asked.emit(letter)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdrawn.emit()
        else:
            super().keyPressEvent(event)


def _dress(item: QTableWidgetItem, cell: ach.Cell) -> None:
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    said = signed(cell.judgement)
    item.setToolTip(f"{value_words(cell.value)} — {said}")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{value_words(cell.value)}, {said}")
    if cell.judgement is not None:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
