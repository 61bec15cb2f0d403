"""What is still open is gone through, mended where it is, or left open with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from annotator.domain.model import Dismissal
from annotator.store import read
from annotator.store.loose_ends import counts
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT, CTRL, SHIFT
from tests.flows.dialogs import answer
from tests.flows.screen import ByKeys, ByMouse, rows_of

Key = Qt.Key


def open_ends(window: MainWindow) -> int:
    return sum(counts(window.session.store)[False].values())


def all_looked_at(window: MainWindow, qtbot: QtBot) -> int:
    """How many are open once every article was looked at."""
    panel = window.panels.loose_ends
    panel.settle()
    qtbot.waitUntil(lambda: open_ends(window) > 0 and not panel.progress.text())
    return open_ends(window)


def test_by_keys_ends_are_gone_through_and_one_is_left_open_with_a_reason(
    flood: MainWindow, qtbot: QtBot
) -> None:
    hand = ByKeys(flood)
    before = all_looked_at(flood, qtbot)
    hand.press(Key.Key_J)
    first = flood.session.focus, flood.notices.text
    hand.press(Key.Key_J)
    assert (flood.session.focus, flood.notices.text) != first
    hand.press(Key.Key_J, SHIFT)
    assert (flood.session.focus, flood.notices.text) == first

    hand.press(Key.Key_3, ALT)
    hand.press(Key.Key_Home)
    hand.press(Key.Key_Down)
    chosen = flood.panels.loose_ends.current()
    assert chosen is not None

    def say_why(dialog: QInputDialog) -> None:
        assert chosen.sentence in dialog.labelText()
        hand.type("asked the desk, no answer")
        hand.press(Key.Key_Return)

    answer(QInputDialog, say_why)
    hand.press(Key.Key_Delete)
    assert open_ends(flood) == before - 1
    left = [row.reason for row in read.records(flood.session.store, Dismissal)]
    assert "asked the desk, no answer" in left
    hand.press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: open_ends(flood) == before)


def test_by_mouse_what_was_left_open_is_looked_through_and_taken_up_again(
    flood: MainWindow, qtbot: QtBot
) -> None:
    hand = ByMouse(flood)
    before = all_looked_at(flood, qtbot)
    panel = flood.panels.loose_ends
    hand.click_menu("Panels", "To the loose ends")
    end = panel.model.end_at(panel.model.index(0, 0, panel.model.index(0, 0)))
    assert end is not None
    hand.click_row(panel.tree, end.sentence)
    answer(QInputDialog, lambda dialog: (hand.type("the desk will ask"), dialog.accept()))
    hand.click_button("Leave it open")
    assert open_ends(flood) == before - 1
    hand.click_button("Also what was left open")
    hand.click_row(panel.tree, "the desk will ask")
    hand.click_button("Take it up")
    assert open_ends(flood) == before
    assert rows_of(panel.tree)
