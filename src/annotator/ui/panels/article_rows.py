"""The rows of the articles panel: what a row says and how it is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.handles import handle
from annotator.store import lists
from annotator.store.lists import ArticleRow
from annotator.store.store import Store
from annotator.ui.panels.pages import PagedModel, Pages
from annotator.ui.panels.parts import draw_line, set_apart, status_shape
from annotator.ui.panels.words import count_of_links, count_of_marks, status_name
from annotator.ui.theme import Theme

OPENING_WORDS = 60
"""Characters of the text that stand for a missing title."""

Index = QModelIndex | QPersistentModelIndex


def title_of(store: Store, row: ArticleRow) -> str:
    """What an article is called: by its title, the first words of its text, or its handle."""
    if row.title and row.title.strip():
        return " ".join(row.title.split())
    words = " ".join(lists.opening(store, row.id, OPENING_WORDS * 2).split())
    if len(words) > OPENING_WORDS:
        words = words[:OPENING_WORDS].rsplit(" ", 1)[0] + "…"
    return words or handle("article", row.number)


class ArticlesModel(PagedModel[ArticleRow]):
    """Articles with a title for each."""

    def __init__(self, store: Store, pages: Pages[ArticleRow]) -> None:
        super().__init__(pages)
        self._store = store

    def title(self, row: ArticleRow) -> str:
        """What a row is called."""
        return title_of(self._store, row)

    def cell(self, row: ArticleRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((f"{handle('article', row.number)} · {self.title(row)}", self.below(row)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.title(row)}, {self.below(row)}"
        return None

    def below(self, row: ArticleRow) -> str:
        """Outlet, date, state and counts in words."""
        parts = (row.outlet, row.date, status_name(row.status), self.counts(row))
        return " · ".join(part for part in parts if part)

    @staticmethod
    def counts(row: ArticleRow) -> str:
        """How many marks and links, nothing where there are none."""
        parts = []
        if row.marks:
            parts.append(count_of_marks(row.marks))
        if row.links:
            parts.append(count_of_links(row.links))
        return ", ".join(parts)


class ArticleDelegate(QStyledItemDelegate):
    """Paints an article in three lines: state and title; outlet and date; counts."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        line = option.fontMetrics.height()
        return QSize(120, 3 * line + 18)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # so that only the ground is painted as for any other list

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view = index.model(), option.widget
        row = model.row_at(index) if isinstance(model, ArticlesModel) else None
        if row is None or not isinstance(view, QAbstractItemView):
            return
        super().paint(painter, option, index)
        is_chosen = view.selectionModel().isSelected(index)
        painter.save()
        painter.setLayoutDirection(option.direction)
        rect: QRect = option.rect.adjusted(8, 6, -8, -6)
        line = option.fontMetrics.height()
        side = round(line * 0.7)
        place = QRect(rect.left(), rect.top() + (line - side) // 2, side, side)
        box = QRectF(_mirrored(option, place))
        ink = self._ink(is_chosen, "muted") if is_chosen else None
        status_shape(painter, box, row.status, self.look, ink)
        first = _mirrored(option, rect.adjusted(side + 8, 0, 0, 0))
        first.setHeight(line)
        self._draw_title(painter, first, str(index.data()), option, is_chosen)
        painter.setFont(option.font)
        painter.setPen(self._ink(is_chosen, "muted"))
        about = " · ".join(set_apart(part) for part in (row.outlet, row.date) if part)
        counts = f"{row.marks:,} ◆" if row.marks else ""
        counts += f"  {count_of_links(row.links)}" if row.links else ""
        for below in filter(None, (about, counts)):
            first.translate(0, line + 3)
            draw_line(painter, first, below)
        painter.restore()

    def _draw_title(
        self, painter: QPainter, rect: QRect, title: str, option: QStyleOptionViewItem, is_chosen: bool
    ) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._ink(is_chosen, "text"))
        draw_line(painter, rect, title)

    def _ink(self, is_chosen: bool, role: str) -> Any:
        return self.look.colour("selection_text" if is_chosen else role)


def _mirrored(option: QStyleOptionViewItem, part: QRect) -> QRect:
    """A part of a row where it is seen; QStyle, which knows that, is not loaded for the first paint."""
    if option.direction is not Qt.LayoutDirection.RightToLeft:
        return part
    return part.translated(option.rect.left() + option.rect.right() - part.left() - part.right(), 0)
