"""Links pulled across panes as a display delivers the mouse: to one window, with its grab, not to widgets."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import MarkId
from annotator.domain.spans import Span
from annotator.ui.text.held import port
from annotator.ui.text.view import TextView
from annotator.ui.window import MainWindow
from tests.flows.analyst import CTRL, settle
from tests.flows.keyboard import Keyboard
from tests.flows.texts import SECOND, quoted
from tests.flows.two_panes import CLAIM, DENIAL, links, split

pytestmark = pytest.mark.xvfb
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ends(window: MainWindow, keys: Keyboard) -> tuple[MarkId, MarkId]:
    """A denial in hand in the left pane, at work, and a claim in hand in the right one."""
    return split(keys)


def knob(view: TextView) -> QPoint:
    held = view.shown.held
    assert held is not None
    view.reveal(held.spans[-1], centre=True)
    settle()
    found = port(view.page, held)
    assert found is not None
    return found + QPoint(view.columns.left, 0)


def drag(
    origin: QWidget, start: QPoint, goal: QWidget, end: QPoint, before_release: Callable[[], object] = settle
) -> None:
    """Press at a point of a widget, move over the window in steps, let go at a point of another widget."""
    window = origin.window()
    handle = window.windowHandle()
    first, last = origin.mapTo(window, start), goal.mapTo(window, end)
    QTest.mousePress(handle, LEFT, Qt.KeyboardModifier.NoModifier, first)
    for step in range(1, 6):
        QTest.mouseMove(handle, first + (last - first) * step / 5)
        settle()
    before_release()
    QTest.mouseRelease(handle, LEFT, Qt.KeyboardModifier.NoModifier, last)
    settle()


def choose(keys: Keyboard, kind: str) -> None:
    """Click a kind of link among those that are offered."""
    choices = keys.choices
    row = next(n for n, entry in enumerate(choices.entries) if entry.value == kind)
    place = choices.visualRect(choices.entries_model.index(row, 0)).center()
    top = choices.window()
    QTest.mouseClick(
        top.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, choices.viewport().mapTo(top, place)
    )
    settle()


def middle(view: TextView, span: Span) -> QPoint:
    return view.rects_of(span)[0].center()


def test_a_link_pulled_to_the_other_pane_outlines_its_end_and_is_drawn(window, keys, ends):
    denial, claim = ends
    here, there = window.view, window.panes.other.view
    seen = []
    drag(
        here.viewport(), knob(here), there.viewport(), middle(there, CLAIM),
        before_release=lambda: seen.append(there.shown.target),
    )  # fmt: skip
    assert seen == [(CLAIM,)]
    choose(keys, "denies")
    assert links(window, denial) == [("denies", True, claim)]
    assert not there.shown.target
    assert keys.held == denial


def test_a_link_pulled_back_from_the_other_pane_ends_at_the_mark_of_the_first(window, keys, ends):
    denial, claim = ends
    keys.press(Key.Key_F6)
    here, there = window.view, window.panes.other.view
    there.reveal(DENIAL, centre=True)
    drag(here.viewport(), knob(here), there.viewport(), middle(there, DENIAL))
    choose(keys, "contradicts")
    assert links(window, claim) == [("contradicts", True, denial)]
    assert keys.held == claim


def test_a_pinned_mark_is_linked_to_a_mark_of_the_pane_that_is_not_at_work(window, keys, ends):
    denial, claim = ends
    keys.press(Key.Key_P)
    there, tray = window.panes.other.view, window.tray
    place = tray.visualRect(tray.entries_model.index(0, 0)).center()
    drag(tray.viewport(), place, there.viewport(), middle(there, CLAIM))
    choose(keys, "denies")
    assert links(window, denial) == [("denies", True, claim)]


def test_a_link_let_go_beside_all_marks_draws_nothing(window, keys, ends):
    denial, _ = ends
    here, there = window.view, window.panes.other.view
    drag(here.viewport(), knob(here), there.viewport(), middle(there, quoted(SECOND, "Leo Marsh")))
    assert keys.popup is None
    assert not links(window, denial)
    assert keys.held == denial


def test_the_line_between_the_panes_is_moved_with_the_mouse(window, ends):
    handle = window.panes.handle(1)
    left, _ = window.panes.sizes()
    drag(handle, handle.rect().center(), handle, handle.rect().center() - QPoint(80, 0))
    assert left - 90 < window.panes.sizes()[0] < left - 70


def test_a_link_is_pulled_between_panes_that_stand_one_above_the_other(window, keys, ends):
    denial, claim = ends
    keys.press(Key.Key_F11)
    window.resize(520, 760)
    settle()
    assert window.panes.orientation() is Qt.Orientation.Vertical
    here, there = window.view, window.panes.other.view
    there.reveal(CLAIM, centre=True)
    drag(here.viewport(), knob(here), there.viewport(), middle(there, CLAIM))
    choose(keys, "denies")
    assert links(window, denial) == [("denies", True, claim)]
    keys.press(Key.Key_Z, CTRL)
    assert not links(window, denial)
