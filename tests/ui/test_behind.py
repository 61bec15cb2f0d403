"""What a panel shows and does that was behind another, or closed, while the project changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar

from annotator.domain.spans import Span
from annotator.store import edits, lists
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article
from tests.ui.test_window import put_in
from tests.ui.windows import window_on

FOOT = ("claims", "sources", "exhibits", "history", "map", "search", "marks")


@pytest.fixture
def store(tmp_path):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    edits.set_preset(store, "analyst")
    article = add_article(store, TEXT, title="Bridge")
    for start in (0, 12, 21):
        edits.add_mark(store, article, "claim", [Span(start, start + 4)])
    yield store
    store.close()


@pytest.fixture
def window(store, qtbot):
    """A window with all panels made and the marks in front."""
    window = window_on(store, qtbot, filled="loose-ends")
    for name in FOOT:
        window.arrangement.bring(name)
    yield window
    window.close()


def listed(window):
    pages = window.panels.marks.model.pages
    return [pages.row(number).id for number in range(len(pages))]


def delete_first(store):
    edits.delete_marks(store, [lists.marks(store)[0].id])


def find(window, group, qtbot):
    """The rows of a group that a search found, which is behind another panel then."""
    window.ways.to_search().ask("label=claim")
    found = window.panels.search.found
    qtbot.waitUntil(lambda: not any(one.is_waiting for one in found.groups))
    found.tabs.setCurrentIndex(found.groups.index(found.rows[group]))
    window.arrangement.bring("sources")
    return found.rows[group].model.pages


def test_the_list_of_marks_stands_on_the_mark_in_hand_that_was_made_meanwhile(window, store, qtbot):
    window.arrangement.bring("sources")
    made = edits.add_mark(store, window.session.focus.article, "denial", [Span(26, 30)])
    window.session.hold(made)
    window.arrangement.bring("marks")
    qtbot.waitUntil(lambda: made in listed(window))
    assert window.panels.marks.to_copy().id == made


def test_the_next_line_of_the_search_is_none_that_was_deleted_while_it_was_behind(window, store, qtbot):
    pages = find(window, "mark", qtbot)
    first, second, third = (pages.row(number).id for number in range(3))
    edits.delete_marks(store, [second])
    qtbot.waitUntil(lambda: len(pages) == 2)
    window.viewing.step_found(1)
    assert window.session.focus.mark == third
    window.viewing.step_found(-1)
    assert window.session.focus.mark == first


def test_a_line_of_the_search_that_is_deleted_just_now_is_told_to_be_gone(window, store, qtbot):
    pages = find(window, "mark", qtbot)
    edits.delete_marks(store, [pages.row(1).id])
    window.viewing.step_found(1)
    assert "deleted meanwhile" in window.notices.text


def test_a_line_of_the_search_whose_article_is_deleted_just_now_is_told_to_be_gone(window, store, qtbot):
    here = window.session.focus.article
    (other,) = put_in(store, "Other")
    edits.add_mark(store, other, "claim", [Span(0, 4)])
    pages = find(window, "article", qtbot)
    assert [pages.row(number).id for number in range(len(pages))] == [here, other]
    edits.delete_article(store, other)
    window.viewing.step_found(1)
    assert window.session.focus.article == here
    assert "deleted meanwhile" in window.notices.text


def test_a_panel_that_was_closed_shows_what_there_is_when_it_is_opened(window, store):
    window.docks["marks"].close()
    delete_first(store)
    window.arrangement.bring("marks")
    assert listed(window) == [mark.id for mark in lists.marks(store)]


def test_a_window_that_was_minimised_shows_what_there_is(window, store):
    window.showMinimized()
    QApplication.processEvents()
    delete_first(store)
    window.showNormal()
    QApplication.processEvents()
    assert listed(window) == [mark.id for mark in lists.marks(store)]


def test_of_two_panels_side_by_side_both_show_what_there_is(window, store, qtbot):
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.docks["history"])
    window.docks["history"].show()
    QApplication.processEvents()
    delete_first(store)
    qtbot.waitUntil(lambda: listed(window) == [mark.id for mark in lists.marks(store)])
    table = window.panels.history.table.model()
    qtbot.waitUntil(lambda: "delete" in table.index(0, 0).data().lower())


def tab_of(window, name):
    """The tab of a dock at the foot: its bar, and its middle."""
    title = window.docks[name].windowTitle()
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        for number in range(bar.count()):
            if bar.tabText(number).startswith(title):
                return bar, bar.tabRect(number).center()
    raise LookupError(name)


def test_the_keys_go_with_the_tab_that_is_clicked_and_delete_nothing_behind_it(window, store, qtbot):
    window.ways.to_panel("marks")
    before = lists.marks(store)
    assert window.panels.marks.isAncestorOf(QApplication.focusWidget())
    bar, middle = tab_of(window, "sources")
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: window.panels.sources.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert lists.marks(store) == before


def test_the_keys_stay_in_the_text_when_a_tab_is_clicked(window, qtbot):
    window.arrangement.bring("marks")
    window.view.setFocus()
    bar, middle = tab_of(window, "sources")
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: window.panels.sources.visibleRegion().boundingRect().isValid())
    QApplication.processEvents()
    assert QApplication.focusWidget() is window.view
