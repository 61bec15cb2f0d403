"""The panels around the text: their share of a window, and what the analyst makes of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.app.segment import NewsSegmenter
from annotator.store import edits
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow


@pytest.fixture
def opened(project, tmp_path, qtbot):
    def open_it(width=1366, height=768, front="loose-ends"):
        window = MainWindow(project.session, NewsSegmenter(), Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        panel, dock = window.panels[front], window.docks[front]
        qtbot.waitUntil(lambda: panel.height() < dock.height() + 1 < height // 2)
        return window

    return open_it


def foot(window):
    return window.panels.loose_ends.height()


def make_high(window, pixels):
    dock = window.docks["loose-ends"]
    window.resizeDocks([dock], [pixels], Qt.Orientation.Vertical)


def test_a_taller_window_gives_the_panels_below_more_room_and_a_lower_one_less(opened, qtbot):
    window = opened()
    low = foot(window)
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: foot(window) > 1.7 * low)
    assert window.view.height() > 2 * foot(window)
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: foot(window) == low)
    other = opened(1920, 1080)
    qtbot.waitUntil(lambda: foot(other) > 1.7 * low)


def test_the_height_that_the_analyst_gives_them_stays_and_is_there_again_next_time(opened, qtbot):
    window = opened()
    make_high(window, 330)
    qtbot.waitUntil(lambda: foot(window) > 250)
    given = foot(window)
    window.resize(1366, 1000)
    qtbot.waitUntil(lambda: window.view.height() > 400)
    assert foot(window) == given
    window.close()
    again = opened(1366, 1000)
    qtbot.waitUntil(lambda: foot(again) == given)
    again.menus.actions["reset-layout"].trigger()
    qtbot.waitUntil(lambda: foot(again) < given)


def test_panels_that_were_made_large_and_small_again_still_follow_the_window(opened, qtbot):
    window = opened()
    low = foot(window)
    enlarge = window.menus.actions["enlarge-foot"]
    enlarge.trigger()
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)
    enlarge.trigger()
    qtbot.waitUntil(lambda: foot(window) == low)
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: foot(window) > 1.7 * low)


def test_panels_made_large_in_a_large_window_leave_the_text_its_share_in_a_smaller_one(opened, qtbot):
    window = opened(1920, 1080)
    window.menus.actions["enlarge-foot"].trigger()
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)
    share = window.panes.height() / 1080
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.panes.height() / 768 > 0.8 * share)
    assert window.arrangement.foot.is_large


@pytest.mark.parametrize("steps", [(700,), (420, 700), range(1079, 699, -1)])
def test_panels_made_large_keep_their_share_while_the_edge_of_the_window_is_dragged(opened, qtbot, steps):
    window = opened(1366, 1080)
    window.menus.actions["enlarge-foot"].trigger()
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)
    before = window.panes.height()
    for height in steps:
        window.resize(1366, height)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large and window.panes.height() > 170)
    for height in (*reversed(steps), 1080):
        window.resize(1366, height)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: window.panes.height() == before)


def test_panels_below_half_of_the_window_leave_the_text_half_of_a_low_one(opened, qtbot):
    window = opened(1366, 1080)
    make_high(window, 500)
    qtbot.waitUntil(lambda: foot(window) > 430)
    window.resize(1366, 600)
    qtbot.waitUntil(lambda: window.panes.height() > 200)
    assert not window.arrangement.foot.is_large
    window.resize(1366, 1080)
    assert not window.arrangement.foot.is_large


@pytest.mark.parametrize("given", [250, 330])
@pytest.mark.parametrize("steps", [(500,), (420,), (300,), (300, 340, 420, 500), range(767, 299, -1)])
def test_panels_squeezed_by_a_low_window_come_back_at_the_height_that_they_were_given(
    opened, qtbot, given, steps
):
    window = opened()
    make_high(window, given)
    qtbot.waitUntil(lambda: foot(window) > given - 40)
    before = foot(window)
    for height in (*steps, *reversed(steps), 768):
        window.resize(1366, height)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: foot(window) == before)


def test_panels_can_be_made_small_again_in_a_window_lower_than_the_height_they_had(opened, qtbot):
    window = opened(1366, 1080)
    make_high(window, 450)
    qtbot.waitUntil(lambda: foot(window) > 380)
    window.menus.actions["enlarge-foot"].trigger()
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)
    window.resize(1366, 700)
    window.menus.actions["enlarge-foot"].trigger()
    qtbot.waitUntil(lambda: not window.arrangement.foot.is_large)


def test_another_width_lays_the_panels_out_once(opened, qtbot):
    window = opened(1366, 1080)
    asked, resize = [], window.resizeDocks
    window.resizeDocks = lambda *sizes: asked.append(sizes) or resize(*sizes)
    window.resize(1200, 1080)
    window.resize(1200, 700)
    window.resize(1200, 650)
    assert len(asked) == 1


def test_a_project_closed_over_the_map_opens_with_room_for_its_text(opened, qtbot):
    window = opened()
    low = foot(window)
    window.ways.to_map(None)
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)
    window.close()
    again = opened(front="map")
    assert not again.panels.map.visibleRegion().isEmpty()
    again.docks["loose-ends"].raise_()
    qtbot.waitUntil(lambda: foot(again) == low)


def test_a_project_closed_over_the_search_keeps_its_room_when_the_window_grows(opened, qtbot):
    window = opened()
    window.resize(1366, 1000)
    qtbot.waitUntil(lambda: foot(window) > 200)
    given = foot(window)
    window.ways.to_search()
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)
    window.close()
    again = MainWindow(window.session, NewsSegmenter(), window.settings)
    qtbot.addWidget(again)
    again.show()  # as high as the screen lets it
    qtbot.waitUntil(lambda: again.panels.search.height() == given)
    again.resize(1366, 1000)
    qtbot.waitUntil(lambda: again.height() == 1000 and again.view.height() > 500)
    QApplication.processEvents()
    assert again.panels.search.height() == given


def at_sides(window):
    return {name for name in ("articles", "mark") if window.docks[name].isVisible()}


def test_in_a_narrow_window_the_panels_at_the_sides_make_way_for_the_text_and_come_back(opened, qtbot):
    window = opened()
    widths = {name: window.docks[name].width() for name in at_sides(window)}
    window.resize(760, 420)
    assert at_sides(window) == {"mark"}
    qtbot.waitUntil(lambda: window.panes.width() > 0.6 * window.width())
    window.resize(540, 420)
    assert at_sides(window) == set()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: {name: window.docks[name].width() for name in at_sides(window)} == widths)


def test_the_text_has_half_of_every_window(opened, qtbot):
    window = opened()
    for width in range(1100, 540, -60):
        window.resize(width, 600)
        qtbot.waitUntil(lambda width=width: window.panes.width() >= 0.5 * width)


def test_a_panel_asked_for_in_a_narrow_window_stays_and_one_closed_there_does_not_come_back(opened):
    window = opened()
    window.docks["mark"].toggleViewAction().trigger()
    window.resize(760, 420)
    window.arrangement.bring("articles")
    window.resize(740, 420)
    assert at_sides(window) == {"articles"}
    window.docks["articles"].toggleViewAction().trigger()
    window.resize(1366, 768)
    assert at_sides(window) == set()


def test_what_made_way_in_a_narrow_window_is_there_in_a_wide_one_next_time(opened):
    window = opened()
    window.resize(760, 420)
    window.close()
    assert at_sides(opened(760, 420)) == {"mark"}
    assert at_sides(opened()) == {"articles", "mark"}


def test_hiding_all_in_a_narrow_window_brings_back_what_was_there(opened):
    window = opened()
    window.resize(760, 420)
    for _ in range(2):
        window.viewing.toggle_text_only()
    assert at_sides(window) == {"mark"}
    window.viewing.toggle_text_only()
    window.resize(1366, 768)
    assert at_sides(window) == set()
    window.viewing.toggle_text_only()
    assert at_sides(window) == {"articles", "mark"}


def test_a_closed_panel_is_not_taken_for_one_that_made_way(opened):
    window = opened()
    window.resize(760, 420)
    window.docks["mark"].close()
    window.resize(1366, 768)
    assert at_sides(window) == {"articles"}


def test_a_panel_behind_another_reads_what_was_changed_when_it_comes_to_the_front(opened, project):
    window = opened()
    for name in ("claims", "marks"):
        window.arrangement.bring(name)
    behind, asked = window.panels.claims, []
    behind.model.pages.found.connect(lambda order, is_same: asked.append(order))
    edits.add_proposition(project.store, "The bridge was hit twice")
    QApplication.processEvents()
    assert not behind._pause.isActive()
    assert asked == []
    window.arrangement.bring("claims")
    assert len(asked) == 1
    rows = range(behind.model.rowCount())
    assert "The bridge was hit twice" in [behind.model.index(row, 0).data() for row in rows]
    window.arrangement.bring("marks")
    window.arrangement.bring("claims")
    assert len(asked) == 1
