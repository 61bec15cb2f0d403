"""Of which article a text is the newer version."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.domain.sentences import filled, shortened
from annotator.store import lists
from annotator.store.copies import PossibleCopy, possible_copies
from annotator.store.lists import ArticleRow
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.messages import sentence
from annotator.ui.panels.article_rows import title_of
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.later import PageReader
from annotator.ui.panels.pages import NUMBER
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_LISTED = 30
_ARTICLE, _OUTLET, _DATE, _WORDS = range(4)
_LONGEST_OUTLET = 24
"""Characters of an outlet beyond which it is cut, so that the title keeps its room."""


class VersionChoice(Dialog):
    """Asks for the older version; articles with nearly the same words are offered first.

    Words are looked for in a thread: until then the rows before stay, and Enter waits.
    """

    def __init__(self, session: Session, article: ArticleId, look: Theme, parent: QWidget | None) -> None:
        super().__init__(look, parent, "", "", (760, 460))
        self.setWindowTitle(self.tr("Newer version of…"))
        self.accept_button.setText(self.tr("Compare and carry marks over"))
        self._store = session.store
        self._article = article
        self._near: dict[ArticleId, float] = {}
        self._copies = Reader(self._store, self)
        self._found = PageReader(self._store, self)
        self._is_taking = False
        row = lists.article_row(self._store, article)
        title = title_of(self._store, row) if row else ""
        self._words = Words(filled(self.tr("“{title}” is a newer version of:"), {"title": title}))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Words of a title, outlet, date; or a handle such as A7"))
        self.field.setAccessibleName(self.tr("Find the older version"))
        self.list = columns(
            self.tr("Articles"),
            [self.tr("Article"), self.tr("Outlet"), self.tr("Date"), self.tr("Same words")],
            stretched=(_ARTICLE,),
        )
        for widget in (self._words, self.field, self.list):
            self.column.addWidget(widget)
        self.field.textChanged.connect(lambda: self._fill())
        self.list.itemDoubleClicked.connect(lambda: self._take_row())
        self._found.answered.connect(self._show)
        self._found.late.connect(lambda: self.list.setEnabled(False))
        for without_answer in (self._found.refused, self._found.hindered):
            without_answer.connect(self._refuse)
        self._copies.answered.connect(self._take)
        for without_answer in (self._copies.refused, self._copies.hindered):
            without_answer.connect(lambda: self._fill_if_waiting())
        self._copies.look_up(partial(possible_copies, article=article))
        self._fill()
        self.field.setFocus()

    def chosen(self) -> ArticleId | None:
        """The article that is chosen."""
        item = self.list.topLevelItem(self.list.currentIndex().row())
        return item.data(_ARTICLE, Qt.ItemDataRole.UserRole) if item else None

    @property
    def is_settled(self) -> bool:
        """Whether it is known which articles have nearly the same words."""
        return not self._copies.is_waiting

    @property
    def is_looking(self) -> bool:
        """Whether the rows are not yet those of the words typed."""
        return self._found.is_waiting

    def accept(self) -> None:
        """Take the row chosen, of the words typed, as soon as they were looked for."""
        self._is_taking = self.is_looking
        if not self._is_taking:
            super().accept()

    def _take_row(self) -> None:
        """Take a row that was double-clicked, unless others are about to come in its place."""
        if not self.is_looking:
            self.accept()

    def done(self, result: int) -> None:
        self._found.cancel()
        super().done(result)

    def _take(self, copies: list[PossibleCopy]) -> None:
        self._near = {copy.article: copy.resemblance for copy in copies}
        self._fill_if_waiting()

    def _fill_if_waiting(self) -> None:
        """A row that was chosen among those with some words stays chosen."""
        if not self.list.isEnabled() and not self.field.text().strip():
            self._fill()

    def _fill(self) -> None:
        """Without words wait for the copies: whoever presses Enter at once means the first of them."""
        words = self.field.text().strip()
        self._is_taking = False
        if words:
            self.accept_button.setEnabled(True)
            self._found.look_up(partial(lists.articles, text=words, limit=_LISTED))
            return
        self._found.cancel()
        if self.is_settled:
            near = [row for one in self._near if (row := lists.article_row(self._store, one))]
            self._show(near + lists.articles(self._store, limit=_LISTED))
            return
        self._show([])
        self.list.addTopLevelItem(QTreeWidgetItem([self.tr("Reading…")]))
        self.list.setEnabled(False)

    def _show(self, rows: Sequence[ArticleRow]) -> None:
        """Show the articles found, and take the first where Enter was pressed meanwhile."""
        self.list.clear()
        self.list.setEnabled(True)
        for row in {row.id: row for row in rows if row.id != self._article}.values():
            self._add(row)
        stand_on_first(self.list)
        self.accept_button.setEnabled(self.list.topLevelItemCount() > 0)
        if self._is_taking and self.accept_button.isEnabled():
            self.accept()

    def _refuse(self, error: UserError) -> None:
        self._show([])
        self.say(sentence(error))

    def _add(self, row: ArticleRow) -> None:
        near, outlet = self._near.get(row.id), row.outlet or ""
        share = "" if near is None else self.tr("{share} %").format(share=round(near * 100))
        short = shortened(outlet, _LONGEST_OUTLET)
        name = f"{handle('article', row.number)}  {title_of(self._store, row)}"
        item = QTreeWidgetItem([name, short, row.date or "", share])
        item.setData(_ARTICLE, Qt.ItemDataRole.UserRole, row.id)
        item.setToolTip(_ARTICLE, name)
        item.setToolTip(_OUTLET, outlet)
        item.setTextAlignment(_WORDS, NUMBER)
        self.list.addTopLevelItem(item)


def columns(name: str, heads: Sequence[str], stretched: Sequence[int]) -> QTreeWidget:
    """Rows of several columns; the stretched ones share what room the others leave, and are cut there."""
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAlternatingRowColors(True)
    made.setHeaderLabels(list(heads))
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in stretched:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return made


def stand_on_first(rows: QTreeWidget) -> None:
    """Make the first row the current one, where there is any."""
    first = rows.topLevelItem(0)
    if first is not None:
        rows.setCurrentItem(first)
