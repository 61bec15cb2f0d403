"""What a search finds in one group, as a table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from annotator.store.finding import Group
from annotator.store.lists import Places
from annotator.ui.panels.pages import KeptRow
from annotator.ui.panels.parts import Empty
from annotator.ui.panels.tables import Table, Width
from annotator.ui.search.found_rows import FoundRows
from annotator.ui.tabbing import Handing

_WIDTHS: dict[Group, tuple[Width, ...]] = {
    "mark": (Width(9), Width(12), Width(12, 6), Width(8, 3), Width(8, 3), Width(5, 2), Width(15)),
    "article": (Width(5), Width(12, 6), Width(8, 3), Width(10), Width(8), Width(6), Width(6)),
    "source": (Width(12, 3), Width(11), Width(8, 2), Width(8, 2), Width(5)),
    "proposition": (Width(5), Width(12, 8), Width(6), Width(6), Width(6), Width(9)),
}


class RowsPage(Handing):
    """The table of one group, or a sentence where nothing was found."""

    opened = Signal(object)
    """The row that Enter or a double click chose."""

    def __init__(self, rows: FoundRows) -> None:
        super().__init__()
        self.rows = rows
        self.table = Table(self._name())
        self.table.setModel(rows.model)
        self.table.set_widths(*_WIDTHS[rows.group])
        self.table.verticalHeader().hide()
        self.empty = Empty("")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.main_part = self.table
        KeptRow(self.table, rows.model)
        self.table.opened.connect(self._open)
        rows.model.settled.connect(self._on_settled)
        self._on_settled()

    def chosen(self) -> Places:
        """The places of the selected rows, where several are; otherwise of all that was found."""
        selected = self.table.selected_places()
        order = self.rows.model.pages.order
        if len(selected) < 2:
            return order
        some = order[:0]
        some.extend(order[row] for row in selected)
        return some

    def _on_settled(self) -> None:
        is_empty = not len(self.rows)
        self.pages.setCurrentWidget(self.empty if is_empty else self.table)
        if is_empty:
            self.empty.say(self.tr("Looking…") if self.rows.is_waiting else self._none())
        elif not self.table.currentIndex().isValid():
            self.table.stand_on(0)

    def _name(self) -> str:
        names = {
            "mark": self.tr("Marks found"),
            "article": self.tr("Articles found"),
            "source": self.tr("Sources found"),
            "proposition": self.tr("Claims found"),
        }
        return names[self.rows.group]

    def _none(self) -> str:
        none = {
            "mark": self.tr("No mark is found."),
            "article": self.tr("No article is found."),
            "source": self.tr("No source is found."),
            "proposition": self.tr("No claim is found."),
        }
        return none[self.rows.group] if self.rows.query else ""

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.model.row_at(index)
        if row is not None:
            self.opened.emit(row)
