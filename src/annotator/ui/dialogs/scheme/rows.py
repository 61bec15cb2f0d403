"""The list of all that the scheme has, in its groups."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from annotator.store.scheme_use import marks_by_label
from annotator.ui.dialogs.scheme.groups import GROUPS, PRESETS, ids_of, row_name, words_of
from annotator.ui.dialogs.scheme.label_form import SWATCH, swatch
from annotator.ui.dialogs.scheme.work import SchemeWork
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.pages import NUMBER
from annotator.ui.panels.parts import wrapped

_ID = Qt.ItemDataRole.UserRole


class SchemeRows(QTreeWidget):
    """Labels with chip, key and number of marks, and the rows of all other groups.

    Enter goes to the form, Insert adds, Delete deletes, Ctrl with an arrow moves. Marks are counted
    beside the window: that takes a third of a second in 100,000 articles.
    """

    row_shown = Signal(str, str)
    """The group and the id of the row that became the current one."""
    opened = Signal()
    add_asked = Signal()
    delete_asked = Signal()
    move_asked = Signal(int)

    def __init__(self, work: SchemeWork) -> None:
        super().__init__()
        self.work = work
        self._counts: dict[str, int] | None = None
        """How many marks have each label; None until they are counted."""
        self._counting = Reader(work.store, self)
        self._counting.answered.connect(self._take_counts)
        self.setAccessibleName(self.tr("The scheme"))
        self.setHeaderLabels([self.tr("Name"), self.tr("Key"), self.tr("Marks")])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._on_current)

    @property
    def current(self) -> tuple[str, str]:
        """The group and the id of the current row; the id is empty on the name of a group."""
        item = self.currentItem()
        group, row_id = (
            ("labels", next(iter(self.work.scheme.labels), "")) if item is None else item.data(0, _ID)
        )
        return str(group), str(row_id)

    def reread(self) -> None:
        """Show the scheme in force; the current row stays, or the one in its place."""
        before, place = self.current, self._place()
        self.blockSignals(True)
        self.clear()
        scheme = self.work.scheme
        styles = self.work.dressed.text
        heads = {group: self._head(group) for group in GROUPS}
        for label in scheme.labels.values():
            cells = (label.name, scheme.keys.get(label.id, ""), self._count(label.id))
            item = self._row(heads["labels"], "labels", label.id, *cells)
            item.setIcon(0, swatch(styles.style(label.id), self.work.look))
            item.setToolTip(0, wrapped(label.codebook))
        for group in GROUPS:
            for row_id in () if group in ("labels", PRESETS) else ids_of(scheme, group):
                key = scheme.keys.get(row_id, "") if group == "link_kinds" else ""
                self._row(heads[group], group, row_id, row_name(scheme, group, row_id), key)
        for name in scheme.data.get("presets", {}):
            words = self.tr("{preset} (in use)").format(preset=name) if name == scheme.preset_name else name
            self._row(heads["presets"], "presets", name, words)
        self.expandAll()
        self._go_to(before, place)
        self.blockSignals(False)
        self._counting.look_up(marks_by_label)
        if self.current != before:
            self.row_shown.emit(*self.current)

    @property
    def is_counting(self) -> bool:
        """Whether marks are being counted."""
        return self._counting.is_waiting

    def _take_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        for item in self._children("labels"):
            item.setText(2, self._count(item.data(0, _ID)[1]))

    def _count(self, label: str) -> str:
        return "" if self._counts is None else f"{self._counts.get(label, 0):,}"

    def stand_on(self, group: str, row_id: str) -> None:
        """Make a row the current one."""
        self._go_to((group, row_id), 0)

    def _head(self, group: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self, [words_of(group).name])
        head.setData(0, _ID, (group, ""))
        head.setFirstColumnSpanned(True)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        return head

    def _row(self, head: QTreeWidgetItem, group: str, row_id: str, *cells: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(head, list(cells))
        item.setData(0, _ID, (group, row_id))
        item.setTextAlignment(2, NUMBER)
        return item

    def _place(self) -> int:
        return max(0, self.currentIndex().row())

    def _go_to(self, row: tuple[str, str], place: int) -> None:
        head = self.topLevelItem(GROUPS.index(row[0]))
        if head is None:
            return
        children = self._children(row[0])
        found = [item for item in children if tuple(item.data(0, _ID)) == row]
        if not found and row[1]:
            found = children[min(place, len(children) - 1) :]
        self.setCurrentItem(found[0] if found else head)

    def _children(self, group: str) -> list[QTreeWidgetItem]:
        """The rows of a group, from the first."""
        head = self.topLevelItem(GROUPS.index(group))
        if head is None:
            return []
        return [one for row in range(head.childCount()) if (one := head.child(row)) is not None]

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.row_shown.emit(*self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_asked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
