"""Words in all articles, each match in its line with a tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.handles import handle
from annotator.domain.text import is_right_to_left
from annotator.store.concordance import Place
from annotator.ui.panels.tables import Rows

Index = QModelIndex | QPersistentModelIndex

ARTICLE, LEFT, WORDS, RIGHT = range(4)
_SIDES = {LEFT: Qt.AlignmentFlag.AlignRight, WORDS: Qt.AlignmentFlag.AlignHCenter}


class PlacesModel(QAbstractTableModel):
    """Places in lines, each with a tick."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.articles = 0
        """In how many articles the places stand."""
        self._off: set[Place] = set()

    def show_places(self, places: Sequence[Place]) -> None:
        """Show other places, all of them ticked."""
        self.beginResetModel()
        self.places = list(places)
        self.articles = len({place.article for place in places})
        self._off = set()
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> list[Place]:
        """The places that are ticked."""
        return [place for place in self.places if place not in self._off]

    @property
    def count(self) -> int:
        """How many places are ticked, without a look at each."""
        return len(self.places) - len(self._off)

    def tick(self, rows: Sequence[int], is_on: bool) -> None:
        """Tick some places, or take their ticks away."""
        some = {self.places[row] for row in rows}
        (self._off.difference_update if is_on else self._off.update)(some)
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
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(names):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

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
                return _side(column)
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


def _side(column: int) -> Qt.AlignmentFlag:
    """Where the words of a column, and its name, stand in it."""
    return _SIDES.get(column, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


class _NearestWords(QStyledItemDelegate):
    """Keeps the words next to the match where there is no room for all before it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class PlacesTable(Rows):
    """Matches below one another with the words around them; Space ticks."""

    def __init__(self, name: str, model: PlacesModel) -> None:
        super().__init__(name)
        self._places = model
        self.setModel(model)
        head = self.horizontalHeader()
        for column, mode in (
            (ARTICLE, QHeaderView.ResizeMode.Interactive),
            (LEFT, QHeaderView.ResizeMode.Stretch),
            (WORDS, QHeaderView.ResizeMode.Interactive),
            (RIGHT, QHeaderView.ResizeMode.Stretch),
        ):
            head.setSectionResizeMode(column, mode)
        head.setResizeContentsPrecision(100)
        self.setColumnWidth(ARTICLE, 210)
        self.verticalHeader().hide()
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegateForColumn(LEFT, _NearestWords(self))
        self.setShowGrid(False)
        self.doubleClicked.connect(self.opened)

    def fit_words(self) -> None:
        """Make the column of the words as wide as those of the first rows.

        Were it left to the header, it would ask for a hundred rows at every style put on the window.
        """
        head = self.horizontalHeader()
        head.resizeSection(WORDS, max(self.sizeHintForColumn(WORDS), head.sectionSizeHint(WORDS)))

    def turn_as_read(self) -> None:
        """Let what is before a match stand where the script of most matches has it: left or right."""
        leftward = sum(is_right_to_left(place.words) for place in self._places.places)
        is_leftward = 2 * leftward > len(self._places.places)
        direction = Qt.LayoutDirection.RightToLeft if is_leftward else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            rows = self.selected_places()
            self._places.tick(rows, not all(self._places.is_ticked(row) for row in rows))
        else:
            super().keyPressEvent(event)
