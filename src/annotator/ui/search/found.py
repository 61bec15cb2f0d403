"""What a search found, in groups: one is in sight, the tabs tell how many each has."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from annotator.domain.query import Query
from annotator.store.finding import GROUPS, Group
from annotator.store.store import Store
from annotator.ui.search.found_rows import FoundRows
from annotator.ui.search.rows_page import RowsPage
from annotator.ui.search.words_page import WordsPage
from annotator.ui.theme import Theme

Page = WordsPage | RowsPage


class FoundGroups(QObject):
    """Looks for the same in every group; where the one in sight has none, turns to the first that has some.

    The table of a group is made when it is first turned to.
    start: what is in sight until something is asked.
    """

    shown = Signal()
    """Another group is in sight, or more of what is in them is known."""
    made = Signal(object)
    """The RowsPage of a group that was turned to for the first time."""

    def __init__(self, store: Store, look: Theme, start: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._start = start
        self._asked = ""
        self._query: Query | None = None
        self._is_new = self._is_asking = False
        self.words = WordsPage(store)
        self.rows: dict[Group, FoundRows] = {group: FoundRows(store, group, look, self) for group in GROUPS}
        self.groups: list[WordsPage | FoundRows] = [self.words, *self.rows.values()]
        self._pages: dict[Group, RowsPage] = {}
        self.stack = QStackedWidget()
        self.stack.addWidget(start)
        self.stack.addWidget(self.words)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Groups of what was found"))
        for name in self._names():
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(lambda: self._show_page())
        for group in self.groups:
            group.settled.connect(self._on_settled)
        self._show_page()
        self._show_counts()

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Words"), self.tr("Marks"), self.tr("Articles"), self.tr("Sources"), self.tr("Claims"),
        )  # fmt: skip

    @property
    def group(self) -> WordsPage | FoundRows:
        """The group whose tab is in front."""
        return self.groups[self.tabs.currentIndex()]

    @property
    def page(self) -> Page:
        """What shows that group."""
        group = self.group
        return self.page_of(group.group) if isinstance(group, FoundRows) else group

    def page_of(self, group: Group) -> RowsPage:
        """The table of a group."""
        if group not in self._pages:
            page = self._pages[group] = RowsPage(self.rows[group])
            self.stack.addWidget(page)
            self.made.emit(page)
        return self._pages[group]

    def expect(self) -> None:
        """Turn to a group that has some when what is asked next was looked for."""
        self._is_new = True

    def look_for(self, asked: str, query: Query | None, with_words: bool = True) -> None:
        """Look for what was typed, in the texts only where it is an expression that is no query.

        with_words: whether the texts may have changed since they were looked through.
        """
        self._asked, self._query = asked, query
        self._is_asking = True  # answers that are there at once are taken together
        if with_words:
            self.words.look_for(asked, query)
        for rows in self.rows.values():
            rows.look_for(query)
        self._is_asking = False
        self._show_page()
        self._on_settled()

    def step(self, by: int) -> bool:
        """Open the next row of the group in sight, or the one before; False where there is none."""
        if not self._asked:
            return False
        table = self.page.table
        row = table.currentIndex().row() + by
        if not 0 <= row < len(self.group):
            return False
        table.selectRow(row)
        table.opened.emit(table.model().index(row, 0))
        return True

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        for rows in self.rows.values():
            rows.set_theme(look)
        for page in self._pages.values():
            page.table.viewport().update()

    def _show_page(self) -> None:
        self.stack.setCurrentWidget(self.page if self._asked else self._start)
        self.words.tools.setVisible(self.group is self.words)
        self.shown.emit()

    def _on_settled(self) -> None:
        if self._is_asking:
            return
        self._show_counts()
        self.shown.emit()
        if not self._is_new or any(group.is_waiting for group in self.groups):
            return
        self._is_new = False
        if self._asked and not len(self.group):
            found = (at for at, group in enumerate(self.groups) if len(group))
            self.tabs.setCurrentIndex(next(found, self.tabs.currentIndex()))

    def _show_counts(self) -> None:
        for at, (name, group) in enumerate(zip(self._names(), self.groups, strict=True)):
            is_asked = self._asked and (self._query is not None or group is self.words)
            count = "…" if group.is_waiting else f"{len(group):,}"
            self.tabs.setTabText(at, f"{name}  {count}" if is_asked else name)
