"""What the import shows of the texts it found: their table, how one begins, and lists of a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTextEdit,
)

from annotator.domain.text import is_right_to_left
from annotator.ui.dialogs.encoding_cell import EncodingDelegate
from annotator.ui.dialogs.import_rows import COLUMNS, Index, TextsModel
from annotator.ui.panels.parts import set_apart
from annotator.ui.theme import Theme, reading_font
from annotator.ui.theme.chrome import roomy_rows

PREVIEW_CHARACTERS = 3000
WIDTHS = {"file": 150, "title": 250, "outlet": 100, "date": 90, "url": 100, "encoding": 84}
LEAST = {"file": 84, "outlet": 60, "date": 90, "url": 60, "encoding": 60}
"""How wide columns are where all have room, and the narrowest they get so that all are seen."""


class TextsTable(QTableView):
    """A row for each text; the cell that F2 would edit has a frame."""

    def __init__(self, model: TextsModel, look: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Texts to bring in"))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._cells = _Cells(look)
        self.setItemDelegate(self._cells)
        self.setItemDelegateForColumn(COLUMNS.index("encoding"), EncodingDelegate(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        roomy_rows(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(COLUMNS.index("title"), QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(min(LEAST.values()))
        header.setHighlightSections(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns; names of columns are not cut."""
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        share = self.viewport().width() / sum(WIDTHS.values())
        for name, least in LEAST.items():
            place = COLUMNS.index(name)
            least = max(least, self.horizontalHeader().sectionSizeHint(place))
            self.setColumnWidth(place, max(least, min(WIDTHS[name], int(share * WIDTHS[name]))))


class _Cells(QStyledItemDelegate):
    """Words that are cut have their dots where they end, whichever way they are read."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if is_right_to_left(option.text):
            option.text = set_apart(option.text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(self._look.colour("focus"))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            painter.restore()


class TextPreview(QTextEdit):
    """How a text begins; each paragraph starts where its words do."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFont(reading_font(None, 12))
        self.setAccessibleName(self.tr("Beginning of the text"))
        self._shown = ""

    def show_text(self, text: str) -> None:
        """Show another text; the same one stays where it was scrolled to."""
        cut = text[:PREVIEW_CHARACTERS] + ("…" if len(text) > PREVIEW_CHARACTERS else "")
        if cut != self._shown:
            self._shown = cut
            self.setPlainText(cut)


class LowList(QListWidget):
    """A few lines that take no room while there are none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these instead."""
        self.clear()
        self.addItems(list(lines))
        height = self.fontMetrics().height() + 10
        self.setFixedHeight(height * min(4, max(1, len(lines))) + 6)
        self.setVisible(bool(lines))
