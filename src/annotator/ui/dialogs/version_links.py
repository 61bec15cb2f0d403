"""Links from other articles to the words of an older version, and the way to move them to the newer one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.store import edits, lists, read
from annotator.store.newer import LinkLeft, links_left
from annotator.store.store import Store
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.panels.parts import Words

_ROWS = 3
"""How many links are seen at once."""


class VersionLinks(QWidget):
    """Each with the words it comes from; Enter moves one, the button all. Takes no room while there are none.

    Where nothing is moved the links stay at the older words; the map counts both versions as one work.
    """

    pointed = Signal(object)
    """The LinkLeft that the list stands on."""

    def __init__(
        self,
        store: Store,
        article: ArticleId,
        guarded: Callable[[Callable[[], object]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._article = article
        self._guarded = guarded
        self.rows: list[LinkLeft] = []
        self.words = Words()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Links from elsewhere to the older words"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.move_button = plain_button(self.tr("&Move it"))
        self.all_button = plain_button(self.tr("Move &all"))
        acts = QHBoxLayout()
        for button in (self.move_button, self.all_button):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.list)
        column.addLayout(acts)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.list.currentRowChanged.connect(lambda: self._show_current())
        self.list.itemActivated.connect(lambda: self.move_one())
        self.move_button.clicked.connect(self.move_one)
        self.all_button.clicked.connect(self.move_all)

    def refresh(self) -> None:
        """Read what is left anew; the place in the list is kept."""
        stood = self.list.currentRow()
        self.rows = links_left(self._store, self._article)
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for row in self.rows:
            line = self._line(row)
            item = QListWidgetItem(line)
            item.setToolTip(line)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(stood, 0), len(self.rows) - 1))
        self.list.blockSignals(blocked)
        words = self.tr("Links from elsewhere that still end at the older words: {count}")
        self.words.setText(words.format(count=len(self.rows)))
        height = self.list.fontMetrics().lineSpacing() * 2 + 8
        self.list.setFixedHeight(height * min(_ROWS, max(1, len(self.rows))) + 6)
        self.setVisible(bool(self.rows))

    def current(self) -> LinkLeft | None:
        """The link the list stands on."""
        return self.rows[self.list.currentRow()] if 0 <= self.list.currentRow() < len(self.rows) else None

    def move_one(self) -> None:
        """Let the current link end at the mark that was carried over."""
        row = self.current()
        if row is not None:
            self._move([row])

    def move_all(self) -> None:
        """The same for all of them, as one step."""
        self._move(self.rows)

    def _move(self, rows: list[LinkLeft]) -> None:
        links = [row.link for row in rows]
        self._guarded(lambda: edits.move_links(self._store, links, self._article))

    def _show_current(self) -> None:
        row = self.current()
        if row is not None:
            self.pointed.emit(row)

    def _line(self, row: LinkLeft) -> str:
        kinds = read.scheme(self._store).link_kinds
        kind = kinds[row.kind].name if row.kind in kinds else row.kind
        words, source, article, *_, name = lists.describe(self._store, row.origin)
        older = lists.mark_row(self._store, row.older)
        there = lists.article_row(self._store, article) if article else None
        title = f"{handle('article', there.number)} {there.title or ''}".strip() if there else ""
        told = " · ".join(part for part in (source, title) if part)
        first = f"{name} {kind} {handle('mark', older.number) if older else ''}"
        if row.is_double:
            first += " " + self.tr("(and the newer mark already)")
        return "\n".join((f"{first} · {told}" if told else first, f"“\u2068{words}\u2069”"))
