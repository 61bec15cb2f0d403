"""The articles of the project: find one, open it, say how far its reading is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.statuses import STATUSES
from annotator.store import edits, lists
from annotator.store.lists import ArticleRow
from annotator.store.session import Focus, Session
from annotator.store.store import Change
from annotator.ui import icons
from annotator.ui.panels.article_rows import ArticleDelegate, ArticlesModel
from annotator.ui.panels.asking import Question
from annotator.ui.panels.base import Panel
from annotator.ui.panels.pages import KeptRow, Pages
from annotator.ui.panels.parts import Empty
from annotator.ui.panels.tables import OneColumn
from annotator.ui.panels.words import status_name
from annotator.ui.theme import Theme

IDLE_MS = 250
"""How long after the last edit the counts of an article are counted anew."""
_ICON = 16
"""The side of the picture in the filter, in device-independent pixels."""


class ArticlesPanel(Panel):
    """A filter and the list of articles, a page at a time."""

    import_asked = Signal()
    paste_asked = Signal()
    details_asked = Signal(str)
    """The article whose details are to be edited."""
    opened = Signal()
    """An article was chosen here to be read."""

    WATCHED = frozenset({"article", "mark", "link", "source"})
    FOLLOWS_FOCUS = True

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setToolTip(self.tr("Words of a title, outlet, date or tag; or a handle such as A7"))
        self.filter.setAccessibleName(self.tr("Filter articles"))
        self.filter.setClearButtonEnabled(True)
        self._find = QAction(self.filter)
        self.filter.addAction(self._find, QLineEdit.ActionPosition.LeadingPosition)
        self.status = QComboBox()
        self.status.setAccessibleName(self.tr("Show articles by how far they are read"))
        self.status.addItem(self.tr("all"), None)
        for status in STATUSES:
            self.status.addItem(status_name(status), status)
        pages = Pages(self.store, "article", self._question, lists.articles_at)
        self.model = ArticlesModel(self.store, pages)
        self._delegate = ArticleDelegate(look)
        self.list = OneColumn(self.tr("Articles"), self._delegate)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setModel(self.model)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self._lay_out()
        self._stale_counts: set[ArticleId] = set()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._recount_stale)
        self._following = QTimer(self, singleShot=True, interval=0)
        self._following.timeout.connect(self._follow)
        self.filter.textChanged.connect(lambda: self.refresh())
        self.status.currentIndexChanged.connect(lambda: self.refresh())
        self.list.clicked.connect(self._open)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.opened.connect(self._open)
        self.list.delete_asked.connect(self.delete_current)
        KeptRow(self.list, self.model)
        self.model.settled.connect(self._show_found)
        self.rethemed()

    @cached_property
    def empty(self) -> Empty:
        """What stands here before the first article."""
        made = Empty(self.tr("No articles yet. Bring in text files or paste a text to begin."))
        made.add_button(self.tr("Import…"), self.import_asked.emit)
        made.add_button(self.tr("Paste text…"), self.paste_asked.emit)
        self.stack.addWidget(made)
        return made

    @cached_property
    def no_match(self) -> Empty:
        """What stands here where the filter leaves nothing."""
        made = Empty(self.tr("No article matches the filter."))
        made.add_button(self.tr("Show all"), self.clear_filter)
        self.stack.addWidget(made)
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 6)
        top.setSpacing(6)
        top.addWidget(self.filter, 1)
        top.addWidget(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        self.main_part = self.list
        self.setTabOrder(self.filter, self.status)
        self.setTabOrder(self.status, self.list)

    def rethemed(self) -> None:
        self._delegate.look = self.look
        self._find.setIcon(icons.first_icon("filter", self.look, _ICON, self.devicePixelRatioF()))
        if self.list.isVisible():
            self.list.viewport().update()

    def refresh(self) -> None:
        self._stale_counts.clear()
        self.model.reread()

    def _show_found(self) -> None:
        if len(self.model.pages) or not self.model.pages.is_whole:
            self.stack.setCurrentWidget(self.list)
        else:
            self.stack.setCurrentWidget(self.no_match if self._is_filtered() else self.empty)
        self._follow()

    def on_change(self, change: Change) -> None:
        """Marks and links only change the counts of their article, which can wait for a pause."""
        tables = {row.table for row in change.rows}
        if not change.is_whole or tables & {"article", "source"}:
            self.refresh()
            return
        for row in change.rows:
            image = row.new or row.old or {}
            if row.table == "mark":
                self._stale_counts.add(ArticleId(image["article"]))
            elif row.table == "link" and image["from_mark"]:
                origin = lists.mark_row(self.store, MarkId(image["from_mark"]))
                self._stale_counts |= {origin.article} if origin else set()
        self._idle.start()

    def on_focus(self, focus: Focus) -> None:
        """Follow to the open article once its text is painted."""
        del focus
        self._following.start()

    def settle(self) -> None:
        super().settle()
        if self._following.isActive():
            self._following.stop()
            self._follow()

    def _follow(self) -> None:
        """Keep the open article the current row."""
        article, row = self.session.focus.article, self.current()
        if article is None or (row is not None and row.id == article):
            return
        number = self.model.pages.number_of(article)
        if number is not None:
            self.list.setCurrentIndex(self.model.index(number, 0))

    def current(self) -> ArticleRow | None:
        """The article the list stands on."""
        return self.model.row_at(self.list.currentIndex())

    def clear_filter(self) -> None:
        """Show all articles again."""
        self.filter.clear()
        self.status.setCurrentIndex(0)

    def delete_current(self) -> None:
        """Delete the article the list stands on; undo brings it back."""
        row = self.current()
        if row is None:
            return
        from annotator.domain.sentences import filled  # a window is painted before it is loaded

        title = {"title": self.model.title(row)}
        words = filled(self.tr("Deleted “{title}” — undo brings it back."), title)
        delete = partial(edits.delete_article, self.store, row.id)
        self.telling(lambda: self.deleting(row.marks, delete), words)

    def set_status(self, status: str) -> None:
        """Say how far the reading of the current article is."""
        row = self.current()
        if row is not None:
            self.guarded(lambda: edits.set_status(self.store, row.id, status))

    def menu(self) -> QMenu | None:
        """The context menu of the current article."""
        row = self.current()
        if row is None:
            return None
        menu = QMenu(self)
        entries: list[tuple[str, str, Callable[[], None]]] = [
            (self.tr("Open"), "open", lambda: self._open(self.list.currentIndex())),
            (self.tr("Edit details…"), "note", lambda: self.details_asked.emit(row.id)),
        ]
        for words, icon, act in entries:
            menu.addAction(icons.icon(icon, self.look), words, act)
        menu.addSeparator()
        texts = {
            "new": self.tr("Mark as new"),
            "reading": self.tr("Mark as reading"),
            "done": self.tr("Mark as done"),
        }
        for status, words in texts.items():
            action = menu.addAction(words)
            action.triggered.connect(partial(self.set_status, status))
            action.setCheckable(True)
            action.setChecked(row.status == status)
        menu.addSeparator()
        menu.addAction(icons.icon("delete", self.look), self.tr("Delete"), self.delete_current)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            if row.id != self.session.focus.article:
                self.session.open_article(row.id)
            self.opened.emit()

    def _recount_stale(self) -> None:
        for article in self._stale_counts:
            self.model.renew(article)
        self._stale_counts.clear()

    def _is_filtered(self) -> bool:
        return bool(self.filter.text().strip()) or self.status.currentData() is not None

    def _question(self) -> Question:
        return partial(
            lists.article_places,
            text=self.filter.text().strip(),
            status=self.status.currentData(),
        )
