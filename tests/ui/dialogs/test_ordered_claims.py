"""The claims of a report: which are ticked, and in which order."""

import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.ui.dialogs.ordered_claims import OrderedClaims

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def claims(qtbot):
    made = OrderedClaims({"a": "Ships wait", "b": "Nobody waits", "c": "All is well"}, is_large=False)
    qtbot.addWidget(made)
    made.fill(())
    return made


def tick(claims, row, state):
    claims.chosen.setData(claims.chosen.index(row), state, CHECK)


def test_what_is_ticked_follows_every_change_of_the_list(claims):
    told = []
    claims.edited.connect(lambda: told.append(claims.chosen.ticked()))
    assert claims.chosen.ticked() == ("a", "b", "c")
    tick(claims, 1, Qt.CheckState.Unchecked)
    claims.move_current(1)
    tick(claims, 0, Qt.CheckState.Checked)
    claims.chosen.moveRow(claims.rootIndex(), 2, claims.rootIndex(), 0)
    assert told == [("a", "c"), ("a", "c"), ("b", "a", "c"), ("c", "b", "a")]
    assert claims.chosen.stringList() == ["All is well", "Nobody waits", "Ships wait"]
    claims.fill(("c",))
    assert claims.chosen.ticked() == ("c",)


def test_a_claim_that_is_moved_stays_the_current_one_and_stops_at_the_ends(claims):
    for step in (-1, 1, 1, 1):
        claims.move_current(step)
    assert claims.chosen.stringList() == ["Nobody waits", "All is well", "Ships wait"]
    assert claims.currentIndex().row() == 2
    claims.move_current(-1)
    assert claims.chosen.ticked() == ("b", "a", "c")


def test_a_claim_is_ticked_by_key_and_by_a_click_on_its_box(claims, qtbot):
    claims.show()
    QTest.keyClick(claims, Qt.Key.Key_Space)
    assert claims.chosen.ticked() == ("b", "c")
    box = claims.visualRect(claims.chosen.index(2))
    QTest.mouseClick(claims.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, box.center().y()))
    assert claims.chosen.ticked() == ("b",)


def test_a_claim_of_a_report_that_is_gone_is_not_listed(claims):
    claims.fill(("gone", "c"))
    assert claims.chosen.stringList()[0] == "All is well"
    assert claims.chosen.ticked() == ("c",)


def test_what_is_ticked_is_found_once_between_two_changes(claims):
    assert claims.chosen.ticked() is claims.chosen.ticked()


def test_nothing_is_asked_of_each_claim_when_one_of_many_is_ticked_or_moved(qtbot):
    claims = OrderedClaims({str(one): f"C{one}" for one in range(5_000)}, is_large=True)
    qtbot.addWidget(claims)
    claims.fill(())
    claims.show()
    calls = []
    sys.setprofile(lambda frame, event, _: calls.append(frame.f_code.co_name) if event == "call" else None)
    tick(claims, 3, Qt.CheckState.Unchecked)
    claims.move_current(1)
    claims.grab()
    sys.setprofile(None)
    assert "data" in calls
    assert len(calls) < 1_000


def test_the_claims_of_a_report_are_a_list_as_qt_wants_them(claims, qtmodeltester):
    qtmodeltester.check(claims.chosen)


def test_claims_can_be_read_where_none_can_be_ticked(claims):
    claims.setEnabled(False)
    shown = QStyleOptionViewItem()
    claims.initViewItemOption(shown)
    quiet = claims.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.PlaceholderText)
    assert shown.palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == quiet
