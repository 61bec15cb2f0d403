"""Of which article a text is the newer version."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.domain.sentences import filled, shortened
from annotator.store import lists
from annotator.store.copies import PossibleCopy, possible_copies
from annotator.store.lists import ArticleRow
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.panels.article_rows import title_of
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_LISTED = 30
_ARTICLE, _OUTLET, _DATE, _WORDS = range(4)
_LONGEST_OUTLET = 24
"""Characters of an outlet beyond which it is cut, so that the title keeps its room."""


class VersionChoice(Dialog):
    """Asks for the older version; articles with nearly the same words are offered first."""

    def __init__(self, session: Session, article: ArticleId, look: Theme, parent: QWidget | None) -> None:
        super().__init__(look, parent, "", "", (760, 460))
        self.setWindowTitle(self.tr("Newer version of…"))
        self.accept_button.setText(self.tr("Compare and carry marks over"))
        self._store = session.store
        self._article = article
        self._near: dict[ArticleId, float] = {}
        self._copies = Reader(self._store, self)
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
        self.list.itemDoubleClicked.connect(lambda: self.accept())
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

    def _take(self, copies: list[PossibleCopy]) -> None:
        self._near = {copy.article: copy.resemblance for copy in copies}
        self._fill_if_waiting()

    def _fill_if_waiting(self) -> None:
        """A row that was chosen among those with some words stays chosen."""
        if not self.list.isEnabled():
            self._fill()

    def _fill(self) -> None:
        """Without words wait for the copies: whoever presses Enter at once means the first of them."""
        words = self.field.text().strip()
        self.list.clear()
        if not words and not self.is_settled:
            self.list.addTopLevelItem(QTreeWidgetItem([self.tr("Reading…")]))
            self.list.setEnabled(False)
            self.accept_button.setEnabled(False)
            return
        self.list.setEnabled(True)
        near = (
            [row for one in self._near if (row := lists.article_row(self._store, one))] if not words else []
        )
        rows = near + lists.articles(self._store, text=words, limit=_LISTED)
        for row in {row.id: row for row in rows if row.id != self._article}.values():
            self._add(row)
        stand_on_first(self.list)
        self.accept_button.setEnabled(self.list.topLevelItemCount() > 0)

    def _add(self, row: ArticleRow) -> None:
        near, outlet = self._near.get(row.id), row.outlet or ""
        share = "" if near is None else self.tr("{share} %").format(share=round(near * 100))
        short = shortened(outlet, _LONGEST_OUTLET)
        name = f"{handle('article', row.number)}  {title_of(self._store, row)}"
        item = QTreeWidgetItem([name, short, row.date or "", share])
        item.setData(_ARTICLE, Qt.ItemDataRole.UserRole, row.id)
        item.setToolTip(_ARTICLE, name)
        item.setToolTip(_OUTLET, outlet)
        item.setTextAlignment(_WORDS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
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
