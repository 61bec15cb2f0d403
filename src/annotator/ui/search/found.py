"""What a search found, in groups: one is in sight, the tabs tell how many each has."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from annotator.domain.query import Query
from annotator.store.finding import GROUPS
from annotator.store.store import Store
from annotator.ui.search.rows_page import RowsPage
from annotator.ui.search.words_page import WordsPage
from annotator.ui.theme import Theme

Page = WordsPage | RowsPage


class FoundGroups(QObject):
    """Looks for the same in every group; where the one in sight has none, turns to the first that has some.

    start: what is in sight until something is asked.
    """

    shown = Signal()
    """Another group is in sight, or more of what is in them is known."""

    def __init__(self, store: Store, look: Theme, start: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._start = start
        self._asked = ""
        self._query: Query | None = None
        self._is_new = self._is_asking = False
        self.words = WordsPage(store)
        self.groups = {
            "mark": RowsPage(store, "mark", look, self.tr("Marks found")),
            "article": RowsPage(store, "article", look, self.tr("Articles found")),
            "source": RowsPage(store, "source", look, self.tr("Sources found")),
            "proposition": RowsPage(store, "proposition", look, self.tr("Claims found")),
        }
        self.pages: list[Page] = [self.words, *(self.groups[group] for group in GROUPS)]
        self.stack = QStackedWidget()
        for page in (start, *self.pages):
            self.stack.addWidget(page)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Groups of what was found"))
        for name in self._names():
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(lambda: self._show_page())
        for page in self.pages:
            page.settled.connect(self._on_settled)
        self._show_page()
        self._show_counts()

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Words"), self.tr("Marks"), self.tr("Articles"), self.tr("Sources"), self.tr("Claims"),
        )  # fmt: skip

    @property
    def page(self) -> Page:
        """The group in sight."""
        return self.pages[self.tabs.currentIndex()]

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
        for rows in self.groups.values():
            rows.look_for(query)
        self._is_asking = False
        self._show_page()
        self._on_settled()

    def step(self, by: int) -> bool:
        """Open the next row of the group in sight, or the one before; False where there is none."""
        table = self.page.table
        row = table.currentIndex().row() + by
        if not self._asked or not 0 <= row < len(self.page):
            return False
        table.selectRow(row)
        table.opened.emit(table.model().index(row, 0))
        return True

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        for rows in self.groups.values():
            rows.set_theme(look)

    def _show_page(self) -> None:
        self.stack.setCurrentWidget(self.page if self._asked else self._start)
        self.words.tools.setVisible(self.page is self.words)
        self.shown.emit()

    def _on_settled(self) -> None:
        if self._is_asking:
            return
        self._show_counts()
        self.shown.emit()
        if not self._is_new or any(page.is_waiting for page in self.pages):
            return
        self._is_new = False
        if self._asked and not len(self.page):
            found = (at for at, page in enumerate(self.pages) if len(page))
            self.tabs.setCurrentIndex(next(found, self.tabs.currentIndex()))

    def _show_counts(self) -> None:
        for at, (name, page) in enumerate(zip(self._names(), self.pages, strict=True)):
            is_asked = self._asked and (self._query is not None or page is self.words)
            count = "…" if page.is_waiting else f"{len(page):,}"
            self.tabs.setTabText(at, f"{name}  {count}" if is_asked else name)
