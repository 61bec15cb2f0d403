"""All actions and keys on one page, found by a few letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.scheme import Scheme
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.dialogs.key_rows import KeyRow, key_rows, matching
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_WHERE = 2
_NARROW = 700
"""Pixels below which three columns have no room beside one another."""


class KeysPage(Dialog):
    """The table of keys by menu, with those of the labels and kinds of link of a scheme."""

    def __init__(self, look: Theme, parent: QWidget | None = None, scheme: Scheme | None = None) -> None:
        super().__init__(look, parent, "", "", (880, 640))
        self.setWindowTitle(self.tr("All keys"))
        self.accept_button.setText(self.tr("Close"))
        self.cancel_button.hide()
        self._rows = key_rows(scheme or Scheme.default())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find an action or a key"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Actions and keys"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Key"), self.tr("Where")])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.nothing = Words(self.tr("No action and no key matches."), is_quiet=True)
        self.column.addWidget(self.filter)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.tree, 1)
        self.filter.textChanged.connect(self.show_matching)
        self.show_matching("")
        self.filter.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a key acts leaves its room to the actions, where there is little; it is in their tooltips."""
        super().resizeEvent(event)
        self.tree.setColumnHidden(_WHERE, event.size().width() < _NARROW)

    def show_matching(self, words: str) -> None:
        """Show the rows that hold every word."""
        rows = matching(self._rows, words)
        self.tree.clear()
        for group in dict.fromkeys(row.group for row in rows):
            head = QTreeWidgetItem(self.tree, [group])
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            head.setFirstColumnSpanned(True)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for row in rows:
                if row.group == group:
                    head.addChild(_item(row))
        self.tree.expandAll()
        self.tree.setVisible(bool(rows))
        self.nothing.setVisible(not rows)


def _item(row: KeyRow) -> QTreeWidgetItem:
    item = QTreeWidgetItem([row.words, "   ".join(row.keys), row.where])
    item.setToolTip(0, f"{row.words} · {row.where}")
    return item
