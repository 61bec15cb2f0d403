"""Of which article a text is the newer version."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.store import lists, read
from annotator.store.copies import possible_copies
from annotator.store.lists import ArticleRow
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_LISTED = 30


class VersionChoice(Dialog):
    """Asks for the older version; articles with nearly the same words are offered first."""

    def __init__(self, session: Session, article: ArticleId, look: Theme, parent: QWidget | None) -> None:
        super().__init__(look, parent, "", "", (520, 420))
        self.setWindowTitle(self.tr("Newer version of…"))
        self.accept_button.setText(self.tr("Compare and carry marks over"))
        self._store = session.store
        self._article = article
        self._near = {copy.article: copy.resemblance for copy in possible_copies(self._store, article)}
        title = read.article(self._store, article).title or self.tr("This text")
        self._words = Words(self.tr("“{title}” is a newer version of:").format(title=title))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Words of a title, outlet, date; or a handle such as A7"))
        self.field.setAccessibleName(self.tr("Find the older version"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Articles"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for widget in (self._words, self.field, self.list):
            self.column.addWidget(widget)
        self.field.textChanged.connect(lambda: self._fill())
        self.list.itemDoubleClicked.connect(lambda: self.accept())
        self._fill()
        self.field.setFocus()

    def chosen(self) -> ArticleId | None:
        """The article that is chosen."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if self.list.currentRow() >= 0 else None

    def _fill(self) -> None:
        words = self.field.text().strip()
        near = (
            [row for one in self._near if (row := lists.article_row(self._store, one))] if not words else []
        )
        rows = near + lists.articles(self._store, text=words, limit=_LISTED)
        self.list.clear()
        for row in {row.id: row for row in rows if row.id != self._article}.values():
            item = QListWidgetItem(self._line(row))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.accept_button.setEnabled(self.list.count() > 0)

    def _line(self, row: ArticleRow) -> str:
        parts = [handle("article", row.number), row.title or "…", row.outlet or "", row.date or ""]
        line = "  ".join(part for part in parts if part)
        near = self._near.get(row.id)
        return (
            line
            if near is None
            else self.tr("{article}  — {share} % the same words").format(
                article=line, share=round(near * 100)
            )
        )
