"""Questions to the whole project: asked, gone through, ticked and labelled, changed, counted, kept."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableWidget
from pytestqt.qtbot import QtBot

from annotator.domain.model import SavedSearch
from annotator.store import lists, read
from annotator.ui.dialogs.pivot import PivotDialog
from annotator.ui.search.change_marks import ChangeMarksDialog
from annotator.ui.search.kept import KeptSearches
from annotator.ui.search.panel import SearchPanel
from annotator.ui.window import MainWindow
from tests.flows.analyst import CTRL, SHIFT
from tests.flows.dialogs import answer
from tests.flows.screen import ByKeys, ByMouse, in_sight, rows_of

Key = Qt.Key


class Search:
    """The search of a window: what it found, and waiting for that."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self._window = window
        self._qtbot = qtbot

    @property
    def panel(self) -> SearchPanel:
        (panel,) = self._window.findChildren(SearchPanel)
        return panel

    def wait(self) -> None:
        self._qtbot.waitUntil(lambda: not any(group.is_waiting for group in self.panel.found.groups))

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so)


@pytest.fixture
def search(flood: MainWindow, qtbot: QtBot) -> Search:
    return Search(flood, qtbot)


def quotes(window: MainWindow, label: str) -> list[str]:
    return [row.quote for row in lists.marks(window.session.store) if row.label == label]


def words_selected(window: MainWindow) -> str:
    span = window.view.selection()
    return window.view.page.text[span.start : span.end] if span else ""


def test_by_keys_words_are_found_gone_to_unticked_and_labelled_in_one_step(
    flood: MainWindow, search: Search
) -> None:
    hand = ByKeys(flood)
    before = quotes(flood, "evidence")
    hand.press(Key.Key_F, CTRL | SHIFT)
    hand.type("dyke")
    hand.press(Key.Key_Return)
    search.wait()
    found = len(search.panel.found.words)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    first = flood.view.selection()
    assert words_selected(flood).lower() == "dyke"
    hand.press(Key.Key_F8)
    assert flood.view.selection() != first
    assert words_selected(flood).lower() == "dyke"

    hand.press(Key.Key_F, CTRL | SHIFT)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Space)
    hand.tab_to("Label")
    hand.choose("Evidence")
    hand.tab_to(f"Label {found - 1} as Evidence")
    hand.press(Key.Key_Space)
    assert [quote.lower() for quote in quotes(flood, "evidence")].count("dyke") == found - 1
    hand.press(Key.Key_Z, CTRL)
    assert quotes(flood, "evidence") == before, flood.notices.text


def test_by_keys_what_is_found_is_changed_after_a_look_and_the_search_is_kept(
    flood: MainWindow, search: Search
) -> None:
    hand = ByKeys(flood)
    hand.press(Key.Key_F, CTRL | SHIFT)
    hand.type('label=evidence source="Leda Sorn"')
    hand.press(Key.Key_Return)
    search.wait()
    found = len(search.panel.found.rows["mark"])
    assert found > 1

    def change(dialog: ChangeMarksDialog) -> None:
        hand.choose("Status")
        hand.tab_to("to")
        hand.write("checked")
        search.wait_until(dialog.accept_button.isEnabled)
        assert f"{found} marks change." in dialog.preview.text()
        hand.press(Key.Key_Return, CTRL)

    answer(ChangeMarksDialog, change)
    hand.tab_to(f"Change all {found}")
    hand.press(Key.Key_Space)
    assert search.panel.remark.text == f"Changed {found} marks. Undo takes it back."

    def keep(dialog: KeptSearches) -> None:
        hand.tab_to("Name of the present search")
        hand.type("Sorn's evidence")
        hand.press(Key.Key_Return)
        hand.press(Key.Key_Escape)

    answer(KeptSearches, keep)
    hand.call("Kept searches")
    (kept,) = [row for row in read.records(flood.session.store, SavedSearch) if row.name == "Sorn's evidence"]
    hand.press(Key.Key_F, CTRL | SHIFT)
    hand.write("dam")
    hand.press(Key.Key_Return)
    search.wait()

    def ask_again(dialog: KeptSearches) -> None:
        hand.stand_on("Sorn's evidence")
        hand.press(Key.Key_Return)

    answer(KeptSearches, ask_again)
    hand.call("Kept searches")
    search.wait()
    assert search.panel.field.text() == kept.query
    assert len(search.panel.found.rows["mark"]) == found


def test_by_mouse_what_is_found_is_gone_to_narrowed_and_counted(flood: MainWindow, search: Search) -> None:
    hand = ByMouse(flood)
    hand.click_menu("Edit", "Search texts")
    hand.click(in_sight(QLineEdit, "What to search for")[0])
    hand.type("dam\r")
    search.wait()
    hand.click_row(search.panel.found.words.table, "Tolvar  dam", twice=True)
    assert words_selected(flood).lower() == "dam"

    hand.click_menu("Edit", "Search texts")
    hand.click_tab(search.panel.found.tabs, "Sources")
    assert rows_of(search.panel.found.page_of("source").table)
    hand.click_tab(search.panel.found.tabs, "Marks")
    found = len(search.panel.found.rows["mark"])
    hand.click_row(search.panel.found.page_of("mark").table, "Denial", twice=True)
    held = flood.session.focus.mark
    assert held is not None
    assert read.mark(flood.session.store, held).label == "denial"

    hand.click_menu("Edit", "Search texts")
    hand.click_button("Count them")
    (counts,) = flood.findChildren(PivotDialog)
    (table,) = counts.findChildren(QTableWidget)
    search.wait_until(lambda: table.rowCount() > 0)
    total = table.item(table.rowCount() - 1, table.columnCount() - 1)
    assert total is not None
    assert total.text() == str(found)
