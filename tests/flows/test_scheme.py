"""The scheme is changed beside the text; marks go along, and undo brings back exactly what was."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from annotator.domain.scheme import Scheme
from annotator.store import lists, read
from annotator.ui.dialogs.scheme.dialog import SchemeDialog
from annotator.ui.window import MainWindow
from tests.flows.analyst import CTRL, SHIFT
from tests.flows.screen import ByKeys, ByMouse, in_sight
from tests.store.samples import dump

Key = Qt.Key


def scheme(window: MainWindow) -> Scheme:
    return read.scheme(window.session.store)


def count(window: MainWindow, label: str) -> int:
    return sum(row.label == label for row in lists.marks(window.session.store))


def opened(window: MainWindow) -> SchemeDialog:
    """The scheme, which stays open beside the window, with the keys that a window manager would give it."""
    (dialog,) = window.findChildren(SchemeDialog)
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    return dialog


def test_by_keys_a_label_is_renamed_gets_another_key_and_a_definition_that_asks_for_a_second_look(
    flood: MainWindow, qtbot: QtBot
) -> None:
    hand = ByKeys(flood)
    hand.call("Scheme")
    form = opened(flood).forms["labels"]
    before = dump(flood.session.store)
    hand.stand_on("Denial")
    hand.press(Key.Key_Return)
    hand.write("Rejection")
    hand.press(Key.Key_Return)
    hand.tab_to("Key")
    hand.write("1")
    hand.press(Key.Key_Return)
    assert "“Claim”" in opened(flood).remark.text
    hand.write("9")
    hand.press(Key.Key_Return)
    hand.tab_to("Definition")
    hand.type("Only where a statement is met. ")
    hand.press(Key.Key_Return, CTRL)
    label = scheme(flood).labels["denial"]
    assert (label.name, scheme(flood).keys["denial"]) == ("Rejection", "9")
    assert label.codebook.startswith("Only where a statement is met.")
    denials = count(flood, "denial")
    qtbot.waitUntil(lambda: form.older.text().startswith(f"{denials} marks"))
    hand.tab_to("Undo")
    for _ in range(3):
        hand.press(Key.Key_Space)
    assert {**dump(flood.session.store), "annotator": []} == {**before, "annotator": []}
    hand.press(Key.Key_Z, CTRL | SHIFT)
    assert scheme(flood).labels["denial"].name == "Rejection"


def test_by_mouse_two_labels_become_one_after_a_look_at_how_many_marks_change(flood: MainWindow) -> None:
    hand = ByMouse(flood)
    silent, denials = count(flood, "no_comment"), count(flood, "denial")
    hand.click_menu("Edit", "Scheme")
    hand.click_row(opened(flood).rows, "No comment")
    (into,) = in_sight(QComboBox, "Merge into")
    hand.choose(into, "Denial")
    form = opened(flood).forms["labels"]
    assert form.merge.preview.text() == f"{silent} marks would change."
    hand.click_button("Merge")
    assert "no_comment" not in scheme(flood).labels
    assert count(flood, "denial") == denials + silent
    hand.click_button("Undo")
    assert (count(flood, "no_comment"), count(flood, "denial")) == (silent, denials)
    hand.click_row(opened(flood).rows, "Evidence")
    hand.click_button("Delete")
    assert opened(flood).remark.text.startswith("Marks have the label “Evidence”")
    assert "evidence" in scheme(flood).labels
    hand.click_button("Close")
