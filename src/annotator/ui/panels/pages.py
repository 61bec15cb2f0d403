"""Long lists a page at a time: what a model has not been asked for is not read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

PAGE = 200
KEPT = 16
"""How many pages stay in memory."""

Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    """A row of a list; its id tells it from all others."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=HasId)


class Pages(Generic[R]):
    """Rows of a list that is read by `fetch(limit, offset)`; `len` is what `count` said."""

    def __init__(self, fetch: Callable[[int, int], list[R]], count: Callable[[], int]) -> None:
        self._fetch = fetch
        self._count = count
        self._pages: OrderedDict[int, list[R]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def row(self, number: int) -> R | None:
        """The row at a place; None where the list has become shorter meanwhile."""
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(PAGE, page * PAGE)
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def near(self, row_id: str, number: int) -> int | None:
        """The place of a row in the pages held or in the one around a place; None elsewhere."""
        if 0 <= number < self._length:
            self.row(number)
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == row_id:
                    return page * PAGE + place
        return None

    def replace(self, row: R) -> int | None:
        """Put a newer image of a row where its id stands; returns the place, None if it is not held."""
        place = self.near(row.id, -1)
        if place is not None:
            self._pages[place // PAGE][place % PAGE] = row
        return place

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return sum(map(len, self._pages.values()))

    def recount(self) -> int:
        """Forget all rows and count anew; returns the length."""
        self._pages.clear()
        self._length = self._count()
        return self._length


class PagedModel(QAbstractTableModel, Generic[R]):
    """A table of `Pages`; subclasses say what a cell holds.

    `reread` keeps the places of views where the list has kept its length.
    """

    COLUMNS: int = 1

    def __init__(self, pages: Pages[R]) -> None:
        super().__init__()
        self.pages = pages

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pages)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.pages.row(index.row())
        if row is None:
            return None
        return self.cell(row, index.column(), role)

    def cell(self, row: R, column: int, role: int) -> Any:
        """What a cell shows in a role."""
        raise NotImplementedError

    def row_at(self, index: Index) -> R | None:
        """The row an index stands in."""
        return self.pages.row(index.row()) if index.isValid() else None

    def reread(self) -> None:
        """Read all that is shown anew."""
        before = len(self.pages)
        if self.pages.recount() == before:
            if before:
                last = self.index(before - 1, self.COLUMNS - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.endResetModel()

    def renew(self, row: R) -> None:
        """Show a newer image of one row, if it is in memory."""
        place = self.pages.replace(row)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, self.COLUMNS - 1))


def reread_in_place(view: QAbstractItemView, model: PagedModel[Any]) -> None:
    """Read anew, keeping the current row by its id, and what is in sight."""
    index = view.currentIndex()
    row = model.row_at(index)
    scroll = view.verticalScrollBar().value()
    model.reread()
    if not len(model.pages) or row is None:
        return
    place = model.pages.near(row.id, index.row())
    if place is None:
        place = min(index.row(), len(model.pages) - 1)
    target = model.index(place, index.column())
    if view.currentIndex() != target:
        view.setCurrentIndex(target)
    view.verticalScrollBar().setValue(scroll)
