"""All marks as a table: sorted, filtered, jumped to, deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.domain.model import Ref
from annotator.domain.scheme import Scheme
from annotator.store import edits, lists, read
from annotator.store.lists import MarkOrder, MarkRow
from annotator.store.session import Focus, Session
from annotator.ui.panels.asking import Question
from annotator.ui.panels.base import Panel
from annotator.ui.panels.pages import KeptRow, PagedModel, Pages
from annotator.ui.panels.parts import Empty, letter_badge
from annotator.ui.panels.tables import Table, Width
from annotator.ui.panels.value_box import ElidedBox
from annotator.ui.panels.words import count_of_marks, local_time
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ORDERS: dict[int, MarkOrder] = {0: "created", 1: "label", 2: "text", 3: "source", 4: "article", 6: "created"}
"""The order a column's header asks for; notes have none."""
ANYWHERE, HERE = "project", "article"


class MarksModel(PagedModel[MarkRow]):
    """Marks with handle, label, words, source, article, note and time."""

    COLUMNS = 7
    ROLES = PagedModel.ROLES | {Qt.ItemDataRole.DecorationRole.value}

    def __init__(self, pages: Pages[MarkRow], look: Theme) -> None:
        super().__init__(pages)
        self.scheme = Scheme.default()
        self.set_look(look)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self.look = look
        self._badges: dict[str, QPixmap] = {}

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Mark"), self.tr("Label"), self.tr("Words"), self.tr("Source"), self.tr("Article"),
            self.tr("Note"), self.tr("Made"),
        )[section]  # fmt: skip

    def cell(self, row: MarkRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.fitting(self._text(row, column), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (2, 3, 4, 5):
            return self._text(row, column) or None
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            if row.label not in self._badges:
                self._badges[row.label] = self._badge(row.label)
            return self._badges[row.label]
        return None

    def _text(self, row: MarkRow, column: int) -> str:
        if column == 0:
            return handle("mark", row.number)
        if column == 1:
            label = self.scheme.labels.get(row.label)
            return label.name if label else row.label
        if column == 6:
            return local_time(row.created)
        words = {2: row.quote, 3: row.source, 4: row.article_title, 5: row.note}[column]
        return " ".join((words or "").split())

    def _badge(self, label: str) -> QPixmap:
        side, ratio = 16, 2
        made = QPixmap(side * ratio, side * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(0, 0, 0, 0))
        painter = QPainter(made)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        box = made.rect().toRectF()
        box.setSize(box.size() / ratio)
        letter_badge(painter, box, self.look.text.style(label), self.look.text.base)
        painter.end()
        return made


class MarksPanel(Panel):
    """The table of marks with its filters."""

    WATCHED = frozenset({"mark", "attribution", "source", "article", "scheme"})
    FOLLOWS_FOCUS = True
    LAZY_MS = 200

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._order: MarkOrder = "text"
        self._is_descending = self._is_sought = False
        self.model = MarksModel(Pages(self.store, "mark", self._question, lists.marks_at), look)
        self.table = Table(self.tr("Marks"))
        self.table.setModel(self.model)
        self.table.set_widths(
            Width(9), Width(12), Width(12, 6), Width(8, 3), Width(8, 3), Width(5, 2), Width(15)
        )
        self._make_filters()
        self.empty = Empty(self.tr("No marks yet. Select words in the text and give them a label."))
        self.no_match = Empty(self.tr("No mark matches the filter."))
        self.no_match.add_button(self.tr("Show all"), self.clear_filter)
        self.stack = QStackedWidget()
        for page in (self.table, self.empty, self.no_match):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._line())
        column.addWidget(self.stack, 1)
        self.main_part = self.table
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self.table.opened.connect(self._open)
        self.table.delete_asked.connect(self.delete_selected)
        KeptRow(self.table, self.model)
        self.model.settled.connect(self._show_found)

    def _make_filters(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Words, source, note"))
        self.filter.setAccessibleName(self.tr("Filter marks"))
        self.filter.setClearButtonEnabled(True)
        self.label = ElidedBox(30)
        self.label.setAccessibleName(self.tr("Show marks with one label"))
        self.label.addItem(self.tr("all labels"), None)
        self.scope = QComboBox()
        self.scope.setAccessibleName(self.tr("Where marks are listed from"))
        self.scope.addItem(self.tr("whole project"), ANYWHERE)
        self.scope.addItem(self.tr("this article"), HERE)
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setForegroundRole(self.count.palette().ColorRole.PlaceholderText)
        self.filter.textChanged.connect(lambda: self.refresh())
        self.label.currentIndexChanged.connect(lambda: self.refresh())
        self.scope.currentIndexChanged.connect(lambda: self.refresh())

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(8, 6, 8, 6)
        line.setSpacing(6)
        line.addWidget(self.filter, 1)
        for widget in (self.label, self.scope, self.count):
            line.addWidget(widget)
        return line

    def rethemed(self) -> None:
        self.model.set_look(self.look)
        self.table.viewport().update()

    def refresh(self) -> None:
        self._pause.stop()
        self._take_scheme()
        self.model.reread()

    def _show_found(self) -> None:
        total, is_whole = len(self.model.pages), self.model.pages.is_whole
        self.count.setText(count_of_marks(total) if is_whole else self.tr("counting…"))
        if total or not is_whole:
            self.stack.setCurrentWidget(self.table)
        else:
            self.stack.setCurrentWidget(self.no_match if self._is_filtered() else self.empty)
        if self._is_sought:
            self._stand_on_held()

    def on_focus(self, focus: Focus) -> None:
        """List the marks of the article in sight, where that is asked for, and stand on the held one."""
        if self.scope.currentData() == HERE:
            self.refresh()
        self._is_sought = focus.mark is not None
        self._stand_on_held()

    def _stand_on_held(self) -> None:
        """Stand on the mark in hand, now or when the list, which may not know it yet, has it."""
        held = self.session.focus.mark
        if held is None or self.table.hasFocus():
            self._is_sought = False
            return
        number = self.model.pages.number_of(held)
        if number is not None:
            self._is_sought = False
            self.table.stand_on(number)

    def sort_by(self, column: int) -> None:
        """Sort by a column; a second time the other way round."""
        if column not in ORDERS:
            return
        header = self.table.horizontalHeader()
        is_again = header.isSortIndicatorShown() and header.sortIndicatorSection() == column
        self._is_descending = is_again and not self._is_descending
        self._order = ORDERS[column]
        header.setSortIndicatorShown(True)
        order = Qt.SortOrder.DescendingOrder if self._is_descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, order)
        self.refresh()

    def clear_filter(self) -> None:
        """Show all marks again."""
        self.filter.clear()
        self.label.setCurrentIndex(0)
        self.scope.setCurrentIndex(0)

    def show_those_with(self, words: str) -> None:
        """List the marks of the whole project whose words, source or note hold these."""
        self.clear_filter()
        self.filter.setText(words)

    def to_copy(self) -> Ref | None:
        row = self.model.row_at(self.table.currentIndex())
        return Ref("mark", row.id) if row is not None else None

    def delete_selected(self) -> None:
        """Delete the selected marks as one operation."""
        order = self.model.pages.order
        marks = lists.mark_ids(self.store, [order[row] for row in self.table.selected_places()])
        if marks:
            count = len(marks)
            words = self.tr("Deleted {marks}. Undo takes it back.").format(marks=count_of_marks(count))
            delete = partial(edits.delete_marks, self.store, marks)
            self.telling(lambda: self.deleting(count, delete), words)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.go_to(row.id)

    def _take_scheme(self) -> None:
        scheme = read.scheme(self.store)
        self.model.scheme = scheme
        box, labels = self.label, [(label.name, label.id) for label in scheme.labels.values()]
        if labels == [(box.itemText(place), box.itemData(place)) for place in range(1, box.count())]:
            return
        chosen = self.label.currentData()
        self.label.blockSignals(True)
        while self.label.count() > 1:
            self.label.removeItem(1)
        for name, label in labels:
            self.label.addItem(name, label)
        self.label.setCurrentIndex(max(0, self.label.findData(chosen)) if chosen else 0)
        self.label.blockSignals(False)

    def _article(self) -> ArticleId | None:
        return self.session.focus.article if self.scope.currentData() == HERE else None

    def _is_filtered(self) -> bool:
        return bool(self.filter.text().strip() or self.label.currentData() or self._article())

    def _question(self) -> Question:
        return partial(
            lists.mark_places,
            article=self._article(),
            text=self.filter.text().strip(),
            label=self.label.currentData(),
            order=self._order,
            descending=self._is_descending,
        )
