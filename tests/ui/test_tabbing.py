"""Tab goes through all that is seen, in its order, and to nothing that is not."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.model import Attribution
from annotator.store import edits, lists
from annotator.store.store import Store
from annotator.ui.sides import PANELS
from annotator.ui.window import MainWindow
from tests.looks import pinned
from tests.ui.windows import window_on

Key = Qt.Key
LONG_WAY = 200
"""More presses than any way round the window takes."""


@pytest.fixture
def store() -> Store:
    return pinned.sample_store()


@pytest.fixture
def window(store, qtbot):
    return window_on(store, qtbot)


def way_round(window: MainWindow, key: Key = Key.Key_Tab) -> list[QWidget]:
    """What has the keys after each press, from the text until something has them again."""
    window.view.setFocus()
    found: list[QWidget] = []
    for _ in range(LONG_WAY):
        widget = QApplication.focusWidget()
        if widget in found[:-1]:
            return found
        if widget not in found:  # it keeps the keys while it has links left to go through
            place = QRect(widget.mapTo(window, QPoint()), widget.size())
            assert window.rect().intersects(place), f"Tab comes to {widget}, which nobody sees"
            found.append(widget)
        QTest.keyClick(widget, key)
    raise AssertionError(f"Tab never comes back: {found[-5:]}")


@pytest.mark.parametrize("name", PANELS)
def test_tab_comes_to_everything_in_the_panel_in_front_and_to_nothing_behind_it(window, name, qtbot):
    window.session.hold(lists.marks(window.session.store)[0].id)
    window.menus.actions[f"to-{name}"].trigger()
    pinned.settle()
    panel = window.panels[name]
    qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())
    found = way_round(window)
    inside = {one for one in found if panel.isAncestorOf(one)}
    wanted = {
        one
        for one in panel.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isEnabled()
        and not one.visibleRegion().isEmpty()
        and not (hasattr(one, "group") and one.group() is not None)
    }
    assert inside >= wanted
    assert set(way_round(window, Key.Key_Backtab)) == set(found)


def test_with_text_only_tab_stays_in_the_text(window):
    window.viewing.toggle_text_only()
    pinned.settle()
    window.view.setFocus()
    for key in (Key.Key_Tab, Key.Key_Backtab):
        QTest.keyClick(window.view, key)
        assert QApplication.focusWidget() is window.view


def test_relays_that_came_later_stand_where_they_are_seen(window, store, qtbot):
    (first, other, *_) = lists.sources(store, by_use=True, limit=2)
    mark = lists.marks(store)[0].id
    edits.set_attribution(store, mark, [Attribution(first.id), Attribution(other.id)])
    window.session.hold(mark)
    page = window.panels.mark.page
    qtbot.waitUntil(lambda: bool(page.chain.rows) and not page.chain.visibleRegion().isEmpty())
    names = [one.accessibleName() for one in way_round(window) if page.isAncestorOf(one)]
    relay = names.index(f"Relay {other.name}")
    assert names.index("Source") < relay < names.index("Note")
