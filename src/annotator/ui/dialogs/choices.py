"""A list to choose from by arrow, digit, letter or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.ui.panels.parts import draw_line, key_badge, letter_badge
from annotator.ui.theme import Theme

EntryRole = Qt.ItemDataRole.UserRole
MAX_ROWS = 9
"""How many entries a popup shows without scrolling: as many as there are digits."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One thing to choose.

    key: a digit, letter or shortcut shown beside it; style: key into the styles of
    the theme, for its letter in colour; reason: why it cannot be chosen, where it cannot;
    is_heading: whether it only stands above others.
    """

    text: str
    value: object = None
    detail: str = ""
    key: str = ""
    style: str = ""
    right: str = ""
    reason: str = ""
    is_heading: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether one stands on it and chooses it."""
        return not self.reason and not self.is_heading


class EntriesModel(QStringListModel):
    """The entries of a choice, in order.

    Qt holds their words, so that it lays out a list without a call for each row.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Offer other things."""
        self.entries = list(entries)
        self.setStringList([entry.text for entry in self.entries])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == EntryRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (entry.text, entry.detail, entry.reason) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.text, entry.detail, entry.key, entry.reason) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self.entries[index.row()].can_be_taken:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry: key, letter, words, dim detail, and what stands at the far end."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.has_keys = self.has_letters = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(200, option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(EntryRole)
        if not isinstance(entry, Entry):
            return
        self.initStyleOption(option, index)
        # The chosen entry is what Enter takes, also while another widget has the keys.
        option.state |= QStyle.StateFlag.State_Active
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setLayoutDirection(option.direction)
        font = QFont(option.font)
        font.setBold(entry.is_heading)
        painter.setFont(font)
        self._draw(painter, option.rect.adjusted(8, 0, -8, 0), entry, option)
        painter.restore()

    def _draw(self, painter: QPainter, rect: QRect, entry: Entry, option: QStyleOptionViewItem) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink, dim = self._inks(entry, is_chosen)
        side = option.fontMetrics.height() + 2
        left = rect.left()

        def seen(start: int, width: int) -> QRect:
            """A part of the row where it is seen: from the right where the window runs that way."""
            return QStyle.visualRect(
                option.direction, option.rect, QRect(start, rect.top(), width, rect.height())
            )

        if len(entry.key) == 1:
            key_badge(painter, _middle(seen(left, side)), entry.key, self.look)
        if self.has_keys:
            left += side + 8
        if entry.style:
            found = self.look.text.style(entry.style)
            letter_badge(painter, _middle(seen(left, side)), found, self.look.text.base)
        if self.has_letters and not entry.is_heading:
            left += side + 8
        right = entry.right or (entry.key if len(entry.key) > 1 else "")
        painter.setPen(dim)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | flags, right)
        end = rect.right() - (option.fontMetrics.horizontalAdvance(right) + 12 if right else 0)
        room = (end - left) // 2 if entry.reason else end - left
        left += self._draw_words(painter, seen(left, room), entry.text, ink)
        detail = entry.reason or entry.detail
        if detail and end - left > 40:
            self._draw_words(painter, seen(left + 10, end - left - 10), detail, dim)

    def _inks(self, entry: Entry, is_chosen: bool) -> tuple[QColor, QColor]:
        if entry.reason:
            return self.look.colour("disabled"), self.look.colour("muted")
        if entry.is_heading:
            return self.look.colour("muted"), self.look.colour("muted")
        if is_chosen:
            ink = self.look.colour("selection_text")
            return ink, ink
        return self.look.colour("text"), self.look.colour("muted")

    @staticmethod
    def _draw_words(painter: QPainter, rect: QRect, text: str, ink: QColor) -> int:
        """Draw words where their row begins; returns how wide they are."""
        # What cannot be seen is not measured: the words of a mark may be a page.
        line = " ".join(text[: rect.width()].split())
        painter.setPen(ink)
        return draw_line(painter, rect, line)


def _middle(rect: QRect) -> QRectF:
    """The square in the middle of a part that is as wide as it."""
    side = rect.width()
    return QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side)


class ChoiceList(QListView):
    """Entries of which one is taken; those with a reason are passed over."""

    taken = Signal(object)
    """The Entry that was chosen."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries_model = EntriesModel()
        self.setModel(self.entries_model)
        self._delegate = EntryDelegate(look)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._most: int | None = None
        self.clicked.connect(self._on_clicked)

    @property
    def entries(self) -> list[Entry]:
        return self.entries_model.entries

    def set_entries(self, entries: Sequence[Entry], current: int | None = 0) -> None:
        """Offer other things; `current` is counted among them, None for no current one."""
        self.entries_model.set_entries(entries)
        self._delegate.has_keys = any(len(entry.key) == 1 for entry in entries)
        self._delegate.has_letters = any(entry.style for entry in entries)
        self.setCurrentIndex(QModelIndex())
        if current is not None:
            self._stand_on(current, 1)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self._delegate.look = look
        self.viewport().update()

    def current(self) -> Entry | None:
        """The entry the list stands on."""
        entry = self.currentIndex().data(EntryRole)
        return entry if isinstance(entry, Entry) else None

    def step(self, by: int) -> None:
        """Go up or down over what can be taken; from nothing to the first or last."""
        index = self.currentIndex()
        start = index.row() + by if index.isValid() else (0 if by > 0 else len(self.entries) - 1)
        self._stand_on(max(0, min(start, len(self.entries) - 1)), 1 if by > 0 else -1)

    def take(self, entry: Entry | None) -> bool:
        """Take an entry; False where it is none or cannot be taken."""
        if entry is None or not entry.can_be_taken:
            return False
        self.taken.emit(entry)
        return True

    def with_key(self, key: str) -> Entry | None:
        """The entry a single key stands beside, whatever its case."""
        return next((entry for entry in self.entries if entry.key.casefold() == key.casefold()), None)

    def height_for(self, rows: float) -> int:
        """The height in pixels that shows so many rows."""
        row = self.sizeHintForRow(0) if self.entries else self.fontMetrics().height() + 10
        return round(rows * row) + 2 * self.frameWidth() + 4

    def show_at_most(self, rows: int) -> None:
        """Be as high as the entries; where there are more than so many, half of the next one says so.

        Less room than that is made do with.
        """
        self._most = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._most is None else QSize(hint.width(), self._height(self._most))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint if self._most is None else QSize(hint.width(), self._height(1))

    def _height(self, most: int) -> int:
        count = max(1, len(self.entries))
        return self.height_for(count if count <= most else most + 0.5)

    def _stand_on(self, row: int, direction: int) -> None:
        while 0 <= row < len(self.entries) and not self.entries[row].can_be_taken:
            row += direction
        if 0 <= row < len(self.entries):
            index = self.entries_model.index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.take(index.data(EntryRole))
