"""One state at a time: Esc leaves exactly one, letters act on the text only, Tab only moves the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from annotator.store import edits, lists
from annotator.store.session import Focus
from annotator.ui.actions import ACTIONS, HELD_ONLY
from tests.flows.analyst import ALT, CTRL, NONE, settle
from tests.ui.hands.desk import TEXT, Desk

Key = Qt.Key


def state(desk: Desk) -> tuple[bool, ...]:
    """Popup, mode, selection, mark in hand."""
    hands = desk.window.hands.desk
    return (
        desk.keys.popup is not None,
        hands.mode is not None,
        bool(hands.selected()),
        hands.held is not None,
    )


def test_escape_leaves_letters_then_the_selection_then_the_mark(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.select(desk.span("left too early"))
    desk.keys.press(Key.Key_F)
    before = desk.operations()
    states = [state(desk)]
    for _ in range(4):
        desk.keys.press(Key.Key_Escape)
        states.append(state(desk))
    assert states == [
        (False, True, True, True),
        (False, False, True, True),
        (False, False, False, True),
        (False, False, False, False),
        (False, False, False, False),
    ]
    assert desk.operations() == before


def test_what_needs_a_mark_in_hand_says_so_by_key_and_from_the_menu(desk):
    told = []
    desk.window.hands.desk.notice.connect(told.append)
    keyed = [action for action in ACTIONS if action.id in HELD_ONLY and action.keys[0] not in (".", "Return")]
    for action in keyed:
        assert desk.window.hands.press(action.keys[0])
    for name in HELD_ONLY:
        desk.window.menus.actions[name].trigger()
    assert len(told) == len(keyed) + len(HELD_ONLY)
    assert set(told) == {"Take a mark in hand first: Space at the caret, or click it."}


def test_escape_leaves_the_picker_before_the_mark(desk):
    desk.select("blamed fog")
    desk.keys.press(Key.Key_1)
    before = desk.operations()
    states = [state(desk)]
    for _ in range(2):
        desk.keys.press(Key.Key_Escape)
        states.append(state(desk))
    assert states == [
        (True, False, False, True),
        (False, False, False, True),
        (False, False, False, False),
    ]
    assert desk.operations() == before


@pytest.mark.parametrize("opening", ["l", "d/", "d"])
def test_escape_leaves_the_choice_of_a_target_and_keeps_the_mark(desk, opening):
    desk.put("the ferry had left too early")
    desk.hold(desk.put("The port denied on Monday", "denial"))
    before = desk.operations()
    desk.keys.type(opening)
    assert state(desk) != (False, False, False, True)
    desk.keys.press(Key.Key_Escape)
    assert state(desk) == (False, False, False, True)
    assert desk.operations() == before


def test_escape_leaves_the_search_and_keeps_what_it_found(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.press(Key.Key_F, CTRL)
    desk.keys.type("mayor")
    desk.keys.press(Key.Key_Escape)
    assert not desk.window.find_bar.isVisible()
    assert desk.selected() == "mayor"
    assert state(desk) == (False, False, True, True)


def test_pieces_gathered_with_ctrl_go_with_one_escape(desk):
    desk.mouse.select(desk.span("blamed fog"))
    span = desk.span("port denied")
    desk.mouse.pull(desk.mouse.start_of(span), lambda: desk.mouse.end_of(span), pressed=CTRL)
    desk.keys.press(Key.Key_Escape)
    assert state(desk) == (False, False, False, False)
    assert desk.window.view.shown.pieces == ()


LETTERS = "fxtiocvqpnjdsurel.1234567890"


@pytest.mark.parametrize("name", ["note", "question", "filter"])
def test_letters_and_digits_only_write_while_a_text_field_has_the_keys(desk, name):
    desk.hold(desk.put("blamed fog"))
    panels = desk.window.panels
    widget = getattr(panels.articles if name == "filter" else panels.mark.page, name)
    settle()
    widget.setFocus()
    before = desk.marks(), desk.held().id
    desk.keys.type(LETTERS)
    written = widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()
    assert isinstance(widget, QLineEdit | QPlainTextEdit)
    assert written == LETTERS
    assert (desk.marks(), desk.held().id) == before


def test_letters_and_digits_only_write_in_the_line_of_the_search(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.press(Key.Key_F, CTRL)
    before = desk.operations()
    desk.keys.type("d1 t.")
    assert desk.window.find_bar.field.text() == "d1 t."
    assert desk.operations() == before


def test_tab_moves_the_focus_and_nothing_else(desk):
    desk.hold(desk.put("blamed fog"))
    before = desk.operations(), state(desk)
    desk.keys.press(Key.Key_Tab)
    assert desk.window.focusWidget() is not desk.window.view
    assert (desk.operations(), state(desk)) == before


def test_a_focused_field_does_not_keep_undo_for_itself_once_left(desk):
    desk.keys.mark_words(desk.span("blamed fog"), "claim")
    desk.keys.undo()
    assert desk.marks() == []
    desk.keys.redo()
    assert desk.marks() == [("claim", "blamed fog")]


@pytest.mark.parametrize(
    ("place", "printed", "code"),
    [(41, "а", 0x0410), (41, "ب", 0x0628), (41, "α", 0x0391)],
)
def test_a_letter_goes_by_its_place_on_other_keyboards(desk, place, printed, code):
    desk.keys.press_place(place, code, printed)
    assert desk.window.hands.desk.mode is not None
    assert desk.keys.status == "choose the first word"


def test_hint_letters_and_links_go_by_place_too(desk):
    claim = desk.put("the ferry had left too early")
    desk.hold(desk.put("The port denied on Monday", "denial"))
    desk.keys.press_place(40, 0x0412, "в")
    (code,) = [code for code, thing in desk.window.hands.desk.mode.things.items() if thing == claim]
    assert code == "A"
    desk.keys.press_place(38, 0x0424, "ф")
    assert len(desk.links(desk.held().id)) == 1


def test_ctrl_enter_calls_the_article_done_and_goes_on_to_the_next(desk):
    desk.keys.press(Key.Key_Return, CTRL)
    rows = lists.articles(desk.store)
    assert [row.status for row in rows] == ["done", "new"]
    assert desk.window.session.focus.article == rows[1].id


def test_back_and_forward_go_between_places_in_both_articles(desk):
    first, second = desk.articles
    desk.keys.press(Key.Key_PageDown, CTRL)
    assert desk.window.session.focus.article == second
    desk.keys.press(Key.Key_Left, ALT)
    assert desk.window.session.focus.article == first
    desk.keys.press(Key.Key_Right, ALT)
    assert desk.window.session.focus.article == second


def test_the_palette_lists_every_action_and_does_the_chosen_one(desk):
    desk.keys.press(Key.Key_K, CTRL)
    desk.keys.type("next article")
    desk.keys.press(Key.Key_Return)
    assert desk.window.session.focus.article == desk.articles[1]
    assert desk.window.focusWidget() is desk.window.view


def test_j_goes_to_the_loose_ends_of_a_finished_article(desk):
    mark = desk.put("blamed fog", "denial")
    edits.set_status(desk.store, desk.articles[0], "done")
    desk.keys.press(Key.Key_J)
    assert "outlet" in desk.keys.notice
    desk.keys.press(Key.Key_J)
    assert desk.held().id == mark
    asked = desk.keys.notice
    desk.keys.press(Key.Key_J)
    assert desk.held().id == mark
    assert desk.keys.notice != asked


def test_the_loose_end_that_j_leads_to_is_chosen_in_its_list_and_in_sight(desk):
    for place in range(40):
        edits.add_mark(desk.store, desk.articles[0], "denial", [(place, place + 5)])
    edits.set_status(desk.store, desk.articles[0], "done")
    panel = desk.window.panels.loose_ends
    rules = set()
    for _ in range(50):
        desk.keys.press(Key.Key_J)
        assert panel.current().sentence == desk.keys.notice
        assert panel.current().end.mark == desk.window.session.focus.mark
        assert panel.tree.viewport().rect().intersects(panel.tree.visualRect(panel.tree.currentIndex()))
        rules.add(panel.current().end.rule)
    assert len(rules) > 1
    assert desk.window.view.hasFocus()


def test_undo_shows_what_it_changed_until_the_next_key(desk):
    desk.keys.mark_words(desk.span("It came late"), "claim")
    desk.keys.undo()
    assert desk.window.view.shown.flashed
    desk.keys.press(Key.Key_Right, NONE)
    assert desk.window.view.shown.flashed == ()


def test_a_deleted_article_closes_what_floated_over_it(desk):
    desk.select("blamed fog")
    desk.keys.press(Key.Key_1)
    edits.delete_article(desk.store, desk.articles[0])
    assert desk.keys.popup is None
    assert desk.window.session.focus.mark is None
    assert desk.keys.text != TEXT


def test_marks_appear_beside_a_pane_without_an_article_that_is_at_work(desk):
    session = desk.window.session
    session.split()
    empty = session.pane
    empty.focus = Focus()
    session.turn_to(session.other_pane)
    session.turn_to(empty)
    mark = desk.put("blamed fog")
    assert desk.window.panes.other.view.marks_at(TEXT.index("fog")) == [mark]
