"""An edit costs what it changes, however many marks the article has and however long the history is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.app.segment import NewsSegmenter
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui import searching
from annotator.ui.settings import Settings
from annotator.ui.status import StatusLine
from annotator.ui.window import MainWindow
from tests.store.samples import add_article, fill, price

TOP = "The port denied that the ferry had left too early, and blamed fog. " * 3
EMPTY = "\n".join(["Nothing was marked in this paragraph of the report."] * 400)
WORDS = Span(TOP.index("denied"), TOP.index("denied") + 40)
NEAR = 10
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def prices(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, dict[str, tuple[int, int]]]:
    """Statements and steps of each edit, committed and painted, by the number of marks in the article."""
    with pytest.MonkeyPatch.context() as hurried:
        hurried.setattr(searching, "_RESTS", 0)  # nobody works in this window meanwhile
        return {marks: _prices(tmp_path_factory.mktemp("price"), marks) for marks in (NEAR, 10_000)}


def _prices(folder: Path, marks: int) -> dict[str, tuple[int, int]]:
    """A file, so that what reads beside the window has a connection of its own and is not counted."""
    store = Store.create(folder / "news.annotator", Identity(name="Ada"))
    rest = "\n".join(["All of these words are marked, again and again, to the end."] * 1200)
    text = f"{TOP}\n{EMPTY}\n{rest}"
    article = add_article(store, text)
    for number in range(NEAR - 1):
        edits.add_mark(store, article, "claim", [(number, number + 12)])
    # The end of an index is noticed a step early: with a mark behind the words it is met in neither.
    edits.add_mark(store, article, "claim", [(len(text) - 12, len(text))])
    fill(store, article, text, marks - NEAR, after=len(TOP) + len(EMPTY))
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    window.resize(1366, 768)
    window.show()
    window.viewing.toggle_text_only()  # what panels read follows the paint, in a pause of its own
    window.session.open_article(article)
    while window.panes.active.ghosts.is_waiting:  # proposals cost one more look at the marks about them
        QCoreApplication.processEvents()
    try:
        return _edited(window)
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        store.close()


def _edited(window: MainWindow) -> dict[str, tuple[int, int]]:
    """Every edit once, after each was done before: the first one reads what stays in memory."""
    hands, session, store = window.hands, window.session, window.session.store
    labels = read.scheme(store).labels
    found = {}
    for _ in range(2):
        window.view.select(WORDS)
        found["add"] = _painted(window, lambda: hands.marking.label_with(labels["claim"]))
        mark = session.focus.mark
        assert mark is not None
        found["relabel"] = _painted(window, lambda: hands.marking.label_with(labels["denial"]))
        found["move an end"] = _painted(
            window, lambda mark=mark: hands.marking.grip_moved(mark, 0, "end", WORDS.end - 5)
        )
        found["undo"] = _painted(window, lambda: hands.desk.show_change(session.store.undo()))
        found["redo"] = _painted(window, lambda: hands.desk.show_change(session.store.redo()))
        found["remove"] = _painted(window, hands.marking.delete)
        found["undo a removal"] = _painted(window, lambda: hands.desk.show_change(session.store.undo()))
    return found


def _painted(window: MainWindow, act: Callable[[], object]) -> tuple[int, int]:
    """The price of an act and its paint, begun when nothing waits and the next page is laid out."""
    for _ in range(5):
        QApplication.processEvents()
    for number in list(window.view.page.ahead()):
        window.view.page.laid.get(number)

    def act_and_paint() -> None:
        act()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

    return price(window.session.store, act_and_paint)


EDITS = ("add", "relabel", "move an end", "undo", "redo", "remove", "undo a removal")


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_costs_the_same_among_ten_marks_and_among_ten_thousand(prices, name):
    assert prices[NEAR][name] == prices[10_000][name]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_and_its_paint_take_few_statements(prices, name):
    assert prices[10_000][name][0] <= 40


def test_what_the_status_line_says_waits_for_the_paint(desk):
    desk.hold(desk.put("blamed fog"))
    QApplication.processEvents()
    line = desk.window.findChild(StatusLine)
    edits.relabel(desk.store, desk.held().id, "denial")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
    assert line.state.text() == "mark held · M1 Claim"
    QApplication.processEvents()
    assert line.state.text() == "mark held · M1 Denial"


def test_a_mark_that_is_clicked_is_outlined_without_a_look_into_the_file(desk):
    mark = desk.put("blamed fog")
    QApplication.processEvents()
    view = desk.window.view
    place = view.rects_of(read.mark(desk.store, mark).spans[0])[0].center()
    clicked = (
        QMouseEvent(
            kind, place, view.viewport().mapToGlobal(place), LEFT, LEFT, Qt.KeyboardModifier.NoModifier
        )
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
    )

    def click_and_paint() -> None:
        for event in clicked:
            QCoreApplication.sendEvent(view.viewport(), event)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

    assert price(desk.store, click_and_paint) == (0, 0)
    assert view.shown.held is not None
    assert view.shown.held.mark == mark
