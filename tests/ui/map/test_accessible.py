"""A screen reader finds the boxes of the graph and the time line, and follows the keys through them."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from shiboken6 import isValid

from annotator.domain.figure import Box, Figure, Point, Stroke
from annotator.domain.model import Ref
from annotator.ui.map.figures import FigureView
from annotator.ui.theme import theme

Key = Qt.Key
Text = QAccessible.Text
CLAIM, DENIAL, SPEAKER = Ref("proposition", "c"), Ref("mark", "d"), Ref("source", "s")
FIGURE = Figure(
    600,
    100,
    (
        Box(SPEAKER, "source", "source", 0, 0, 150, 40, "Mara Lind", ""),
        Box(DENIAL, "mark", "deny", 200, 0, 150, 60, "M2", "No gate was opened"),
        Box(CLAIM, "proposition", "proposition", 420, 0, 150, 60, "C1", "the dam was opened"),
    ),
    (
        Stroke((Point(150, 20), Point(200, 20)), "says", SPEAKER, DENIAL),
        Stroke((Point(350, 30), Point(420, 30)), "denies", DENIAL, CLAIM),
    ),
)


def made() -> FigureView:
    return FigureView(
        theme("light"),
        "Graph of the claim",
        lambda kind: "" if kind == "says" else kind,
        lambda box: f"{box.kind} {box.head}. {box.text}",
    )


@pytest.fixture
def view(shown) -> FigureView:
    found = made()
    shown(found)
    found.resize(700, 200)
    found.show_figure(FIGURE, CLAIM)
    return found


def access(view: FigureView) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None
    return found


def child(view: FigureView, key: Ref) -> QAccessibleInterface:
    found = access(view).child(view.keys.index(key))
    assert found is not None
    return found


def test_every_box_is_a_child_with_a_role_a_name_and_its_lines(view):
    whole = access(view)
    assert whole.role() == QAccessible.Role.List
    assert whole.text(Text.Name) == "Graph of the claim"
    assert whole.childCount() == 3
    denial = child(view, DENIAL)
    assert denial.role() == QAccessible.Role.ListItem
    assert denial.text(Text.Name) == "mark M2. No gate was opened"
    assert denial.text(Text.Description) == "Mara Lind: says this; denies C1"
    assert denial.parent() == whole
    assert whole.indexOfChild(denial) == 1


def test_state_tells_which_box_the_keys_act_on_and_keys_follow_the_lines(view, qtbot):
    view.setFocus()
    claim, denial = child(view, CLAIM), child(view, DENIAL)
    assert claim.state().selected
    assert claim.state().focused == view.hasFocus()
    assert not denial.state().selected
    for key, expected in ((Key.Key_Left, DENIAL), (Key.Key_Left, SPEAKER), (Key.Key_Home, CLAIM)):
        qtbot.keyClick(view, key)
        assert child(view, expected).state().selected
        assert view.accessibleDescription() == child(view, expected).text(Text.Name)


def test_a_box_is_where_it_is_seen_and_is_found_there(view):
    rect = child(view, DENIAL).rect()
    assert rect.contains(view.mapToGlobal(view.rect_of(DENIAL).center().toPoint()))
    found = access(view).childAt(rect.center().x(), rect.center().y())
    assert found is not None
    assert found.text(Text.Name) == "mark M2. No gate was opened"
    assert access(view).childAt(-5000, -5000) is None
    assert not child(view, DENIAL).state().offscreen


def test_a_box_that_went_away_is_invisible_and_answers_without_a_crash(view):
    denial = child(view, DENIAL)
    view.show_figure(Figure(100, 50, FIGURE.boxes[2:]), CLAIM)
    assert denial.state().invisible
    assert denial.isValid()
    assert denial.text(Text.Name) == ""
    assert denial.rect().isEmpty()
    assert access(view).indexOfChild(denial) == -1
    assert access(view).childCount() == 1
    assert (denial.childCount(), denial.child(0), denial.object()) == (0, None, None)
    assert denial.actionInterface() is None


def test_figures_can_be_made_and_thrown_away(qapp):
    for _ in range(20):
        view = made()
        view.show_figure(FIGURE, CLAIM)
        assert access(view).childCount() == 3
        access(view).child(0)
        view.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not isValid(view)
        del view
        gc.collect()
