"""The table of counts: its cells lead to marks, and it leaves the program as a table."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotator.app.segment import NewsSegmenter
from annotator.domain.scheme_changes import rename
from annotator.store import edits, read
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.pivot import PivotDialog
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.store.samples import TEXT, add_article, two_marks
from tests.ui.windows import window_on


@pytest.fixture
def store():
    store = Store.memory(Identity(name="Ada"))
    outlet = edits.add_source(store, "=Gazette")
    two_marks(store, add_article(store, TEXT, title="Bridge", outlet=outlet, date="2024-05-01"))
    two_marks(store, add_article(store, TEXT + ".", title="Again"))
    yield store
    store.close()


@pytest.fixture
def window(store, qtbot):
    return window_on(store, qtbot)


@pytest.fixture
def dialog(window):
    window.menus.actions["count-marks"].trigger()
    return window.findChild(PivotDialog)


def test_counts_stand_by_label_and_outlet_with_sums(dialog):
    assert list(dialog.lines()) == [
        ["", "=Gazette", "not known", "all"],
        ["Claim", "1", "1", "2"],
        ["Denial", "1", "1", "2"],
        ["all", "2", "2", "4"],
    ]
    dialog.columns.setCurrentIndex(3)
    assert next(dialog.lines()) == ["", "2024-05", "not known", "all"]


def test_a_label_with_a_long_name_leaves_the_counts_their_room(store, dialog):
    name = "Denial of a claim, its basis, its author or the proceedings as a whole"
    edits.change_scheme(store, rename(read.scheme(store), "labels", "denial", name))
    dialog.refresh()
    above = dialog.table.verticalHeader()
    assert above.width() <= 240
    assert dialog.table.verticalHeaderItem(1).toolTip() == name
    assert [line[0] for line in dialog.lines()][2] == name


def test_a_cell_lists_its_marks_and_leads_to_the_words(window, dialog, qtbot):
    dialog.table.setCurrentCell(1, 1)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert "It was never closed" in dialog.list.item(0).text()
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert window.session.focus.mark == dialog.list.item(0).data(Qt.ItemDataRole.UserRole)
    dialog.table.setCurrentCell(2, 2)
    assert dialog.list.count() == 0


def test_the_table_is_copied_and_saved_without_formulas(dialog, tmp_path):
    dialog.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "Claim\t1\t1\t2"
    dialog.write(tmp_path / "raw.csv")
    dialog.safe.setChecked(True)
    dialog.write(tmp_path / "safe.csv")
    saved = [(tmp_path / name).read_text(encoding="utf-8-sig") for name in ("raw.csv", "safe.csv")]
    heads = [next(csv.reader(text.splitlines())) for text in saved]
    assert [head[1] for head in heads] == ["=Gazette", "'=Gazette"]
    dialog.write(tmp_path / "nowhere" / "x.csv")
    assert "is not there" in dialog.remark.text


def test_an_empty_project_says_that_there_is_nothing_to_count(qtbot):
    store = Store.memory(Identity(name="Ada"))
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.menus.actions["count-marks"].trigger()
    dialog = window.findChild(PivotDialog)
    assert "no marks to count" in dialog.remark.text
    dialog.close()
    window.close()
