"""The keys of the text view move and select; every other key is left to the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.domain.spans import Span
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks, quoted

Key = Qt.Key
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def press(view: TextView, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(view, key, modifiers)


def test_right_and_left_stop_between_the_characters_a_reader_sees(open_view: Open) -> None:
    text = "a👨\u200d👩\u200d👧e\u0301🇺🇦漢\nб"
    view = open_view(text=text)
    stops = [0]
    while view.caret() < len(text):
        press(view, Key.Key_Right)
        stops.append(view.caret())
    assert stops == [0, 1, 6, 8, 10, 11, 12, 13]
    back = [len(text)]
    while view.caret() > 0:
        press(view, Key.Key_Left)
        back.append(view.caret())
    assert back == stops[::-1]


def test_shift_with_arrows_never_selects_half_a_character(open_view: Open) -> None:
    view = open_view()
    family = quoted("👨\u200d👩\u200d👧")
    view.set_caret(family.start)
    press(view, Key.Key_Right, SHIFT)
    assert view.selection() == family
    press(view, Key.Key_Left, SHIFT, times=2)
    assert view.selection() == Span(family.start - 1, family.start)


def test_in_an_arabic_paragraph_left_goes_on_in_the_text(open_view: Open) -> None:
    view = open_view()
    start = quoted("قالت").start
    view.set_caret(start)
    press(view, Key.Key_Left)
    assert view.caret() == start + 1
    press(view, Key.Key_Right)
    assert view.caret() == start


def test_ctrl_with_arrows_goes_and_selects_by_word(open_view: Open) -> None:
    view = open_view()
    view.set_caret(quoted("ministry denied").start)
    press(view, Key.Key_Right, CTRL | SHIFT)
    assert view.selection() == quoted("ministry")
    press(view, Key.Key_Right, CTRL | SHIFT)
    assert view.selection() == quoted("ministry denied")
    press(view, Key.Key_Left, CTRL)
    assert view.caret() == quoted("denied on").start


def test_ctrl_up_and_down_go_and_select_by_paragraph(open_view: Open) -> None:
    view = open_view()
    press(view, Key.Key_Down, CTRL, times=2)
    assert view.caret() == quoted("Citing").start
    press(view, Key.Key_Down, CTRL | SHIFT)
    assert view.selection() == Span(quoted("Citing").start, quoted("قالت").start)
    view.set_caret(quoted("leaked").start)
    press(view, Key.Key_Up, CTRL)
    assert view.caret() == quoted("Citing").start


def test_home_and_end_keep_to_the_line_and_with_ctrl_go_to_the_ends(open_view: Open) -> None:
    view = open_view()
    view.set_caret(quoted("ministry denied").start)
    press(view, Key.Key_End)
    line_end = view.caret()
    assert view.rect_of(line_end).top() == view.rect_of(quoted("ministry denied").start).top()
    assert ARTICLE[line_end] == " "
    press(view, Key.Key_Home)
    assert view.caret() == quoted("LISBORN").start
    press(view, Key.Key_End, CTRL)
    assert view.caret() == len(ARTICLE)
    press(view, Key.Key_Home, CTRL | SHIFT)
    assert view.selection() == Span(0, len(ARTICLE))


def test_up_and_down_keep_their_column_and_pass_over_empty_paragraphs(open_view: Open) -> None:
    view = open_view()
    view.set_caret(quoted("quoted an").start)
    x = view.rect_of(view.caret()).left()
    tops = [view.rect_of(view.caret()).top()]
    for _ in range(4):
        press(view, Key.Key_Down)
        tops.append(view.rect_of(view.caret()).top())
    assert tops == sorted(set(tops))
    assert ARTICLE[view.caret() - 1 : view.caret() + 1] != "\n\n"
    press(view, Key.Key_Up, times=4)
    assert view.caret() == quoted("quoted an").start
    assert view.rect_of(view.caret()).left() == x


def test_page_keys_go_a_window_and_the_caret_stays_in_view(open_view: Open) -> None:
    view = open_view(text="\n".join([ARTICLE] * 20))
    press(view, Key.Key_PageDown, times=3)
    assert view.caret() > 1000
    assert 0 <= view.rect_of(view.caret()).top() < view.viewport().height()
    press(view, Key.Key_PageUp, SHIFT)
    assert view.selection() is not None
    press(view, Key.Key_PageUp, times=5)
    assert view.caret() == 0


def test_an_arrow_without_shift_leaves_a_selection_at_its_end(open_view: Open) -> None:
    view = open_view()
    span = quoted("ministry denied")
    view.select(span)
    press(view, Key.Key_Right)
    assert (view.caret(), view.selection()) == (span.end, None)
    view.select(span)
    press(view, Key.Key_Left)
    assert (view.caret(), view.selection()) == (span.start, None)


def test_moves_are_told_once_and_selections_when_they_change(open_view: Open) -> None:
    view = open_view()
    carets: list[int] = []
    selections: list[Span | None] = []
    view.caret_moved.connect(carets.append)
    view.selection_changed.connect(selections.append)
    press(view, Key.Key_Right)
    press(view, Key.Key_Right, SHIFT)
    press(view, Key.Key_Left)
    view.set_caret(1)
    assert carets == [1, 2, 1]
    assert selections == [Span(1, 2), None]


@pytest.mark.parametrize(
    ("keys", "mine"),
    [("Right", True), ("Ctrl+Down", True), ("Shift+Home", True), ("X", False), ("Alt+Left", False),
     ("F3", False), ("Ctrl+Z", False), ("Return", False), ("Tab", False), ("Ctrl+PgDown", False)],
)  # fmt: skip
def test_the_window_gets_every_key_that_does_not_move_the_caret(qtbot: QtBot, keys: str, mine: bool) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    view = TextView(NewsSegmenter(), window)
    window.setCentralWidget(view)
    view.show_article(ARTICLE, Marks())
    view.set_caret(300)
    action = QAction("act", window)
    action.setShortcut(QKeySequence(keys))
    window.addAction(action)
    fired: list[bool] = []
    action.triggered.connect(lambda: fired.append(True))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    view.setFocus()
    combination = QKeySequence(keys)[0]
    QTest.keyClick(view, combination.key(), combination.keyboardModifiers())
    assert bool(fired) != mine
    assert (view.caret() != 300) == mine
