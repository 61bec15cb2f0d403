"""The dispute map among the panels of the window: called by a key, given room, left again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import edits, lists
from annotator.ui.panels.judgements import JudgementStrip
from tests.ui.hands.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def denied(desk: Desk):
    """A claim and its denial, the denial in hand."""
    store, article = desk.window.session.store, desk.window.session.focus.article
    claim = edits.add_mark(store, article, "claim", [Span(0, 5)])
    denial = edits.add_mark(store, article, "denial", [Span(6, 12)])
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    desk.window.session.hold(claim)
    return claim, denial


def test_one_key_brings_the_map_of_the_claim_in_hand_with_room_to_read_it(desk, denied, qtbot):
    window = desk.window
    qtbot.keyClick(window.view, Qt.Key.Key_M, CTRL)
    panel = window.panels.map
    qtbot.waitUntil(lambda: panel.is_settled and panel.view is not None)
    assert panel.isVisible()
    assert panel.claim == lists.claims(window.session.store)[0].id
    assert panel.claims.list.hasFocus()
    qtbot.waitUntil(lambda: panel.height() > 0.5 * window.height())
    qtbot.keyClick(panel.claims.list, Qt.Key.Key_Return)
    assert panel.board.hasFocus()
    window.session.hold(None)
    qtbot.keyClick(panel.board, Qt.Key.Key_Return)
    assert window.session.focus.mark in denied
    qtbot.keyClick(panel.board, Qt.Key.Key_F4)
    assert window.view.hasFocus()


def test_the_room_of_the_map_is_given_back_to_the_text_by_the_next_panel_in_front(desk, denied, qtbot):
    window = desk.window
    before = window.view.height()
    shown_map(desk, qtbot)
    qtbot.waitUntil(lambda: window.view.height() < 0.6 * before)
    window.ways.to_search()
    qtbot.keyClick(window.panels.search.field, Qt.Key.Key_Escape)
    assert window.arrangement.foot.is_large
    qtbot.keyClick(window.view, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.view.height() == before)


def test_room_that_the_analyst_took_stays_from_panel_to_panel(desk, denied, qtbot):
    window = desk.window
    qtbot.keyClick(window.view, Qt.Key.Key_F9)
    shown_map(desk, qtbot)
    qtbot.keyClick(window.view, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.arrangement.foot.is_large)


def test_one_key_gives_the_panels_below_more_room_and_takes_it_again(desk, qtbot):
    window = desk.window
    dock = window.docks["loose-ends"]
    before = dock.height()
    qtbot.keyClick(window.view, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: dock.height() > 0.5 * window.height())
    assert window.arrangement.foot.is_large
    qtbot.keyClick(window.view, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: abs(dock.height() - before) <= 2)


def test_a_project_without_claims_says_how_one_comes_about(desk, qtbot):
    desk.window.viewing.show_map()
    panel = desk.window.panels.map
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.claims.stack.currentWidget() is panel.claims.empty
    assert panel.pages.currentWidget() is panel.empty


def test_graph_and_time_line_have_actions_of_their_own_that_give_them_the_keys(desk, denied, qtbot):
    window = desk.window
    qtbot.keyClick(window.view, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    panel = window.panels.map
    qtbot.waitUntil(lambda: panel.is_settled and panel.view is not None)
    qtbot.waitUntil(panel.graph.hasFocus)
    assert panel.claim == lists.claims(window.session.store)[0].id
    window.viewing.functions["map-time-line"]()
    qtbot.waitUntil(panel.timeline.hasFocus)
    assert panel.pages.currentWidget() is panel.timeline
    assert not panel.board.cards  # made when the board is turned to
    panel.show_as("board")
    assert [card.ref.id for card in panel.board.cards] == list(denied)


def shown_map(desk, qtbot):
    desk.window.viewing.show_map()
    panel = desk.window.panels.map
    qtbot.waitUntil(lambda: panel.is_settled and panel.view is not None)
    return panel


def test_the_claim_and_a_statement_on_it_are_judged_on_the_board_itself(desk, denied, qtbot):
    panel = shown_map(desk, qtbot)
    assert not panel.judged.isVisible()
    assert not panel.findChildren(JudgementStrip)
    qtbot.mouseClick(panel.head.judge, Qt.MouseButton.LeftButton)
    assert panel.judged.strip.isVisible()
    panel.judged.toggle.setFocus()
    qtbot.keyClick(panel.judged.toggle, Qt.Key.Key_Tab)
    first = next(iter(panel.judged.strip.rows.values()))
    assert first.isAncestorOf(QApplication.focusWidget())
    panel.judged.strip.judge("verdict", "true", "Two records")
    assert "true" in panel.judged.summary.accessibleName()
    qtbot.mouseClick(panel.head.judge, Qt.MouseButton.LeftButton)
    assert not panel.judged.isVisible()
    assert panel.board.hasFocus()
    qtbot.keyClick(panel.board, Qt.Key.Key_J)
    assert panel.judged.target.table == "mention"
    qtbot.keyClick(panel.judged.toggle, Qt.Key.Key_Escape)
    assert not panel.judged.isVisible()
    assert panel.board.hasFocus()


def test_an_exhibit_on_the_board_is_opened_among_the_exhibits(desk, denied, qtbot):
    store = desk.window.session.store
    exhibits = [edits.add_exhibit(store, title=title) for title in ("A film", "Photo of the hull")]
    edits.add_link(store, "supports", Ref("exhibit", exhibits[1]), Ref("mark", denied[0]))
    panel = shown_map(desk, qtbot)
    card = next(one for one in panel.board.cards if one.ref.table == "exhibit")
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    opened = desk.window.panels.exhibits
    assert opened.isVisible()
    assert opened.current().id == exhibits[1]
    assert opened.list.hasFocus()
