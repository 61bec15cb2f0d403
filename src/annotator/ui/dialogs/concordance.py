"""Words in all articles, each match in its line: go there, or label many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.store import edits, read
from annotator.store.bulk import Progress
from annotator.store.concordance import Concordance, Place, Wanted, concordance
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.dialogs.progress import change_beside, run_with_progress
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.panels.tables import Rows
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ARTICLE, LEFT, WORDS, RIGHT = range(4)
_SIDES = {LEFT: Qt.AlignmentFlag.AlignRight, WORDS: Qt.AlignmentFlag.AlignHCenter}


class PlacesModel(QAbstractTableModel):
    """Places in lines, each with a tick."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self._off: set[Place] = set()

    def show_places(self, places: Sequence[Place]) -> None:
        """Show other places, all of them ticked."""
        self.beginResetModel()
        self.places = list(places)
        self._off = set()
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> list[Place]:
        """The places that are ticked."""
        return [place for place in self.places if place not in self._off]

    def tick(self, rows: Sequence[int], is_on: bool) -> None:
        """Tick some places, or take their ticks away."""
        some = {self.places[row] for row in rows}
        self._off = self._off - some if is_on else self._off | some
        if rows:
            self.dataChanged.emit(self.index(min(rows), ARTICLE), self.index(max(rows), ARTICLE))
        self.ticked.emit()

    def is_ticked(self, row: int) -> bool:
        return self.places[row] not in self._off

    def sort_by(self, side: str) -> None:
        """Order by article, by the words before a match (last word first), or by those after it."""
        orders: dict[str, Callable[[Place], object]] = {
            "article": lambda place: (place.number, place.span),
            "left": lambda place: [word.casefold() for word in reversed(place.left.split())],
            "right": lambda place: place.right.casefold().split(),
        }
        self.layoutAboutToBeChanged.emit()
        self.places.sort(key=orders[side])  # type: ignore[arg-type]
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        names = (self.tr("Article"), self.tr("before"), self.tr("match"), self.tr("after"))
        is_name = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return names[section] if is_name and 0 <= section < len(names) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsUserCheckable if index.column() == ARTICLE else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place, column = self.places[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                name = f"{handle('article', place.number)}  {place.title}"
                return (name, place.left, place.words, place.right)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return f"{place.left}{place.words}{place.right}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _SIDES.get(column, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.CheckStateRole if column == ARTICLE:
                return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.FontRole if column == WORDS:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class _NearestWords(QStyledItemDelegate):
    """Keeps the words next to the match where there is no room for all before it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class ConcordanceDialog(Dialog):
    """Finds words in all articles. Space ticks, Enter goes to the words, a button labels what is ticked."""

    place_asked = Signal(object)
    """A Place to go to."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None) -> None:
        super().__init__(look, parent, "", "", (1100, 640))
        self.setModal(False)
        self.setWindowTitle(self.tr("Find in all articles"))
        self.accept_button.hide()
        self.accept_button.setDefault(False)
        self.cancel_button.setText(self.tr("Close"))
        self._store = session.store
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Words to find in all articles, then Enter"))
        self.field.setAccessibleName(self.tr("Words to find"))
        self.whole = QCheckBox(self.tr("Whole words"))
        self.exact = QCheckBox(self.tr("Exactly as typed"))
        self.exact.setToolTip(self.tr("Capitals, quotation marks and accents must be the same"))
        self.regex = QCheckBox(self.tr("Regular expression"))
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        for words, key in (
            (self.tr("by article"), "article"),
            (self.tr("by the words before"), "left"),
            (self.tr("by the words after"), "right"),
        ):
            self.order.addItem(words, key)
        self.model = PlacesModel()
        self.table = Rows(self.tr("Matches"))
        self.table.setModel(self.model)
        self.count = Words("", is_quiet=True)
        self.labels = QComboBox()
        self.labels.setAccessibleName(self.tr("Label"))
        for label in read.scheme(self._store).shown_labels():
            self.labels.addItem(label.name, label.id)
        self.all = plain_button(self.tr("All"))
        self.none = plain_button(self.tr("None"))
        self.go = plain_button(self.tr("Go to the words"))
        self.label_them = plain_button("")
        self._lay_out()
        self._connect()
        self._tell()
        self.field.setFocus()

    def _lay_out(self) -> None:
        head = self.table.horizontalHeader()
        for column, mode in (
            (ARTICLE, QHeaderView.ResizeMode.Interactive),
            (LEFT, QHeaderView.ResizeMode.Stretch),
            (WORDS, QHeaderView.ResizeMode.ResizeToContents),
            (RIGHT, QHeaderView.ResizeMode.Stretch),
        ):
            head.setSectionResizeMode(column, mode)
        head.setResizeContentsPrecision(100)
        self.table.setColumnWidth(ARTICLE, 210)
        self.table.verticalHeader().hide()
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setItemDelegateForColumn(LEFT, _NearestWords(self.table))
        self.table.setShowGrid(False)
        for parts in (
            (self.field, self.whole, self.exact, self.regex, self.order),
            (self.count, self.all, self.none, self.go, self.labels, self.label_them),
        ):
            row = QHBoxLayout()
            for part in parts:
                row.addWidget(part, 1 if part in (self.field, self.count) else 0)
            self.column.addLayout(row)
            if parts[0] is self.field:
                self.column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.order.currentIndexChanged.connect(lambda: self.model.sort_by(self.order.currentData()))
        self.model.ticked.connect(self._tell)
        self.all.clicked.connect(lambda: self.model.tick(range(len(self.model.places)), True))
        self.none.clicked.connect(lambda: self.model.tick(range(len(self.model.places)), False))
        self.go.clicked.connect(self.go_there)
        self.table.opened.connect(lambda index: self.go_there())
        self.table.doubleClicked.connect(lambda index: self.go_there())
        self.label_them.clicked.connect(self.label)
        self.labels.currentIndexChanged.connect(lambda: self._tell())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line looks; Down goes into the list, where space ticks."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            self.search()
        elif key == Qt.Key.Key_Down and self.field.hasFocus() and self.model.places:
            self.table.setFocus()
        elif key == Qt.Key.Key_Space and self.table.hasFocus():
            rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
            self.model.tick(rows, not all(self.model.is_ticked(row) for row in rows))
        else:
            super().keyPressEvent(event)

    def search(self) -> None:
        """Look for what was typed, beside the window where that takes longer."""
        wanted = Wanted(
            (self.field.text().strip(),),
            self.exact.isChecked(),
            self.whole.isChecked(),
            self.regex.isChecked(),
        )
        self.say("")
        try:
            found = run_with_progress(
                self, self.tr("Looking through the articles"), lambda progress: self._look(wanted, progress)
            )
        except UserError as error:
            self.say(sentence(error))
            return
        if found is None:
            return
        self.model.show_places(found.places)
        self.model.sort_by(self.order.currentData())
        if found.places:
            self.table.selectRow(0)
        elif any(wanted.words):
            self.say(self.tr("No article holds these words."), "info")
        if not found.is_whole:
            self.say(self.tr("There are more: these are the first {count}.").format(count=len(found.places)))

    def _look(self, wanted: Wanted, progress: Progress) -> Concordance:
        reader = self._store.reader()
        try:
            return concordance(reader, wanted, progress)
        finally:
            reader.close()

    def _tell(self) -> None:
        places = self.model.places
        chosen = self.model.chosen()
        articles = len({place.article for place in places})
        self.count.setText(
            self.tr("{count} matches in {articles} articles").format(count=len(places), articles=articles)
            if places
            else ""
        )
        words = self.tr("Label {count} as {label}")
        self.label_them.setText(words.format(count=len(chosen), label=self.labels.currentText()))
        self.label_them.setEnabled(bool(chosen) and self.labels.count() > 0)
        for button in (self.all, self.none, self.go):
            button.setEnabled(bool(places))

    def label(self) -> None:
        """Label all that is ticked, as one step of undo; what has the label already is passed over."""
        chosen = self.model.chosen()
        label = self.labels.currentData()
        places = [(place.article, [place.span]) for place in chosen]
        try:
            made = change_beside(
                self,
                self._store,
                self.tr("Labelling"),
                lambda progress: edits.label_places(self._store, label, places, progress=progress),
            )
        except UserError as error:
            self.say(sentence(error))
            return
        if made is not None:
            words = self.tr("{made} marks made, {left} had the label already. Undo takes all of them back.")
            self.say(words.format(made=len(made), left=len(chosen) - len(made)), "success")

    def go_there(self) -> None:
        """Show the current match in the window."""
        index = self.table.currentIndex()
        if index.isValid():
            self.place_asked.emit(self.model.places[index.row()])
