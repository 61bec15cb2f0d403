"""Pinned marks at hand in every article, and the way back through places."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.domain.ids import MarkId
from annotator.domain.model import Link, Ref
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.ui.dialogs.places_menu import PlacesMenu
from annotator.ui.dialogs.target_search import TargetSearch
from annotator.ui.text.held import port
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT, CTRL, NONE, SHIFT, settle
from tests.flows.keyboard import Keyboard
from tests.flows.texts import FIRST, SECOND, quoted
from tests.flows.two_panes import CLAIM, DENIAL, links

Key = Qt.Key


@pytest.fixture
def pinned(keys: Keyboard) -> MarkId:
    """A claim of the second article on the tray; the first article is open, nothing in hand."""
    keys.next_article()
    claim = keys.mark_words(CLAIM, "claim")
    keys.press(Key.Key_Escape)
    keys.take(claim)
    keys.press(Key.Key_P)
    keys.previous_article()
    return claim


def tray_place(window: MainWindow, row: int) -> QPoint:
    return window.tray.visualRect(window.tray.entries_model.index(row, 0)).center()


def test_the_tray_is_there_only_while_something_is_pinned(window, keys, pinned):
    assert window.tray.isVisible()
    assert window.tray.height() < 50
    assert [entry.value for entry in window.tray.entries] == [pinned]
    keys.press(Key.Key_P, SHIFT)
    assert window.tray.hasFocus()
    keys.press(Key.Key_Delete)
    assert not window.tray.isVisible()
    keys.press(Key.Key_Z, CTRL)
    assert window.tray.isVisible()


def test_enter_and_a_click_on_the_tray_go_to_the_mark_and_back(window, keys, mouse, pinned):
    keys.press(Key.Key_P, SHIFT)
    keys.press(Key.Key_Return)
    assert keys.held == pinned
    assert keys.text == SECOND
    assert window.view.hasFocus()
    keys.press(Key.Key_Left, ALT)
    assert keys.text == FIRST
    mouse.click(window.tray.viewport(), tray_place(window, 0))
    assert keys.held == pinned


def test_a_digit_takes_a_pinned_mark_as_the_end_of_a_link(window, keys, pinned):
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_D)
    keys.type("1")
    assert links(window, denial) == [("denies", True, pinned)]
    assert keys.text == FIRST


def test_with_nothing_that_fits_in_view_the_search_offers_the_pinned_marks(window, keys, pinned):
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_D)
    assert isinstance(keys.popup, TargetSearch)
    keys.type("1")
    assert links(window, denial) == [("denies", True, pinned)]


def test_a_click_on_the_tray_ends_a_link_under_way(window, keys, mouse, pinned):
    keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_D)
    mouse.click(window.tray.viewport(), tray_place(window, 0))
    assert links(window, denial) == [("denies", True, pinned)]
    assert keys.held == denial


def test_a_link_is_let_go_over_the_tray(window, keys, mouse, pinned):
    denial = keys.mark_words(DENIAL, "denial")
    mouse.bring(Span(DENIAL.end - 1, DENIAL.end))
    knob = port(window.view.page, window.view.shown.held) + QPoint(window.view.columns.left, 0)
    place = window.tray.viewport().mapToGlobal(tray_place(window, 0))
    mouse.pull(knob, lambda: window.view.viewport().mapFromGlobal(place))
    mouse.click_entry(mouse.entry(lambda entry: entry.value == "denies"))
    assert links(window, denial) == [("denies", True, pinned)]


def test_pinned_marks_that_a_link_may_not_end_at_are_grey_and_say_why(window, keys, pinned):
    keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    silence = keys.mark_words(quoted(FIRST, "Karsk has not commented"), "no_comment")
    keys.press(Key.Key_P)
    keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_D)
    assert [(entry.value, bool(entry.reason)) for entry in window.tray.entries] == [
        (pinned, False),
        (silence, True),
    ]
    keys.type("2")
    assert "not at No comment" in keys.notice
    keys.press(Key.Key_Escape)
    assert not any(entry.reason for entry in window.tray.entries)


def test_the_search_greys_what_the_scheme_forbids_and_shows_sources_and_claims(window, keys, pinned):
    keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim", "Irena Dobrova")
    keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_D)
    keys.press(Key.Key_Slash)
    keys.type("dobrova")
    found = {entry.text: entry.reason for entry in keys.choices.entries}
    assert "not at source" in found["Irena Dobrova"]
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_U)
    keys.press(Key.Key_Slash)
    keys.type("dobrova")
    assert not {entry.text: entry.reason for entry in keys.choices.entries}["Irena Dobrova"]


def test_a_claim_typed_before_its_kind_is_made_with_the_link(window, keys):
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_L)
    keys.type("ostrel sells to anyone")
    keys.press(Key.Key_Return, SHIFT)
    assert not lists.claims(window.session.store)
    keys.type("d")
    (claim,) = lists.claims(window.session.store)
    assert (claim.text, claim.deny) == ("ostrel sells to anyone", 1)
    keys.undo()
    assert not lists.claims(window.session.store)
    assert keys.held == denial


def linked_from(window: MainWindow, mark: MarkId) -> list[tuple[str, MarkId]]:
    return [(kind, other) for kind, is_outward, other in links(window, mark) if is_outward]


@pytest.fixture
def denied(keys: Keyboard) -> MarkId:
    """A denial of the second article on the tray; the first article is open, nothing in hand."""
    keys.next_article()
    denial = keys.mark_words(CLAIM, "denial")
    keys.press(Key.Key_P)
    keys.previous_article()
    return denial


def test_a_letter_pulls_a_link_out_of_the_tray_to_the_letters_of_a_mark(window, keys, denied):
    claim = keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_P, SHIFT)
    keys.type("d")
    assert window.view.hasFocus()
    assert keys.status.startswith("M1 denies")
    keys.hint(keys.code_at(FIRST.index("this campaign")))
    assert linked_from(window, denied) == [("denies", claim)]
    assert keys.text == FIRST
    keys.undo()
    assert not links(window, denied)


def test_enter_takes_the_mark_in_hand_as_the_end_of_a_link_from_the_tray(window, keys, denied):
    claim = keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.press(Key.Key_P, SHIFT)
    keys.type("d")
    assert "Enter for the mark in hand" in keys.status
    keys.press(Key.Key_Return)
    assert linked_from(window, denied) == [("denies", claim)]
    assert keys.held == claim


def test_with_shift_the_mark_in_hand_is_linked_to_the_pinned_one(window, keys, pinned):
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_P, SHIFT)
    keys.press(Key.Key_D, SHIFT)
    keys.press(Key.Key_Return)
    assert linked_from(window, denial) == [("denies", pinned)]


def test_a_link_the_scheme_forbids_from_a_pinned_mark_is_refused_with_the_reason(window, keys, pinned):
    silence = keys.mark_words(quoted(FIRST, "Karsk has not commented"), "no_comment")
    keys.press(Key.Key_P)
    keys.press(Key.Key_P, SHIFT)
    keys.press(Key.Key_Right)
    keys.type("d")
    assert "cannot start at this label" in keys.notice
    keys.press(Key.Key_P, SHIFT)
    keys.press(Key.Key_Left)
    keys.type("s")
    assert window.view.shown.barred == (FIRST.index("Karsk has not"),)
    keys.press(Key.Key_Return)
    assert "not at No comment" in keys.notice
    keys.press(Key.Key_Escape)
    assert keys.held == silence
    assert not links(window, pinned)


def test_a_link_from_a_pinned_mark_is_found_in_the_menu_and_asks_for_its_kind(window, keys, denied):
    claim = keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.press(Key.Key_L, SHIFT)
    keys.type("1")
    keys.press(Key.Key_Return)
    assert keys.choices.entries[0].value == "denies"
    keys.type("d")
    assert linked_from(window, denied) == [("denies", claim)]


@pytest.mark.parametrize("shift", [False, True])
def test_a_link_is_pulled_out_of_the_tray_with_the_mouse(window, keys, mouse, denied, shift):
    claim = keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.press(Key.Key_Escape)
    tray = window.tray.viewport()
    words = window.view.rects_of(quoted(FIRST, "this campaign was started in Karsk"))[0]
    goal = tray.mapFromGlobal(window.view.viewport().mapToGlobal(words.center()))
    mouse.pull(tray_place(window, 0), lambda: goal, moved=SHIFT if shift else NONE, over=tray)
    mouse.click_entry(mouse.entry(lambda entry: entry.value == "contradicts"))
    assert links(window, denied) == [("contradicts", not shift, claim)]
    assert not window.view.shown.target


def test_a_pull_out_of_the_tray_scrolls_the_text_at_both_edges(window, keys, mouse, denied, qtbot):
    window.resize(760, 420)
    words = quoted(FIRST, "the Herald")
    keys.mark_words(words, "claim")
    bar, view, tray = window.view.verticalScrollBar(), window.view.viewport(), window.tray.viewport()
    bar.setValue(0)
    settle()
    assert not mouse.is_seen(words)

    def over(point: QPoint) -> QPoint:
        return tray.mapFromGlobal(view.mapToGlobal(point))

    def wander() -> None:
        middle = view.width() // 2
        for is_there in (
            lambda: mouse.is_seen(words),
            lambda: bar.value() == 0,
            lambda: mouse.is_seen(words),
        ):
            is_up = bar.value() > 0
            mouse.pull_on(tray, over(QPoint(middle, -10 if is_up else view.height() - 3)))
            qtbot.waitUntil(is_there)

    outlined = []

    def arrive() -> None:
        wander()
        mouse.pull_on(tray, over(mouse.on(words.start + 2)))
        outlined.extend(window.view.shown.target)
        QTest.keyClick(window.tray, Key.Key_Escape)

    mouse.pull(tray_place(window, 0), lambda: over(QPoint(20, 20)), on_the_way=arrive, over=tray)
    assert outlined == [words]
    assert not links(window, denied)


def test_a_pull_out_of_the_tray_is_given_up_with_esc_and_a_click_still_goes_there(
    window, keys, mouse, denied
):
    keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    tray = window.tray.viewport()
    words = window.view.rects_of(quoted(FIRST, "this campaign was started in Karsk"))[0]
    goal = tray.mapFromGlobal(window.view.viewport().mapToGlobal(words.center()))

    def give_up() -> None:
        QTest.keyClick(window.tray, Key.Key_Escape)

    mouse.pull(tray_place(window, 0), lambda: goal, on_the_way=give_up, over=tray)
    assert not links(window, denied)
    assert keys.popup is None
    mouse.click(tray, tray_place(window, 0))
    assert keys.held == denied


def test_an_exhibit_is_found_as_the_ground_of_the_mark_in_hand(window, keys):
    photo = edits.add_exhibit(window.session.store, title="Photo of the hangar")
    claim = keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.press(Key.Key_S)
    if keys.popup is None:
        keys.press(Key.Key_Slash)
    keys.type("hangar")
    (entry,) = [one for one in keys.choices.entries if one.text == "Photo of the hangar"]
    assert "Shift turns the link round" in entry.reason
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_S, SHIFT)
    if keys.popup is None:
        keys.press(Key.Key_Slash)
    keys.type("hangar")
    keys.press(Key.Key_Return)
    (link,) = read.records(window.session.store, Link, "from_exhibit = ?", (photo,))
    assert (link.kind, link.target) == ("supports", Ref("mark", claim))
    keys.undo()
    assert not read.records(window.session.store, Link, "from_exhibit = ?", (photo,))


def test_an_exhibit_chosen_before_the_kind_is_where_the_link_starts(window, keys):
    photo = edits.add_exhibit(window.session.store, title="Photo of the hangar")
    claim = keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.press(Key.Key_L)
    if keys.popup is None:
        keys.press(Key.Key_Slash)
    keys.type("hangar")
    keys.press(Key.Key_Return)
    reasons = {entry.value: entry.reason for entry in keys.choices.entries}
    assert not reasons["supports"]
    assert "not at exhibit" in reasons["denies"]
    keys.type("u")
    (link,) = read.records(window.session.store, Link, "from_exhibit = ?", (photo,))
    assert (link.kind, link.target) == ("undermines", Ref("mark", claim))


def test_places_are_chosen_from_a_menu_and_by_the_buttons_of_the_mouse(window, keys, pinned):
    keys.press(Key.Key_P, SHIFT)
    keys.press(Key.Key_Return)
    keys.press(Key.Key_H, CTRL)
    assert isinstance(keys.popup, PlacesMenu)
    assert keys.choices.entries[0].text.startswith("A1")
    keys.type("1")
    assert keys.text == FIRST
    view = window.view.viewport()
    QTest.mouseClick(view, Qt.MouseButton.ForwardButton)
    settle()
    assert keys.text == SECOND
    QTest.mouseClick(view, Qt.MouseButton.BackButton)
    settle()
    assert keys.text == FIRST
