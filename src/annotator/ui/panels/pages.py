"""Long lists: their order is known, their rows are read where they are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from annotator.store.bounded import ReadingStoppedError
from annotator.store.lists import Places, place_of
from annotator.store.store import Store
from annotator.ui.panels.asking import Asker, Question

FIRST = 60
"""So many rows of a list are found at once, the others by a thread."""
PAGE = 50
"""Rows that are read together."""
KEPT = 40
"""How many pages stay in memory."""

NUMBER = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
"""Where a number stands in its cell, and the name of its column above it."""

Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    """A row of a list; its id tells it from all others."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=HasId)


class Pages(QObject, Generic[R]):
    """The order of a list, and those of its rows that were looked at.

    ask: the question for the order as things stand; read: the rows at some places of `table`,
    `page` of them together.
    The first rows of a list are there as soon as it was asked for; the order of a long one
    comes when a thread has found it. Either is told by `found`, which the owner of the list
    answers by `take`: until then the old order stands.
    """

    found = Signal(object, bool)
    """An order, and whether it is that of the list which stands here already."""

    def __init__(
        self,
        store: Store,
        table: str,
        ask: Callable[[], Question],
        read: Callable[[Store, Sequence[int]], list[R | None]],
        page: int = PAGE,
    ) -> None:
        super().__init__()
        self.store = store
        self._size = page
        self._table = table
        self._ask = ask
        self._read = read
        self._asked: Question | None = None
        self._pages: OrderedDict[int, list[R | None]] = OrderedDict()
        self._asker = Asker(store, self)
        self._asker.answered.connect(lambda order: self.found.emit(order, True))
        self.order: Places = array("q")

    def __len__(self) -> int:
        return len(self.order)

    @property
    def is_whole(self) -> bool:
        """Whether all rows of the list are known; some may still be looked for."""
        return not self._asker.is_waiting

    def reread(self) -> None:
        """Find the order anew; a list that was asked for before stays as it is until it is known."""
        asked = self._ask()
        is_same = self._asked is not None and _is_same(asked, self._asked)
        self._asked = asked
        self._asker.cancel()
        first = self._first(asked)
        if first is not None and (len(first) <= FIRST or self.store.path is None):
            self.found.emit(first, is_same)
            return
        self._asker.ask(asked)
        if is_same and len(self.order) > FIRST:
            self.found.emit(self.order, True)
        else:
            self.found.emit(first[:FIRST] if first is not None else array("q"), is_same)

    def stand(self, order: Places, is_same: bool) -> None:
        """Have an order that its owner found elsewhere, in place of one that is looked for."""
        self._asked = None
        self._asker.cancel()
        self.found.emit(order, is_same)

    def _first(self, asked: Question) -> Places | None:
        """At most one row more than `FIRST`; None where they are not found at once.

        A project that lives in memory, which no other connection reads, is asked for all.
        """
        if self.store.path is None:
            return asked(self.store, limit=-1)
        try:
            with self.store.at_once():
                return asked(self.store, limit=FIRST + 1)
        except ReadingStoppedError:
            return None

    def take(self, order: Places) -> None:
        """Have this order from now on, and read its rows anew."""
        self.order = order
        self._pages.clear()

    def lengthen(self, order: Places) -> None:
        """Have this order, which begins with the one there is; only a page that was not full is read anew."""
        self._pages.pop(len(self.order) // self._size, None)
        self.order = order

    def row(self, number: int) -> R | None:
        """The row at a number; None where it is gone meanwhile."""
        if number >= len(self.order):
            return None
        page, place = divmod(number, self._size)
        if page not in self._pages:
            first = page * self._size
            self._pages[page] = self._read(self.store, self.order[first : first + self._size])
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page][place]

    def number_of(self, row_id: str) -> int | None:
        """The number of a row by its id; None where the list has no such row, or not yet."""
        place = place_of(self.store, self._table, row_id)
        try:
            return None if place is None else self.order.index(place)
        except ValueError:
            return None

    def renew(self, number: int) -> None:
        """Read one row anew, if it is in memory."""
        page, place = divmod(number, self._size)
        if page in self._pages:
            self._pages[page][place] = self._read(self.store, self.order[number : number + 1])[0]

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return sum(map(len, self._pages.values()))


def _is_same(one: Question, other: Question) -> bool:
    return (one.func, one.args, one.keywords) == (other.func, other.args, other.keywords)


def difference(old: Places, new: Places) -> tuple[int, int]:
    """How many places two orders have in common at the beginning, and at the end beyond those."""
    most = min(len(old), len(new))
    if old == new:
        return most, 0
    head = _common(lambda count: old[:count] == new[:count], most)
    tail = _common(lambda count: old[len(old) - count :] == new[len(new) - count :], most - head)
    return head, tail


def _common(is_equal: Callable[[int], bool], most: int) -> int:
    """The greatest count up to `most` for which a property holds that smaller counts have as well."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if is_equal(middle) else (least, middle - 1)
    return least


class PagedModel(QAbstractTableModel, Generic[R]):
    """A table of `Pages`; subclasses say what a cell holds.

    Where the same list has another order, only the rows between what stayed at its beginning
    and at its end go and come, so that views keep their places.
    """

    settled = Signal()
    """What was asked for is shown, or more of it."""

    COLUMNS: int = 1
    ROLES = frozenset(
        role.value
        for role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
    )
    """For what a cell has an answer: a view asks each one it paints for seven roles."""

    def __init__(self, pages: Pages[R]) -> None:
        super().__init__()
        self.pages = pages
        self.room: dict[int, int] = {}
        """How many characters a column may show, where its view has said so."""
        pages.setParent(self)
        pages.found.connect(self._take)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pages)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in self.ROLES or not index.isValid():
            return None
        row = self.pages.row(index.row())
        return None if row is None else self.cell(row, index.column(), role)

    def cell(self, row: R, column: int, role: int) -> Any:
        """What a cell shows in a role."""
        raise NotImplementedError

    def fitting(self, words: str, column: int) -> str:
        """As many of the words as a column may show: a view lays out all it gets, to cut most of it off."""
        room = self.room.get(column, len(words))
        return words if len(words) <= room else f"{words[:room]}…"

    def row_at(self, index: Index) -> R | None:
        """The row an index stands in."""
        return self.pages.row(index.row()) if index.isValid() else None

    def reread(self) -> None:
        """Read all that is shown anew."""
        self.pages.reread()

    def renew(self, row_id: str) -> None:
        """Show a row anew that has changed, where it has not changed its place."""
        number = self.pages.number_of(row_id)
        if number is not None:
            self.pages.renew(number)
            self.dataChanged.emit(self.index(number, 0), self.index(number, self.COLUMNS - 1))

    def _take(self, order: Places, is_same: bool) -> None:
        if is_same:
            self._splice(order)
        else:
            self.beginResetModel()
            self.pages.take(order)
            self.endResetModel()
        self.settled.emit()

    def _splice(self, order: Places) -> None:
        old = self.pages.order
        head, tail = (len(old), 0) if order is old else difference(old, order)
        none = QModelIndex()
        if head + tail < len(old):
            self.beginRemoveRows(none, head, len(old) - tail - 1)
            self.pages.take(old[:head] + old[len(old) - tail :])
            self.endRemoveRows()
        if head + tail < len(order):
            self.beginInsertRows(none, head, len(order) - tail - 1)
            self.pages.take(order)
            self.endInsertRows()
        self.pages.take(order)
        if order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(order) - 1, self.COLUMNS - 1))


class KeptRow(QObject):
    """Lets a view stand on the same row, by its id, when the model has another order.

    After a sort or filter it may take until the whole order is known; a row chosen meanwhile wins.
    The same holds for a row to turn to.
    """

    def __init__(self, view: QAbstractItemView, model: PagedModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._row_id = ""
        self._number = 0
        self._was_reset = False
        model.modelAboutToBeReset.connect(lambda: self._remember(was_reset=True))
        model.rowsAboutToBeRemoved.connect(lambda: self._remember(was_reset=False))
        model.settled.connect(self._restore)

    def turn_to(self, row_id: str) -> None:
        """Stand on this row instead, as soon as it is known where it is."""
        self._view.setCurrentIndex(QModelIndex())
        self._row_id, self._number, self._was_reset = row_id, 0, True
        self._restore()

    @property
    def is_waiting(self) -> bool:
        """Whether it is not known yet where the row is."""
        return bool(self._row_id)

    def _remember(self, was_reset: bool) -> None:
        index = self._view.currentIndex()
        row = self._model.row_at(index)
        if row is not None:
            self._row_id, self._number, self._was_reset = row.id, index.row(), was_reset

    def _restore(self) -> None:
        pages = self._model.pages
        if not self._row_id or not len(pages):
            return
        number = pages.number_of(self._row_id)
        is_chosen = self._view.currentIndex().isValid() and (self._was_reset or number is None)
        if number is None and not pages.is_whole and not is_chosen:
            return
        self._row_id = ""
        if not is_chosen:
            number = min(self._number, len(pages) - 1) if number is None else number
            self._view.setCurrentIndex(self._model.index(number, 0))
