"""Two articles side by side: read, mark and link across as within one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.ui.text.held import port
from annotator.ui.text.view import TextView
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT, CTRL, SHIFT, settle
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.texts import FIRST, SECOND, quoted
from tests.flows.two_panes import CLAIM, DENIAL, links, split

Key = Qt.Key


def other_view(window: MainWindow) -> TextView:
    assert window.panes.other is not None
    return window.panes.other.view


def test_each_pane_keeps_its_place_and_its_mark(window, keys):
    denial, claim = split(keys)
    assert keys.text == FIRST
    assert keys.held == denial
    assert other_view(window).page.text == SECOND
    assert other_view(window).shown.held.mark == claim
    keys.press(Key.Key_F6)
    assert keys.text == SECOND
    assert keys.held == claim
    assert window.view.hasFocus()


def test_an_edit_in_one_pane_does_not_count_the_marks_of_the_other_anew(window, keys, monkeypatch):
    split(keys)
    asked = []
    for view in (window.view, other_view(window)):
        monkeypatch.setattr(view.overview, "marks_changed", lambda view=view: asked.append(view))
    keys.mark_words(quoted(FIRST, "Velmora"), "claim")
    assert set(asked) == {window.view}


def test_one_article_stands_in_both_panes_at_two_places(window, keys):
    keys.press(Key.Key_Backslash, CTRL)
    keys.press(Key.Key_End, CTRL)
    keys.press(Key.Key_F6)
    assert keys.text == other_view(window).page.text == FIRST
    assert window.view.visible_span().start == 0
    assert window.view.caret() == 0
    assert other_view(window).caret() == len(FIRST)
    keys.mark_words(DENIAL, "denial")
    assert other_view(window).marks_at(DENIAL.start) == [keys.held]


def test_a_click_turns_to_a_pane_and_keys_act_there(window, keys, mouse):
    split(keys)
    view = other_view(window)
    mouse.click(view.viewport(), view.rects_of(quoted(SECOND, "Leo Marsh"))[0].center())
    assert window.view is view
    keys.press(Key.Key_F)
    assert view.shown.hints
    assert not other_view(window).shown.hints


def test_closing_a_pane_leaves_the_other_and_f6_brings_it_back_where_it_was(window, keys):
    split(keys)
    keys.press(Key.Key_Backslash, CTRL)
    assert window.panes.other is None
    assert keys.text == FIRST
    keys.press(Key.Key_F6)
    assert keys.text == SECOND


def test_the_pane_at_work_is_closed_at_its_header_and_the_text_keeps_the_keys(window, keys, mouse):
    split(keys)
    mouse.click(window.panes.active.header.findChild(QToolButton))
    assert keys.text == SECOND
    assert window.panes.other is None
    assert not window.panes.active.header.isVisible()
    assert window.view.hasFocus()


def test_the_pane_at_work_is_still_the_one_in_bold_in_another_theme(window, keys):
    split(keys)
    for _ in range(3):
        keys.press(Key.Key_L, CTRL | SHIFT)
        assert window.panes.active.header.words.font().bold()
        assert not window.panes.other.header.words.font().bold()


def test_both_panes_are_there_again_after_reopening(desktop, project, keys):
    split(keys)
    keys.press(Key.Key_F6)
    window = desktop.open(project)
    assert window.view.page.text == SECOND
    assert other_view(window).page.text == FIRST
    Keyboard(window).press(Key.Key_Backslash, CTRL)
    window = desktop.open(project)
    assert window.panes.other is None
    assert window.view.page.text == SECOND
    Keyboard(window).press(Key.Key_F6)
    assert window.view.page.text == FIRST


def test_the_share_of_the_panes_is_there_again_after_reopening(desktop, project, keys, window):
    split(keys)
    handle = window.panes.handle(1)
    Pointer(window).pull(handle.rect().center(), lambda: handle.rect().center() - QPoint(120, 0), over=handle)
    left, right = window.panes.sizes()
    assert right - left > 200
    keys.press(Key.Key_Backslash, CTRL)
    keys.press(Key.Key_F6)
    assert window.panes.sizes() == [left, right]
    window = desktop.open(project)
    assert abs(window.panes.sizes()[0] - left) <= 3


def test_words_are_found_in_each_pane_for_itself(window, keys):
    split(keys)
    keys.press(Key.Key_F, CTRL)
    keys.type("jammers")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_F6)
    keys.press(Key.Key_F, CTRL)
    keys.type("polin")
    selection = window.view.selection()
    assert SECOND[selection.start : selection.end] == "Polin"
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_F6)
    keys.press(Key.Key_F3)
    selection = window.view.selection()
    assert FIRST[selection.start : selection.end].casefold() == "jammers"


def test_letters_in_both_panes_link_across(window, keys):
    denial, claim = split(keys)
    keys.press(Key.Key_D)
    ((code, place),) = other_view(window).shown.hints.items()
    assert place == CLAIM.start
    keys.hint(code)
    assert links(window, denial) == [("denies", True, claim)]
    assert keys.held == denial
    assert not other_view(window).shown.hints


def test_a_click_in_the_other_pane_takes_the_end_and_the_mark_stays_in_hand(window, keys, mouse):
    denial, claim = split(keys)
    keys.press(Key.Key_D)
    view = other_view(window)
    mouse.click(view.viewport(), view.rects_of(CLAIM)[0].center())
    assert links(window, denial) == [("denies", True, claim)]
    assert keys.held == denial
    assert window.hands.desk.mode is None


def test_the_other_pane_can_be_scrolled_before_the_end_is_chosen(window, keys):
    denial, claim = split(keys)
    keys.press(Key.Key_D)
    keys.press(Key.Key_F6)
    assert window.hands.desk.mode is not None
    keys.hint(keys.code_at(CLAIM.start))
    assert links(window, denial) == [("denies", True, claim)]


def test_letters_follow_the_other_pane_when_it_is_scrolled_or_resized(window, keys):
    keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_F6)
    keys.next_article()
    first = keys.mark_words(quoted(SECOND, "Karsk has shown"), "claim")
    last = keys.mark_words(Span(len(SECOND.rstrip()) - 9, len(SECOND.rstrip()) - 1), "claim")
    keys.press(Key.Key_Home, CTRL)
    keys.press(Key.Key_F6)
    view = other_view(window)
    window.resize(900, 420)
    settle()
    view.verticalScrollBar().setValue(0)
    keys.press(Key.Key_D)
    mode = window.hands.desk.mode
    assert list(mode.things.values()) == [first]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    settle()
    assert list(mode.things.values()) == [last]
    assert list(view.shown.hints) == list(mode.things)
    window.resize(1366, 1000)
    keys.press(Key.Key_F11)
    view.verticalScrollBar().setValue(0)
    settle()
    assert set(mode.things.values()) == {first, last}
    assert {view.shown.hints[code] for code in mode.things} == {
        read.mark(window.session.store, one).spans[0].start for one in (first, last)
    }


def test_letters_typed_already_stay_while_the_other_pane_is_scrolled(window, keys):
    denial, claim = split(keys)
    keys.press(Key.Key_D)
    ((code, _),) = other_view(window).shown.hints.items()
    bar = other_view(window).verticalScrollBar()
    bar.setValue(bar.value() + 1)
    settle()
    keys.hint(code)
    assert links(window, denial) == [("denies", True, claim)]


def test_a_pane_opened_or_closed_while_a_link_looks_for_its_end_takes_its_letters_along(window, keys):
    denial, claim = split(keys)
    keys.press(Key.Key_D)
    keys.press(Key.Key_Backslash, CTRL)
    assert not window.hands.desk.mode.things
    keys.press(Key.Key_F6)
    keys.hint(keys.code_at(CLAIM.start))
    assert links(window, denial) == [("denies", True, claim)]


@pytest.mark.parametrize("shift", [False, True])
def test_a_link_is_pulled_from_one_pane_to_the_other(window, keys, mouse, shift):
    denial, claim = split(keys)
    view = other_view(window)
    last = Span(DENIAL.end - 1, DENIAL.end)
    mouse.bring(last)
    knob = port(window.view.page, window.view.shown.held) + QPoint(window.view.columns.left, 0)
    goal = view.rects_of(CLAIM)[0].center()
    here = window.view.viewport()
    mouse.pull(
        knob,
        lambda: here.mapFromGlobal(view.viewport().mapToGlobal(goal)),
        moved=SHIFT if shift else Qt.KeyboardModifier.NoModifier,
    )
    mouse.click_entry(mouse.entry(lambda entry: entry.value == "contradicts"))
    assert links(window, denial) == [("contradicts", not shift, claim)]
    assert not view.shown.target
    assert window.session.focus.mark == denial


def test_the_end_of_a_link_is_shown_in_the_pane_where_its_article_stands(window, keys):
    denial, claim = split(keys)
    keys.link("denies", claim)
    window.hands.follow(f"{denial}>mark>{claim}>")
    assert keys.text == SECOND
    assert keys.held == claim
    keys.press(Key.Key_Left, ALT)
    assert keys.text == FIRST
    assert keys.held == denial
    assert other_view(window).page.text == SECOND
    keys.press(Key.Key_Right, ALT)
    assert keys.held == claim


def test_a_deleted_article_closes_its_pane(window, keys):
    split(keys)
    gone = other_view(window)
    edits.delete_article(window.session.store, window.panes.other.article)
    assert not gone.page.text, "something may still be read for it before it is taken down"
    settle()
    assert window.panes.other is None
    assert keys.text == FIRST


def test_a_mark_in_hand_in_both_panes_is_let_go_in_both_when_it_is_deleted(window, keys):
    mark, _ = split(keys)
    session = window.session
    session.close_pane(session.other_pane)
    session.split(session.focus)
    assert [pane.view.shown.held.mark for pane in window.panes.all] == [mark, mark]
    edits.delete_marks(session.store, [mark])
    settle()
    assert [pane.view.shown.held for pane in window.panes.all] == [None, None]


def test_in_a_narrow_window_the_panes_stand_one_above_the_other(window, keys):
    split(keys)
    assert window.panes.orientation() is Qt.Orientation.Horizontal
    assert window.panes.width() >= 0.6 * window.width()
    for dock in window.docks.values():
        dock.hide()
    window.resize(500, 700)
    settle()
    assert window.panes.orientation() is Qt.Orientation.Vertical


def test_a_mark_the_scheme_forbids_is_crossed_out_and_says_why(window, keys, mouse):
    silence = quoted(FIRST, "Karsk has not commented")
    keys.mark_words(quoted(FIRST, "this campaign was started in Karsk"), "claim")
    keys.mark_words(silence, "no_comment")
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Key.Key_D)
    assert window.view.shown.barred == (silence.start,)
    mouse.click(window.view.viewport(), window.view.rects_of(silence)[0].center())
    assert "not at No comment" in keys.notice
    assert keys.held == denial
    assert window.hands.desk.mode is not None
    keys.press(Key.Key_Escape)
    assert not window.view.shown.barred
