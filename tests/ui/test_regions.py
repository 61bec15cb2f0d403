"""Words that are a title, a dateline or a subhead are said to be so where they stand."""

import pytest
from PySide6.QtCore import QPoint, Qt

from annotator.store import edits, read
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import Desk

Key = Qt.Key


@pytest.fixture
def regions(desk: Desk):
    def found():
        article = read.article(desk.store, desk.articles[0])
        return [(one.kind, desk.keys.text[one.span.start : one.span.end]) for one in article.regions]

    return found


def call(desk: Desk, kind: str) -> None:
    desk.keys.press(Key.Key_F2, SHIFT)
    entry = desk.keys.entry(lambda entry: entry.value == kind)
    desk.keys.type(entry.key)


def test_selected_words_inside_a_paragraph_are_called_a_dateline(desk: Desk, regions) -> None:
    desk.select("The port")
    call(desk, "dateline")
    assert regions() == [("dateline", "The port")]
    assert desk.selected() == ""
    assert desk.keys.notice == "“The port” is dateline now."
    desk.keys.press(Key.Key_Z, CTRL)
    assert regions() == []


def test_without_a_selection_it_is_the_paragraph_at_the_caret(desk: Desk, regions) -> None:
    desk.keys.go_to(3)
    call(desk, "title")
    assert regions() == [("title", "Ferry Ran Aground, Port Says")]


def test_another_kind_takes_the_place_of_the_one_before_and_running_text_ends_it(desk: Desk, regions) -> None:
    desk.select("Ferry Ran Aground, Port Says")
    call(desk, "title")
    desk.select("Ferry Ran Aground, Port Says")
    call(desk, "subhead")
    assert regions() == [("subhead", "Ferry Ran Aground, Port Says")]
    desk.select("Ferry Ran")
    call(desk, "subhead")
    assert regions() == [("subhead", "Ferry Ran")]
    desk.select("Ran Aground")
    call(desk, "")
    assert regions() == []


def test_a_region_may_stand_in_another_one_and_is_ended_alone(desk: Desk, regions) -> None:
    desk.select("Ferry Ran Aground, Port Says")
    call(desk, "title")
    desk.select("Port Says")
    call(desk, "byline")
    assert regions() == [("title", "Ferry Ran Aground, Port Says"), ("byline", "Port Says")]
    desk.select("Aground, Port")
    call(desk, "subhead")
    assert regions() == [("title", "Ferry Ran Aground, Port Says"), ("subhead", "Aground, Port")]
    desk.keys.go_to(desk.span("Port Says").start)
    call(desk, "")
    assert regions() == [("title", "Ferry Ran Aground, Port Says")]


def test_a_region_stands_in_the_margin_and_a_click_on_it_asks_what_its_words_are(desk: Desk, regions) -> None:
    desk.select("Ferry Ran Aground, Port Says")
    call(desk, "title")
    desk.select("The port")
    call(desk, "dateline")
    view = desk.window.view
    at = QPoint(max(3, view.columns.left - 83), view.rect_of(desk.span("The port").start).center().y())
    assert [region.name for region in view.regions_at(at)] == ["dateline"]
    desk.mouse.click(view.viewport(), at)
    entry = desk.keys.entry(lambda entry: entry.value == "caption")
    desk.mouse.click_entry(entry)
    assert regions() == [("title", "Ferry Ran Aground, Port Says"), ("caption", "The port")]
    assert [region.name for region in view.regions_at(at)] == ["caption"]
    desk.keys.press(Key.Key_Z, CTRL)
    assert [region.name for region in view.regions_at(at)] == ["dateline"]


def test_a_scheme_without_kinds_of_regions_can_only_call_words_running_text(desk: Desk, regions) -> None:
    scheme = {**read.scheme(desk.store).data, "region_kinds": []}
    edits.set_scheme(desk.store, scheme)
    desk.select("The port")
    desk.keys.press(Key.Key_F2, SHIFT)
    assert [entry.value for entry in desk.keys.choices.entries] == [""]


def test_regions_come_beside_the_text_of_an_article_once_that_is_painted(desk: Desk, regions, qtbot) -> None:
    desk.select("Ferry Ran Aground, Port Says")
    call(desk, "title")
    session, view = desk.window.session, desk.window.view
    session.open_article(desk.articles[1])
    assert view.regions is None
    session.open_article(desk.articles[0])
    assert view.regions is None
    qtbot.waitUntil(lambda: view.regions is not None)
    session.open_article(desk.articles[1])
    qtbot.waitUntil(lambda: not desk.window.panes.active.ghosts.is_waiting)
    assert view.regions is None


def test_an_article_without_regions_is_painted_once(desk: Desk, qtbot) -> None:
    view, painted = desk.window.view, []
    qtbot.waitUntil(lambda: not desk.window.panes.active.ghosts.is_waiting)
    paint_rows = view._paint_rows
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            view, "_paint_rows", lambda by, region: painted.append(region) or paint_rows(by, region)
        )
        desk.window.session.open_article(desk.articles[1])
        qtbot.waitUntil(lambda: not desk.window.panes.active.ghosts.is_waiting)
    assert [region.boundingRect() for region in painted] == [view.viewport().rect()]
