"""Tables and lists ask their models for no more than what is painted."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QApplication, QHeaderView, QTreeView
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.tables import Table
from annotator.ui.panels.two_levels import TOP, TwoLevels
from annotator.ui.theme import THEME_NAMES, ThemeName, theme
from annotator.ui.theme.chrome import style_sheet


class Named(QAbstractTableModel):
    """Columns whose names are counted when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 12

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        self.asked += 1
        return f"Column {section}" if role == Qt.ItemDataRole.DisplayRole else None


def calls(act: Callable[[], object]) -> int:
    """How often functions of Python are called."""
    found = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal found
        found += event == "call"

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return found


def table_in(qtbot: QtBot, name: ThemeName) -> Table:
    table = Table("Marks")
    qtbot.addWidget(table)
    table.setModel(Named())
    table.setStyleSheet(style_sheet(name))
    table.show()
    return table


@pytest.mark.parametrize("name", THEME_NAMES)
def test_names_of_columns_have_the_height_they_would_ask_for_in_every_theme(
    qtbot: QtBot, name: ThemeName
) -> None:
    table = table_in(qtbot, name)
    head = table.horizontalHeader()
    assert head.sizeHint().height() == QHeaderView.sizeHint(head).height()
    assert head.height() == head.sizeHint().height()


def test_another_style_asks_for_no_name_of_a_column(qtbot: QtBot) -> None:
    table = table_in(qtbot, "light")
    model = table.model()
    assert isinstance(model, Named)
    model.asked = 0
    QApplication.sendEvent(table.horizontalHeader(), QEvent(QEvent.Type.StyleChange))
    table.updateGeometries()
    assert model.asked == 0


class Numbers(Named):
    """As many rows as one likes."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return self.rows

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return None


def test_choosing_all_rows_of_a_long_list_asks_nothing_of_each(qtbot: QtBot) -> None:
    needed = []
    for count in (50, 5_000):
        table = table_in(qtbot, "light")
        table.setModel(Numbers(count))
        table.grab()

        def choose_all(table: Table = table, count: int = count) -> None:
            table.selectAll()
            table.grab()
            assert table.selected_places() == list(range(count))

        needed.append(calls(choose_all))
    assert needed[1] < 2 * needed[0]


def test_rows_chosen_here_and_there_are_told_from_the_top(qtbot: QtBot) -> None:
    table = table_in(qtbot, "light")
    table.setModel(Numbers(9))
    flags = QItemSelectionModel.SelectionFlag
    for row in (7, 2, 3, 7):
        table.selectionModel().select(table.model().index(row, 0), flags.Select | flags.Rows)
    table.selectionModel().select(table.model().index(3, 0), flags.Deselect | flags.Rows)
    assert table.selected_places() == [2, 7]


def test_laying_out_a_long_list_of_choices_calls_no_function_for_each(qtbot: QtBot) -> None:
    needed = []
    for count in (10, 500):
        choices = ChoiceList(theme("light"))
        qtbot.addWidget(choices)
        choices.resize(QSize(300, 200))
        choices.show()
        choices.set_entries([Entry(f"Office {number}") for number in range(count)])
        choices.doItemsLayout()
        needed.append(calls(choices.doItemsLayout))
    assert needed[0] == needed[1]


class Nested(TwoLevels):
    """One row with rows below it."""

    def __init__(self, below: int) -> None:
        super().__init__()
        self.below = below

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return 1
        return self.below if parent.internalId() == TOP else 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return "open" if role == Qt.ItemDataRole.DisplayRole else None


def test_laying_out_a_tree_asks_thrice_for_each_row(qtbot: QtBot) -> None:
    needed = []
    for count in (10, 510):
        tree = QTreeView()
        qtbot.addWidget(tree)
        tree.setUniformRowHeights(True)
        tree.setModel(model := Nested(count))
        tree.expandAll()
        tree.resize(QSize(300, 200))
        tree.show()
        tree.doItemsLayout()
        needed.append(calls(tree.doItemsLayout))
        assert not model.index(count, 0, model.index(0, 0)).isValid()
        assert not model.index(0, 1).isValid()
        assert not model.index(-1, 0).isValid()
    assert needed[1] - needed[0] == 3 * 500


def test_a_long_list_of_choices_offers_each(qtbot: QtBot) -> None:
    choices = ChoiceList(theme("light"))
    qtbot.addWidget(choices)
    choices.set_entries([Entry("Office 1"), Entry("Office 2", reason="says nothing")])
    assert [choices.entries_model.index(row, 0).data() for row in range(2)] == ["Office 1", "Office 2"]
    assert choices.entries_model.rowCount(choices.entries_model.index(0, 0)) == 0
    choices.set_entries([Entry("Office 3")])
    assert choices.entries_model.rowCount() == 1
